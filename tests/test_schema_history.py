"""A study that any version of `cmo` wrote is brought up to date, and says what it said.

The studies are kept in ``tests/schemas``, one for each revision that ever landed; ``tests/schemas/make.py`` made each
with the last version that wrote that revision.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from test_store_migrations import everything_made

import cmo
from store import migrate, schema, sqlite
from store.backup import newest_backup
from store.errors import NothingToUndo, OlderSchema
from store.upgrade import upgrade

sys.path.insert(0, str(Path(__file__).parent / "schemas"))

from make import said

KEPT = Path(__file__).parent / "schemas"
REVISIONS = sorted(path.stem for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))
NUMBERS = sorted(name.partition("_")[0] for name in REVISIONS)


@pytest.fixture(params=NUMBERS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path, dict[str, Any]]:
    """A revision, a study that has it, and what the version that wrote it said of the study."""
    path = tmp_path / "bogbus.cmo"
    path.write_bytes(gzip.decompress((KEPT / f"{request.param}.cmo.gz").read_bytes()))
    return request.param, path, json.loads((KEPT / f"{request.param}.json").read_text(encoding="utf-8"))


def test_every_revision_that_ever_landed_is_kept() -> None:
    assert {path.name.partition(".")[0] for path in KEPT.glob("*.cmo.gz")} == set(NUMBERS)
    assert NUMBERS[-1] == schema.SCHEMA_REVISION


def test_an_old_study_is_refused_by_name_until_it_is_upgraded(kept: tuple[str, Path, dict[str, Any]]) -> None:
    revision, path, _ = kept
    if revision == schema.SCHEMA_REVISION:
        assert upgrade(path) is None
        return
    with pytest.raises(OlderSchema, match=revision):
        cmo.open_study(path)
    before = path.read_bytes()
    backup = upgrade(path)
    assert backup == newest_backup(path)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy, closing(sqlite3.connect(":memory:")) as old:
        old.deserialize(before)
        assert list(copy.iterdump()) == list(old.iterdump()), "the backup is the study as it was"


def test_an_old_study_says_after_its_upgrade_what_it_said(kept: tuple[str, Path, dict[str, Any]]) -> None:
    _, path, words = kept
    upgrade(path)
    with cmo.open_study(path, coder="AB") as study:
        assert study.check() == []
        assert json.loads(json.dumps(said(study))) == words
        assert study.search("køen").hits, "the index of words is made by the first search"


def test_all_work_of_an_old_study_can_be_undone_and_done_again(kept: tuple[str, Path, dict[str, Any]]) -> None:
    _, path, words = kept
    upgrade(path)
    with cmo.open_study(path, coder="AB") as study:
        acts = [entry for entry in study.log() if entry.kind == "do"]
        for _ in range(len(acts)):
            try:
                study.undo()
            except NothingToUndo:
                break
        assert study.quotes() == []
        assert study.check() == []
        while study.info().state != words["state"]:
            study.redo()
        assert json.loads(json.dumps(said(study)))["quotes"] == words["quotes"]
        assert study.check() == []


def test_the_tables_of_an_upgraded_study_are_those_of_a_new_one(kept: tuple[str, Path, dict[str, Any]]) -> None:
    _, path, _ = kept
    upgrade(path)
    engine = sqlite.engine(sqlite.way_in(path))
    with engine.connect() as conn, create_engine("sqlite://").connect() as fresh:
        schema.metadata.create_all(fresh)
        upgraded = {name: made for name, made in everything_made(conn).items() if not name.startswith("spoken")}
        assert upgraded == everything_made(fresh)
    engine.dispose()
