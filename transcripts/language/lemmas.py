"""Lemmas: the form of a word under which a dictionary has it, so that ``går`` and ``gik`` are found together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simplemma import Lemmatizer

_DICTIONARIES = {"no": "nb"}
"""Languages that simplemma has under another code."""
LOOKS_BEFORE_SIEVE = 20_000
"""To make the sieve takes about as long as these: half a second."""
BYTES_A_WORD = 8
"""Bytes of the sieve for each entry, each with eight places for a mark: at least so many, so that of a hundred words
without an entry 98 find no mark.
"""
_BIT = 48
"""Which bits of a hash tell the bit of a byte: none of those that tell the byte."""
MOST_KEPT = 4096
"""How many answers of a dictionary are kept for the next time."""


def lemma_of(form: str, language: str) -> str:
    """The lemma of a word form, in small letters; the form itself in a language without a dictionary.

    The first word of a language takes a third of a second: its dictionary is loaded.
    """
    try:
        return _lemmatizer().lemmatize(form, lang=_DICTIONARIES.get(language, language)).lower()
    except ValueError:
        return form


@cache
def _lemmatizer() -> Lemmatizer:
    """Looks words up in the dictionaries as they are packed: they load in half the time and a third of the memory."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_Dictionaries()))


class _Dictionaries:
    """The packed dictionary of each language, with a sieve before it."""

    def __init__(self) -> None:
        self._of_language: dict[str, SievedDictionary] = {}

    def get_dictionary(self, lang: str) -> SievedDictionary:
        """The dictionary of a language. Raises ValueError: there is none."""
        if lang not in self._of_language:
            from simplemma.strategies import LOW_MEMORY_DICTIONARY_FACTORY

            self._of_language[lang] = SievedDictionary(LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(lang))
        return self._of_language[lang]


class SievedDictionary(Mapping[str, str]):
    """A packed dictionary that is not searched for most of the words that it does not have.

    A word without an entry is looked for in 60 shorter spellings, and each look unpacks a piece of the dictionary
    (20 microseconds). After ``LOOKS_BEFORE_SIEVE`` looks in vain each entry gets a mark at the place that its hash
    tells, a bit of a byte, and what finds no mark there is not looked for any more (a Bloom filter with one hash;
    Bloom 1970).
    """

    def __init__(self, packed: Mapping[str, str]) -> None:
        self._packed = packed
        # The same beginnings and endings of words are looked for again and again.
        self._look: Callable[[str], str | None] = lru_cache(MOST_KEPT)(packed.get)
        self._in_vain = 0
        self._marks = bytearray()
        self._last_byte = 0

    def get(self, word: str, default: Any = None) -> Any:
        if self._marks:
            number = hash(word)
            if not self._marks[number & self._last_byte] >> (number >> _BIT & 7) & 1:
                return default
        found = self._look(word)
        if found is not None:
            return found
        self._in_vain += 1
        if self._in_vain == LOOKS_BEFORE_SIEVE:
            self._sieve()
        return default

    def _sieve(self) -> None:
        marks = bytearray(1 << (BYTES_A_WORD * len(self._packed)).bit_length())
        last_byte = self._last_byte = len(marks) - 1
        for word in self._packed:
            number = hash(word)
            marks[number & last_byte] |= 1 << (number >> _BIT & 7)
        self._marks = marks

    def __getitem__(self, word: str) -> str:
        return self._packed[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
