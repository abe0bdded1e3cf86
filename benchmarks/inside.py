"""Jobs that are measured inside an open study: each beside its floor, in turns, in a process of its own.

``python -m benchmarks.inside JOB STUDY`` prints one line of JSON: ``ours`` and ``floor`` in seconds, ``memory`` in
megabytes, which is that of our own work alone: it is taken before the floor begins.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cmo
from benchmarks.measuring import in_turns
from cmo.study import Study

ROUNDS = 5
CODES = ("#1 M", "#2 M", "Tid 1")

_ROWS = """
FROM codings JOIN codes ON codes.id = codings.code_id
JOIN excerpts ON excerpts.id = codings.excerpt_id
JOIN source_versions ON source_versions.id = excerpts.version_id
LEFT JOIN source_cases ON source_cases.source_id = source_versions.source_id
LEFT JOIN judgements ON judgements.coding_id = codings.id AND judgements.is_current
"""
_CELLS = f"""
SELECT codes.point_id, source_cases.case_id, judgements.stance, count(*), count(DISTINCT excerpts.id),
       count(DISTINCT source_versions.source_id), count(DISTINCT source_cases.case_id)
{_ROWS} GROUP BY 1, 2, 3
"""
_QUOTES = f"""
SELECT excerpts.quote, excerpts.start, excerpts."end", sources.name, cases.name, judgements.stance,
       (SELECT group_concat(attributes.name || '=' || held.value) FROM attribute_values AS held
        JOIN attributes ON attributes.id = held.attribute_id WHERE held.case_id = cases.id)
{_ROWS} JOIN sources ON sources.id = source_versions.source_id
LEFT JOIN cases ON cases.id = source_cases.case_id
WHERE codes.name = ? ORDER BY cases.position, sources.position, excerpts.start
"""
_PAIRS = """
SELECT a.code_id, b.code_id, count(*) FROM codings AS a JOIN excerpts AS x ON x.id = a.excerpt_id
JOIN excerpts AS y ON y.version_id = x.version_id AND y.start < x."end" AND y."end" > x.start
JOIN codings AS b ON b.excerpt_id = y.id AND b.code_id > a.code_id GROUP BY 1, 2
"""
_ALL_THREE = """
SELECT x.version_id, max(x.start, y.start, z.start), min(x."end", y."end", z."end")
FROM codings AS a JOIN excerpts AS x ON x.id = a.excerpt_id
JOIN excerpts AS y ON y.version_id = x.version_id AND y.start < x."end" AND y."end" > x.start
JOIN codings AS b ON b.excerpt_id = y.id AND b.code_id = (SELECT id FROM codes WHERE name = ?2)
JOIN excerpts AS z ON z.version_id = x.version_id
    AND z.start < min(x."end", y."end") AND z."end" > max(x.start, y.start)
JOIN codings AS c ON c.excerpt_id = z.id AND c.code_id = (SELECT id FROM codes WHERE name = ?3)
WHERE a.code_id = (SELECT id FROM codes WHERE name = ?1)
"""
_HITS = """
SELECT turns.id, turns.version_id, substr(texts.body, turns.speech_start, 200)
FROM spoken CROSS JOIN turns ON turns.id = spoken.rowid JOIN speakers ON speakers.id = turns.speaker_id
JOIN source_versions ON source_versions.id = turns.version_id JOIN sources ON sources.id = source_versions.source_id
JOIN roles ON roles.id = sources.role_id JOIN texts ON texts.id = source_versions.text_id
WHERE spoken MATCH 'møde' AND roles.name = 'Leder' AND speakers.label = 'R' ORDER BY spoken.rowid LIMIT 50
"""


def memory() -> float:
    """The most megabytes that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def beside(study: Study, ours: Callable[[], object], sql: str, *values: object, rounds: int = ROUNDS) -> dict[str, Any]:
    """Our call beside a statement of SQL, of which all rows are fetched."""
    found = ours()
    held = memory()
    floor = sqlite3.connect(study.path)
    taken = in_turns([ours, lambda: floor.execute(sql, values).fetchall()], rounds)
    return {
        "ours": taken[0],
        "floor": taken[1],
        "memory": held,
        "rows": len(found) if isinstance(found, list) else None,
    }


def matrix(study: Study) -> dict[str, Any]:
    return beside(study, lambda: study.matrix("point", "case"), _CELLS)


def quotes(study: Study) -> dict[str, Any]:
    return beside(study, lambda: study.quotes(point="#1", element="M"), _QUOTES, "#1 M")


def overlaps(study: Study) -> dict[str, Any]:
    """Overlaps of all pairs of codes and the passages with three of them, beside two self-joins."""
    pairs = beside(study, study.overlaps, _PAIRS, rounds=2)
    passages = beside(study, lambda: study.coded_with(CODES), _ALL_THREE, *CODES)
    return {**pairs, **{key: pairs[key] + passages[key] for key in ("ours", "floor")}}


def search(study: Study) -> dict[str, Any]:
    where = {"role": "Leder", "speaker": "R"}
    return beside(study, lambda: study.search("møde", where, exact=True), _HITS)


def coding(study: Study) -> dict[str, Any]:
    """One coding by the call that the workbench makes, beside the same rows and a journal entry, written bare."""
    source = study.sources()[0]
    sentences = iter(study.transcript(source.id).sentences[2:])
    bare = study.path.with_name("floor-coding.db")
    bare.unlink(missing_ok=True)  # of an earlier run in the same folder
    floor = sqlite3.connect(bare, isolation_level=None)
    floor.execute("PRAGMA journal_mode = WAL")
    floor.execute("PRAGMA synchronous = FULL")
    model = sqlite3.connect(study.path)
    kept = ("excerpts", "codings", "journal", "journal_parts")
    for (sql,) in model.execute(f"SELECT sql FROM sqlite_master WHERE tbl_name IN {kept} AND sql IS NOT NULL"):
        floor.execute(sql)
    numbers = iter(range(1, 10_000))

    def ours() -> None:
        sentence = next(sentences)
        study.code_point(source.id, sentence.start, sentence.end, "#3", "M")

    def bare() -> None:
        number = next(numbers)
        floor.execute("BEGIN IMMEDIATE")
        floor.execute(
            "INSERT INTO excerpts VALUES (?, hex(randomblob(16)), 1, ?, ?, ?, ?, ?, 1, NULL, 'ok', NULL)",
            (number, number, number + 80, "q" * 80, "b" * 30, "a" * 30),
        )
        floor.execute(
            "INSERT INTO codings VALUES (?, hex(randomblob(16)), ?, 1, 1, 'now', NULL, NULL)", (number, number)
        )
        floor.execute(
            "INSERT INTO journal VALUES (?, hex(randomblob(16)), 'do', NULL, NULL, 'now', 'AB', 'code', 'x', 2, ?, ?)",
            (number, "0" * 64, "0" * 64),
        )
        floor.execute("INSERT INTO journal_parts VALUES (?, 0, ?)", (number, b"x" * 400))
        floor.execute("COMMIT")

    ours()
    held = memory()
    taken = in_turns([ours, bare], 60)
    return {"ours": taken[0], "floor": taken[1], "memory": held}


def size_of(study: Study) -> dict[str, Any]:
    """Bytes of the study without the originals, and of its texts in UTF-8."""
    with sqlite3.connect(study.path) as database:
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        (page,) = database.execute("PRAGMA page_size").fetchone()
        (free,) = database.execute("PRAGMA freelist_count").fetchone()
        (originals,) = database.execute("SELECT total(length(body)) FROM originals").fetchone()
        (texts,) = database.execute("SELECT total(length(CAST(body AS BLOB))) FROM texts").fetchone()
    return {"ours": (pages - free) * page - originals, "floor": texts, "memory": None}


def percentile(values: Iterable[float], share: float = 0.95) -> float:
    """The value below which this share lies."""
    return statistics.quantiles(list(values), n=100)[round(100 * share) - 1]


def seconds_of(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def main() -> None:
    job, path = sys.argv[1:3]
    with cmo.open_study(Path(path), coder="AB") as study:
        print(json.dumps(JOBS[job](study)))


JOBS: dict[str, Callable[[Study], dict[str, Any]]] = {
    job.__name__: job for job in (matrix, quotes, overlaps, search, coding, size_of)
}

if __name__ == "__main__":
    main()
