"""Undo and redo of every act, by one coder and by two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from store_samples import add_code, add_coding, add_excerpt, add_source, findings, new_study, rows

from store import schema
from store.errors import NothingToRedo, NothingToUndo, UndoConflict
from store.study_file import StudyFile


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyFile]:
    with new_study(tmp_path / "støj.cmo") as opened:
        yield opened
    assert findings(tmp_path / "støj.cmo") == []


def new_code(study: StudyFile, name: str, coder: str = "AB", batch: str | None = None) -> int:
    with study.act(coder, "new code", name, batch=batch) as work:
        return add_code(work, name)


def rename(study: StudyFile, code: int, name: str, coder: str = "AB") -> None:
    with study.act(coder, "rename", f"to {name}") as work:
        work.update(schema.codes, code, name=name)


def names(study: StudyFile) -> list[str]:
    return [row[2] for row in rows(study)["codes"]]


def test_an_act_is_taken_back_and_done_again_with_the_same_ids_and_uuids(study: StudyFile) -> None:
    before = rows(study)
    with study.act("AB", "code") as work:
        add_coding(work, add_excerpt(work, add_source(work), "Vi fik ro"), add_code(work, "ro"))
    after = rows(study)
    assert [entry.act for entry in study.undo("AB")] == ["code"]
    assert rows(study) == before
    assert [entry.act for entry in study.redo("AB")] == ["code"]
    assert rows(study) == after


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    with new_study(tmp_path / "støj.cmo") as study:
        new_code(study, "a")
        new_code(study, "b")
        study.undo("AB")
    with StudyFile.open(tmp_path / "støj.cmo") as study:
        study.undo("AB")
        assert names(study) == []
    with StudyFile.open(tmp_path / "støj.cmo") as study:
        study.redo("AB")
        study.redo("AB")
        assert names(study) == ["a", "b"]


def test_the_making_of_the_study_cannot_be_undone(study: StudyFile) -> None:
    with pytest.raises(NothingToUndo):
        study.undo("AB")
    with pytest.raises(NothingToRedo):
        study.redo("AB")
    assert len(rows(study)["studies"]) == 1


def test_something_new_ends_what_can_be_redone(study: StudyFile) -> None:
    new_code(study, "a")
    study.undo("AB")
    new_code(study, "b")
    with pytest.raises(NothingToRedo):
        study.redo("AB")
    study.undo("AB")
    study.redo("AB")
    assert names(study) == ["b"]


def test_undo_takes_what_was_redone_last_and_not_what_is_youngest(study: StudyFile) -> None:
    new_code(study, "a", "AB")
    new_code(study, "b", "CD")
    study.undo("AB", only="AB")
    study.redo("AB", only="AB")
    assert [entry.summary for entry in study.undo("CD")] == ["a"]


def test_an_act_may_make_change_and_delete_one_row(study: StudyFile) -> None:
    with study.act("AB", "all at once") as work:
        kept, gone = add_code(work, "a"), add_code(work, "b")
        work.update(schema.codes, kept, name="c")
        work.update(schema.codes, kept, name="d", position=7)
        work.update(schema.codes, gone, name="a")
        work.delete(schema.codes, [gone])
        work.update(schema.codes, kept, name="a")
    after = rows(study)
    study.undo("AB")
    assert names(study) == []
    study.redo("AB")
    assert rows(study) == after
    assert names(study) == ["a"]


def test_an_act_that_ends_where_it_began_is_undone_and_redone_too(study: StudyFile) -> None:
    with study.act("AB", "for nothing") as work:
        work.delete(schema.codes, [add_code(work, "a")])
    study.undo("AB")
    study.redo("AB")
    assert names(study) == []


def test_names_that_change_places_change_back(study: StudyFile) -> None:
    a, b = new_code(study, "a"), new_code(study, "b")
    with study.act("AB", "swap") as work:
        for code, name in ((a, "?"), (b, "a"), (a, "b")):
            work.update(schema.codes, code, name=name)
    study.undo("AB")
    assert names(study) == ["a", "b"]
    study.redo("AB")
    assert names(study) == ["b", "a"]


@pytest.mark.parametrize("upside_down", [False, True])
def test_a_tree_of_codes_is_deleted_and_comes_back(study: StudyFile, upside_down: bool) -> None:
    """More than one statement's worth, and with parents that are younger than their children."""
    with study.act("AB", "tree") as work:
        ids = list(work.insert_many(schema.codes, ["name", "definition", "position"], _numbered(1200)))
        path = ids[::-1] if upside_down else ids
        for parent, child in pairwise(path[:700]):
            work.update(schema.codes, child, parent_id=parent)
    whole = rows(study)
    with study.act("AB", "fell") as work:
        work.delete(schema.codes, ids)
    assert names(study) == []
    study.undo("AB")
    assert rows(study) == whole
    study.undo("AB")
    assert names(study) == []
    study.redo("AB")
    study.redo("AB")
    assert names(study) == []


def test_a_tree_made_in_one_call_is_undone_though_it_takes_many_statements(study: StudyFile) -> None:
    with study.act("AB", "tree") as work:
        chain = [[f"k{i}", "", i, i if i else None] for i in range(1200)]
        work.insert_many(schema.codes, ["name", "definition", "position", "parent_id"], chain)
    study.undo("AB")
    assert names(study) == []
    study.redo("AB")
    assert len(names(study)) == 1200


def _numbered(count: int) -> list[list[object]]:
    return [[f"k{i}", "", i] for i in range(count)]


def test_a_batch_is_undone_and_redone_together(study: StudyFile) -> None:
    new_code(study, "before")
    for name in "abc":
        new_code(study, name, batch="import 1")
    assert [entry.summary for entry in study.undo("AB")] == ["c", "b", "a"]
    assert names(study) == ["before"]
    assert [entry.summary for entry in study.redo("AB")] == ["a", "b", "c"]
    assert names(study) == ["before", "a", "b", "c"]
    assert len(study.undo("AB")) == 3


def test_two_batches_are_two(study: StudyFile) -> None:
    for name in "ab":
        new_code(study, name, batch="1")
    for name in "cd":
        new_code(study, name, batch="2")
    assert [entry.summary for entry in study.undo("AB")] == ["d", "c"]
    assert [entry.summary for entry in study.undo("AB")] == ["b", "a"]
    assert [entry.summary for entry in study.redo("AB")] == ["a", "b"]


def test_an_act_in_the_middle_of_a_batch_parts_it(study: StudyFile) -> None:
    new_code(study, "a", batch="1")
    new_code(study, "mid")
    new_code(study, "b", batch="1")
    assert [entry.summary for entry in study.undo("AB")] == ["b"]
    assert [entry.summary for entry in study.undo("AB")] == ["mid"]
    assert [entry.summary for entry in study.undo("AB")] == ["a"]
    for _ in range(3):
        study.redo("AB")
    assert names(study) == ["a", "mid", "b"]


def test_one_coders_acts_are_undone_around_the_others(study: StudyFile) -> None:
    new_code(study, "a1", "AB")
    new_code(study, "b1", "CD")
    new_code(study, "a2", "AB")
    new_code(study, "b2", "CD")
    study.undo("AB", only="AB")
    study.undo("AB", only="AB")
    assert names(study) == ["b1", "b2"]
    with pytest.raises(NothingToUndo):
        study.undo("AB", only="AB")
    study.redo("AB", only="AB")
    assert names(study) == ["a1", "b1", "b2"]
    with pytest.raises(NothingToRedo):
        study.redo("CD", only="CD")
    for _ in range(3):
        study.undo("CD")
    assert names(study) == []


def test_a_coders_new_work_does_not_end_what_another_can_redo(study: StudyFile) -> None:
    new_code(study, "a", "AB")
    study.undo("AB", only="AB")
    new_code(study, "b", "CD")
    with pytest.raises(NothingToRedo):
        study.redo("AB")
    study.redo("AB", only="AB")
    assert names(study) == ["a", "b"]


def _child(study: StudyFile, code: int) -> None:
    with study.act("CD", "child") as work:
        add_code(work, "child", code)


def _child_that_left(study: StudyFile, code: int) -> None:
    with study.act("CD", "child") as work:
        child = add_code(work, "child", code)
    with study.act("CD", "leave") as work:
        work.update(schema.codes, child, parent_id=None)


def _delete(study: StudyFile, code: int) -> None:
    with study.act("CD", "delete") as work:
        work.delete(schema.codes, [code])


def _define(study: StudyFile, code: int) -> None:
    with study.act("CD", "define") as work:
        work.update(schema.codes, code, definition="by another")


@pytest.mark.parametrize(
    "later",
    [
        lambda study, code: rename(study, code, "other", "CD"),
        lambda study, code: (rename(study, code, "other", "CD"), rename(study, code, "mine", "CD")),
        _child,
        _child_that_left,
        _delete,
        _define,
    ],
)
def test_work_that_another_builds_on_is_not_undone_from_under_it(study: StudyFile, later: Any) -> None:
    code = new_code(study, "mine", "AB")
    later(study, code)
    before = rows(study)
    data_version = study.data_version()
    with pytest.raises(UndoConflict, match=r"Cannot undo act 2, 'mine': act \d of CD, .* builds on it"):
        study.undo("AB", only="AB")
    assert rows(study) == before
    assert study.data_version() == data_version
    while data_version > 2:
        study.undo("CD")
        data_version -= 1
    assert names(study) == ["mine"]
    study.undo("AB", only="AB")


def test_a_column_that_was_not_given_is_guarded_too(study: StudyFile) -> None:
    """``parent_id`` is not among the values of the insert, and is set by the other coder."""
    code, parent = new_code(study, "mine", "AB"), new_code(study, "parent", "CD")
    with study.act("CD", "move") as work:
        work.update(schema.codes, code, parent_id=parent)
    with pytest.raises(UndoConflict):
        study.undo("AB", only="AB")


def test_a_name_that_was_free_and_is_taken_since_stops_an_undo(study: StudyFile) -> None:
    code = new_code(study, "a", "AB")
    rename(study, code, "b", "AB")
    new_code(study, "a", "CD")
    with pytest.raises(UndoConflict):
        study.undo("AB", only="AB")
    assert names(study) == ["b", "a"]


def test_a_name_that_is_taken_since_stops_a_redo(study: StudyFile) -> None:
    new_code(study, "a", "AB")
    study.undo("AB")
    new_code(study, "a", "CD")
    before = rows(study)
    with pytest.raises(UndoConflict):
        study.redo("AB", only="AB")
    assert rows(study) == before


def test_two_openings_of_one_study_undo_each_others_work(study: StudyFile) -> None:
    with StudyFile.open(study.path) as other:
        new_code(study, "a", "AB")
        new_code(other, "b", "CD")
        new_code(study, "c", "AB")
        assert [entry.summary for entry in other.undo("CD")] == ["c"]
        assert [entry.summary for entry in study.undo("AB")] == ["b"]
        new_code(other, "d", "CD")
        with pytest.raises(NothingToRedo):
            study.redo("AB")
        assert names(study) == names(other) == ["a", "d"]


def test_a_row_changed_behind_the_journals_back_is_not_undone_over(study: StudyFile) -> None:
    code = new_code(study, "a")
    with study._writing() as conn:
        conn.execute(schema.codes.update().where(schema.codes.c.id == code).values(name="b"))
    with pytest.raises(UndoConflict, match="cmo check"):
        study.undo("AB")
    with study._writing() as conn:
        conn.execute(schema.codes.update().where(schema.codes.c.id == code).values(name="a"))
