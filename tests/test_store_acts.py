"""One act is one transaction and one journal entry: all of it or nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from store_samples import TEXT, add_code, add_coding, add_excerpt, add_source, findings, new_study, rows

from store import changes, journal, schema
from store.errors import ActError, StudyFull, StudyReadOnly, UnknownName
from store.journal import Entry
from store.study_file import StudyFile
from store.work import Work

CODE_COLUMNS = ["name", "definition", "position"]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyFile]:
    with new_study(tmp_path / "støj.cmo") as opened:
        yield opened
    assert findings(tmp_path / "støj.cmo") == []


def entries(study: StudyFile) -> list[Entry]:
    with study.read() as conn:
        return journal.entries(conn)


def test_an_act_is_one_entry_that_says_who_what_and_how_much(study: StudyFile) -> None:
    with study.act("AB", "import", "import 'leder'") as work:
        add_source(work)
    created, entry = entries(study)
    assert (created.kind, created.act, created.coder) == ("create", "new study", "AB")
    assert (entry.seq, entry.kind, entry.coder, entry.act, entry.summary) == (2, "do", "AB", "import", "import 'leder'")
    assert entry.row_count == 6
    assert entry.previous == created.hash
    assert entry.at == work.at


def test_the_block_may_say_better_what_it_did(study: StudyFile) -> None:
    with study.act("AB", "new code", "?") as work:
        add_code(work, "ro")
        work.summary = "new code 'ro'"
    assert entries(study)[-1].summary == "new code 'ro'"


def test_an_act_that_changes_nothing_leaves_no_entry(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        code = add_code(work, "ro")
    before = study.path.read_bytes()
    with study.act("AB", "nothing") as work:
        assert list(work.insert_many(schema.codes, CODE_COLUMNS, [])) == []
        work.update(schema.codes, code, name="ro", position=1)
        work.update(schema.codes, code)
        work.update_many(schema.codes, [], name="x")
        work.delete(schema.codes, [])
        assert not work.changed
    assert len(entries(study)) == 2
    assert study.path.read_bytes() == before


def test_an_act_that_raises_leaves_nothing_of_rows_ids_texts_or_journal(study: StudyFile) -> None:
    before = rows(study)
    with pytest.raises(KeyboardInterrupt), study.act("AB", "import") as work:
        add_source(work)
        raise KeyboardInterrupt
    assert rows(study) == before
    with study.read() as conn:
        assert conn.execute(select(schema.texts)).all() == []
        assert "sources" not in conn.scalars(select(schema.sequences.c.table_name)).all()
    with study.act("AB", "import") as work:
        add_source(work)


def test_reading_during_an_act_sees_the_study_before_it(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        add_code(work, "ro")
        assert rows(study)["codes"] == []
        assert len(work.conn.execute(select(schema.codes)).all()) == 1
    assert len(rows(study)["codes"]) == 1


def test_all_reads_of_one_block_see_the_same_study(study: StudyFile) -> None:
    with study.read() as conn:
        first = conn.execute(select(schema.codes)).all()
        with study.act("AB", "new code") as work:
            add_code(work, "ro")
        assert conn.execute(select(schema.codes)).all() == first


def test_a_reading_connection_cannot_write(study: StudyFile) -> None:
    values = {"table_name": "codes", "next_id": 99}
    with pytest.raises(StudyReadOnly), study.read() as conn:
        conn.execute(insert(schema.sequences), values)
    with study.act("AB", "new code") as work:
        assert add_code(work, "ro") == 1


def test_own_acts_are_not_told_as_those_of_others(study: StudyFile) -> None:
    before = study.written_by_others()
    with study.act("AB", "new code") as work:
        add_code(work, "Vagter")
    assert study.written_by_others() == before
    with StudyFile.open(study.path) as other, other.act("AB", "new code") as work:
        add_code(work, "Skemaer")
    assert study.written_by_others() != before


def test_an_act_inside_an_act_is_refused_at_once_and_the_outer_one_goes_on(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        add_code(work, "ro")
        for inner in (lambda: study.act("AB", "x").__enter__(), lambda: study.undo("AB"), lambda: study.redo("AB")):
            with pytest.raises(ActError, match="inside"):
                inner()
    with study.act("AB", "new code") as work:
        add_code(work, "hovedpine")
    assert [entry.act for entry in entries(study)] == ["new study", "new code", "new code"]


def test_an_act_that_goes_on_after_a_failed_change_is_not_kept(study: StudyFile) -> None:
    """Of three rows that fail at the third, two are in the table, and in no journal."""
    before = rows(study)
    with pytest.raises(ActError, match="of the act 'codes' failed"), study.act("AB", "codes") as work:
        with suppress(Exception):
            work.insert_many(schema.codes, CODE_COLUMNS, [["a", "", 1], ["b", "", 2], ["a", "", 3]])
        add_code(work, "c")
    assert rows(study) == before


FAILURES = [
    lambda work: work.insert_many(schema.codes, CODE_COLUMNS, [["a", "", 1], ["a", "", 2]]),
    lambda work: work.insert(schema.codes, {"name": "uden"}),
    lambda work: work.insert(schema.codings, {"excerpt_id": 5, "code_id": 5, "coder_id": 5, "created_at": ""}),
    lambda work: work.insert(schema.attributes, {"name": "x", "kind": "shoe size", "position": 1}),
    lambda work: work.delete(schema.codes, [1]),
    lambda work: work.update(schema.codes, 1, name="hovedpine"),
    lambda work: work.update(schema.codes, 1, parent_id=77),
]


@pytest.mark.parametrize("fail", FAILURES)
def test_what_the_schema_forbids_stops_the_act_and_keeps_nothing(study: StudyFile, fail: object) -> None:
    with study.act("AB", "new code") as work:
        quiet = add_code(work, "ro")
        add_code(work, "hovedpine")
        add_coding(work, add_excerpt(work, add_source(work), "Vi fik ro"), quiet)
    before = rows(study)
    with pytest.raises(ActError, match="constraint failed"), study.act("AB", "fail") as work:
        add_code(work, "før")
        fail(work)  # type: ignore[operator]
    assert rows(study) == before


@pytest.mark.parametrize("value", [float("nan"), b"bytes", float("inf")])
def test_a_value_that_the_journal_cannot_hold_is_refused(study: StudyFile, value: object) -> None:
    with pytest.raises((TypeError, ValueError, ActError)), study.act("AB", "x") as work:
        work.insert(schema.codes, {"name": "a", "definition": "", "position": value})
    assert rows(study)["codes"] == []


@pytest.mark.parametrize("row", [["a", ""], ["a", "", 1, 2]])
def test_a_row_with_too_few_or_too_many_values_is_refused(study: StudyFile, row: list[object]) -> None:
    with pytest.raises(ValueError, match="one value for each"), study.act("AB", "x") as work:
        work.insert_many(schema.codes, CODE_COLUMNS, [row])
    assert rows(study)["codes"] == []


def test_a_column_that_is_not_there_is_refused(study: StudyFile) -> None:
    with pytest.raises(KeyError), study.act("AB", "x") as work:
        add_code(work, "ro")
        work.update(schema.codes, 1, colour="red")
    assert rows(study)["codes"] == []


def test_a_row_that_is_gone_cannot_be_changed_or_deleted(study: StudyFile) -> None:
    with pytest.raises(UnknownName, match="no coding 7"), study.act("AB", "x") as work:
        work.delete(schema.codings, [7])
    with pytest.raises(UnknownName, match="no point version 7"), study.act("AB", "x") as work:
        work.update(schema.point_versions, 7, is_current=False)


def test_an_error_says_nothing_of_the_words_of_an_interview(study: StudyFile) -> None:
    with pytest.raises(ActError) as refused, study.act("AB", "x") as work:
        for _ in range(2):
            add_code(work, "hemmeligt navn")
    told = [str(refused.value), str(refused.value.__cause__)]
    assert "hemmeligt" not in "".join(told)


def test_a_full_disk_keeps_nothing_and_says_so(study: StudyFile) -> None:
    before = rows(study)
    with pytest.raises(StudyFull), study.act("AB", "import") as work:
        pages = work.conn.exec_driver_sql("PRAGMA page_count").scalar()
        work.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        work.keep_text("x" * 100_000)
    assert rows(study) == before


def test_a_commit_that_fails_keeps_nothing_and_the_next_act_works(study: StudyFile) -> None:
    before = rows(study)
    with pytest.raises(ActError, match="FOREIGN KEY"), study.act("AB", "x") as work:
        work.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        work.insert(schema.codings, {"excerpt_id": 5, "code_id": 5, "coder_id": 5, "created_at": ""})
    assert rows(study) == before
    with study.act("AB", "new code") as work:
        add_code(work, "ro")


def test_ids_are_never_used_again(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        first = add_code(work, "ro")
    study.undo("AB")
    with study.act("AB", "new code") as work:
        second = add_code(work, "ro")
    with study.act("AB", "remove") as work:
        work.delete(schema.codes, [second])
    with study.act("AB", "new code") as work:
        third = add_code(work, "ro")
        fourth = add_code(work, "hovedpine")
    assert [first, second, third, fourth] == [1, 2, 3, 4]


def test_the_same_text_is_kept_once_and_outlives_undo(study: StudyFile) -> None:
    with study.act("AB", "import") as work:
        add_source(work, "a")
        add_source(work, "b")
    study.undo("AB")
    with study.read() as conn:
        kept = conn.execute(select(schema.texts)).all()
    assert [(row.id, row.body) for row in kept] == [(1, TEXT)]
    with study.act("AB", "import") as work:
        assert work.keep_text(TEXT)[0] == 1
        assert work.keep_text(TEXT + "mere")[0] == 2


def test_a_coder_is_added_by_their_first_act(study: StudyFile) -> None:
    for coder in ("AB", "CD", "AB"):
        with study.act(coder, "new code") as work:
            add_coding(work, add_excerpt(work, _version(work), TEXT[work.row_count : work.row_count + 5]), _code(work))
    assert [row[2] for row in rows(study)["coders"]] == ["AB", "CD"]


def _version(work: Work) -> int:
    return add_source(work, work.at + str(work.coder_id) + str(_count(work)))


def _code(work: Work) -> int:
    return add_code(work, f"kode {_count(work)}")


def _count(work: Work) -> int:
    return len(work.conn.execute(select(schema.sources)).all())


def test_changes_of_many_rows_are_a_handful_of_parts(study: StudyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.work.ROWS_PER_PART", 100)
    with study.act("AB", "many") as work:
        ids = work.insert_many(schema.codes, CODE_COLUMNS, ([f"k{i}", "", i] for i in range(950)))
        work.update_many(schema.codes, ids, position=0)
    with study.read() as conn:
        assert len(conn.execute(select(schema.journal_parts)).all()) == 20
    before = rows(study)
    study.undo("AB")
    assert rows(study)["codes"] == []
    study.redo("AB")
    assert rows(study) == before


def test_what_is_packed_comes_back_as_it_was() -> None:
    rows_of_all_kinds: list[list[Any]] = [[1, "æøå 😀 e\u0301 \u2028 \x00 'x'"], [2, None], [3, True]]
    change = changes.Change("insert", "codes", ["id", "name"], rows_of_all_kinds, [])
    assert changes.unpack(changes.pack([change, change.inverse()])) == [change, change.inverse()]
    assert change.inverse().inverse() == change


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["", "true", "1", "æ\x00😀"]))


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), max_size=20)))
def test_many_rows_come_back_with_every_value_of_its_kind(values: list[list[Any]]) -> None:
    after = [[number * number, "alike", *row] for number, row in enumerate(values)]
    before = [[number * number, True, *row[::-1]] for number, row in enumerate(values)]
    made = [changes.Change("update", "codes", ["id"], after, before), changes.Change("insert", "x", [], after, [])]
    found = changes.unpack(changes.pack(made))
    assert found == made
    assert repr(found) == repr(made)  # True is not 1


def test_parts_that_an_older_cmo_wrote_row_by_row_are_read() -> None:
    many: list[list[Any]] = [[number, "k"] for number in range(50)]
    written = zlib.compress(json.dumps([["insert", "codes", ["id", "name"], many, []]]).encode())
    assert changes.unpack(written) == [changes.Change("insert", "codes", ["id", "name"], many, [])]
    assert len(changes.pack(changes.unpack(written))) < len(written)
