"""The gold sentences, and how well a splitter finds where they end.

A file of ``tests/gold`` holds turns: a label on a line of its own, then the sentences of the turn, one a line. A turn
is put to the splitter as one line of text. Only the ends inside a turn count, because a turn's own end is given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transcripts.language.sentences import split_sentences
from transcripts.speaking.turns import TurnSpan

GOLD = Path(__file__).parent / "gold"
LANGUAGES = ("da", "en", "nb", "sv", "de")
Splitter = Callable[[list[str], str], list[set[int]]]
"""Given the turns of a text and its language: where in each turn a sentence ends, in code points of the turn."""


@dataclass(frozen=True, slots=True)
class Score:
    """Ends inside turns: in the gold, found, and both."""

    gold: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.both / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.gold + self.found) if self.gold + self.found else 0.0


def turns_of(language: str) -> list[list[str]]:
    """The sentences of each turn of a language's gold set."""
    turns: list[list[str]] = []
    for line in (GOLD / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.endswith(":") and " " not in line:
            turns.append([])
        elif line:
            turns[-1].append(line)
    return turns


def ends_of(sentences: list[str]) -> set[int]:
    """Where the sentences of a turn end when they stand on one line, without the last."""
    ends, position = set(), 0
    for sentence in sentences[:-1]:
        position += len(sentence)
        ends.add(position)
        position += 1
    return ends


def score(language: str, splitter: Splitter) -> Score:
    """How well a splitter does on a language's gold set."""
    return score_turns(turns_of(language), language, splitter)


def score_turns(turns: list[list[str]], language: str, splitter: Splitter) -> Score:
    texts, gold = [" ".join(turn) for turn in turns], [ends_of(turn) for turn in turns]
    found = [
        {end for end in ends if end < len(text)} for text, ends in zip(texts, splitter(texts, language), strict=True)
    ]
    both = [expected & ends for expected, ends in zip(gold, found, strict=True)]
    return Score(sum(map(len, gold)), sum(map(len, found)), sum(map(len, both)))


def ours(turns: list[str], language: str) -> list[set[int]]:
    """Our own, as an import splits a file with these turns."""
    spans, position = [], 0
    for turn in turns:
        spans.append(TurnSpan(position, position, position + len(turn), None))
        position += len(turn) + 1
    ends: list[set[int]] = [set() for _ in turns]
    for start, end in split_sentences("\n".join(turns), spans, language):
        number = bisect_right(spans, start, key=lambda span: span.start) - 1
        ends[number].add(end - spans[number].start)
    return ends


def spacy_sentencizer(turns: list[str], language: str) -> list[set[int]]:
    """spaCy's own rule, a blank pipeline with its ``sentencizer``: a sentence ends with ``.``, ``!`` or ``?``."""
    import spacy

    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer")
    return [{len(s.text.rstrip()) + s.start_char for s in doc.sents} for doc in pipeline.pipe(turns)]
