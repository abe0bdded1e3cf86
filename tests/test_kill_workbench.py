"""Kill -9 of the real workbench in a terminal, at random moments of coding: nothing that was saved is missing.

``CMO_KILLS`` says how many kills (default 2, in CI 4).
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from depth import examples

import cmo
from store.journal import Entry

if sys.platform == "win32":
    pytest.skip("the terminal of this test is that of Unix", allow_module_level=True)

import fcntl
import pty
import termios

KILLS = int(os.environ.get("CMO_KILLS", examples(2, 4)))
KEYS = (b"j", b"j", b"}", b"c1", b"m2", b"o3", b"c4", b"+", b"-", b"~", b".", b"x", b"u", b"\x12")
START = "import sys; from commands.main import run; sys.argv = ['cmo', 'code', sys.argv[1]]; run()"


@contextmanager
def workbench(study: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The workbench in a terminal of 100 columns and 30 rows: its process and the terminal to type into."""
    terminal, inner = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "CMO_CODER": "Kill"}
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(study)],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=environment,
        start_new_session=True,
    )
    os.close(inner)
    painted = threading.Event()
    reader = threading.Thread(target=_read_all, args=(terminal, painted))
    reader.start()
    try:
        assert painted.wait(60), "nothing was painted"
        yield process, terminal
    finally:
        process.kill()
        process.wait()
        reader.join(10)
        os.close(terminal)


def _read_all(terminal: int, painted: threading.Event) -> None:
    """Read what is painted, as a terminal does: a program that nobody reads from stops."""
    with suppress(OSError):
        while data := os.read(terminal, 65_536):
            if b"\x1b[?1049h" in data or len(data) > 2_000:
                painted.set()


def journal_of(study: Path) -> list[Entry]:
    with closing(cmo.open_study(study, coder="Eye")) as opened:
        return opened.log()[::-1]


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_kill_while_coding_loses_nothing_that_was_saved(demo_file: Path, tmp_path: Path) -> None:
    study = Path(shutil.copy(demo_file, tmp_path / "ten-minutes.cmo"))
    before = len(journal_of(study))
    for number in range(KILLS):
        with workbench(study) as (process, terminal):
            end = time.monotonic() + random.uniform(0.5, 3)
            while time.monotonic() < end:
                os.write(terminal, random.choice(KEYS))
                time.sleep(random.uniform(0, 0.04))
            saved = journal_of(study)
            process.kill()
        kept = journal_of(study)
        assert kept[: len(saved)] == saved, f"kill {number}"
        with closing(cmo.open_study(study)) as opened:
            assert opened.check() == [], f"kill {number}"
    assert len(kept) > before + KILLS, "the keys coded something"
