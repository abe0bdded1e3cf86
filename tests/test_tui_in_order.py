"""Keys that come in one packet, as over a slow line, do what they do when they come one by one."""

from __future__ import annotations

import os
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_tui_fuzz import PRESSED
from textual import events
from textual.keys import _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widgets import Input
from workbench_samples import SIZES, code_screen, keys, place, shown, small_study, until_shown, workbench

from cmo.study import Study
from tui import CmoApp
from workbench.code.code_view import PAUSE
from workbench.keys import in_turn
from workbench.parts.places import PLACES

PACKETS = int(os.environ.get("CMO_FUZZ_PACKETS", "4"))
"""How many random pairs of packets are tried."""
LETTERS = [place.letter for place in PLACES]
SPECIAL = {"\t": "tab", "\x13": "ctrl+s", "\x1b": "escape", "\r": "enter", " ": "space", "/": "slash"}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


async def at_once(pilot: Pilot[None], typed: str) -> None:
    """Put all keys into the app's queue before it takes the first."""
    for letter in typed:
        name = SPECIAL.get(letter, letter)
        pilot.app.post_message(events.Key(name, letter))
    await all_taken(pilot)


async def all_taken(pilot: Pilot[None]) -> None:
    """Wait until no key waits for another one any more."""
    app = pilot.app
    assert isinstance(app, CmoApp)
    await pilot.pause()
    while app._under_way:
        await pilot.pause(0.01)
    await pilot.pause()


async def left_by(folder: Path, size: tuple[int, int], packets: list[list[str]]) -> tuple[object, ...]:
    """What is coded, which screens are open and where one is, after packets of keys that each come at once."""
    folder.mkdir()
    with small_study(folder) as study:
        study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M")
        async with workbench(study, size) as pilot:
            for packet in packets:
                for key in packet:
                    pilot.app.post_message(events.Key(key, character_of(key)))
                await all_taken(pilot)
            await pilot.pause(2 * PAUSE)
            desk, focused = code_screen(pilot).desk, pilot.app.focused
            codings = [coding for source in study.sources() for coding in study.codings(source.id)]
            return (
                [(coding.start, coding.end, coding.code, coding.stance, coding.memo) for coding in codings],
                [type(screen).__name__ for screen in pilot.app.screen_stack],
                (type(focused).__name__, focused and focused.id, code_screen(pilot).prompt.choice is not None),
                desk.source and (desk.source.name, desk.reading and desk.reading.passage),
            )


def character_of(key: str) -> str | None:
    """The character that a terminal sends for a key, where it sends one."""
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(key))
    except KeyError:
        return {name: character for character, name in SPECIAL.items()}.get(key)


@pytest.mark.parametrize("seed", range(PACKETS))
async def test_keys_in_one_packet_leave_what_they_leave_one_by_one(tmp_path: Path, seed: int) -> None:
    chosen = random.Random(seed)
    size = SIZES[seed % len(SIZES)]
    packets = [["f5", chosen.choice(LETTERS), *chosen.choices(PRESSED, k=4)], chosen.choices(PRESSED, k=6)]
    one_by_one = [[key] for packet in packets for key in packet]
    assert await left_by(tmp_path / "fast", size, packets) == await left_by(tmp_path / "slow", size, one_by_one)


async def test_a_form_that_is_saved_in_the_same_packet_has_all_that_was_typed(study: Study) -> None:
    async with place(study, "a") as pilot:
        await keys(pilot, "n")
        await at_once(pilot, "Ærø Skole\x13")
        assert [case.name for case in study.cases()] == ["Case 1", "Case 2", "Ærø Skole"]


async def test_a_form_that_is_left_in_the_same_packet_keeps_all_that_was_typed(study: Study) -> None:
    async with place(study, "a") as pilot:
        await keys(pilot, "n")
        await at_once(pilot, "Ærø\x1b")
        assert "Ærø" in await keys(pilot, "n")


async def test_a_memo_that_is_left_in_the_same_packet_is_kept_whole(study: Study) -> None:
    async with workbench(study) as pilot:
        await keys(pilot, "m", "3", "n")
        await at_once(pilot, "De ved det godt\x1bjj")
        (coding,) = study.codings("leder")
        assert coding.memo == "De ved det godt"
        reading = code_screen(pilot).desk.reading
        assert reading is not None
        assert reading.number == 2  # the keys that follow are meant for the text


async def test_a_new_code_of_several_words_has_them_in_order_when_its_letters_come_at_once(study: Study) -> None:
    async with workbench(study) as pilot:
        await keys(pilot, "slash")
        await at_once(pilot, "Vagter om natten\r")
        assert [coding.code for coding in study.codings("leder")] == ["Vagter om natten"]


async def test_what_is_looked_for_in_a_list_has_all_letters_that_came_with_the_key(
    study: Study,
) -> None:
    async with place(study, "a") as pilot:
        await at_once(pilot, "/Case 2")
        assert pilot.app.screen.query_one(".place-find", Input).value == "Case 2"
        assert "1 of 2 cases" in shown(pilot)
        await at_once(pilot, "/3")
        assert pilot.app.screen.query_one(".place-find", Input).value == "Case 2/3"


async def test_what_is_typed_into_a_form_may_come_with_the_keys_that_open_it(study: Study) -> None:
    async with workbench(study) as pilot:
        await at_once(pilot, "sanÆrø Skole\x13")
        assert [case.name for case in study.cases()] == ["Case 1", "Case 2", "Ærø Skole"]


async def test_a_list_does_not_take_letters_that_are_meant_for_a_form(study: Study) -> None:
    async with place(study, "b") as pilot:
        before = study.file.data_version()
        await at_once(pilot, "ndnu\x1b")
        assert "dnu" in await keys(pilot, "n")
        assert study.file.data_version() == before


async def test_a_text_that_is_pasted_with_the_key_before_it_goes_to_what_the_key_opened(study: Study) -> None:
    async with place(study, "a") as pilot:
        pilot.app.post_message(events.Key("n", "n"))
        pilot.app.post_message(events.Paste("Øster Skole"))
        await at_once(pilot, "\x13")
        assert "Øster Skole" in [case.name for case in study.cases()]


async def test_a_key_whose_field_goes_away_holds_no_other_key_up(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_turn, "LONGEST_SECONDS", 0.01)
    async with workbench(study) as pilot:
        monkeypatch.setattr(CmoApp, "_when_done", lambda *_: None)  # nobody ever tells that a key has done its work
        pilot.app.post_message(events.Key("s", "s"))
        pilot.app.post_message(events.Key("a", "a"))
        await until_shown(pilot, "2 cases")


async def test_a_quote_is_opened_by_enter_in_the_same_packet_as_the_key_to_a_pane_that_was_not_seen(
    study: Study,
) -> None:
    study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M")
    async with workbench(study, (80, 24)) as pilot:
        await keys(pilot, "j", "j", "m", "2")
        await pilot.pause(2 * PAUSE)  # the evidence is listed already, in a pane without a size
        await at_once(pilot, "e\r")
        source = code_screen(pilot).desk.source
        assert source is not None
        assert source.name == "amr"


async def test_a_source_is_opened_by_keys_in_the_same_packet_as_the_key_to_a_pane_that_was_not_seen(
    study: Study,
) -> None:
    async with workbench(study, (80, 24)) as pilot:
        pilot.app.post_message(events.Key("shift+tab", None))
        await at_once(pilot, "j\r")
        source = code_screen(pilot).desk.source
        assert source is not None
        assert source.name == "amr"
