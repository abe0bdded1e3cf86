"""Where a coder left off, and bookmarks."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import full_study, span

import cmo
from store.errors import BadPosition, InputError, NameTaken, UnknownName


def test_where_a_coder_left_a_source_is_kept_over_a_restart_and_for_each_coder(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        leader, group = study.source("leder").id, study.source("gruppe").id
        assert study.reading_place(leader) is None
        assert study.last_read() is None
        assert study.keep_reading_place(group, 7)
        assert study.keep_reading_place(leader, 3)
        assert study.keep_reading_place(leader, 40)
        path = study.path
    with cmo.open_study(path, coder="AB") as study:
        assert (study.reading_place(leader), study.reading_place(group)) == (40, 7)
        assert study.last_read() == leader
        assert study.check() == []
    with cmo.open_study(path, coder="KL") as other:
        assert other.reading_place(leader) is None


def test_the_first_to_read_is_the_first_source_without_codings_and_then_the_first(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "a.cmo", coder="AB") as study:
        assert study.first_to_read() is None
        for name in ("a", "b", "c"):
            (tmp_path / f"{name}.txt").write_text(f"I: Hvad?\nR: Tid {name}.", encoding="utf-8")
        study.import_files([tmp_path / f"{name}.txt" for name in ("a", "b", "c")])
        ids = [source.id for source in study.sources()]
        found = []
        code = study.new_code("Time").id
        for name in ("a", "c", "b"):
            study.code(name, 3, 8, code)
            found.append(study.first_to_read())
    assert found == [ids[1], ids[1], ids[0]]


def test_keeping_a_place_is_no_act_and_undo_passes_it_by(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        acts, leader = study.info().acts, study.source("leder").id
        study.keep_reading_place(leader, 5)
        assert study.info().acts == acts
        study.undo()
        assert study.reading_place(leader) == 5


def test_a_study_that_cannot_be_written_is_read_without_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with full_study(tmp_path) as study:
        monkeypatch.setattr("store.sqlite.BUSY_SECONDS", 0.01)
        leader = study.source("leder").id
        with cmo.open_study(study.path) as elsewhere, elsewhere.file.act("KL", "long"):
            other = cmo.open_study(study.path)
            assert other.keep_reading_place(leader, 5) is False
            other.close()


def test_bookmarks_are_set_listed_in_text_order_removed_and_undone(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        late, early = span(study, "leder", "Køen var")[0], span(study, "leder", "Folk gik")[0]
        study.add_bookmark("leder", late, "  the   queue ")
        made = study.add_bookmark("leder", early, "break")
        assert [(mark.name, mark.start) for mark in study.bookmarks()] == [("break", early), ("the queue", late)]
        study.remove_bookmark(made.id)
        assert [mark.name for mark in study.bookmarks()] == ["the queue"]
        assert "remove bookmark 'break'" in study.undo()[0].summary
        assert made in study.bookmarks()
        assert study.check() == []


def test_a_bookmark_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with full_study(tmp_path) as study:
        study.add_bookmark("leder", 0, "start")
        for name, start, error in (("START", 3, NameTaken), (" ", 3, InputError), ("far", 10**6, BadPosition)):
            with pytest.raises(error):
                study.add_bookmark("leder", start, name)
        with pytest.raises(UnknownName):
            study.remove_bookmark(99)
        assert len(study.bookmarks()) == 1
