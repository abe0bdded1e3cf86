"""A program in a terminal of its own, as a person has it: what is typed goes in, what is painted comes out.

``python -m benchmarks.terminal STUDY SOURCE`` measures keys in the workbench on a source and prints one line of JSON,
in seconds: from a key going in to the last of what it has painted. What stands beside the text follows a while later.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import cmo
from benchmarks.inside import percentile
from benchmarks.measuring import CMO, Run, surroundings

LONGEST_SECONDS = 60
QUIET_SECONDS = 0.06
"""After so long without another letter a frame is whole; what follows a key later follows after 0.15."""
REST_SECONDS = 0.4
"""Between keys that are measured: all that follows one of them is painted."""
KEYS = 60
PAGE_DOWN = "\x1b[6~"


class Terminal:
    """A program and its terminal of 120 columns and 40 rows."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        self._command = [str(part) for part in command]

    def __enter__(self) -> Self:
        self._terminal, inner = pty.openpty()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            self._command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=surroundings(TERM="xterm-256color"),
            start_new_session=True,
        )
        os.close(inner)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        _, _, used = os.wait4(self._process.pid, 0)
        self._process.returncode = -9
        self.memory = used.ru_maxrss / 1024
        os.close(self._terminal)

    def seconds_until(self, words: str) -> float:
        """How long after its start the program has painted some words. Raises RuntimeError: it never does."""
        painted = b""
        while words.encode() not in painted:
            late = time.perf_counter() - self.began > LONGEST_SECONDS
            if late or not select.select([self._terminal], [], [], 1)[0]:
                if late or self._process.poll() is not None:
                    raise RuntimeError(f"{self._command} never painted '{words}'")
                continue
            painted += os.read(self._terminal, 65_536)
        return time.perf_counter() - self.began

    def seconds_of(self, keys: str) -> float:
        """How long it takes from keys going in to the last of their frame. Raises RuntimeError: nothing is painted."""
        began = time.perf_counter()
        os.write(self._terminal, keys.encode())
        painted = 0.0
        while select.select([self._terminal], [], [], QUIET_SECONDS if painted else LONGEST_SECONDS)[0]:
            os.read(self._terminal, 65_536)
            painted = time.perf_counter() - began
        if not painted:
            raise RuntimeError(f"{self._command} painted nothing after {keys!r}")
        return painted

    def rest(self) -> None:
        """Read what is still painted until nothing comes any more."""
        while select.select([self._terminal], [], [], REST_SECONDS)[0]:
            os.read(self._terminal, 65_536)


def until_painted(command: Sequence[str | Path], words: str) -> Run:
    """Start a program, wait until it has painted some words, and end it. Raises RuntimeError: it never does."""
    with Terminal(command) as terminal:
        seconds = terminal.seconds_until(words)
    return Run(seconds, terminal.memory, "")


def keys_in(study_path: Path, source: str) -> dict[str, float]:
    """The 95th percentiles of a sentence on, of a page on and of a coding, in the workbench on a source."""
    with cmo.open_study(study_path, coder="AB") as study:
        source_id = study.source(source).id
        study.keep_reading_place(source_id, 0)
        first_word = study.transcript(source_id).text.split(maxsplit=1)[0]
    with Terminal([CMO, "code", study_path]) as terminal:
        terminal.seconds_until(first_word)
        return {
            "line": _slow(terminal, "j"),
            "page": _slow(terminal, PAGE_DOWN),
            "coding": _slow(terminal, "2", before="jm"),  # m2: analysis.FREE_CODE
        }


def _slow(terminal: Terminal, keys: str, before: str = "") -> float:
    taken = []
    for _ in range(KEYS):
        terminal.rest()
        if before:
            terminal.seconds_of(before)
            terminal.rest()
        taken.append(terminal.seconds_of(keys))
    return percentile(taken)


def main() -> None:
    path, source = sys.argv[1:3]
    print(json.dumps(keys_in(Path(path), source)))


if __name__ == "__main__":
    main()
