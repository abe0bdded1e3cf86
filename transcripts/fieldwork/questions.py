"""Where the questions of a guide were asked: turns whose words come near a question's.

Closeness is that of rapidfuzz (Indel similarity, 0 to 100) between the question and the stretch of the turn that fits
it best, in lower case and without punctuation; a question that is longer than the turn is compared with it whole.
Interviewers seldom read aloud, so a turn counts from 70 on, and a turn is taken for the one question it comes nearest
to unless another comes near as well. What is not meant is for a person to say: see :func:`cmo.guide.judge_question`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from transcripts.records import Transcript, Turn

NEAR = 70
"""The least closeness at which a turn counts as the question."""
AS_GOOD_AS_SAID = 88
"""From here on a turn counts although it comes nearer to another question: both were asked."""
FEWEST_WORDS = 3
"""A turn of fewer words asks nothing that could be told apart."""

_NO_WORD = re.compile(r"[\W_]+")


class Asked(NamedTuple):
    """A question, by its place in the list that was looked for, in a turn; ``score`` is 0 to 100."""

    question: int
    turn: Turn
    score: int


def find_asked(transcript: Transcript, questions: Sequence[str]) -> list[Asked]:
    """The turns of a transcript in which the questions are asked, in text order."""
    wanted = [_plain(question) for question in questions]
    return [asked for turn in asking_turns(transcript) for asked in _asked(transcript, turn, wanted)]


def asking_turns(transcript: Transcript) -> Iterator[Turn]:
    """The interviewer's turns; where nobody has said who asks, every turn with a question mark."""
    is_known = any(turn.asks for turn in transcript.turns)
    for turn in transcript.turns:
        if turn.asks if is_known else (turn.asks is None and "?" in transcript.text[turn.speech_start : turn.end]):
            yield turn


def _asked(transcript: Transcript, turn: Turn, wanted: Sequence[str]) -> Iterator[Asked]:
    said = _plain(transcript.text[turn.speech_start : turn.end])
    if len(said.split()) < FEWEST_WORDS:
        return
    scores = [round(closeness(question, said)) for question in wanted]
    best = max(scores, default=0)
    for index, score in enumerate(scores):
        if score >= AS_GOOD_AS_SAID or (score == best and score >= NEAR):
            yield Asked(index, turn, score)


def closeness(question: str, said: str) -> float:
    """How near plain words come to a plain question, 0 to 100."""
    if not question or not said:
        return 0.0
    if len(said) <= len(question):
        return fuzz.ratio(question, said)
    # Only where the turn is the longer one: the other way round a short "why?" would fit into any question.
    return fuzz.partial_ratio(question, said)


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().casefold()


class Passage(NamedTuple):
    """What was said between a question and the next: turns ``first`` to ``last`` by index, in code points."""

    first: int
    last: int
    start: int
    end: int


def answers(turns: Sequence[Turn], asked_in: Iterable[int]) -> dict[int, Passage]:
    """The answer to what was asked in each of some turns (by index): everything up to the next of them.

    A question that nobody answered has none.
    """
    marks = sorted(asked_in)
    found = {}
    for mark, next_mark in zip(marks, [*marks[1:], len(turns)], strict=True):
        if next_mark > mark + 1:
            found[mark] = Passage(mark + 1, next_mark - 1, turns[mark + 1].start, turns[next_mark - 1].end)
    return found
