"""The power goes: what was written and not yet synced to the disk is there, or not, or in part, in any order.

A kill does not show a missing sync, because the system still has what was written. So a library that stands between the
program and the system (``power.c``) writes down every write and sync of a working program, and the files are put
together again as a disk may have them at any moment: all that was synced, and of the rest what chance leaves.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import cmo
from torture.commands import ROOT, environment
from torture.result import Line, require
from torture.samples import whole, work_at_random, worked_on

ACTS = 40
SECTOR = 512
_HEAD = struct.Struct("=4q")


@dataclass(frozen=True)
class Call:
    """One call to the system: w write, t truncate, s sync; ``acts`` is how many acts were told as saved before it."""

    kind: str
    name: str
    offset: int
    data: bytes
    acts: int


def power(folder: Path, times: int) -> Line:
    """Work in a process that is written down, and then lose the power at so many moments of it."""
    line = Line("the power goes while acts are saved")
    library, why_not = _library(folder)
    if library is None:
        line.result = f"not tried: {why_not}"
        return line
    with worked_on(folder) as study:
        pass
    path = whole(study.path)
    before = Path(shutil.copy(path, folder / "before.cmo"))
    acts_before = _acts(before)
    calls = _written_down(library, path, folder / "record")
    syncs = sum(call.kind == "s" for call in calls)
    require(len(calls) > ACTS, "the library was not asked: nothing is written down")
    for number in range(times):
        chance = random.Random(number)
        moment = chance.randrange(len(calls))
        at = folder / f"{number}"
        at.mkdir()
        with line.once(f"after call {moment:,} of {len(calls):,}"):
            lost = Path(shutil.copy(before, at / path.name))
            _as_the_disk_may_have_it(calls[: moment + 1], at, chance)
            saved = acts_before + calls[moment].acts
            with cmo.open_study(lost) as opened:
                kept = opened.log(1)[0].seq
                require(kept >= saved, f"{saved - kept} acts are lost that were told as saved")
                require(kept <= saved + 1, "an act is there that was not begun")
                require(opened.check() == [], "it is not sound")
        shutil.rmtree(at)
    line.result = f"{ACTS} acts, {len(calls):,} writes and {syncs:,} syncs: no act lost that was told as saved"
    return line


def _library(folder: Path) -> tuple[Path | None, str]:
    source, made = Path(__file__).with_name("power.c"), folder / "power.so"
    if sys.platform != "linux":
        return None, "only Linux lets a library stand in between"
    try:
        command = ["cc", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None, "there is no C compiler"
    return (made, "") if done.returncode == 0 else (None, "the library cannot be compiled")


def _acts(path: Path) -> int:
    with cmo.open_study(path) as study:
        return study.log(1)[0].seq


def _written_down(library: Path, study: Path, record: Path) -> list[Call]:
    more = {"LD_PRELOAD": str(library), "CMO_WATCHED": study.name, "CMO_RECORD": str(record)}
    work = [sys.executable, "-m", "torture.power", str(study), str(record)]
    subprocess.run(work, env=environment(**more), cwd=ROOT, check=True)
    told = json.loads(record.with_suffix(".acts").read_text())
    data, calls, at = record.read_bytes(), [], 0
    while at < len(data):
        kind, named, offset, length = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size + named
        name = Path(data[at + _HEAD.size : start].decode()).name
        acts = sum(size <= at for size in told)
        calls.append(Call(chr(kind), name, offset, data[start : start + length], acts))
        at = start + length
    return calls


def _as_the_disk_may_have_it(calls: list[Call], folder: Path, chance: random.Random) -> None:
    """Files with all that was synced; of what came after a file's last sync each sector is there or not."""
    synced = {call.name: number for number, call in enumerate(calls) if call.kind == "s"}
    for number, call in enumerate(calls):
        if call.name.endswith("-shm"):
            continue  # memory, which the next program makes anew
        if number <= synced.get(call.name, -1):
            _do(call, folder)
        elif chance.random() < 0.5:
            _do(call, folder, chance)


def _do(call: Call, folder: Path, chance: random.Random | None = None) -> None:
    """Carry a call out, with ``chance`` only some sectors of it."""
    path = folder / call.name
    path.touch()
    with path.open("r+b") as file:
        if call.kind == "t":
            file.truncate(call.offset)
        for start in range(0, len(call.data), SECTOR):
            if chance is None or chance.random() < 0.8:
                file.seek(call.offset + start)
                file.write(call.data[start : start + SECTOR])


def work(path: Path, record: Path) -> None:
    """The program whose power goes: acts, some of them undone; after each, how much was written down until then."""
    chance, told = random.Random(1), []
    with cmo.open_study(path, coder="AB") as study:
        for _ in range(ACTS):
            work_at_random(study, chance)
            told.append(record.stat().st_size)
        record.with_suffix(".acts").write_text(json.dumps(told))
        os._exit(0)


if __name__ == "__main__":
    work(Path(sys.argv[1]), Path(sys.argv[2]))
