"""A terminal that is closed while somebody writes, a workbench that is told to end: every letter that was seen is kept.

``CMO_CLOSES`` says how often (default 3, in CI 6).
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from depth import examples

import cmo

if sys.platform == "win32":
    pytest.skip("these signals and this terminal are those of Unix", allow_module_level=True)

import fcntl
import pty
import termios

CLOSES = int(os.environ.get("CMO_CLOSES", examples(3, 6)))
WAYS = ("closed", "SIGHUP", "SIGTERM")
START = (
    "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from commands.main import run; "
    "sys.argv = ['cmo', 'code', sys.argv[1]]; run()"
)
LONGEST_SECONDS = 60


class Desk:
    """The workbench in a terminal that is its own, as a window or a line of ssh is."""

    def __init__(self, study: Path) -> None:
        self._terminal, inner = pty.openpty()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", START, str(study)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, "TERM": "xterm-256color", "CMO_CODER": "Gone"},
            start_new_session=True,
        )
        os.close(inner)

    def type(self, keys: str, seen: str) -> None:
        """Type, and wait until words are seen."""
        os.write(self._terminal, keys.encode())
        painted, end = b"", time.monotonic() + LONGEST_SECONDS
        while seen.encode() not in painted:
            assert time.monotonic() < end, f"{seen!r} was never painted"
            painted += os.read(self._terminal, 65_536)

    def _read_on(self) -> None:
        """Read what is painted last, as a terminal does: to one that does not, a program cannot say good-bye."""
        end = time.monotonic() + LONGEST_SECONDS
        with suppress(OSError):  # nobody writes any more
            while self._process.poll() is None and time.monotonic() < end:
                if select.select([self._terminal], [], [], 0.1)[0]:
                    os.read(self._terminal, 65_536)

    def end(self, how: str) -> None:
        """End it in one of the ways; it must end by itself."""
        try:
            if how == "closed":
                os.close(self._terminal)
            else:
                self._process.send_signal(getattr(signal, how))
                self._read_on()
            self._process.wait(LONGEST_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            if how != "closed":
                os.close(self._terminal)


@pytest.mark.timeout(60 + 30 * CLOSES)
def test_a_terminal_that_is_closed_takes_no_letter_along(demo_file: Path, tmp_path: Path) -> None:
    study = Path(shutil.copy(demo_file, tmp_path / "ten-minutes.cmo"))
    written: list[str] = []
    for number in range(CLOSES):
        desk = Desk(study)
        desk.type("", "sentence ")
        desk.type("jm1", "saved")
        desk.type("n", "esc closes")
        words = f"Nummer {number}: linjen røg"
        desk.type(words, words)
        for letter in "midt i et ord"[: random.randint(0, 12)].replace(" ", ""):
            words += letter
            desk.type(letter, words)  # its line is painted as a whole
            time.sleep(random.choice((0, 0, 0.1, 0.9)))
        desk.end(WAYS[number % len(WAYS)])
        written.append(words)
        with cmo.open_study(study, coder="Gone") as opened:
            codings = (coding for source in opened.sources() for coding in opened.codings(source.id))
            assert {coding.memo for coding in codings if coding.coder == "Gone"} == set(written)
            assert opened.check() == []
