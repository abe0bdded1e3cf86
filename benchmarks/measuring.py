"""How a job and its floor are measured: in turns, in the same run, each in a process of its own or both in one."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CMO = str(Path(sys.executable).with_name("cmo"))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a job took, and its floor, in seconds: medians; ``floor`` is None where there is only an absolute bar.

    ``bar`` is how many times its floor a job may take, ``most`` how many seconds, ``memory`` the most megabytes that
    our process held. For the size of a file the unit is bytes.
    """

    job: str
    ours: float
    floor: float | None
    bar: float | None = None
    most: float | None = None
    memory: float | None = None
    note: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        in_time = self.most is None or self.ours <= self.most
        return in_time and (self.bar is None or self.ratio is None or self.ratio <= self.bar)


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended: wall-clock seconds, the most megabytes it held, and what it printed."""

    seconds: float
    memory: float
    out: str


def surroundings(**more: str) -> dict[str, str]:
    """The environment of every process that is measured: code is compiled once and kept, as on a user's machine."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": str(ROOT), "CMO_CODER": "AB", **more}


def run(*command: str | Path) -> Run:
    """Run a process to its end. Raises RuntimeError: it failed."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings(),
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {out[-2000:]}")
    return Run(seconds, used.ru_maxrss / 1024, out)


def inside(job: str, *arguments: str | Path) -> Any:
    """What a job of :mod:`benchmarks.inside` measured in a process of its own."""
    return json.loads(run(sys.executable, "-m", "benchmarks.inside", job, *arguments).out.splitlines()[-1])


def in_turns(jobs: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of some jobs that are done in turns, so that whatever slows the machine slows all."""
    for job in jobs:
        job()
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, seconds in zip(jobs, taken, strict=True):
            began = time.perf_counter()
            job()
            seconds.append(time.perf_counter() - began)
    return [statistics.median(seconds) for seconds in taken]


def processes_in_turns(commands: Sequence[Sequence[str | Path]], rounds: int) -> list[Run]:
    """The median of whole processes that are run in turns."""
    runs: list[list[Run]] = [[] for _ in commands]
    for _ in range(rounds):
        for command, done in zip(commands, runs, strict=True):
            done.append(run(*command))
    return [sorted(done, key=lambda one: one.seconds)[len(done) // 2] for done in runs]
