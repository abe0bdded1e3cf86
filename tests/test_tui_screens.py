"""What the workbench shows, beyond its keys: panes, sizes, the mouse, several coders, and where nothing is yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.pilot import Pilot
from workbench_samples import SENTENCES, code_screen, codings_in, keys, shown, small_study, until_shown, workbench

import cmo
from cmo.study import Study
from store.errors import StudyBusy
from tui import CmoApp
from workbench.evidence.matrix_grid import MatrixGrid
from workbench.text.painting import Sheet
from workbench.text.palette import LIGHT
from workbench.text.text_layout import TextLayout
from workbench.text.transcript_view import TranscriptView


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made
        assert made.check() == []


def offset_of(pilot: Pilot[None], words: str) -> Offset:
    """Where some words stand on screen."""
    for row, line in enumerate(shown(pilot).split("\n")):
        if words in line:
            return Offset(line.index(words), row)
    raise AssertionError(f"{words!r} is not on screen")


# -- panes and sizes --------------------------------------------------------------------------------------------
async def test_the_point_stands_beside_the_text_in_full_words_with_its_quotes(study: Study) -> None:
    study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M", stance="refutes")
    async with workbench(study) as pilot:
        await pilot.press("j", "m", "2", "plus")
        screen = await until_shown(pilot, "+ For · 1")
    for words in ("Context number 2.", "Mechanism number 2.", "Outcome number 2.", "+ For · 1", "− Against · 1"):
        assert words in screen
    assert "Der skete ikke noget." in screen
    assert "2 excerpts · 2 sources · 1 case" in screen


async def test_sources_stand_under_their_cases_with_their_progress(study: Study) -> None:
    async with workbench(study, (200, 60)) as pilot:
        await pilot.press("m", "2")
        screen = await until_shown(pilot, "1 of 2 coded")
    lines = [" ".join(line.split()) for line in screen.split("\n")]
    assert any(line.startswith("Case 1 1/1") for line in lines)
    assert any(line.startswith("▸ ● leder 1") for line in lines)
    assert any(line.startswith("Case 2 no source") for line in lines)
    assert any(line.startswith("(no case) 0/1") for line in lines)


@pytest.mark.parametrize(
    ("size", "panes"),
    [((80, 24), {"middle"}), ((120, 40), {"middle", "evidence"}), ((200, 60), {"middle", "evidence", "sources"})],
)
async def test_panes_give_way_on_small_screens(study: Study, size: tuple[int, int], panes: set[str]) -> None:
    async with workbench(study, size) as pilot:
        assert {pane.id for pane in pilot.app.screen.query("#desk > *") if pane.display} == panes
        await pilot.press("tab")
        assert pilot.app.screen.query_one("#evidence").display
        await pilot.press("tab")
        assert pilot.app.screen.query_one("#sources").display


async def test_the_screen_can_be_resized_at_any_time_and_the_passage_stays_in_view(study: Study) -> None:
    async with workbench(study, (200, 60)) as pilot:
        await pilot.press("j", "j", "j", "j", "j", "j")
        for size in ((80, 24), (60, 14), (200, 60), (40, 12), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Ingen" in shown(pilot)
        await pilot.press("m", "1")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Ingen spurgte" in shown(pilot)
        await pilot.press("enter")
    assert codings_in(study) == [(SENTENCES[6], "#1 M", None)]


async def test_light_and_dark_can_be_changed_while_reading(study: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.press("j", "ctrl+p", *"light", "enter")
        await pilot.pause()
        assert pilot.app.theme == LIGHT
        await pilot.press("m", "2")
    assert codings_in(study) == [(SENTENCES[1], "#2 M", None)]


async def test_stripes_tell_letter_number_and_stance_beside_the_text(study: Study) -> None:
    sentence = study.transcript("leder").sentences[1]
    for point, element, stance in (("#2", "M", "supports"), ("#12", "O", "refutes"), ("#3", "C", "refines")):
        study.code_point("leder", *sentence, point, element, stance=stance)
    async with workbench(study, (200, 60)) as pilot:
        line = next(line for line in shown(pilot).split("\n") if SENTENCES[1] in line)
        assert line.index("C3~") < line.index("O12−") < line.index("M2+") < line.index(SENTENCES[1])


async def test_more_codings_than_lanes_are_counted(study: Study) -> None:
    for point in range(1, 7):
        study.code_point("leder", *study.transcript("leder").sentences[1], f"#{point}", "M")
    async with workbench(study, (80, 24)) as pilot:
        line = next(line for line in shown(pilot).split("\n") if SENTENCES[1] in line)
        assert "+4" in line


async def test_a_text_with_wide_characters_and_emoji_is_aligned(study: Study, tmp_path: Path) -> None:
    wide = tmp_path / "wide.txt"
    wide.write_text("R: " + "日本語 👩🏽‍🏫 æøå e\u0301 " * 30 + "\n", encoding="utf-8")
    study.import_files([wide])
    async with workbench(study, (80, 24), source="wide") as pilot:
        lines = [strip.cell_length for strip in pilot.app.screen._compositor.render_strips()]
        await pilot.press("m", "2")
    assert set(lines) == {80}
    (coding,) = study.codings("wide")
    assert coding.quote == study.transcript("wide").text[coding.start : coding.end]


def counting_calls(monkeypatch: pytest.MonkeyPatch, owner: type, method: str) -> list[None]:
    """A list that grows by one with each call of a method."""
    calls: list[None] = []
    real = getattr(owner, method)

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(None)
        return real(*given, **named)

    monkeypatch.setattr(owner, method, counted)
    return calls


@pytest.mark.usefixtures("every_frame")
async def test_only_the_visible_rows_of_a_long_text_are_drawn(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"R: Sætning nummer {n} i en lang samtale." for n in range(5000)), encoding="utf-8")
    study.import_files([long])
    drawn = counting_calls(monkeypatch, Sheet, "draw")
    laid_out = counting_calls(monkeypatch, TextLayout, "__init__")
    async with workbench(study, (120, 40), source="long") as pilot:
        drawn.clear()
        laid_out.clear()
        await pilot.press("G", "g", "pagedown", "j", "m", "2", "plus")
        assert "nummer" in shown(pilot)
    assert laid_out == []
    assert 20 < len(drawn) < 40 * 7


async def test_the_end_of_a_long_text_is_wrapped_while_nobody_types(study: Study, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    turns = (f"R: Sætning nummer {n}, " + "som bliver længere " * (n // 100) for n in range(1000))
    long.write_text("\n\n".join(turns), encoding="utf-8")
    study.import_files([long])
    async with workbench(study, (120, 40), source="long") as pilot:
        text = code_screen(pilot).text
        rows = text._layout.rows if text._layout is not None else pytest.fail("nothing is laid out")
        assert not rows.is_whole
        assert "nummer 0" in shown(pilot)
        while not rows.is_whole:
            await pilot.pause(0.02)
        await pilot.pause()
        assert text.virtual_size.height == len(rows)
        assert "nummer 999" in await keys(pilot, "G")


# -- the mouse --------------------------------------------------------------------------------------------------
async def test_a_click_puts_the_cursor_and_dragging_selects_to_the_character(study: Study) -> None:
    async with workbench(study) as pilot:
        await pilot.click(offset=offset_of(pilot, "Så blev det værre"))
        await pilot.press("c", "2")
        start, end = offset_of(pilot, "godt."), offset_of(pilot, "hjælp")
        await pilot.mouse_down(offset=start + Offset(2, 0))
        await pilot.hover(offset=end + Offset(2, 0))
        await pilot.mouse_up(offset=end + Offset(2, 0))
        await pilot.press("m", "3")
    assert codings_in(study) == [(SENTENCES[5], "#2 C", None), ("dt. Vi fik hjæ", "#3 M", None)]


async def test_a_click_in_the_panes_opens_sources_and_quotes(study: Study) -> None:
    study.code_point("amr", *study.transcript("amr").sentences[1], "#2", "M")
    async with workbench(study, (200, 60)) as pilot:
        await pilot.press("m", "2")
        await until_shown(pilot, "Der skete ikke noget.")
        await pilot.click(offset=offset_of(pilot, "Der skete ikke noget."))
        await pilot.pause()
        desk = code_screen(pilot).desk
        assert desk.source is not None
        assert desk.source.name == "amr"
        await pilot.click(offset=offset_of(pilot, "● leder") + Offset(3, 0))
        await pilot.pause()
        assert desk.source.name == "leder"


async def test_a_matrix_cell_opens_by_clicking_it_twice(study: Study) -> None:
    study.code_point("leder", *study.transcript("leder").sentences[1], "#2", "M", stance="supports")
    async with workbench(study) as pilot:
        await pilot.press("M")
        await pilot.pause()
        await pilot.click(offset=offset_of(pilot, "1+"))
        await pilot.click(offset=offset_of(pilot, "1+"))
        await pilot.pause()
        assert SENTENCES[1] in shown(pilot)


# -- the matrix -------------------------------------------------------------------------------------------------
async def test_every_number_of_the_matrix_opens_that_many_quotes(demo: Path) -> None:
    with cmo.open_study(demo, coder="AB") as study:
        async with CmoApp(study).run_test(size=(160, 50)) as pilot:
            await pilot.press("M")
            await pilot.pause()
            grid = pilot.app.screen.query_one(MatrixGrid)
            assert grid.matrix is not None
            for rows, columns in ((0, 0), (1, 0), (2, 1), (99, 2), (99, 99), (3, 99)):
                grid.move(-99, -99)
                grid.move(rows, columns)
                quotes = study.quotes(grid.where)
                assert len({quote.excerpt_id for quote in quotes}) == grid.cell.total.excerpts
            await pilot.press("enter")
            await pilot.pause()
            assert f"{grid.cell.total.excerpts} excerpt" in shown(pilot)


async def test_rows_and_columns_of_the_matrix_can_be_chosen_and_swapped(study: Study) -> None:
    study.code_point("leder", *study.transcript("leder").sentences[1], "#2", "M", stance="supports")
    async with workbench(study) as pilot:
        await pilot.press("M", "r", *"element", "enter")
        await pilot.pause()
        await pilot.press("c", *"sector", "enter")
        await pilot.pause()
        grid = pilot.app.screen.query_one(MatrixGrid)
        assert grid.matrix is not None
        assert (grid.matrix.rows_by, grid.matrix.columns_by) == ("element", "attribute:sector")
        assert "M mechanism" in shown(pilot)
        await pilot.press("s")
        await pilot.pause()
        assert (grid.matrix.rows_by, grid.matrix.columns_by) == ("attribute:sector", "element")


# -- several coders ---------------------------------------------------------------------------------------------
async def test_another_coders_coding_is_shown_and_removed_only_after_a_question(study: Study, tmp_path: Path) -> None:
    study.coder = "KL"
    study.code_point("leder", *study.transcript("leder").sentences[0], "#2", "M", stance="supports")
    study.coder = "AB"
    async with workbench(study) as pilot:
        assert "#2 mechanism · supports (KL) · KL" in shown(pilot)
        await pilot.press("x", "n")
        await pilot.pause()
        assert len(codings_in(study)) == 1
        await pilot.press("minus")
        assert "#2 mechanism · refutes · KL" in shown(pilot)
        await pilot.press("x", "y")
        await pilot.pause()
    assert codings_in(study) == []


async def test_own_stripes_are_lines_and_those_of_others_dotted(study: Study) -> None:
    first, last = study.transcript("leder").sentences[1], study.transcript("leder").sentences[7]
    study.code_point("leder", first.start, last.end, "#2", "M")
    study.coder = "KL"
    study.code_point("leder", first.start, last.end, "#3", "M")
    study.coder = "AB"
    async with workbench(study, (200, 60)) as pilot:
        line = next(line for line in shown(pilot).split("\n") if SENTENCES[4] in line)
        assert "┊" in line
        assert "│" in line


async def test_the_wheel_scrolls_and_the_next_key_comes_back_to_the_cursor(study: Study, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"R: Sætning nummer {n}." for n in range(200)), encoding="utf-8")
    study.import_files([long])
    async with workbench(study, (80, 24), source="long") as pilot:
        text = pilot.app.screen.query_one(TranscriptView)
        for _ in range(20):
            text.post_message(events.MouseScrollDown(text, 5, 5, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert text.scroll_offset.y > 10
        await pilot.press("j")
        assert "Sætning nummer 1." in shown(pilot)


async def test_undo_takes_back_ones_own_act_and_asks_before_it_undoes_an_import(study: Study) -> None:
    study.code_point("leder", *study.transcript("leder").sentences[0], "#2", "M")
    study.coder = "setup"
    async with workbench(study) as pilot:
        await pilot.press("u")
        assert "undone: new code" in shown(pilot)
        await pilot.press("u", "u")
        await pilot.pause()
        assert "Your last act was no coding, but: import" in shown(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert study.theory().points
    assert codings_in(study) == [(SENTENCES[0], "#2 M", None)]


async def test_when_an_undo_takes_the_open_source_away_the_workbench_says_so(study: Study, tmp_path: Path) -> None:
    study.coder = "extra"
    (tmp_path / "ny.txt").write_text("R: Helt ny.\n", encoding="utf-8")
    study.import_files([tmp_path / "ny.txt"])
    async with workbench(study, source="ny") as pilot:
        await pilot.press("u", "y")
        await pilot.pause()
        assert "No source is open" in shown(pilot)
        await pilot.press("j", "m", "2", "escape", "n", "x", "plus", "f", "e", "escape", "b", "ctrl+r", "y")
        await pilot.pause()


# -- where nothing is yet ---------------------------------------------------------------------------------------
async def test_a_study_without_sources_and_theory_says_what_to_do_first(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "empty.cmo", coder="AB") as study:
        async with CmoApp(study).run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert "cmo import empty.cmo FOLDER" in shown(pilot)
            assert "cmo theory empty.cmo TABLE.csv" in shown(pilot)
            for key in ("j", "m", "c", "2", "slash", "escape", "x", "n", "plus", "u", "f", "G", "pagedown", "t", "M"):
                await pilot.press(key)
            await pilot.pause()
            await pilot.press("enter", "down", "right", "escape")


async def test_without_a_theory_passages_take_codes_of_ones_own(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "bare.cmo", coder="AB") as study:
        (tmp_path / "a.txt").write_text("R: Ja. Nej.\n", encoding="utf-8")
        study.import_files([tmp_path / "a.txt"])
        async with CmoApp(study).run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert "No programme theory yet" in await until_shown(pilot, "No programme theory yet")
            await pilot.press("m")
            assert "This study has no programme theory yet." in shown(pilot)
            await pilot.press("2", "slash", *"doubt", "enter")
            await pilot.pause()
            await pilot.press("plus")
            assert "A stance is held against a PT point" in shown(pilot)
        assert codings_in(study, "a") == [("Ja.", "doubt", None)]


async def test_an_error_of_the_study_is_told_with_its_cure_and_the_work_goes_on(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(study) as pilot:
        with monkeypatch.context() as broken:

            def busy(*_: object, **__: object) -> None:
                raise StudyBusy("Another program is writing.", "Try again in a moment.")

            broken.setattr(Study, "code", busy)
            await pilot.press("m", "2")
            assert "! Another program is writing. Try again in a moment." in shown(pilot)
        await pilot.press("m", "3")
    assert codings_in(study) == [(SENTENCES[0], "#3 M", None)]


async def test_a_coding_that_somebody_else_has_taken_away_disappears_at_the_next_key(
    study: Study, tmp_path: Path
) -> None:
    async with workbench(study) as pilot:
        await pilot.press("m", "2")
        with cmo.open_study(study.path, coder="KL") as elsewhere:
            elsewhere.remove_coding(study.codings("leder")[0].id)
        await pilot.press("plus")
        assert "There is no coding" in shown(pilot)
        assert code_screen(pilot).desk.codings == []


async def test_words_of_a_study_are_never_taken_for_markup(study: Study, tmp_path: Path) -> None:
    (tmp_path / "markup.txt").write_text("R: [bold]Ja[/bold] [/] [red.\n", encoding="utf-8")
    study.import_files([tmp_path / "markup.txt"])
    study.new_code("[link=x]odd[/]")
    async with workbench(study, source="markup") as pilot:
        await pilot.press("slash", *"odd", "enter")
        await pilot.pause()
        await pilot.press("m", "2", "n", *"a", "escape")
        await pilot.pause()
        await pilot.press("x", "x", "M", "enter")
        await pilot.pause()
        await pilot.press("escape", "escape", "ctrl+p", "escape", "u")
        assert "[bold]Ja[/bold] [/] [red." in shown(pilot)


# -- typing ahead -----------------------------------------------------------------------------------------------
async def test_keys_typed_faster_than_the_screen_is_drawn_keep_their_order(study: Study) -> None:
    async with workbench(study) as pilot:
        for key in ["m", "2", "+", "j", "c", "1", "-", "j", "/", *"nigt"]:
            pilot.app.post_message(events.Key(_character_to_key(key), key))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert codings_in(study) == [
        (SENTENCES[0], "#2 M", "supports"),
        (SENTENCES[1], "#1 C", "refutes"),
        (SENTENCES[2], "Night shift", None),
    ]
