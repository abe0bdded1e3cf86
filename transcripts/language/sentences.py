"""Sentences of transcribed speech, by the rules of :mod:`transcripts.language.sentence_rules` and without any model.

A sentence never crosses a turn or a line break, and a label is no part of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from transcripts.columns import Spans
from transcripts.language.sentence_rules import lacks_capitals, sentence_starts
from transcripts.records import Span

if TYPE_CHECKING:
    from transcripts.speaking.turns import TurnSpan

_RULES = {"da": "da", "en": "en", "nb": "nb", "nn": "nb", "no": "nb", "sv": "sv", "de": "de"}
"""The languages that have rules, by code; any other is ``xx``."""


def split_sentences(text: str, turns: Sequence[TurnSpan], language: str) -> list[Span]:
    """The sentences of all turns in text order, without outer white space.

    ``language`` is a code such as ``da`` or ``en``. Every character of speech that is not white space is in
    exactly one sentence; speech without punctuation is one long sentence a line.
    """
    rules, without_capitals = rules_of(language), lacks_capitals(text)
    sentences = []
    for turn in turns:
        for line in _lines(text, turn):
            words = text[line.start : line.end]
            starts = sentence_starts(words, rules, without_capitals=without_capitals)
            for start, end in pairwise([0, *starts, len(words)]):
                length = len(words[start:end].rstrip())
                sentences.append(Span(line.start + start, line.start + start + length))
    return sentences


def rules_of(language: str) -> str:
    """The name of the rules by which a language's sentences are found; ``xx`` where it has none of its own."""
    return _RULES.get(language[:2].lower(), "xx")


def pack_sentences(sentences: Sequence[Span]) -> str:
    """Sentences as one text for a database column: for each the gap before it and its length, in code points."""
    numbers: list[int] = []
    position = 0
    for start, end in sentences:
        numbers += (start - position, end - start)
        position = end
    return " ".join(map(str, numbers))


def unpack_sentences(packed: str) -> Spans:
    """The sentences that :func:`pack_sentences` packed. Raises ValueError: these are no pairs of numbers."""
    edges = list(accumulate(map(int, packed.split())))
    if len(edges) % 2:
        raise ValueError("a sentence has no end")
    return Spans(edges[::2], edges[1::2])


def _lines(text: str, turn: TurnSpan) -> Iterator[Span]:
    start = turn.speech_start
    while start < turn.end:
        found = text.find("\n", start, turn.end)
        end = found if found >= 0 else turn.end
        line = _trimmed(text, start, end)
        if line.end > line.start:
            yield line
        start = end + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
