"""Coding blind: what other coders have made is hidden from every reading, and from nothing that changes the study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench_samples import code_screen, shown, small_study, workbench

import cmo
from cmo.study import Study
from store import schema
from store.blind import SHARED, hidden_tables
from store.errors import UndoConflict
from workbench.parts.places import PLACES


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """AB's study with one coding of AB's and much of KL's."""
    with small_study(tmp_path) as made:
        spans = made.transcript("leder").sentences
        made.code_point("leder", *spans[0], "#1", "M", stance="supports")
        with cmo.open_study(made.path, coder="KL") as other:
            found = other.code_point("leder", *spans[1], "#1", "M", stance="refutes", memo="KL's memo")
            other.code_point("leder", *spans[0], "#2", "C")
            other.judge(made.codings("leder")[0].id, "rival")
            configuration = other.new_configuration("KL's configuration", case="Case 1")
            other.add_part(configuration.number, coding=found.id)
            other.set_summary("Case 1", "KL's summary")
        yield made
        assert made.check() == []


def test_a_blind_coder_reads_and_counts_only_the_own_work(study: Study) -> None:
    assert {coding.coder for coding in study.codings("leder")} == {"AB", "KL"}
    study.hide_others()
    assert study.is_blind
    assert [(coding.coder, coding.stance) for coding in study.codings("leder")] == [("AB", "supports")]
    assert [(quote.coder, quote.judge) for quote in study.quotes()] == [("AB", "AB")]
    assert {label: cell.total.excerpts for label, cell in study.matrix("point", "stance").row_totals.items()} == {
        "#1": 1
    }
    assert study.source("leder").codings == 1
    assert study.configurations() == []
    assert study.summaries(case="Case 1") == []
    assert (study.info().counts["codings"], study.info().counts["excerpts"]) == (1, 1)
    assert {entry.coder for entry in study.log()} == {"AB"}


def test_what_is_shown_again_is_all_that_there_was(study: Study) -> None:
    before = (study.codings("leder"), study.quotes(), study.configurations(), study.log(), study.info())
    study.hide_others()
    study.show_others()
    assert (study.codings("leder"), study.quotes(), study.configurations(), study.log(), study.info()) == before


def test_a_blind_coder_changes_the_study_as_any_other(study: Study) -> None:
    study.hide_others()
    spans = study.transcript("leder").sentences
    made = study.code_point("leder", *spans[1], "#1", "M")
    assert study.new_configuration("Mine").number == 2  # the number that KL's has is not given twice
    assert len(study.codings("leder")) == 2
    study.undo(mine=True)
    study.undo(mine=True)
    assert [coding.id == made.id for coding in study.codings("leder")] == [False]
    assert study.info().acts == study.file.data_version()


def test_an_undo_that_is_refused_does_not_tell_a_blind_coder_whose_work_stands_in_its_way(study: Study) -> None:
    with pytest.raises(UndoConflict, match="of KL"):
        study.undo(mine=True)
    study.hide_others()
    with pytest.raises(UndoConflict, match="something that was done since builds on it") as refused:
        study.undo()
    assert "KL" not in refused.value.message + refused.value.hint
    assert "rival" not in refused.value.message
    assert "all coders" in refused.value.hint


def test_a_blind_coder_undoes_and_does_again_no_work_of_others(study: Study) -> None:
    before = study.codings("leder")
    study.hide_others()
    study.add_memo("Mine")
    assert {entry.coder for entry in study.undo()} == {"AB"}
    assert {entry.coder for entry in study.redo()} == {"AB"}
    study.show_others()
    assert study.codings("leder") == before


def test_another_connection_to_the_study_is_as_blind(study: Study) -> None:
    study.hide_others()
    with study.again() as other:
        assert (other.coder, other.is_blind, len(other.codings("leder"))) == ("AB", True, 1)


def test_a_coder_whose_name_has_quotation_marks_can_be_blind(study: Study) -> None:
    with cmo.open_study(study.path, coder="A'\"B") as other:
        other.hide_others()
        assert other.codings("leder") == []


def test_every_table_that_says_who_made_its_rows_is_hidden_or_shared_on_purpose() -> None:
    of_somebody = {table.name for table in schema.metadata.tables.values() if "coder_id" in table.c}
    assert of_somebody <= hidden_tables().keys() | SHARED
    assert of_somebody >= SHARED


async def test_no_screen_shows_a_blind_coder_what_others_have_made(study: Study) -> None:
    async with workbench(study) as pilot:
        assert "KL" in shown(pilot)
        await pilot.press("V")
        for where in PLACES:
            await pilot.press("s", where.letter)
            await pilot.pause()
            screen = shown(pilot)
            assert "others hidden" in screen, where.name
            assert "KL" not in screen, where.name
            await pilot.press("escape")
            await pilot.pause()
        assert "KL" not in shown(pilot)


async def test_v_hides_and_shows_from_every_screen_and_the_text_follows(study: Study) -> None:
    async with workbench(study) as pilot:
        for where in PLACES:
            await pilot.press("s", where.letter, "V")
            await pilot.pause()
            assert "others hidden" in shown(pilot), where.name
            await pilot.press("escape")
            await pilot.pause()
            assert [coding.coder for coding in code_screen(pilot).desk.codings] == ["AB"], where.name
            await pilot.press("s", where.letter, "V", "escape")
            await pilot.pause()
            assert len(code_screen(pilot).desk.codings) == 3, where.name


async def test_what_others_say_of_the_own_coding_stays_hidden_when_the_own_stance_is_taken_back(study: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("V", "plus")
        await pilot.pause()
        assert [(coding.stance, coding.judge) for coding in code_screen(pilot).desk.here] == [(None, None)]
        assert "KL" not in shown(pilot)
