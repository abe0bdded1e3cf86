"""The journal: a chain of entries, and the state that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select
from store_samples import add_code, coded_study, create, new_study, rows, steps_taken

from store import journal, schema
from store.errors import DamagedStudy
from store.journal import Entry, State
from store.study_file import StudyFile


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyFile]:
    with new_study(tmp_path / "støj.cmo") as opened:
        yield opened


def new_code(study: StudyFile, name: str, coder: str = "AB", batch: str | None = None) -> None:
    with study.act(coder, "new code", f"new code '{name}'", batch=batch) as work:
        add_code(work, name)


def entries(study: StudyFile) -> list[Entry]:
    with study.read() as conn:
        return journal.entries(conn)


def state(study: StudyFile) -> State:
    with study.read() as conn:
        return journal.state(conn)


def test_every_entry_follows_from_the_one_before(tmp_path: Path) -> None:
    with coded_study(tmp_path / "støj.cmo") as study:
        found = entries(study)
        with study.read() as conn:
            assert list(journal.verify(conn)) == []
            assert journal.head(conn) == found[-1]
    assert [entry.seq for entry in found] == list(range(1, 12))
    assert found[0].previous == journal.START
    assert all(later.previous == earlier.hash for earlier, later in pairwise(found))
    assert len({entry.hash for entry in found}) == len(found)


def test_the_hash_is_over_the_words_and_the_parts_as_the_decision_record_says(study: StudyFile) -> None:
    """Anybody can compute it again with SHA-256 and JSON alone."""
    new_code(study, "støj 😀")
    entry = entries(study)[-1]
    with study.read() as conn:
        payloads = conn.scalars(select(schema.journal_parts.c.payload).where(schema.journal_parts.c.seq == 2)).all()
    fields = {name: getattr(entry, name) for name in Entry.__slots__ if name != "hash"}
    words = [fields, [hashlib.sha256(payload).hexdigest() for payload in payloads]]
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_the_log_is_read_from_either_end(study: StudyFile) -> None:
    for name in ("a", "b", "c"):
        new_code(study, name)
    with study.read() as conn:
        assert [entry.seq for entry in journal.entries(conn, newest_first=True, limit=2)] == [4, 3]
        assert [entry.seq for entry in journal.entries(conn, limit=2)] == [1, 2]


def test_an_undo_is_an_entry_that_names_its_act_and_who_undid_it(study: StudyFile) -> None:
    new_code(study, "ro")
    assert [entry.seq for entry in study.undo("CD")] == [2]
    entry = entries(study)[-1]
    assert (entry.kind, entry.target, entry.coder, entry.act) == ("undo", 2, "CD", "undo")
    assert entry.summary == "undo: new code 'ro'"
    assert entry.row_count == 1
    with study.read() as conn:
        assert conn.scalars(select(schema.journal_parts.c.seq)).all() == [1, 2]


def test_undoing_everything_and_redoing_it_ends_in_the_same_state(tmp_path: Path) -> None:
    with coded_study(tmp_path / "støj.cmo") as study:
        before, whole = state(study), rows(study)
        for _ in range(8):
            study.undo("AB")
        assert state(study).seq == 1
        assert state(study) != before
        for _ in range(8):
            study.redo("AB")
        assert rows(study) == whole
        assert state(study) == before


def test_the_state_tells_apart_what_the_newest_act_alone_would_not(study: StudyFile) -> None:
    new_code(study, "a", "AB")
    new_code(study, "b", "CD")
    both = state(study)
    study.undo("AB", only="AB")
    one = state(study)
    assert (one.seq, one.at) == (both.seq, both.at), "the newest act is still in force"
    assert one.hash != both.hash
    study.redo("AB", only="AB")
    assert state(study) == both


def test_the_state_of_two_studies_is_never_the_same(tmp_path: Path) -> None:
    with create(tmp_path / "a.cmo") as first, create(tmp_path / "b.cmo") as second:
        assert state(first).hash != state(second).hash


def test_the_number_of_the_newest_entry_moves_with_every_change_by_anybody(study: StudyFile) -> None:
    with StudyFile.open(study.path) as other:
        assert study.data_version() == 1
        new_code(other, "a")
        assert study.data_version() == 2
        other.undo("AB")
        assert study.data_version() == 3


def test_changes_come_in_the_order_they_were_made_or_the_last_first(
    study: StudyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.work.ROWS_PER_PART", 2)
    with study.act("AB", "many") as work:
        for name in "abcde":
            add_code(work, name)
    with study.read() as conn:
        forwards = [change.rows[0][2] for change in journal.changes_of(conn, 2)]
        backwards = [change.rows[0][2] for change in journal.changes_of(conn, 2, backwards=True)]
        assert len(conn.scalars(select(schema.journal_parts.c.part).where(schema.journal_parts.c.seq == 2)).all()) == 3
    assert forwards == list("abcde")
    assert backwards == list("edcba")


def test_an_act_whose_changes_cannot_be_read_is_not_undone(study: StudyFile) -> None:
    new_code(study, "ro")
    with study._writer.begin() as conn:
        conn.execute(schema.journal_parts.update().where(schema.journal_parts.c.seq == 2).values(payload=b"nonsense"))
    with pytest.raises(DamagedStudy, match="cannot be read"):
        study.undo("AB")
    assert len(rows(study)["codes"]) == 1


def test_the_next_act_to_undo_or_redo_is_looked_up_and_not_looked_for(study: StudyFile) -> None:
    """With 20,000 entries a walk through all of them would be felt at every key: the newest fit is the first seen."""
    with study.read() as conn, steps_taken(conn) as steps:
        for coder in (None, "AB"):
            journal.next_undo(conn, coder)
            journal.next_redo(conn, coder)
    assert len(steps) > 8
    assert {step for step in steps if step.startswith(("SCAN", "USE TEMP"))} <= {"SCAN last"}
