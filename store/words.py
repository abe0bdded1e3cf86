"""What counts as a word, for the index of words and for everybody who asks it.

The index is given words that were found here, so that a search means the same on every machine, whichever
Unicode tables SQLite was built with.
"""

from __future__ import annotations

import re

# Letters and digits, with accents that no letter of their own exists for. An underscore parts words.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def fold(text: str) -> str:
    """How words are compared: without regard to capitals; å is not a. Each letter is folded by itself."""
    return text.lower().replace("ς", "σ")  # the one letter that Python lowers by what stands beside it


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded. ``e-mail``, ``f.eks.`` and ``don't`` are two words each."""
    return _WORD.findall(fold(text))


def word_places(text: str, start: int, end: int) -> tuple[list[str], list[tuple[int, int]]]:
    """The words between two positions, folded, and where each of them begins and ends, in code points."""
    speech = text[start:end]
    folded = fold(speech)
    if len(folded) == len(speech):
        words = _WORD.findall(folded)
        return words, [(start + found.start(), start + found.end()) for found in _WORD.finditer(folded)]
    # A letter that becomes two in small letters, as İ does, moves those after it.
    places = [(start + found.start(), start + found.end()) for found in _WORD.finditer(speech)]
    return [fold(text[begin:stop]) for begin, stop in places], places
