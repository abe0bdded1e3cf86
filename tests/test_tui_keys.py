"""Every key of the key table, by what it does to the study; at a small and at a middling size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from key_behaviour import BEHAVIOURS, Bench
from textual.pilot import Pilot
from workbench_samples import SENTENCES, SIZES, code_screen, codings_in, shown, small_study, workbench

from cmo.study import Study
from workbench.keys.keymap import KEYS

pytestmark = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


PLACES = ("Read", "Select", "Code", "Weigh", "Go")


@pytest.mark.parametrize("group", PLACES)
async def test_every_key_of_the_card_does_what_the_card_says(study: Study, size: tuple[int, int], group: str) -> None:
    """A key without a behaviour fails, and so does a behaviour without a key."""
    async with workbench(study, size) as pilot:
        bench = Bench(pilot, study)
        for key in (key for key in KEYS if key.group == group and key.command != "quit"):
            for bench.key in key.keys:
                await bench.begin()
                try:
                    await BEHAVIOURS[key.command](bench)
                    shown(pilot)  # it can be painted, too
                except AssertionError as error:
                    raise AssertionError(f"{bench.key} ({key.command})\n{shown(pilot)}\n{error}") from error
        await bench.begin()


def test_no_behaviour_is_told_of_a_command_without_a_key(size: tuple[int, int]) -> None:
    assert set(BEHAVIOURS) | {"quit"} == {key.command for key in KEYS}
    assert {key.group for key in KEYS} == set(PLACES)


CODING = [
    ("c 2", "#2 C"),
    ("m 1 2", "#12 M"),
    ("o 1 enter", "#1 O"),
    ("m 0", "H M"),
    ("c h", "H C"),
    ("m 1 backspace 3", "#3 M"),
    ("m c 4", "#4 C"),
    ("c 5 escape", "#5 C"),
]


async def coded_by(pilot: Pilot[None], study: Study, keys: str) -> tuple[str, str]:
    """Quote and code of the one coding that some keys make; it is taken back."""
    await pilot.press(*keys.split())
    assert "— saved" in shown(pilot)
    (coding,) = codings_in(study)
    await pilot.press("u", "escape")
    assert codings_in(study) == []
    return coding[:2]


async def test_f_finds_words_and_enter_goes_on_and_up_goes_back(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("f", *"IKKE", "escape", "c", "2")
        await pilot.press("g", "f", *[*["backspace"] * 4, *"gik"], "enter", "escape", "c", "2")
        await pilot.press("g", "f", "enter", "enter", "up", "escape", "m", "2")
    assert codings_in(study) == [
        (SENTENCES[7], "#2 C", None),
        (SENTENCES[1], "#2 C", None),
        (SENTENCES[1], "#2 M", None),
    ]


# -- coding -----------------------------------------------------------------------------------------------------
async def test_an_element_and_a_number_code_the_sentence(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        found = [await coded_by(pilot, study, f"g j {keys}") for keys, _ in CODING]
    assert found == [(SENTENCES[1], code) for _, code in CODING]


async def test_a_prompt_that_is_left_codes_nothing(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        for keys in ("m escape", "m 1 escape", "m backspace", "m 1 9 escape", "m z escape", "m 1 up escape"):
            await pilot.press(*keys.split())
            assert codings_in(study) == []
        await pilot.press("m", "1", "9")
        assert "No point has the number 19" in shown(pilot)


async def test_enter_takes_the_point_shown_beside_the_text_and_arrows_choose_another(
    study: Study, size: tuple[int, int]
) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("c", "4", "j", "m", "enter", "j", "o", "down", "enter")
    assert [code for _, code, _ in codings_in(study)] == ["#4 C", "#4 M", "#5 O"]


async def test_a_number_that_may_go_on_is_taken_by_the_next_key_which_then_does_its_own_work(
    study: Study, size: tuple[int, int]
) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "1", "plus", "o", "1", "j", "c", "1", "m", "3")
    assert codings_in(study) == [
        (SENTENCES[0], "#1 M", "supports"),
        (SENTENCES[0], "#1 O", None),
        (SENTENCES[1], "#1 C", None),
        (SENTENCES[1], "#3 M", None),
    ]


async def test_the_words_of_the_points_are_shown_while_a_number_is_typed(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "1")
        words = str(code_screen(pilot).prompt.render())
        assert "Mechanism number 12." in words
        assert "Mechanism number 2." not in words
        assert SENTENCES[0] in shown(pilot)


async def test_a_stance_is_set_changed_and_taken_away_by_its_key(study: Study, size: tuple[int, int]) -> None:
    stances = []
    async with workbench(study, size) as pilot:
        await pilot.press("m", "2")
        for key in ("plus", "minus", "minus", "tilde", "plus", "equals_sign", "equals_sign"):
            await pilot.press(key)
            stances.append(codings_in(study)[0][2])
    assert stances == ["supports", "refutes", None, "refines", "supports", "refines", None]


async def test_three_passages_cost_at_most_four_keys_each_beyond_moving(study: Study, size: tuple[int, int]) -> None:
    acts = [["c", "3"], ["m", "1", "enter", "plus"], ["o", "1", "2", "minus"]]
    async with workbench(study, size) as pilot:
        for act in acts:
            await pilot.press("j", *act)
            assert len(act) <= 4
    assert codings_in(study) == [
        (SENTENCES[1], "#3 C", None),
        (SENTENCES[2], "#1 M", "supports"),
        (SENTENCES[3], "#12 O", "refutes"),
    ]


async def test_slash_codes_by_part_of_a_name_and_makes_new_codes(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("slash", *"nigt", "enter")
        await pilot.pause()
        await pilot.press("j", "slash", *"Trust in us", "enter")
        await pilot.pause()
        await pilot.press("j", "slash", *"Trust", "down", "enter")
        await pilot.pause()
        await pilot.press("slash", "escape")
    assert codings_in(study) == [
        (SENTENCES[0], "Night shift", None),
        (SENTENCES[1], "Trust in us", None),
        (SENTENCES[2], "Trust", None),
    ]


async def test_full_stop_repeats_the_last_code_and_digits_recent_ones(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("c", "2", "m", "3", "j", "full_stop", "j", "1", "j", "2", "7")
        assert "1 #2 C   2 #3 M" in shown(pilot)
        assert "No recent code is on 7" in shown(pilot)
    assert [code for _, code, _ in codings_in(study)] == ["#2 C", "#3 M", "#3 M", "#2 C", "#3 M"]


async def test_n_writes_a_memo_that_is_kept_however_it_is_left(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "2", "n", *"Tænk", "enter", *"over", "escape")
        await pilot.pause()
        assert "✎ Tænk over" in shown(pilot)
    assert [coding.memo for coding in study.codings("leder")] == ["Tænk\nover"]


async def test_x_removes_the_chosen_one_of_overlapping_codings(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("c", "2", "m", "3", "o", "4", "left_square_bracket", "x")
        assert codings_in(study) == [(SENTENCES[0], "#2 C", None), (SENTENCES[0], "#4 O", None)]
        await pilot.press("comma", "x", "x", "x")
        assert "There is no coding here to remove" in shown(pilot)
    assert codings_in(study) == []


async def test_choosing_goes_round_in_both_directions(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("c", "2", "m", "3", "right_square_bracket", "plus", "semicolon", "minus")
    assert codings_in(study) == [(SENTENCES[0], "#2 C", "supports"), (SENTENCES[0], "#3 M", "refutes")]


async def test_u_takes_back_and_ctrl_r_does_again_and_both_say_what(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "2", "plus", "u")
        assert "undone: supports" in shown(pilot)
        assert codings_in(study) == [(SENTENCES[0], "#2 M", None)]
        await pilot.press("u")
        assert codings_in(study) == []
        await pilot.press("ctrl+r", "ctrl+r")
        assert "done again: supports" in shown(pilot)
        assert codings_in(study) == [(SENTENCES[0], "#2 M", "supports")]
        await pilot.press("ctrl+r")
        assert "!" in shown(pilot)


# -- going ------------------------------------------------------------------------------------------------------
async def test_e_and_enter_open_a_quote_and_b_comes_back(study: Study, size: tuple[int, int]) -> None:
    study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M")
    async with workbench(study, size) as pilot:
        await pilot.press("j", "j", "m", "2", "e", "enter")
        screen = code_screen(pilot)
        opened = {screen.desk.source.name} if screen.desk.source else set()
        await pilot.press("b")
        assert opened == {"amr"}
        assert screen.desk.source is not None
        assert screen.desk.source.name == "leder"
        await pilot.press("escape", "o", "2")
    assert (SENTENCES[2], "#2 O", None) in codings_in(study)


async def test_tab_goes_round_the_panes_and_escape_comes_back_to_the_text(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        order = []
        for key in ("tab", "tab", "tab", "shift+tab", "escape"):
            await pilot.press(key)
            order.append(pilot.app.focused.id if pilot.app.focused else None)
        assert order == ["evidence-list", "source-list", "text", "source-list", "text"]


async def test_a_source_is_opened_from_the_sources_pane(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("shift+tab", "j", "enter", "c", "2")
    assert codings_in(study, "amr") == [("Hvad skete der?", "#2 C", None)]


async def test_coding_keys_outside_the_text_code_nothing_and_say_so(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("shift+tab", "plus", "m", "2")
        assert "esc brings you there" in shown(pilot)
    assert codings_in(study) == []


async def test_a_matrix_cell_opens_its_quotes_and_a_quote_its_transcript(study: Study, size: tuple[int, int]) -> None:
    study.code_point("leder", *study.transcript("leder").sentences[6], "#2", "M", stance="refutes")
    async with workbench(study, size) as pilot:
        await pilot.press("f2", "escape", "M", "down", "down")
        assert "1−" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert SENTENCES[6] in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("plus")
    assert codings_in(study) == [(SENTENCES[6], "#2 M", "supports")]


async def test_the_palette_reaches_commands_without_a_key(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "2", "ctrl+p", *"rival", "enter")
        await pilot.pause()
    assert codings_in(study) == [(SENTENCES[0], "#2 M", "rival")]


async def test_the_palette_reaches_sources_by_name(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("ctrl+p", *"amr", "enter")
        await pilot.pause()
        await pilot.press("j", "m", "2")
        await pilot.pause()
    assert [(coding.quote, coding.code) for coding in study.codings("amr")] == [("Der skete ikke noget.", "#2 M")]


async def test_q_leaves_and_everything_is_there(study: Study, size: tuple[int, int]) -> None:
    async with workbench(study, size) as pilot:
        await pilot.press("m", "2", "q")
        await pilot.pause()
        assert pilot.app.return_code == 0
    assert len(codings_in(study)) == 1
