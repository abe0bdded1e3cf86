"""A program in a terminal of its own, as a person has it: what is typed goes in, what is painted comes out.

``python -m benchmarks.terminal STUDY SOURCE`` measures keys in the workbench on a source and prints one line of JSON,
in seconds: from a key going in to the end of the frame that shows what it did.
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
QUIET_SECONDS = 0.006
"""After so long without another letter a frame is whole; another one may follow it, of what stands beside the text."""
REST_SECONDS = 0.25
"""Between keys that are measured: all that follows one of them is painted."""
KEYS = 30
PAGE_DOWN = "\x1b[6~"
SHIFT_DOWN = "\x1b[1;2B"

MOVES = {"line": "j", "page": PAGE_DOWN, "select": SHIFT_DOWN}
ACTS = {"coding": ("2", "saved"), "undo": ("u", "undone")}
"""After ``m``: the code is analysis.FREE_CODE. With the word that tells that it is done."""


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
            if late or not self._has_more(1):
                if late or self._process.poll() is not None:
                    raise RuntimeError(f"{self._command} never painted '{words}'")
                continue
            painted += os.read(self._terminal, 65_536)
        return time.perf_counter() - self.began

    def seconds_of(self, keys: str, word: str = "") -> float:
        """How long it takes from keys going in to the end of the first frame that shows what they did, and a word.

        Raises RuntimeError: it is never painted.
        """
        began = time.perf_counter()
        os.write(self._terminal, keys.encode())
        painted, seconds = b"", 0.0
        while not (painted and word.encode() in painted and not self._has_more(QUIET_SECONDS)):
            if not self._has_more(LONGEST_SECONDS):
                raise RuntimeError(f"{self._command} painted nothing after {keys!r}")
            painted += os.read(self._terminal, 65_536)
            seconds = time.perf_counter() - began
        return seconds

    def _has_more(self, wait: float) -> bool:
        return bool(select.select([self._terminal], [], [], wait)[0])

    def rest(self) -> None:
        """Read what is still painted until nothing comes any more."""
        while self._has_more(REST_SECONDS):
            os.read(self._terminal, 65_536)


def until_painted(command: Sequence[str | Path], words: str) -> Run:
    """Start a program, wait until it has painted some words, and end it. Raises RuntimeError: it never does."""
    with Terminal(command) as terminal:
        seconds = terminal.seconds_until(words)
    return Run(seconds, terminal.memory, "")


def keys_in(study_path: Path, source: str) -> dict[str, float]:
    """The 95th percentiles of each key, in the workbench on a source."""
    with cmo.open_study(study_path, coder="AB") as study:
        source_id = study.source(source).id
        study.keep_reading_place(source_id, 0)
        first_word = study.transcript(source_id).text.split(maxsplit=1)[0]
    with Terminal([CMO, "code", study_path]) as terminal:
        terminal.seconds_until(first_word)
        taken = {key: [_taken(terminal, typed) for _ in range(KEYS)] for key, typed in MOVES.items()}
        taken |= {key: [] for key in ACTS}
        for _ in range(KEYS):
            _taken(terminal, "j")
            _taken(terminal, "m")
            for key, (typed, word) in ACTS.items():
                taken[key].append(_taken(terminal, typed, word))
    return {key: percentile(seconds) for key, seconds in taken.items()}


def _taken(terminal: Terminal, keys: str, word: str = "") -> float:
    terminal.rest()
    return terminal.seconds_of(keys, word)


def main() -> None:
    path, source = sys.argv[1:3]
    print(json.dumps(keys_in(Path(path), source)))


if __name__ == "__main__":
    main()
