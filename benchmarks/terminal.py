"""A program in a terminal of its own: how long it takes until certain words are painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Run, surroundings

LONGEST_SECONDS = 60


def until_painted(command: Sequence[str | Path], words: str) -> Run:
    """Start a program, wait until it has painted some words, and end it. Raises RuntimeError: it never does."""
    terminal, inner = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=surroundings(TERM="xterm-256color"),
        start_new_session=True,
    )
    os.close(inner)
    painted = b""
    try:
        while words.encode() not in painted:
            if time.perf_counter() - began > LONGEST_SECONDS or not select.select([terminal], [], [], 1)[0]:
                if process.poll() is not None or time.perf_counter() - began > LONGEST_SECONDS:
                    raise RuntimeError(f"{command} never painted '{words}'")
                continue
            painted += os.read(terminal, 65_536)
        seconds = time.perf_counter() - began
    finally:
        process.kill()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = -9
        os.close(terminal)
    return Run(seconds, used.ru_maxrss / 1024, "")
