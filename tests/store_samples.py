"""A small study made with the store alone, for the store's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from made_once import folder_of
from sqlalchemy import Connection

from store import schema
from store.check import check_store
from store.findings import Finding
from store.study_file import StudyFile
from store.work import Work

TEXT = (
    "I: Hvad skete der, da I fik lyddæmpning?\n"
    "R: Vi fik ro 😀. Før gik folk hjem med hovedpine.\n"
    "I: Og nu?\n"
    "R: Nu bliver de.\n"
)
TURNS = [(0, 3, 41), (41, 44, 90), (90, 93, 100), (100, 103, 117)]


@contextmanager
def steps_taken(conn: Connection) -> Iterator[list[str]]:
    """The steps in which SQLite answers all that the block asks; known at the end of the block."""
    asked: list[str] = []
    steps: list[str] = []
    driver: Any = conn.connection.driver_connection
    driver.set_trace_callback(asked.append)
    yield steps
    driver.set_trace_callback(None)
    for words in asked:
        if words.startswith("SELECT"):
            steps += (row[-1] for row in driver.execute(f"EXPLAIN QUERY PLAN {words}"))


def create(path: Path, coder: str = "AB") -> StudyFile:
    return StudyFile.create(path, name="støj", language="da", coder=coder)


def new_study(path: Path, coder: str = "AB") -> StudyFile:
    """A copy of what :func:`create` made once."""
    return StudyFile.open(shutil.copy(folder_of(_new_study, coder) / "støj.cmo", path))


def _new_study(folder: Path, coder: str) -> StudyFile:
    return create(folder / "støj.cmo", coder)


def add_source(work: Work, name: str = "leder", text: str = TEXT, turns: list[tuple[int, int, int]] = TURNS) -> int:
    """A source with one version and its turns; returns the id of the version."""
    text_id, sha256 = work.keep_text(text)
    source_id = work.insert(schema.sources, {"name": name, "kind": "interview", "language": "da", "position": 1})
    version = {
        "source_id": source_id,
        "number": 1,
        "is_current": True,
        "text_id": text_id,
        "sha256": sha256,
        "characters": len(text),
        "turn_count": len(turns),
        "sentence_count": 0,
        "sentences": "",
        "furniture": "",
        "file_name": f"{name}.txt",
        "file_format": "txt",
        "file_sha256": sha256,
        "encoding": "utf-8",
        "created_at": work.at,
    }
    version_id = work.insert(schema.source_versions, version)
    rows = [[version_id, number, *turn] for number, turn in enumerate(turns, start=1)]
    work.insert_many(schema.turns, ["version_id", "number", "start", "speech_start", "end"], rows)
    return version_id


def add_code(work: Work, name: str, parent_id: int | None = None) -> int:
    return work.insert(schema.codes, {"name": name, "definition": "", "parent_id": parent_id, "position": 1})


def add_excerpt(work: Work, version_id: int, quote: str, text: str = TEXT) -> int:
    start = text.index(quote)
    end = start + len(quote)
    values = {
        "version_id": version_id,
        "start": start,
        "end": end,
        "quote": quote,
        "before": text[max(0, start - 8) : start],
        "after": text[end : end + 8],
        "anchor": "ok",
    }
    return work.insert(schema.excerpts, values)


def add_coding(work: Work, excerpt_id: int, code_id: int) -> int:
    values = {"excerpt_id": excerpt_id, "code_id": code_id, "coder_id": work.coder_id, "created_at": work.at}
    return work.insert(schema.codings, values)


def coded_study(path: Path) -> StudyFile:
    """One source, two codes, three codings by two coders, a memo that was changed and an act that is undone."""
    return StudyFile.open(shutil.copy(folder_of(_coded_study) / "støj.cmo", path))


def _coded_study(folder: Path) -> StudyFile:
    study = new_study(folder / "støj.cmo")
    with study.act("AB", "import", "import leder") as work:
        version_id = add_source(work)
    with study.act("AB", "new code", "new codes") as work:
        quiet, pain = add_code(work, "ro"), add_code(work, "hovedpine")
    with study.act("AB", "code", "code ro") as work:
        first = add_coding(work, add_excerpt(work, version_id, "Vi fik ro"), quiet)
    with study.act("CD", "code", "code hovedpine") as work:
        add_coding(work, add_excerpt(work, version_id, "gik folk hjem med hovedpine"), pain)
    with study.act("CD", "code", "code to be taken away") as work:
        gone = add_coding(work, add_excerpt(work, version_id, "Nu bliver de"), quiet)
    with study.act("AB", "memo", "memo") as work:
        values = {"body": "stærkt", "coder_id": work.coder_id, "created_at": work.at, "changed_at": work.at}
        memo = work.insert(schema.memos, {**values, "coding_id": first})
    with study.act("AB", "memo", "memo changed") as work:
        work.update(schema.memos, memo, body="stærkt, men alene")
    with study.act("CD", "remove coding", "remove") as work:
        work.delete(schema.codings, [gone])
        work.delete(schema.excerpts, [3])
    with study.act("CD", "new code", "code undone") as work:
        add_code(work, "fortrudt")
    study.undo("CD")
    return study


def findings(path: Path) -> list[Finding]:
    """What the store's check says of a file, opened as any other program would."""
    with StudyFile.open(path) as study, study.read() as conn:
        return list(check_store(conn))


def found(path: Path) -> set[tuple[str, str]]:
    return {(finding.code, finding.where) for finding in findings(path)}


def rows(study: StudyFile) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that the journal records, by table, in the order of ids."""
    with study.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(table.select().order_by(table.c.id))]
            for table in schema.journalled_tables()
        }
