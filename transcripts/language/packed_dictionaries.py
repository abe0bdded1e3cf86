"""The dictionaries of simplemma as they are packed, of which that part alone is unpacked in which words are looked for.

Its own dictionary for little memory unpacks some thirty words for each look. A word without an entry is looked for in
sixty shorter spellings, nearly all in vain, and those that begin alike are looked for one after the other. So here all
words of a beginning are unpacked at once, when one of them is first looked for, and kept.

The files are read by simplemma's own functions, which it may change: ``pyproject.toml`` says with which versions of it
this works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from simplemma.strategies.dictionaries.dictionary_factory import _read_decompressed
from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

BEGINNING = 5
"""Bytes of a word that make its beginning. In the Danish dictionary twenty words have the same one."""
MOST_KEPT = 250_000
"""So many words are kept unpacked, in some 50 MB."""
_Place = tuple[int, bytes, bytes]
"""Where a word stands, and the word before it with its lemma: of what they share only the rest is written."""


def read_dictionary(language: str) -> PackedDictionary:
    """The dictionary of a language, by simplemma's code. Raises ValueError: there is none."""
    return PackedDictionary(_read_decompressed(language))


class PackedDictionary(Mapping[str, str]):
    """The lemmas of words, from the bytes of a dictionary: words in order, some of them spelt backwards."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._backwards, self._count, self._first = _read_header(packed)
        self._places = self._places_of_beginnings()
        self._unpacked: dict[bytes, dict[bytes, bytes]] = {}
        self._kept = 0

    def get(self, word: str, default: Any = None) -> Any:
        key = word.encode()[::-1] if self._backwards else word.encode()
        beginning = key[:BEGINNING]
        lemmas = self._unpacked.get(beginning)
        if lemmas is None:
            if beginning not in self._places:
                return default
            lemmas = self._unpack(beginning)
        lemma = lemmas.get(key)
        return default if lemma is None else self._spelt(lemma)

    def _places_of_beginnings(self) -> dict[bytes, _Place]:
        places: dict[bytes, _Place] = {}
        last = None
        word_before = lemma_before = b""
        for start, word, lemma in _iter_records(self._packed, self._first):
            beginning = word[:BEGINNING]
            if beginning != last:
                places[beginning] = (start, word_before, lemma_before)
                last = beginning
            word_before, lemma_before = word, lemma
        return places

    def _unpack(self, beginning: bytes) -> dict[bytes, bytes]:
        """The words with a beginning, as they are packed, and their lemmas."""
        records = _iter_records(self._packed, *self._places[beginning])
        lemmas = {w: lemma for _, w, lemma in takewhile(lambda record: record[1][:BEGINNING] == beginning, records)}
        if self._kept + len(lemmas) > MOST_KEPT:
            self._unpacked.clear()
            self._kept = 0
        self._kept += len(lemmas)
        self._unpacked[beginning] = lemmas
        return lemmas

    def _spelt(self, packed: bytes) -> str:
        return (packed[::-1] if self._backwards else packed).decode()

    def __getitem__(self, word: str) -> str:
        lemma: str | None = self.get(word)
        if lemma is None:
            raise KeyError(word)
        return lemma

    def __iter__(self) -> Iterator[str]:
        return (self._spelt(word) for _, word, _ in _iter_records(self._packed, self._first))

    def __len__(self) -> int:
        return self._count
