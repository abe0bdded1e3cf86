"""Searching all sources from the workbench, and settling what a correction left to the eye."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from workbench_samples import SENTENCES, code_screen, shown, small_study, workbench

from cmo.study import Study
from workbench.evidence.review_screen import ReviewScreen
from workbench.evidence.search_screen import SearchScreen
from workbench.parts.kwic import kwic_line
from workbench.text.palette import DARK_PALETTE


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


async def search(pilot: Pilot[None], words: str) -> None:
    """Open the search and type into it, as fast as a person who then waits."""
    await pilot.press("F", *words)
    await pilot.pause(0.4)
    await pilot.app.workers.wait_for_complete()


async def test_what_is_typed_is_found_in_all_sources_and_opens_in_its_place(study: Study) -> None:
    async with workbench(study) as pilot:
        await search(pilot, "ikke")
        assert isinstance(pilot.app.screen, SearchScreen)
        screen = shown(pilot)
        assert "hits in 2 sources" in screen
        await pilot.press("down", "j", "enter")
        await pilot.pause()
        reading = code_screen(pilot).desk.reading
        assert reading is not None
        start, end = reading.passage
        assert "ikke" in reading.text[start:end].casefold()
        await pilot.press("F")
        await pilot.pause(0.3)
        assert "ikke" in shown(pilot), "what was searched for is still there"


async def test_letters_are_words_in_the_query_and_keys_on_the_list(study: Study) -> None:
    async with workbench(study) as pilot:
        await search(pilot, "xacrw")
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        assert "Nothing was found." in shown(pilot)
        assert study.log(1)[0].act != "code hits"


async def test_marked_hits_are_coded_together_and_taken_back_at_once(study: Study) -> None:
    before = study.info().counts["codings"]
    async with workbench(study) as pilot:
        await search(pilot, "ikke")
        found = len(study.search("ikke").hits)
        await pilot.press("down", "a")
        assert f"{found} marked" in shown(pilot)
        await pilot.press("space")
        assert f"{found - 1} marked" in shown(pilot)
        await pilot.press("a", "c", *"#1 M", "enter")
        await pilot.pause()
        assert "#1 M given to" in shown(pilot)
        await pilot.press("escape", "u")
        await pilot.pause()
        assert study.info().counts["codings"] == before
    coded = study.log(2)[1]
    assert coded.act == "code hits"


async def test_a_search_is_narrowed_to_a_case_and_let_go_again(study: Study) -> None:
    async with workbench(study) as pilot:
        await search(pilot, "ikke")
        case = study.source("leder").case
        assert case is not None
        for _ in range(2):
            await pilot.press("down", "w", *case, "enter")
            await pilot.pause(0.2)
            narrowed = f"case: {case}" in shown(pilot)
            assert narrowed == ("hits in 1 source" in shown(pilot) or "hit in 1 source" in shown(pilot))


async def test_a_query_that_cannot_be_read_says_why(study: Study) -> None:
    async with workbench(study) as pilot:
        await search(pilot, '"ikke')
        assert "“" in shown(pilot) or '"' in shown(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, SearchScreen)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_hits_stand_under_each_other_in_every_width(study: Study, width: int) -> None:
    lines = [kwic_line(hit, width, DARK_PALETTE, is_marked=False) for hit in study.search("ikke", context=200).hits]
    assert max(line.cell_length for line in lines) <= width
    found = [span.start for line in lines for span in line.spans if "underline" in str(span.style)]
    assert len(found) == len(lines)
    assert len(set(found)) == 1


# -- review -------------------------------------------------------------------------------------------------


def corrected(study: Study) -> None:
    """Code two passages, then take a text that changes one of them and has lost the other."""
    text = study.transcript("leder").text
    for sentence in (SENTENCES[5], SENTENCES[6]):
        start = text.index(sentence)
        study.code("leder", start, start + len(sentence), "#1 M")
    study.correct_text(
        "leder", text.replace(SENTENCES[5], "").replace("Ingen spurgte os om noget", "Alle spurgte om alt")
    )


async def test_an_edited_passage_is_confirmed_and_a_lost_one_gets_a_place(study: Study) -> None:
    corrected(study)
    assert {item.state for item in study.review_queue()} == {"needs review", "lost"}
    async with workbench(study) as pilot:
        await pilot.press("R")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "Needs your eye" in shown(pilot)
        assert "2 excerpts" in shown(pilot)
        states = [item.state for item in study.review_queue()]
        await pilot.press(*["j"] * states.index("needs review"), "y")
        assert [item.state for item in study.review_queue()] == ["lost"]
        await pilot.press("enter")
        await pilot.pause()
        assert "belongs, then R" in " ".join(shown(pilot).split())
        await pilot.press("g", "j", "R")
        await pilot.pause()
        assert study.review_queue() == []
        assert "✓ it belongs here" in shown(pilot)
        await pilot.press("R")
        await pilot.pause()
        assert "Nothing waits" in shown(pilot)


async def test_leaving_a_review_with_escape_changes_nothing(study: Study) -> None:
    corrected(study)
    waiting = study.review_queue()
    async with workbench(study) as pilot:
        await pilot.press("R", "enter")
        await pilot.pause()
        await pilot.press("escape", "R")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert study.review_queue() == waiting
