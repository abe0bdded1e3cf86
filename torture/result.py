"""What a chamber has to say: one line of the table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


class Broken(AssertionError):
    """The program did not stand what was done to it."""


def require(holds: object, what: str) -> None:
    """Raise Broken with these words unless it holds."""
    if not holds:
        raise Broken(what)


@dataclass
class Line:
    """What was done, how often, and what came of it. ``broken`` says each time that something did not hold."""

    what: str
    times: int = 0
    result: str = ""
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        return not self.broken

    @property
    def told(self) -> str:
        return self.result if self.holds else f"BROKEN {len(self.broken):,} times"

    @contextmanager
    def once(self, name: str) -> Iterator[None]:
        """Count one time; what does not hold in it is noted and the next goes on."""
        self.times += 1
        try:
            yield
        except Broken as exc:
            self.broken.append(f"{name}: {exc}")


Chamber = Callable[[Path, int], Line]
"""Works in an empty folder, so many times."""


def run(chamber: Chamber, folder: Path, times: int) -> Line:
    """The line of a chamber, with how long it took."""
    begun = time.monotonic()
    folder.mkdir()
    line = chamber(folder, times)
    line.seconds = time.monotonic() - begun
    return line
