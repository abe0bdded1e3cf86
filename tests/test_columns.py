"""Turns and sentences kept as columns read like the lists of records they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commands.output import plain
from transcripts.columns import Spans, Turns
from transcripts.records import Span, Turn

SPANS = st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)))
SPOKEN = st.lists(st.tuples(st.sampled_from([None, 3, 5]), st.none() | st.integers(0, 9_000)), max_size=6)
VOICES = {None: (None, None, None, None), 3: ("I", "Ida", None, True), 5: ("R", None, "Leder", False)}


def turns_of(spoken: list[tuple[int | None, int | None]]) -> list[Turn]:
    return [
        Turn(number, 10 * number, 10 * number + 3, 10 * number + 9, speaker, *VOICES[speaker], begins_at, None)
        for number, (speaker, begins_at) in enumerate(spoken, start=1)
    ]


@given(SPANS)
def test_spans_come_back_one_by_one_in_slices_and_all_together(spans: list[Span]) -> None:
    columns = Spans.of(spans)
    assert list(columns) == spans == [columns[n] for n in range(len(columns))]
    assert columns[1:3] == spans[1:3]
    assert plain(columns) == [list(span) for span in spans]


@given(SPOKEN)
def test_turns_come_back_with_what_is_said_of_their_speakers(spoken: list[tuple[int | None, int | None]]) -> None:
    turns = turns_of(spoken)
    columns = Turns.of(turns)
    assert list(columns) == turns == [columns[n] for n in range(len(columns))]
    assert columns[-2:] == turns[-2:]
    assert {voice.label for voice in columns.voices} == {turn.label for turn in turns}


@given(SPOKEN, SPOKEN)
def test_columns_are_equal_when_their_records_are(
    one: list[tuple[int | None, int | None]], other: list[tuple[int | None, int | None]]
) -> None:
    assert (Turns.of(turns_of(one)) == Turns.of(turns_of(other))) == (one == other)
    assert hash(Turns.of(turns_of(one))) == hash(Turns.of(turns_of(list(one))))
