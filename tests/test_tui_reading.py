"""Reading in the workbench: where one was, the mouse, numbers, terms, and what stands beside the text."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from test_tui_screens import offset_of
from textual.geometry import Offset
from workbench_samples import (
    SENTENCES,
    code_screen,
    codings_in,
    shown,
    small_study,
    until_shown,
    workbench,
    write_table,
)

import cmo
from cmo.beside import PointEvidence, Spot
from cmo.study import Study
from tui import CmoApp
from workbench.code import code_view
from workbench.desk.preferences import Preferences, load_preferences
from workbench.parts.lists import KeyList
from workbench.text.palette import LIGHT
from workbench.text.terms import Glossary, Term


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


# -- where one was ----------------------------------------------------------------------------------------------
async def test_a_source_opens_where_it_was_left_also_after_a_restart(study: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("j", "j", "j", "ctrl+p", *"amr", "enter")
        await pilot.pause()
        await pilot.press("j", "ctrl+p", *"leder", "enter")
        await pilot.pause()
        assert "sentence 4 of 9" in shown(pilot)
        await pilot.press("j", "q")
    async with CmoApp(study).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "sentence 5 of 9" in shown(pilot)
    assert all(entry.coder != "AB" for entry in study.log())


async def test_back_and_forward_go_through_several_places_and_a_new_jump_ends_the_way_forward(study: Study) -> None:
    async with workbench(study) as pilot:
        desk = code_screen(pilot).desk
        leder, amr = (study.source(name).id for name in ("leder", "amr"))
        for source_id, sentence in ((leder, 2), (amr, 1), (leder, 5)):
            desk.jump(source_id, *study.transcript(source_id).sentences[sentence])
        code_screen(pilot).show_source()
        seen = []
        for key in ("b", "b", "ctrl+f", "b", "b"):
            await pilot.press(key)
            seen.append((desk.source.name if desk.source else "", desk.reading.number if desk.reading else -1))
        assert seen == [("amr", 1), ("leder", 2), ("amr", 1), ("leder", 2), ("leder", 0)]
        desk.jump(leder, *study.transcript(leder).sentences[7])
        assert not desk.go_forward()


# -- the mouse --------------------------------------------------------------------------------------------------
async def test_a_click_on_a_stripe_chooses_that_coding(study: Study) -> None:
    sentence = study.transcript("leder").sentences[1]
    for point, element in (("#2", "M"), ("#12", "O")):
        study.code_point("leder", *sentence, point, element)
    async with workbench(study, (200, 60)) as pilot:
        await pilot.click(offset=offset_of(pilot, "M2"))
        await pilot.press("plus")
        await pilot.click(offset=offset_of(pilot, "O12"))
        await pilot.press("minus")
    assert codings_in(study) == [(SENTENCES[1], "#2 M", "supports"), (SENTENCES[1], "#12 O", "refutes")]


async def test_two_clicks_select_the_word_and_three_the_turn(study: Study) -> None:
    async with workbench(study) as pilot:
        there = offset_of(pilot, "værre") + Offset(2, 0)
        await pilot.click(offset=there, times=2)
        await pilot.press("m", "2")
        await pilot.click(offset=there, times=3)
        await pilot.press("c", "2")
    turn = "Så blev det værre. Ingen spurgte os om noget. [griner] Men vi sagde heller ikke noget."
    assert codings_in(study) == [("værre.", "#2 M", None), (turn, "#2 C", None)]


# -- numbers ----------------------------------------------------------------------------------------------------
async def test_a_number_says_how_often_or_for_how_many_sentences(study: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press(*"03j02c2", *"07", "G", *"02", "L", "m", "2", "g", *"02", "full_stop")
        await pilot.press("g", "0", "2", "escape", "j", "o", "2")
    assert [quote for quote, _, _ in codings_in(study)] == [
        f"{SENTENCES[3]}\n\nI: {SENTENCES[4]}",
        f"{SENTENCES[6]} Men vi",
        f"{SENTENCES[0]}\n\nR: {SENTENCES[1]}",
        SENTENCES[1],
    ]


# -- beside the text --------------------------------------------------------------------------------------------
async def test_quotes_of_other_cases_come_first_with_their_cases_and_roles(study: Study) -> None:
    study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M", stance="supports")
    async with workbench(study, (160, 50)) as pilot:
        await pilot.press("j", "m", "2", "plus")
        screen = await until_shown(pilot, "+ For · 2")
    assert "here #2" in screen
    assert screen.index("Der skete ikke noget.") < screen.rindex("Det gik godt.")
    assert "Case 1 · Leder" in screen


async def test_the_evidence_of_a_large_point_is_read_beside_the_work(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_view, "SOON_READ", -1)
    async with workbench(study) as pilot:
        await pilot.press("j", "m", "2", "plus")
        assert "1 excerpt · 1 source · 1 case" in await until_shown(pilot, "+ For · 1")


async def test_evidence_that_comes_between_keys_waits_for_the_pause_after_them(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_view, "SOON_READ", -1)
    asked, answered = Event(), Event()
    read = Study.point_evidence

    def late(*call: Any) -> PointEvidence:
        asked.set()
        answered.wait(30)
        return read(*call)

    monkeypatch.setattr(Study, "point_evidence", late)
    async with workbench(study) as pilot:
        await pilot.press("j", "m", "2", "plus")
        await asyncio.to_thread(asked.wait, 30)
        monkeypatch.setattr(code_view, "PAUSE", 60)
        await pilot.press("j")
        answered.set()
        await asyncio.sleep(0.3)
        assert "1 excerpt" not in shown(pilot)
        monkeypatch.setattr(code_view, "PAUSE", 0.1)
        await pilot.press("j")
        assert "1 excerpt · 1 source · 1 case" in await until_shown(pilot, "+ For · 1")


async def test_whoever_goes_down_the_quotes_of_a_point_finds_all_of_them_in_order(study: Study) -> None:
    for sentence in study.transcript("leder").sentences[:8]:
        for element in "CMO":
            study.code_point("leder", *sentence, "#2", element, stance="supports")
    async with workbench(study) as pilot:
        await until_shown(pilot, "8 excerpts")
        quotes = pilot.app.screen.query_one("#evidence-list", KeyList)
        seen = len(quotes.options)
        for _ in range(2):
            await pilot.press("e", "G")
            assert [option.id for option in quotes.options if option.id] == [str(number) for number in range(24)]
            assert quotes.highlighted_option is not None
            assert quotes.highlighted_option.id == "23"
            await pilot.press("escape", "k")
        assert seen < len(quotes.options)


async def test_terms_of_the_glossary_are_explained_where_they_are_read(study: Study, tmp_path: Path) -> None:
    theory = write_table(tmp_path / "again.csv", [["number", "context"], ["#1", "Context number 1."]])
    terms = write_table(tmp_path / "terms.csv", [["term", "meaning"], ["hjælp", "Hjælp fra naboholdet."]])
    study.import_theory(theory, glossary=terms)
    for size in ((80, 24), (120, 40)):
        async with workbench(study, size) as pilot:
            assert "naboholdet" not in shown(pilot)
            await pilot.press("j", "j")
            assert "Hjælp fra naboholdet." in await until_shown(pilot, "naboholdet")


def test_terms_are_found_as_whole_words_the_longest_first_each_once() -> None:
    glossary = Glossary({"AMR": "rep", "TRIO": "three", "TRIO meeting": "talk", "(48)": "hours"})
    found = glossary.terms_in("The amr of the TRIO meeting, the AMR's (48), TRIOS")
    assert found == [Term("AMR", "rep"), Term("TRIO meeting", "talk"), Term("(48)", "hours")]
    assert Glossary({}).terms_in("anything") == []


def test_the_walk_over_the_evidence_goes_through_all_sources_in_order_and_back(study: Study) -> None:
    point = next(point.id for point in study.theory().points if point.label == "#2")
    made = [
        study.code_point(name, *study.transcript(name).sentences[number], "#2", element)
        for name, number, element in (("leder", 1, "M"), ("leder", 1, "C"), ("leder", 5, "M"), ("amr", 2, "O"))
    ]
    order = {source.id: place for place, source in enumerate(study.sources())}
    expected = [c.id for c in sorted(made, key=lambda c: (order[c.source_id], c.start, c.id))]
    first = Spot(0, study.sources()[0].id, 0, 0)
    there, spot = [], study.next_evidence(point, first)
    while spot is not None:
        there.append(spot)
        spot = study.next_evidence(point, spot)
    assert [spot.coding_id for spot in there] == expected
    assert study.next_evidence(point, there[-1], back=True) == there[-2]
    assert study.next_evidence(point, there[0], back=True) is None


def test_a_point_s_evidence_agrees_with_all_its_quotes(demo: Path) -> None:
    with cmo.open_study(demo) as study:
        for point in study.theory().points:
            told, quotes = study.point_evidence(point.id, most=3), study.quotes(point=point.label)
            assert told.excerpts == len({quote.excerpt_id for quote in quotes})
            assert told.sources == len({quote.source_id for quote in quotes})
            assert told.cases == len({quote.case for quote in quotes if quote.case})
            for standing in told.standings:
                same = [q for q in quotes if ("stale" if q.stale else q.stance) == standing.stance]
                assert standing.excerpts == len({quote.excerpt_id for quote in same})
                assert set(standing.cases) == {quote.case for quote in same if quote.case}
                assert set(standing.roles) == {quote.role for quote in same if quote.role}
                assert len(standing.quotes) == min(3, len({quote.coding_id for quote in same}))


# -- how one likes to read --------------------------------------------------------------------------------------
async def test_line_length_and_light_are_remembered_for_the_person(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "workbench.json"
    async with CmoApp(study, None, load_preferences(path)).run_test(size=(120, 40)) as pilot:
        await pilot.press("f8", "f8", "ctrl+p", *"light or dark", "enter")
        await pilot.pause()
    kept = load_preferences(path)
    assert (kept.is_light, kept.measure < Preferences().measure) == (True, True)
    async with CmoApp(study, None, kept).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert pilot.app.theme == LIGHT


@pytest.mark.parametrize("written", ["", "[]", '{"measure": "long", "is_light": true}', "{"])
def test_preferences_that_cannot_be_read_are_the_usual_ones(tmp_path: Path, written: str) -> None:
    (tmp_path / "workbench.json").write_text(written, encoding="utf-8")
    assert load_preferences(tmp_path / "workbench.json").measure == Preferences().measure


async def test_without_colour_everything_is_still_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with workbench(study) as pilot:
        await pilot.press("j", "m", "2", "plus")
        screen = shown(pilot)
        assert "▌" in screen
        assert "M2+" in screen or "M+" in screen
