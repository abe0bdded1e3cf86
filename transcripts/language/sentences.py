"""Sentences of transcribed speech, by a spaCy pipeline with our own component; no trained model is needed.

A sentence never crosses a turn or a line break, and a label is no part of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from transcripts.language.sentence_rules import lacks_capitals, sentence_starts
from transcripts.records import Span
from transcripts.speaking.turns import TurnSpan

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PIPELINES = {"da": "da", "en": "en", "nb": "nb", "nn": "nb", "no": "nb", "sv": "sv", "de": "de"}
"""spaCy's languages by ours; any other is ``xx``."""
_COMPONENT = "cmo_sentence_ends"
_NO_WORD = re.compile(r".{500}")


def split_sentences(text: str, turns: Sequence[TurnSpan], language: str) -> list[Span]:
    """The sentences of all turns in text order, without outer white space.

    ``language`` is a code such as ``da`` or ``en``. Every character of speech that is not white space is in
    exactly one sentence; speech without punctuation is one long sentence a line.
    """
    lines = [line for turn in turns for line in _lines(text, turn)]
    pipeline = _pipeline(_PIPELINES.get(language[:2].lower(), "xx"), lacks_capitals(text))
    docs = pipeline.pipe(text[line.start : line.end] for line in lines)
    return [
        _trimmed(text, line.start + sentence.start_char, line.start + sentence.end_char)
        for line, doc in zip(lines, docs, strict=True)
        for sentence in doc.sents
    ]


def pack_sentences(sentences: Sequence[Span]) -> str:
    """Sentences as one text for a database column: for each the gap before it and its length, in code points."""
    numbers: list[int] = []
    position = 0
    for start, end in sentences:
        numbers += (start - position, end - start)
        position = end
    return " ".join(map(str, numbers))


def unpack_sentences(packed: str) -> list[Span]:
    """The sentences that :func:`pack_sentences` packed."""
    numbers = iter(map(int, packed.split()))
    sentences = []
    position = 0
    for gap, length in zip(numbers, numbers, strict=True):
        start = position + gap
        position = start + length
        sentences.append(Span(start, position))
    return sentences


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


@cache
def _pipeline(name: str, without_capitals: bool) -> Language:
    import spacy
    from spacy.language import Language

    if not Language.has_factory(_COMPONENT):
        Language.factory(_COMPONENT, func=_SentenceEnds.in_pipeline)
    pipeline = spacy.blank(name)
    pipeline.max_length = 2**31 - 1  # the limit protects trained models; ours need no memory for a long line
    # Peeling signs off a very long run without a space (a line of dots) takes time that grows with its square.
    pipeline.tokenizer.token_match = _NO_WORD.match  # type: ignore[union-attr]
    pipeline.add_pipe(_COMPONENT, config={"language": name, "without_capitals": without_capitals})
    return pipeline


class _SentenceEnds:
    """The pipeline's component: marks the tokens with which the rules of the language begin a sentence."""

    def __init__(self, language: str, without_capitals: bool) -> None:
        self._language = language
        self._without_capitals = without_capitals

    @classmethod
    def in_pipeline(cls, nlp: Language, name: str, language: str, without_capitals: bool) -> Self:  # noqa: ARG003 (spaCy names them)
        return cls(language, without_capitals)

    def __call__(self, doc: Doc) -> Doc:
        import numpy

        starts = {0, *sentence_starts(doc.text, self._language, without_capitals=self._without_capitals)}
        marks = [[1 if at in starts else -1] for at in doc.to_array("IDX").tolist()]
        # Marking the tokens one by one would cost a pass over the whole doc for each of them.
        column: Any = numpy.array(marks, dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], column)
