"""The words of turns as the index of words and the lemmas are given them, apart from the study that keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from store.words import words_of
from transcripts.language.lemmas import lemma_of


class Speech(Protocol):
    """Where a turn's speech stands, in code points."""

    @property
    def speech_start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words of each turn, parted by spaces; the word forms among them, each once; and lemmas known of those."""

    turns: list[str]
    forms: list[str]
    lemmas: dict[str, str] = field(default_factory=dict)


def spoken_words(text: str, speeches: Iterable[Speech]) -> SpokenWords:
    """The words of turns; their lemmas are not looked up."""
    words = [words_of(text[speech.speech_start : speech.end]) for speech in speeches]
    return SpokenWords([" ".join(turn) for turn in words], sorted(set(chain.from_iterable(words))))


def with_lemmas(spoken: SpokenWords, language: str, known: set[str]) -> SpokenWords:
    """The same with the lemmas of forms that are not among those ``known`` of the language, to which they are added."""
    new = {form: lemma_of(form, language) for form in spoken.forms if form not in known}
    known.update(new)
    return SpokenWords(spoken.turns, spoken.forms, new)
