"""Hyphens at the ends of lines: which were put there by the page, and which are part of a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

SOFT_HYPHEN = "\xad"
_FEWEST = 3
_SHARE = 0.02
"""A file with at least so many, and so large a share of, lines that end in a hyphen breaks its words."""
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# ``arbejds- og miljøforhold``: the hyphen stands for what comes later.
_JOINING_WORDS = frozenset(["og", "eller", "samt", "and", "or", "und", "oder", "bzw", "sowie", "och", "to", "til"])


class Hyphens:
    """Decides about hyphens by the words of the whole file."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
        broken = sum(_halves(before, after) is not None for before, after in pairwise(lines))
        self._breaks_words = broken >= max(_FEWEST, _SHARE * len(lines))

    def join(self, before: str, after: str) -> tuple[str, bool]:
        """What stands between two lines of one paragraph, and whether the first loses a hyphen at its end."""
        if before.endswith(SOFT_HYPHEN):
            return "", True
        if not re.search(r"\w-$", before):
            return " ", False
        halves = _halves(before, after)
        if halves is None:
            first = _BEGINS.match(after)
            return ("" if first and first[0].casefold() not in _JOINING_WORDS else " "), False
        whole, hyphened = self._words["".join(halves)], self._words["-".join(halves)]
        drops = whole > hyphened or (whole == hyphened and self._breaks_words)
        return "", drops

    def is_broken(self, before: str, after: str) -> bool:
        """Whether a line ends in the middle of a word that the next one ends."""
        return before.endswith(SOFT_HYPHEN) or _halves(before, after) is not None


def _halves(before: str, after: str) -> tuple[str, str] | None:
    """The halves of a word that may have been broken: small letters on both sides, and no joining word."""
    first, second = _BROKEN.search(before), _BEGINS.match(after)
    if first is None or second is None or not (first[1][-1].islower() and second[0].islower()):
        return None
    if second[0] in _JOINING_WORDS:
        return None
    return first[1].casefold(), second[0]
