"""The cursor and the selection, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbench_samples import transcript_of

from transcripts.columns import Spans, Turns
from transcripts.records import Span, Transcript
from workbench.text.reading import End, Reading, Unit

TURNS = [("I", "Hvad nu?"), ("R", "Et to tre. Fire fem. Seks."), ("I", ""), ("R", "Syv otte.")]


@pytest.fixture
def reading() -> Reading:
    found = Reading(transcript_of(TURNS))
    found.go_to_number(2)
    return found


def words(reading: Reading) -> str:
    return reading.text[slice(*reading.passage)]


def test_the_passage_is_the_sentence_where_nothing_is_selected(reading: Reading) -> None:
    assert words(reading) == "Fire fem."


def test_the_cursor_stops_at_both_ends(reading: Reading) -> None:
    reading.move(-99)
    assert words(reading) == "Hvad nu?"
    reading.move(99)
    assert words(reading) == "Syv otte."


def test_turns_are_walked_by_their_first_sentences(reading: Reading) -> None:
    reading.previous_turn()
    assert words(reading) == "Et to tre."
    reading.previous_turn()
    assert words(reading) == "Hvad nu?"
    reading.next_turn()
    assert words(reading) == "Et to tre."
    reading.next_turn()
    assert words(reading) == "Syv otte."


def test_the_selection_grows_and_shrinks_by_words_at_its_end(reading: Reading) -> None:
    reading.extend(Unit.WORD, forward=True)
    assert words(reading) == "Fire fem. Seks."
    reading.extend(Unit.WORD, forward=False)
    reading.extend(Unit.WORD, forward=False)
    assert words(reading) == "Fire"


def test_the_other_end_can_be_moved(reading: Reading) -> None:
    reading.switch_end()
    reading.extend(Unit.WORD, forward=True)
    assert words(reading) == "fem."
    reading.switch_end()
    reading.extend(Unit.WORD, forward=True)
    assert words(reading) == "fem. Seks."


def test_a_selection_that_would_become_empty_grows_on_the_other_side(reading: Reading) -> None:
    reading.extend(Unit.WORD, forward=False)
    assert words(reading) == "Fire"
    reading.extend(Unit.WORD, forward=False)
    assert words(reading) == "tre. Fire"
    assert reading.moving_end is End.START


def test_the_selection_grows_by_sentences_in_both_directions(reading: Reading) -> None:
    reading.extend(Unit.SENTENCE, forward=False)
    assert words(reading) == "Et to tre. Fire fem."
    reading.extend(Unit.SENTENCE, forward=True)
    assert words(reading) == "Fire fem."
    reading.extend(Unit.SENTENCE, forward=True)
    assert words(reading) == "Fire fem. Seks."


def test_a_selection_by_words_leaves_out_the_label_of_the_next_speaker(reading: Reading) -> None:
    reading.go_to_number(0)
    reading.extend(Unit.WORD, forward=True)
    assert words(reading) == "Hvad nu?\n\nR: Et"


def test_the_whole_turn_is_taken_first_and_then_the_next_one_that_has_words(reading: Reading) -> None:
    reading.extend(Unit.TURN, forward=True)
    assert words(reading) == "Et to tre. Fire fem. Seks."
    reading.extend(Unit.TURN, forward=True)
    assert words(reading).endswith("Syv otte.")
    reading.extend(Unit.TURN, forward=False)
    assert words(reading) == "Et to tre. Fire fem. Seks."


def test_moving_the_cursor_lets_the_selection_go(reading: Reading) -> None:
    reading.extend(Unit.SENTENCE, forward=True)
    reading.move(1)
    assert reading.selection is None


def test_a_stretch_is_selected_to_the_character_from_either_side_without_outer_blanks(reading: Reading) -> None:
    text = reading.text
    inside_to, inside_fire = text.index("to ") + 1, text.index("Fire") + 2
    reading.select_between(inside_to, inside_fire)
    ends = [reading.moving_end]
    assert words(reading) == "o tre. Fir"
    reading.select_between(inside_fire, inside_to)
    ends.append(reading.moving_end)
    assert words(reading) == "o tre. Fir"
    assert ends == [End.END, End.START]
    reading.select_between(text.index(" tre"), text.index(" Fire"))
    assert words(reading) == "tre."


def test_the_selection_grows_and_shrinks_by_characters_as_they_are_seen() -> None:
    reading = Reading(transcript_of([("R", "Ja. Nå\u0301 👩🏽\u200d🏫 nej.")]))
    for _ in range(3):
        reading.extend(Unit.CHARACTER, forward=True)
    assert words(reading) == "Ja. Nå\u0301 👩🏽\u200d🏫"
    reading.extend(Unit.CHARACTER, forward=False)
    assert words(reading) == "Ja. Nå\u0301"
    reading.extend(Unit.CHARACTER, forward=False)
    assert words(reading) == "Ja. N"
    reading.switch_end()
    reading.extend(Unit.CHARACTER, forward=True)
    assert words(reading) == "a. N"


def test_the_end_that_rests_can_be_moved_without_changing_which_one_moves(reading: Reading) -> None:
    reading.extend(Unit.WORD, forward=True)
    reading.extend_other(Unit.WORD, forward=False)
    assert words(reading) == "tre. Fire fem. Seks."
    assert reading.moving_end is End.END
    reading.extend_other(Unit.WORD, forward=True)
    reading.extend_other(Unit.WORD, forward=True)
    assert words(reading) == "fem. Seks."
    reading.extend(Unit.WORD, forward=False)
    assert words(reading) == "fem."


def test_several_sentences_are_taken_from_the_cursor_on(reading: Reading) -> None:
    reading.take(2)
    assert words(reading) == "Fire fem. Seks."
    reading.take(99)
    assert words(reading).endswith("Syv otte.")


def test_the_word_or_the_turn_at_a_place_is_selected_whole(reading: Reading) -> None:
    reading.select_unit(Unit.WORD, reading.text.index("Fire") + 2)
    assert words(reading) == "Fire"
    reading.select_unit(Unit.TURN, reading.text.index("Fire"))
    assert words(reading) == "Et to tre. Fire fem. Seks."


def test_a_text_without_sentences_can_be_read_all_the_same() -> None:
    transcript = transcript_of([("R", "Ja.")])
    bare = Reading(Transcript(transcript.source, "bare ord", Turns.of([]), Spans.of([])))
    assert bare.passage == Span(0, 8)
    bare.next_turn()
    bare.previous_turn()
    bare.extend(Unit.TURN, forward=True)
    assert bare.passage == Span(0, 8)


MOVES = st.one_of(
    st.tuples(st.just("move"), st.integers(-3, 3)),
    st.tuples(st.just("extend"), st.tuples(st.sampled_from(list(Unit)), st.booleans())),
    st.tuples(st.just("switch_end"), st.none()),
    st.tuples(st.just("next_turn"), st.none()),
    st.tuples(st.just("previous_turn"), st.none()),
    st.tuples(st.just("extend_other"), st.tuples(st.sampled_from(list(Unit)), st.booleans())),
    st.tuples(st.just("take"), st.integers(1, 4)),
    st.tuples(st.just("select_unit"), st.tuples(st.sampled_from(list(Unit)), st.integers(0, 60))),
    st.tuples(st.just("select_between"), st.tuples(st.integers(0, 60), st.integers(0, 60))),
)


@given(st.lists(MOVES, max_size=30))
def test_whatever_is_pressed_the_passage_is_never_empty_and_inside_the_text(moves: list[tuple[str, object]]) -> None:
    reading = Reading(transcript_of(TURNS))
    for name, arguments in moves:
        method = getattr(reading, name)
        if isinstance(arguments, tuple):
            method(*arguments)
        elif arguments is None:
            method()
        else:
            method(arguments)
        start, end = reading.passage
        assert 0 <= start < end <= len(reading.text)
        assert not reading.text[start].isspace()
        assert not reading.text[end - 1].isspace()
