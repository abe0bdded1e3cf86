"""Kill -9 at random moments: the study opens whole, with all that was reported as saved, and at most one act more.

``CMO_KILLS`` says how many kills (default 40).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from store_samples import add_code, coded_study, findings, new_study

from store import journal
from store.backup import newest_backup
from store.journal import Entry
from store.study_file import StudyFile

WORKER = Path(__file__).with_name("store_worker.py")
KILLS = int(os.environ.get("CMO_KILLS", "40"))
SHARES = {"small": 10, "bulk": 12, "undo": 8, "open": 4, "backup": 3, "create": 3}
"""Of 40 kills."""
ENTRIES_OF_AN_ACT = {"undo": 3}
"""An undo of a batch of three acts is one commit with three entries."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need processes that can fork")


@pytest.fixture(scope="module")
def worker() -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(WORKER)], stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "støj.cmo"
    with coded_study(path) as made:
        for number in range(3):
            with made.act("EF", "batch", batch="b") as work:
                for code in range(100):
                    add_code(work, f"{number}.{code}")
    return path


def entries(path: Path) -> list[Entry]:
    with StudyFile.open(path) as study, study.read() as conn:
        return journal.entries(conn)


def kill(worker: subprocess.Popen[str], mode: str, path: Path, after: float) -> list[int]:
    """Let the worker work, kill it ``after`` so many seconds from its first commit, and return what it reported."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{mode} {path}\n")
    reported, victim = [], 0
    for line in worker.stdout:
        word, _, number = line.strip().partition(" ")
        if word == "ended":
            return reported
        if word == "pid":
            victim = int(number)
        elif not reported:
            time.sleep(after)
            os.kill(victim, signal.SIGKILL)
        if word == "done":
            reported.append(int(number))
    raise AssertionError("the worker stopped by itself")


@pytest.mark.timeout(60 + 5 * KILLS)
@pytest.mark.parametrize("mode", ["small", "bulk", "undo", "open"])
def test_a_kill_loses_at_most_the_act_under_way(
    worker: subprocess.Popen[str], study: Path, tmp_path: Path, mode: str
) -> None:
    before = entries(study)
    for number in range(_kills(mode)):
        path = Path(shutil.copy(study, tmp_path / f"{mode} {number}.cmo"))
        reported = kill(worker, mode, path, random.uniform(0, 0.15))
        kept = entries(path)
        step = ENTRIES_OF_AN_ACT.get(mode, 1)
        assert reported[-1] <= len(kept) <= reported[-1] + step, f"kill {number}"
        assert (len(kept) - len(before)) % step == 0, "an act in parts"
        assert kept[: len(before)] == before
        assert findings(path) == [], f"kill {number}"
        _goes_on(path)


def _goes_on(path: Path) -> None:
    """The next program can work where the killed one stopped."""
    with StudyFile.open(path) as study:
        with study.act("GH", "new code") as work:
            add_code(work, "bagefter")
        study.undo("GH")


def test_a_kill_during_a_backup_leaves_a_whole_one_and_the_study(
    worker: subprocess.Popen[str], study: Path, tmp_path: Path
) -> None:
    for number in range(_kills("backup")):
        path = Path(shutil.copy(study, tmp_path / f"{number}.cmo"))
        kill(worker, "backup", path, random.uniform(0, 0.15))
        newest = newest_backup(path)
        assert newest is not None
        assert findings(newest) == findings(path) == []


def test_a_kill_during_the_making_of_a_study_leaves_a_whole_one_or_none(
    worker: subprocess.Popen[str], tmp_path: Path
) -> None:
    for number in range(_kills("create")):
        folder = tmp_path / str(number)
        folder.mkdir()
        kill(worker, "create", folder / "x.cmo", random.uniform(0, 0.15))
        made = sorted(folder.glob("*.cmo"))
        assert made
        for path in made:
            assert findings(path) == []


def _kills(mode: str) -> int:
    return max(1, round(KILLS * SHARES[mode] / 40))


def test_four_programs_that_write_at_once_lose_nothing(worker: subprocess.Popen[str], tmp_path: Path) -> None:
    path = tmp_path / "støj.cmo"
    new_study(path).close()
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"four {path}\n")
    told = list(takewhile(lambda line: line != "ended\n", worker.stdout))
    assert told.count("wrote 0\n") == 4
    kept = entries(path)[1:]
    assert [entry.seq for entry in kept] == list(range(2, 202))
    by_coder: dict[str, list[int]] = {}
    for entry in kept:
        by_coder.setdefault(entry.coder, []).append(int(entry.summary))
    assert list(by_coder.values()) == [list(range(50))] * 4
    assert findings(path) == []
