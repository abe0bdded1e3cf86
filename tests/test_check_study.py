"""What `cmo check` knows of texts and codings, beyond what the store knows of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import code, full_study
from command_line import call
from sqlalchemy.exc import NoResultFound

import cmo
from cmo.check import check_damaged
from commands.exits import ExitCode
from store.check import to_the_end
from store.errors import DamagedStudy
from store.findings import Finding

ALL = {"sentences-unreadable", "sentences-outside", "current-version", "judgement-point"}


def findings_after(folder: Path, *tampering: str) -> list[Finding]:
    """The findings of this room after somebody has written into a study behind its back."""
    study = full_study(folder)
    code(study, "leder", "Køen", "#1 M", "supports")
    assert study.check() == []
    study.close()
    with closing(sqlite3.connect(study.path)) as conn, conn:
        for statement in tampering:
            conn.execute(statement)
    with cmo.open_study(study.path) as again:
        return [finding for finding in again.check() if finding.code in ALL]


@pytest.mark.parametrize(
    ("tampering", "expected", "where"),
    [
        ("UPDATE source_versions SET sentences = '0 1 x' WHERE id = 1", "sentences-unreadable", "source version 1"),
        ("UPDATE source_versions SET sentences = '0 1 2' WHERE id = 1", "sentences-unreadable", "source version 1"),
        ("UPDATE source_versions SET sentences = '0 99999' WHERE id = 2", "sentences-outside", "source version 2"),
        ("UPDATE source_versions SET sentence_count = 99 WHERE id = 2", "sentences-outside", "source version 2"),
        ("UPDATE source_versions SET is_current = 0 WHERE id = 3", "current-version", "source 3"),
        ("UPDATE point_versions SET is_current = 0 WHERE id = 4", "current-version", "point 4"),
        ("UPDATE judgements SET point_version_id = 3 WHERE id = 1", "judgement-point", "judgement 1"),
    ],
)
def test_each_fault_is_one_finding_with_its_place(tmp_path: Path, tampering: str, expected: str, where: str) -> None:
    assert [(finding.code, finding.where) for finding in findings_after(tmp_path, tampering)] == [(expected, where)]


def test_a_damaged_study_is_checked_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        pass
    with closing(sqlite3.connect(study.path)) as conn, conn:
        index = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'codings'"
        (root,) = conn.execute(index).fetchone()
        (size,) = conn.execute("PRAGMA page_size").fetchone()
        conn.execute("UPDATE source_versions SET sentence_count = 99 WHERE id = 2")
    with study.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 64)
    before = study.path.read_bytes()
    answer = call("check", study.path)
    assert answer.code == ExitCode.STUDY
    assert "is damaged" in answer.err
    assert "[file-" in answer.out
    assert "source version 2: its sentence boundaries do not fit the text [sentences-outside]" in answer.out
    assert study.path.read_bytes() == before


UNREADABLE_TABLE = (
    "PRAGMA writable_schema = 1",
    "UPDATE sqlite_master SET sql = CAST(x'435245415445208A' AS TEXT), name = CAST(x'8A' AS TEXT) WHERE name = 'memos'",
)
NO_TEXT_FOR_A_SCHEMA = ("UPDATE alembic_version SET version_num = x'31323334'",)


@pytest.mark.parametrize("tampering", [UNREADABLE_TABLE, NO_TEXT_FOR_A_SCHEMA])
def test_a_study_whose_own_description_makes_no_sense_is_told_as_damaged(
    tmp_path: Path, tampering: tuple[str, ...]
) -> None:
    with full_study(tmp_path) as study:
        pass
    with closing(sqlite3.connect(study.path)) as conn, conn:
        for statement in tampering:
            conn.execute(statement)
    with pytest.raises(DamagedStudy) as told:
        cmo.open_study(study.path)
    assert ".cmo-backups" in told.value.hint
    assert check_damaged(study.path) != []


def test_a_row_that_is_gone_when_it_is_asked_for_is_a_finding() -> None:
    def step() -> Iterator[Finding]:
        yield Finding("first", "here", "is kept")
        raise NoResultFound

    assert [finding.code for finding in to_the_end(step)] == ["first", "values-unreadable"]


def test_a_second_current_version_is_found(tmp_path: Path) -> None:
    found = findings_after(
        tmp_path,
        "CREATE TEMP TABLE copy AS SELECT * FROM point_versions WHERE id = 1",
        "UPDATE copy SET id = 99, uuid = 'x', number = 2",
        "INSERT INTO point_versions SELECT * FROM copy",
    )
    assert [finding.message for finding in found] == ["has 2 current versions instead of one"]


def test_an_index_of_words_that_says_other_words_than_the_texts_is_found(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        pass
    with closing(sqlite3.connect(study.path)) as conn, conn:
        for block_id, block in conn.execute("SELECT id, block FROM spoken_data").fetchall():
            conn.execute(
                "UPDATE spoken_data SET block = ? WHERE id = ?", (block.replace(b"pausen", b"pousen"), block_id)
            )
    with cmo.open_study(study.path) as again:
        assert [(finding.code, "words that the texts have" in finding.message) for finding in again.check()] == [
            ("search-index", True)
        ]
