"""What counts as a word, for the index of words and for everybody who asks it.

The index is given words that were found here, so that a search means the same on every machine, whichever
Unicode tables SQLite was built with.
"""

from __future__ import annotations

import re

# Letters and digits, with accents that no letter of their own exists for. An underscore parts words.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_ONE_BYTE = ("latin-1", "cp1252")
"""Encodings with a byte for each letter that nearly all texts of Western Europe have, the fastest first."""


class Cutting:
    """Cuts a text at every character but those that a pattern of one character takes.

    Where each character of the text is one byte in a Western encoding, that takes a third of the time of a pattern.
    """

    def __init__(self, kept: str) -> None:
        self._tables = {codec: _table(codec, re.compile(kept)) for codec in _ONE_BYTE}

    def pieces(self, text: str) -> list[str] | None:
        """The pieces between the cuts in order, none of them empty; None where a character is not Western."""
        for codec, table in self._tables.items():
            try:
                return text.encode(codec).translate(table).decode(codec).split()
            except UnicodeEncodeError:
                pass
        return None


def _table(codec: str, kept: re.Pattern[str]) -> bytes:
    """For each byte itself, or a blank where a text is cut."""
    chars = [bytes([n]).decode(codec, errors="replace") for n in range(256)]
    return bytes(n if kept.fullmatch(char) else ord(" ") for n, char in enumerate(chars))


_CUTTING = Cutting(r"[^\W_]")


def fold(text: str) -> str:
    """How words are compared: without regard to capitals; å is not a. Each letter is folded by itself."""
    return text.lower().replace("ς", "σ")  # the one letter that Python lowers by what stands beside it


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded. ``e-mail``, ``f.eks.`` and ``don't`` are two words each."""
    folded = fold(text)
    pieces = _CUTTING.pieces(folded)  # these have no accents apart from their letters
    return _WORD.findall(folded) if pieces is None else pieces


class SpokenPart:
    """A part of a text with its ``words``, folded, of which few are asked for their places."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """The part between two positions, in code points."""
        self._start = start
        self._speech = text[start:end]
        self._folded = fold(self._speech)
        # A letter that becomes two in small letters, as İ does, moves those after it.
        self._same_places = len(self._folded) == len(self._speech)
        self.words: list[str] = (
            _WORD.findall(self._folded) if self._same_places else [fold(word) for word in _WORD.findall(self._speech)]
        )

    def places(self, last: int) -> list[tuple[int, int]]:
        """Where each word up to the last of these, by its number, begins and ends in the text, in code points."""
        words, speech = self.words, self._folded
        if not self._same_places:
            words, speech = _WORD.findall(self._speech), self._speech
        places, reached = [], 0
        for word in words[: last + 1]:
            # Between two words stands no letter, so the next one is where its letters are found first.
            begin = speech.index(word, reached)
            reached = begin + len(word)
            places.append((self._start + begin, self._start + reached))
        return places
