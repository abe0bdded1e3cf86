"""What is typed is kept, however the workbench ends, and whatever the study refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea
from workbench_samples import keys, place, small_study, typed, workbench

import cmo
from cmo.study import Study
from store.errors import StudyFull, StudyMoved
from workbench.parts import dialogs, form
from workbench.parts.dialogs import MemoEditor

NO_PAUSE = 600.0


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


async def write(pilot: Pilot[None], words: str) -> None:
    await pilot.press(*words)
    await pilot.pause()


def memo_of(study: Study) -> str:
    return study.codings("leder")[0].memo


# -- memos ------------------------------------------------------------------------------------------------------
async def test_a_memo_is_saved_while_somebody_writes_without_a_pause(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "PAUSE", NO_PAUSE)
    monkeypatch.setattr(dialogs, "LONGEST", 0.2)
    async with workbench(study) as pilot:
        await pilot.press("m", "2", "n")
        await write(pilot, "Uden ")
        for _ in range(200):
            await write(pilot, "pause ")
            if memo_of(study):
                break
        assert memo_of(study).startswith("Uden")
        assert isinstance(pilot.app.screen, MemoEditor)


@pytest.mark.parametrize("opens", ["n", "plus asterisk w", "l colon"])
async def test_what_is_being_written_is_kept_when_the_workbench_is_told_to_end(
    study: Study, monkeypatch: pytest.MonkeyPatch, opens: str
) -> None:
    monkeypatch.setattr(dialogs, "PAUSE", NO_PAUSE)
    async with workbench(study) as pilot:
        await pilot.press("m", "2", *opens.split())
        await write(pilot, "Halvt skrevet")
        assert isinstance(pilot.app.screen, MemoEditor)
        pilot.app.exit()
    (coding,) = study.codings("leder")
    restated = [one.restatement for one in study.configurations()]
    assert "Halvt skrevet" in (coding.memo, coding.rationale, *restated)


async def test_a_fault_in_the_program_takes_no_word_along(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "PAUSE", NO_PAUSE)

    def broken() -> None:
        raise ZeroDivisionError("of the test")

    with pytest.raises(ZeroDivisionError):
        async with workbench(study) as pilot:
            await pilot.press("m", "2", "n")
            await write(pilot, "Halvt skrevet")
            pilot.app.call_later(broken)
            await pilot.pause()
    assert memo_of(study) == "Halvt skrevet"


async def test_a_memo_that_cannot_be_saved_stays_and_is_saved_when_it_can_be(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Study.set_memo

    def full(*call: Any) -> None:
        raise StudyFull("The disk is full; nothing of this act was kept.", "Make room and try again.")

    async with workbench(study, (80, 24)) as pilot:
        await pilot.press("m", "2", "n")
        monkeypatch.setattr(Study, "set_memo", full)
        await write(pilot, "Må ikke gå tabt")
        told = await keys(pilot, "escape")
        assert "Not saved: The disk is full" in told
        assert "ctrl+l leaves without it" in told
        assert pilot.app.screen.query_one(TextArea).text == "Må ikke gå tabt"
        monkeypatch.setattr(Study, "set_memo", real)
        await keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, MemoEditor)
        assert memo_of(study) == "Må ikke gå tabt"
        await pilot.press("n")
        monkeypatch.setattr(Study, "set_memo", full)
        await write(pilot, "?")
        await keys(pilot, "ctrl+l")
        assert not isinstance(pilot.app.screen, MemoEditor)
        assert memo_of(study) == "Må ikke gå tabt"


# -- forms ------------------------------------------------------------------------------------------------------
async def test_a_form_that_was_not_saved_is_found_again_when_the_workbench_is_opened_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "EVERY", NO_PAUSE)
    async with place(study, "t") as pilot:
        await keys(pilot, "a")
        await typed(pilot, title="Kø ved kassen", words_of_C="Hvor\nder er travlt.")
        pilot.app.exit()
    async with place(study, "t") as pilot:
        assert "What you typed before is still here" in await keys(pilot, "a")
        await typed(pilot, why="It came up.")
        await keys(pilot, "ctrl+s")
        point = study.theory().points[-1]
        assert (point.title, point.wording["C"]) == ("Kø ved kassen", "Hvor\nder er travlt.")
        assert "What you typed before" not in await keys(pilot, "a")


async def test_a_form_is_kept_while_it_is_written_and_only_for_its_coder(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "EVERY", 0.05)
    acts = study.log()
    async with place(study, "t") as pilot:
        await keys(pilot, "a")
        await typed(pilot, title="Kø")
        title = pilot.app.screen._title
        while study.draft(title) != {"title": "Kø"}:
            await asyncio.sleep(0.01)
        with cmo.open_study(study.path, coder="CD") as other:
            assert other.draft(title) == {}
        await keys(pilot, "ctrl+l", "escape")
        assert study.draft(title) == {}
    assert study.log() == acts, "a draft is no act"


async def test_a_draft_that_the_study_does_not_take_is_there_as_long_as_the_workbench(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(*call: Any) -> None:
        raise StudyMoved("small.cmo was moved.", "Put it back.")

    monkeypatch.setattr(Study, "keep_draft", moved)
    async with place(study, "t") as pilot:
        await keys(pilot, "a")
        await typed(pilot, title="Kø")
        await keys(pilot, "escape")
        assert "What you typed before is still here" in await keys(pilot, "a")
