"""Two coders at once on one study file: no act is lost, each sees what the other saved, and a conflict is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench_samples import SENTENCES, code_screen, shown, small_study, workbench

import cmo
from cmo.study import Study
from store.journal import Entry
from workbench.desk.others import Others
from workbench.parts.list_screen import ListScreen


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


@pytest.fixture
def other(study: Study) -> Iterator[Study]:
    with cmo.open_study(study.path, coder="KL") as opened:
        yield opened


OTHER_PROCESS = """
import sys, cmo
with cmo.open_study(sys.argv[1], coder="KL") as study:
    spans = study.transcript("leder").sentences
    for number in range(int(sys.argv[2])):
        study.code_point("leder", *spans[number % len(spans)], f"#{1 + number // len(spans)}", "M", stance="supports")
"""


async def test_another_process_and_this_coder_code_at_once_and_no_act_is_lost(study: Study) -> None:
    async with workbench(study) as pilot:
        screen = code_screen(pilot)
        working = subprocess.Popen([sys.executable, "-c", OTHER_PROCESS, str(study.path), "40"])
        mine = 0
        while working.poll() is None or mine < 10:
            await pilot.press("j" if mine % 5 else "g", "o", "1", "2", "plus")
            mine += 1
        assert working.returncode == 0
        screen.look_for_others()
        await pilot.pause()
        shown_here = {(coding.start, coding.code, coding.coder) for coding in screen.desk.codings}
    kept = {(coding.start, coding.code, coding.coder) for coding in study.codings("leder")}
    assert shown_here == kept
    assert sum(coder == "KL" for _, _, coder in kept) == 40
    assert all(coding.stance == "supports" for coding in study.codings("leder") if coding.coder == "KL")
    acts = [entry for entry in study.log() if entry.act in ("code", "judge")]
    assert {entry.coder for entry in acts} == {"AB", "KL"}


async def test_what_the_other_saved_is_shown_with_who_did_it(study: Study, other: Study) -> None:
    async with workbench(study) as pilot:
        screen = code_screen(pilot)
        other.code_point("leder", *other.transcript("leder").sentences[0], "#2", "M", stance="refutes")
        screen.look_for_others()
        await pilot.pause()
        assert "KL: code #2 M, refutes" in shown(pilot)
        assert "#2 mechanism · refutes (KL) · KL" in shown(pilot)
        other.undo()
        screen.look_for_others()
        await pilot.pause()
        assert "KL: undo" in shown(pilot)
        assert screen.desk.codings == []


async def test_a_screen_beside_the_text_follows_the_other_as_well(study: Study, other: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("s", "b")
        await pilot.pause()
        other.new_code("Weekend work")
        beside = pilot.app.screen
        assert isinstance(beside, ListScreen)
        beside.look_for_others()
        await pilot.pause()
        assert "Weekend work" in shown(pilot)
        assert "KL: new code" in shown(pilot)


async def test_a_coding_that_the_other_removed_meanwhile_is_told_with_who_removed_it(
    study: Study, other: Study
) -> None:
    study.code_point("leder", *study.transcript("leder").sentences[0], "#2", "M")
    async with workbench(study) as pilot:
        other.remove_coding(study.codings("leder")[0].id)
        await pilot.press("plus")
        await pilot.pause()
        screen = shown(pilot)
        assert "There is no coding" in screen
        assert "KL: remove #2 M" in screen
        assert "no coding here" in screen


async def test_a_blind_coder_is_told_that_somebody_saved_but_not_what(study: Study, other: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("V")
        other.code_point("leder", *other.transcript("leder").sentences[0], "#2", "M")
        code_screen(pilot).look_for_others()
        await pilot.pause()
        assert "KL has saved something; it stays hidden." in shown(pilot)
        assert "#2 M" not in shown(pilot)
        await pilot.press("V")
        assert "shown: 1 coding here, of KL." in shown(pilot)


async def test_no_choice_of_a_point_is_disturbed_by_what_others_save(study: Study, other: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("j", "m")
        other.code_point("leder", *other.transcript("leder").sentences[1], "#3", "O")
        code_screen(pilot).look_for_others()
        await pilot.press("2")
        assert [coding.code for coding in study.codings("leder") if coding.coder == "AB"] == ["#2 M"]
        assert SENTENCES[1] in shown(pilot)


def coders(entries: list[Entry]) -> list[str]:
    return [entry.coder for entry in entries]


def test_ones_own_acts_are_no_news_but_those_of_another_window_are(study: Study, other: Study) -> None:
    watch = Others(study)
    assert watch.look() == []
    study.new_code("Mine")
    assert watch.look() == []
    other.new_code("Theirs")
    study.new_code("Mine as well")
    assert coders(watch.look()) == ["KL"]
    assert watch.look() == []
    with cmo.open_study(study.path, coder=study.coder) as window:
        window.new_code("From another window")
    assert coders(watch.look()) == [study.coder]
    other.keep_reading_place(1, 5)
    assert watch.look() == []
