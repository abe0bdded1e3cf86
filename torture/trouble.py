"""Disks that are full or cannot be written, locks that others hold, clocks that go back, processes that sleep."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import gettempdir

from builders import table

import cmo
from cmo.study import Study
from store import backup, clock, sqlite
from store.errors import CmoError, StudyBusy, StudyError, StudyFull, StudyMoved, StudyReadOnly
from torture.commands import ROOT, environment
from torture.result import Broken, Line, require
from torture.samples import work_at_random, worked_on

DISK = "4m"
"""The size of the small disk: the study takes about a quarter of it."""
MOUNTED = "mounted"
"""What is said when there is such a disk."""
Refusal = type[CmoError] | tuple[type[CmoError], ...]


def refused(act: Callable[[], object], by: Refusal) -> str:
    """What a person is told of an act that must be refused so. Broken where it is not, or in other words."""
    try:
        act()
    except CmoError as exc:
        require(isinstance(exc, by), f"it says {type(exc).__name__}: {exc}")
        require(exc.message and exc.hint, f"no cure is told: {exc}")
        return exc.message
    raise Broken("it was not refused")


def works_on(study: Study, chance: random.Random, acts: int) -> None:
    """The cause is gone: the same open study takes the next act, all acts of before are there, and it is sound."""
    require(study.log(1)[0].seq == acts, "an act is missing, or one that was refused is there")
    work_at_random(study, chance)
    require(study.log(1)[0].seq == acts + 1, "the next act is not taken")
    require(study.check() == [], "it is not sound")


# -- a small disk ---------------------------------------------------------------------------------------------


def full_disk(folder: Path, times: int) -> Line:
    return _on_a_small_disk("a disk that is full", "full", folder, times)


def read_only_disk(folder: Path, times: int) -> Line:
    return _on_a_small_disk("a disk that is read-only", "read-only", folder, times)


def _on_a_small_disk(what: str, how: str, folder: Path, times: int) -> Line:
    """Mount a small disk where only one process of ours sees it, and let that one work there."""
    line = Line(what)
    mount = f"mount -t tmpfs -o size={DISK} tmpfs '{folder}' && echo {MOUNTED} && exec \"$@\""
    work = [sys.executable, "-m", "torture.trouble", how, str(folder), str(times)]
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", *work]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=ROOT, check=False)
    except FileNotFoundError:
        done = subprocess.CompletedProcess(command, 1, "", "unshare is not there")
    said, fault = done.stdout.splitlines(), done.stderr.strip().splitlines()[-1:]
    if not said:
        line.result = f"not tried: no small disk can be made here ({''.join(fault)})"
        return line
    if said[-1] == MOUNTED:
        line.broken.append(f"the work ends in a fault, {''.join(fault)}")
        return line
    told = json.loads(said[-1])
    line.times, line.broken, line.result = told["times"], told["broken"], told["result"]
    return line


def _fill(folder: Path, leave: int) -> Path:
    """A file that takes all room but so many bytes."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() - leave))
    return ballast


def _when_full(folder: Path, times: int) -> Line:
    """Acts until there is no room, then commands that need more, then room again."""
    line = Line("full")
    words: set[str] = set()
    for number in range(times):
        chance, place = random.Random(number), folder / f"round-{number}"  # a journal never gets shorter
        place.mkdir()
        with line.once(f"round {number}"), worked_on(place) as study:
            work_at_random(study, chance)  # an open study that nobody has written yet has no log beside it
            acts = study.log(1)[0].seq
            ballast = _fill(folder, chance.randrange(0, 60_000))
            try:
                for _ in range(2000):
                    work_at_random(study, chance)
                    acts += 1
                raise Broken("the disk does not fill")
            except StudyFull as exc:
                words.add(exc.message)
            for act in (study.backup, lambda: cmo.new_study(folder / "new.cmo"), study.undo):
                refused(act, StudyError)
            found = study.check()
            require(found == [], f"it is not sound while the disk is full: {found[:2]}")
            much = _much(number)
            refused(partial(study.import_codings, much), StudyError)
            much.unlink()
            ballast.unlink()
            works_on(study, chance, acts)
            left = [path.name for path in folder.rglob("*.new*")]
            require(not left, f"left behind: {left}")
        shutil.rmtree(place)
    line.result = f"told: {'; '.join(sorted(words))} Nothing lost, and it works on when there is room"
    return line


def _much(number: int) -> Path:
    """A table of more codings than the disk has room for; it lies elsewhere."""
    rows = [["lang", 1000 + n, 1040 + n, 1, "C", "for", "x" * 900] for n in range(900)]
    head = ["source", "start", "end", "point", "element", "stance", "memo"]
    return table(Path(gettempdir()) / f"cmo-torture-{os.getpid()}-{number}.csv", [head, *rows])


def _when_read_only(folder: Path, times: int) -> Line:
    """The disk is mounted read-only, and the study opened and read there; and then as it was."""
    line = Line("read-only")
    with worked_on(folder) as study:
        acts = study.log(1)[0].seq
    words: set[str] = set()
    for number in range(times):
        chance = random.Random(number)
        with line.once(f"round {number}"):
            _remount(folder, "ro")
            try:
                with cmo.open_study(study.path) as guarded:
                    words.add(refused(partial(work_at_random, guarded, chance), StudyReadOnly))
                    require(guarded.check() == [], "it is not sound")
                    refused(guarded.backup, StudyError)
            finally:
                _remount(folder, "rw")
            with cmo.open_study(study.path) as again:
                works_on(again, chance, acts)
            acts += 1
    line.result = f"told: {'; '.join(sorted(words))} It can be read and checked, and written when the disk can be"
    return line


def _remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", "tmpfs", str(folder)], check=True, capture_output=True)


# -- files, locks, clocks, sleep ------------------------------------------------------------------------------


def moved_files(folder: Path, times: int) -> Line:
    """The study is moved, removed or replaced while it is open, by what syncs or by hand."""
    line = Line("a file moved, removed or replaced while open")
    study = worked_on(folder)
    aside = study.path.with_name("aside.cmo")
    for number in range(times):
        chance = random.Random(number)
        with line.once(f"round {number}"):
            work_at_random(study, chance)
            acts = study.log(1)[0].seq
            study.path.rename(aside)
            if number % 3 == 1:
                shutil.copy(aside, study.path)
            elif number % 3 == 2:
                with cmo.new_study(study.path.with_name("other.cmo")) as other:
                    pass
                other.path.rename(study.path)
            refused(partial(work_at_random, study, chance), StudyMoved)
            study.path.unlink(missing_ok=True)
            aside.rename(study.path)
            works_on(study, chance, acts)
    line.result = "refused in words each time; works on when it is back, nothing written into a file without a name"
    return line


def held_locks(folder: Path, times: int) -> Line:
    """Another program holds the study's locks longer than we wait, as network drives do when a machine is gone."""
    line = Line("locks that another program holds")
    study = worked_on(folder)
    patience, sqlite.BUSY_SECONDS = sqlite.BUSY_SECONDS, 0.2
    impatient = cmo.open_study(study.path)
    try:
        for number in range(times):
            chance = random.Random(number)
            with line.once(f"round {number}"), closing(sqlite3.connect(study.path, isolation_level=None)) as other:
                acts = study.log(1)[0].seq
                other.execute("BEGIN IMMEDIATE")
                refused(partial(work_at_random, impatient, chance), StudyBusy)
                refused(impatient.undo, StudyBusy)
                require(impatient.log(1)[0].seq == acts, "others cannot read meanwhile")
                other.execute("ROLLBACK")
                works_on(impatient, chance, acts)
    finally:
        sqlite.BUSY_SECONDS = patience
    line.result = "told: being written by another program. Reading goes on, and so does work when they are let go"
    return line


def clock_back(folder: Path, times: int) -> Line:
    """The clock goes back by years, or forward, between acts and backups."""
    line = Line("a clock that goes back, or years ahead")
    study = worked_on(folder)
    real = clock.now
    chance = random.Random(times)
    try:
        for number in range(times):
            with line.once(f"round {number}"):
                stamp = f"{chance.randrange(1990, 2060)}-0{chance.randrange(1, 10)}-11T10:00:00.000Z"
                for module in ("store.clock", "store.backup", "store.work", "store.journal"):
                    sys.modules[module].__dict__["now"] = lambda stamp=stamp: stamp
                acts = study.log(1)[0].seq
                works_on(study, chance, acts)
                made = backup.backup(study.path, keep=3)
                require(made.exists(), "the backup just made was taken for the oldest")
                require(backup.newest_backup(study.path) == made, "another is taken for the newest")
                study.undo()
                study.redo()
    finally:
        for module in ("store.clock", "store.backup", "store.work", "store.journal"):
            sys.modules[module].__dict__["now"] = real
    line.result = "acts keep their order, undo and redo go by it, the backup just made is the newest"
    return line


def sleep(folder: Path, times: int) -> Line:
    """Writers are stopped in the midst of work (as a laptop's lid does) while others go on, and wake later."""
    line = Line("processes that sleep in the midst of work")
    with worked_on(folder) as study:
        pass
    command = [sys.executable, "-m", "torture.crowd", "write", str(study.path), str(times)]
    # A pipe would hold up a writer that has more acts to tell than it takes, and this waits for writers to end.
    answers = [(folder / f"told-{number}.json").open("w+", encoding="utf-8") for number in range(3)]
    writers = [subprocess.Popen(command, stdout=answer, env=environment(), cwd=ROOT) for answer in answers]
    chance = random.Random(times)
    while any(writer.poll() is None for writer in writers):
        sleeper = chance.choice(writers)
        if sleeper.poll() is None:
            sleeper.send_signal(signal.SIGSTOP)
            time.sleep(chance.uniform(0.05, 0.8))
            sleeper.send_signal(signal.SIGCONT)
            line.times += 1
        time.sleep(chance.uniform(0, 0.3))
    saved = 0
    for answer in answers:
        with answer:
            answer.seek(0)
            told = json.loads(answer.read().splitlines()[-1])
        line.broken.extend(told["errors"])
        saved += len(told["saved"])
    with line.once("afterwards"), cmo.open_study(study.path) as opened:
        require(sum(entry.coder.startswith("write") for entry in opened.log()) == saved, "acts are lost")
        require(opened.check() == [], "it is not sound")
    line.result = f"{saved:,} acts written around their sleep; none lost, none refused"
    return line


_WORK = {"full": _when_full, "read-only": _when_read_only}

if __name__ == "__main__":
    answer = _WORK[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"times": answer.times, "broken": answer.broken, "result": answer.result}))
