"""Eight processes that read and four that write, at the same time, in the same study."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path
from unittest.mock import patch

import cmo
from store.errors import CmoError
from store.journal import Entry
from torture.commands import environment
from torture.result import Line, require
from torture.samples import work_at_random, worked_on

READERS, WRITERS = 8, 4


def crowd(folder: Path, times: int) -> Line:
    """Let all work for so many seconds; every act that a writer saw saved must be in the journal, in its order."""
    line = Line(f"{READERS} processes read, {WRITERS} write, for {times} s")
    with worked_on(folder) as study:
        before = study.log()[::-1]
    kinds = ["read"] * READERS + ["write"] * WRITERS
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    with patch.dict(os.environ, environment()), ProcessPoolExecutor(len(kinds), mp_context=processes) as pool:
        told = list(pool.map(work, kinds, repeat(study.path), repeat(times)))
    saved: dict[str, list[str]] = {}
    reads = 0
    for answer in told:
        line.broken.extend(answer.errors)
        reads += answer.reads
        if answer.saved:
            saved[answer.coder] = answer.saved
    with line.once("the journal"), cmo.open_study(study.path) as opened:
        log = opened.log()[::-1]
        require(log[: len(before)] == before, "an act from before is missing")
        new = log[len(before) :]
        for coder, acts in saved.items():
            require([entry.uuid for entry in new if entry.coder == coder] == acts, f"acts of {coder} are lost")
        require(len(new) == sum(map(len, saved.values())), "there are acts that nobody made")
        require(opened.check() == [], "the study is not sound")
    line.times = len(new)
    line.result = f"{len(new):,} acts written and {reads:,} readings: none lost, none refused, the chain is whole"
    return line


@dataclass(frozen=True)
class Told:
    """What one process saw: its acts that were saved (UUIDs), how often it read, and errors shown to a person."""

    coder: str
    saved: list[str]
    reads: int
    errors: list[str]


def work(kind: str, path: Path, seconds: float) -> Told:
    """Read or write for so long, as one process among others."""
    chance = random.Random()
    coder = f"{kind} {chance.randrange(10**9)}"
    saved: list[str] = []
    errors: list[str] = []
    reads = 0
    end = time.monotonic() + seconds
    with cmo.open_study(path, coder=coder) as study:
        while time.monotonic() < end:
            try:
                if kind == "read":
                    reads += _read(study)
                else:
                    newest = study.file.data_version()
                    work_at_random(study, chance)
                    own = [entry.uuid for entry in _since(study, newest) if entry.coder == coder]
                    require(len(own) == 1, f"of an act that was told as saved, the journal has {len(own)} entries")
                    saved += own
            except (CmoError, AssertionError) as exc:
                errors.append(f"{kind}: {exc}")
    return Told(coder, saved, reads, errors)


def _since(study: cmo.Study, seq: int) -> list[Entry]:
    """The entries after one: a process that slept finds hundreds of others'."""
    most = 60
    while True:
        found = study.log(most)
        if len(found) < most or found[-1].seq <= seq:
            return [entry for entry in found if entry.seq > seq]
        most *= 2


def _read(study: cmo.Study) -> int:
    """Readings as the workbench makes them; each must fit together, whatever is written meanwhile."""
    quotes = study.quotes()
    for quote in quotes[-3:]:
        text = study.transcript(quote.source_id).text
        require(text[quote.start : quote.end] == quote.quote, "a quote is not what stands at its place")
    require(study.matrix().grand_total.total.rows >= len(quotes), "the matrix counts less than was there before")
    return 1


if __name__ == "__main__":
    print(json.dumps(asdict(work(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))))
