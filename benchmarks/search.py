"""Search beside its floor: the same words asked of a bare FTS5 table in the same run.

``python benchmarks/search.py medium`` builds a study of 400 interviews in a folder of its own (``large``: 2,000) and
prints how long the first 50 hits take and what the index costs. Times are of the processor, so that a busy machine
does not count, and for searches medians in milliseconds; every query is asked once before, so that both read from
memory.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus import SIZES, Size, write_corpus

import cmo
from cmo.study import Study

ROUNDS = 7
# The words, what they are in FTS5's own language, and how they are asked of a study.
QUERIES: list[tuple[str, str, dict[str, Any]]] = [
    ("og", '"og"', {"exact": True}),
    ("arbejdssagerne", '"arbejdssagerne"', {"exact": True}),
    ("tavlevagterne OR barnsplan", '"tavlevagterne" OR "barnsplan"', {"exact": True}),
    ("leder", '"leder" OR "lede" OR "lederen" OR "ledere" OR "lederne" OR "lederens"', {}),
    ("arbejd*", '"arbejd"*', {}),
    ('"vi har ikke"', '"vi har ikke"', {}),
    ("leder pause NOT tavle", '("leder" AND "pause") NOT "tavle"', {"exact": True}),
    ("NEAR(leder pause, 10)", 'NEAR("leder" "pause", 10)', {"exact": True}),
    ("møde, leaders only", '"møde"', {"exact": True, "where": {"role": "Leder"}}),
    ("møde, one case", '"møde"', {"exact": True, "where": {"case": "Nordskolen"}}),
    ("møde, not the interviewer, not coded", '"møde"', {"exact": True, "where": {"speaker": "R"}, "coded": False}),
]


def build(folder: Path, size: Size) -> Study:
    """The study with all interviews imported; it is kept in the folder for the next run."""
    path = folder / f"{size.name}.cmo"
    if path.exists():
        return cmo.open_study(path)
    texts = write_corpus(folder / size.name, size)
    study = cmo.new_study(path)
    began = time.process_time()
    study.import_files([texts], sources=folder / size.name / "sources.csv")
    print(f"import of {size.interviews:,} files: {time.process_time() - began:,.1f} s")
    return study


def build_floor(folder: Path, study: Study) -> tuple[sqlite3.Connection, float]:
    """A bare FTS5 table with the text of every turn, and how many seconds it took to fill."""
    spoken = []
    for source in study.sources():
        transcript = study.transcript(source.id)
        spoken += [(transcript.text[turn.speech_start : turn.end],) for turn in transcript.turns]
    path = folder / "floor.db"
    path.unlink(missing_ok=True)
    floor = sqlite3.connect(path)
    floor.execute("PRAGMA journal_mode = WAL")
    floor.execute("CREATE VIRTUAL TABLE spoken USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
    began = time.process_time()
    floor.executemany("INSERT INTO spoken(words) VALUES (?)", spoken)
    floor.commit()
    return floor, time.process_time() - began


def median_ms(job: Callable[[], object]) -> float:
    job()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        job()
        taken.append(time.process_time() - began)
    return 1000 * statistics.median(taken)


def words_around(floor: sqlite3.Connection, expression: str) -> list[tuple[str]]:
    """What FTS5 itself shows of its first hits: one place of each turn."""
    query = "SELECT snippet(spoken, 0, '', '', '', 20) FROM spoken WHERE spoken MATCH ? ORDER BY rowid LIMIT 50"
    return floor.execute(query, (expression,)).fetchall()


def first_hits(floor: sqlite3.Connection, expression: str) -> list[tuple[int]]:
    return floor.execute(
        "SELECT rowid FROM spoken WHERE spoken MATCH ? ORDER BY rowid LIMIT 50", (expression,)
    ).fetchall()


def report(folder: Path, size: Size) -> None:
    with build(folder, size) as study:
        floor, floor_seconds = build_floor(folder, study)
        with closing(floor):
            began = time.process_time()
            turns = study.rebuild_search()
            seconds = time.process_time() - began
            characters = sum(source.characters for source in study.sources())
            print(f"{size.interviews:,} interviews, {turns:,} turns, {characters / 1e6:,.1f} million characters")
            print(
                f"index and lemmas of all turns: {seconds:,.1f} s, bare FTS5 {floor_seconds:,.1f} s, "
                f"{seconds / floor_seconds:.1f} times"
            )
            print(f"\n{'first 50 hits':40} {'study ms':>9} {'FTS5 ms':>9} {'times':>6} {'ids only':>9} {'turns':>9}")
            for words, expression, how in QUERIES:
                query = words.split(", ")[0] if how.get("where") else words
                taken = median_ms(lambda query=query, how=how: study.search(query, **how))
                bare = median_ms(lambda expression=expression: words_around(floor, expression))
                ids = median_ms(lambda expression=expression: first_hits(floor, expression))
                counts = study.search(query, **how, limit=0, count=True).counts
                found = counts.turns if counts else 0
                print(f"{words:40} {taken:9.2f} {bare:9.2f} {taken / bare:6.1f} {ids:9.2f} {found:9,}")


def main() -> None:
    asked = argparse.ArgumentParser(description="Search beside its floor.")
    asked.add_argument("size", choices=SIZES, default="small", nargs="?")
    asked.add_argument("--folder", type=Path, help="Where to keep the study for the next run.")
    given = asked.parse_args()
    if given.folder is not None:
        given.folder.mkdir(parents=True, exist_ok=True)
        report(given.folder, SIZES[given.size])
        return
    with TemporaryDirectory() as folder:
        report(Path(folder), SIZES[given.size])


if __name__ == "__main__":
    sys.exit(main())
