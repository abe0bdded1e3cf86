"""A transcript as rows: nothing lost, nothing split, and positions and places lead to each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes
from workbench_samples import transcript_of

from transcripts.columns import Spans, Turns
from transcripts.records import Transcript
from workbench.text import text_layout
from workbench.text.text_layout import RowKind, TextLayout, printable

CHARACTERS = "ab cdæøå –…’\n 日本語👍🏽👨\u200d👩\u200d👧✍\ufe0fe\u0301\u0301\u0301🇩🇰🇸🇪\t\u200b()"
SPEECH = st.text(alphabet=st.sampled_from(CHARACTERS), min_size=0, max_size=120)
TURNS = st.lists(st.tuples(st.sampled_from(["I", "R", "Anna Sofie", ""]), SPEECH), min_size=1, max_size=5)
MEASURES = st.integers(min_value=2, max_value=40)


def speech_rows(layout: TextLayout) -> list[text_layout.Row]:
    return [row for row in layout.rows if row.kind is RowKind.SPEECH]


@given(TURNS, MEASURES)
def test_every_character_of_speech_is_in_exactly_one_row(turns: list[tuple[str, str]], measure: int) -> None:
    transcript = transcript_of(turns)
    layout = TextLayout(transcript, measure)
    rows = speech_rows(layout)
    for index, turn in enumerate(transcript.turns):
        mine = [row for row in rows if row.turn == index]
        speech = transcript.text[turn.speech_start : turn.end].strip()
        assert "".join(transcript.text[row.start : row.end] for row in mine) == speech
        assert all(before.end == after.start for before, after in pairwise(mine))
    assert [row.start for row in rows] == sorted(row.start for row in rows)


@given(TURNS, MEASURES)
def test_no_row_is_wider_than_the_measure_but_for_the_space_it_ends_with(
    turns: list[tuple[str, str]], measure: int
) -> None:
    layout = TextLayout(transcript_of(turns), measure)
    for row in speech_rows(layout):
        shown = layout.shown(row.start, row.end).rstrip(" ")
        assert cell_len(shown) <= measure or len(split_graphemes(shown)[0]) == 1


def test_a_space_that_carries_an_accent_does_not_hang_over_the_measure() -> None:
    layout = TextLayout(transcript_of([("I", "aa \u0301")]), 2)
    assert [layout.shown(row.start, row.end) for row in speech_rows(layout)] == ["aa", " \u0301"]


@given(TURNS, MEASURES)
def test_no_grapheme_is_split(turns: list[tuple[str, str]], measure: int) -> None:
    layout = TextLayout(transcript_of(turns), measure)
    rows = speech_rows(layout)
    for turn in {row.turn for row in rows}:
        mine = [row for row in rows if row.turn == turn]
        text = layout.text[mine[0].start : mine[-1].end]
        inside = {at for first, last, _ in split_graphemes(text)[0] for at in range(first + 1, last)}
        breaks = {row.start - mine[0].start for row in mine[1:] if layout.text[row.start - 1] != "\n"}
        assert not breaks & inside


@given(TURNS, MEASURES, st.data())
def test_positions_and_places_lead_to_each_other(
    turns: list[tuple[str, str]], measure: int, data: st.DataObject
) -> None:
    layout = TextLayout(transcript_of(turns), measure)
    visible = [row for row in speech_rows(layout) if layout.shown(row.start, row.end)]
    if not visible:
        return
    row = data.draw(st.sampled_from(visible))
    shown = layout.shown(row.start, row.end)
    whole = [first for first, _, cells in split_graphemes(shown)[0] if cells]
    if not whole:
        return
    position = row.start + data.draw(st.sampled_from(whole))
    number, column = layout.place_of(position)
    assert layout.rows[number] == row
    assert layout.position_at(number, column) == position


ASKED = st.lists(
    st.tuples(st.sampled_from(["row_of", "covered", "row", "expected_height", "has"]), st.integers(0, 150))
)


@given(TURNS, MEASURES, ASKED)
def test_whatever_is_asked_first_of_a_text_has_the_answer_it_would_have_last(
    turns: list[tuple[str, str]], measure: int, asked: list[tuple[str, int]]
) -> None:
    def answer(layout: TextLayout, about: str, number: int) -> object:
        if about == "row_of":
            return layout.row_of(number)
        if about == "has":
            return layout.rows.has(number)
        if about == "row":
            return layout.nearest_row(number)
        return layout.expected_height >= 0 if about == "expected_height" else layout.covered(number % whole.height)

    transcript = transcript_of(turns)
    whole = TextLayout(transcript, measure)
    assert whole.height == len(list(whole.rows))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text_layout, "A_FEW", 1)
        little_by_little = TextLayout(transcript, measure)
        for about, number in asked:
            assert answer(little_by_little, about, number) == answer(whole, about, number), (about, number)
        assert list(little_by_little.rows) == list(whole.rows)
        assert little_by_little.expected_height == whole.height


def test_words_are_kept_whole_where_they_fit() -> None:
    layout = TextLayout(transcript_of([("R", "en to tre fire")]), 7)
    assert [layout.shown(row.start, row.end) for row in layout.rows] == ["en to ", "tre ", "fire"]


def test_text_without_spaces_breaks_at_the_measure_between_wide_characters() -> None:
    layout = TextLayout(transcript_of([("R", "日本語日本語")]), 5)
    assert [layout.shown(row.start, row.end) for row in layout.rows] == ["日本", "語日", "本語"]


def test_a_flag_is_never_torn() -> None:
    layout = TextLayout(transcript_of([("R", "a🇩🇰🇸🇪")]), 2)
    assert [layout.shown(row.start, row.end) for row in layout.rows] == ["a", "🇩🇰", "🇸🇪"]


def test_a_line_feed_inside_a_turn_begins_a_row_and_an_empty_line_stays() -> None:
    layout = TextLayout(transcript_of([("R", "en\n\nto")]), 20)
    assert [layout.shown(row.start, row.end) for row in layout.rows] == ["en", "", "to"]


def test_turns_are_parted_by_one_blank_row_and_the_label_is_no_speech() -> None:
    layout = TextLayout(transcript_of([("I", "Hvad?"), ("R", "Alt.")]), 20)
    assert [(row.kind, layout.shown(row.start, row.end)) for row in layout.rows] == [
        (RowKind.SPEECH, "Hvad?"),
        (RowKind.BLANK, ""),
        (RowKind.SPEECH, "Alt."),
    ]


def test_a_turn_without_words_still_has_a_row_for_its_speaker() -> None:
    layout = TextLayout(transcript_of([("I", ""), ("R", "Ja.")]), 20)
    assert [row.turn for row in speech_rows(layout)] == [0, 1]


def test_a_position_inside_a_label_is_shown_on_its_speech() -> None:
    transcript = transcript_of([("I", "Hvad?"), ("R", "Alt.")])
    layout = TextLayout(transcript, 20)
    assert layout.row_of(transcript.turns[1].start) == 2


def test_text_outside_the_turns_is_shown_too() -> None:
    transcript = transcript_of([("R", "Ja.")])
    outside = Transcript(transcript.source, "Optaget i maj.\n" + transcript.text, Turns.of([]), Spans.of([]))
    layout = TextLayout(outside, 40)
    first = layout.rows[0]
    assert (first.turn, layout.shown(first.start, first.end)) == (text_layout.OUTSIDE, "Optaget i maj.")


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\x00", "\x9b"])
def test_what_a_terminal_would_obey_is_made_visible_and_keeps_its_place(character: str) -> None:
    assert printable(f"a{character}b") == "a\ufffdb"


def test_characters_taken_for_one_cell_wide_are_one_cell_wide() -> None:
    plain = text_layout._ALL_ONE_CELL
    taken = [chr(code) for code in range(0x10000) if plain.fullmatch(chr(code))]
    assert len(taken) > 500
    assert {cell_len(character) for character in taken} == {1}
