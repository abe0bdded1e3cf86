"""Labels that look like slips for one another, and what else about a file's labels a person should look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from transcripts.speaking.speaker_labels import parts_of, without_remark

_NO_LETTER = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
MOST_SPEAKERS = 300
"""A file with more labels than this names no speakers with them, and comparing each with each would take long."""
_RARE = 0.2
"""A label that stands for less than this share of a like one is taken for a slip."""


def likely_slips(labels: Counter[str]) -> Iterator[tuple[str, str]]:
    """Pairs of labels, as typed and as probably meant, the rarer first.

    ``Interviever`` beside ``Interviewer``, ``IP 1`` beside ``IP1``, ``R (griner)`` beside ``R``. Labels that differ
    in a number (``IP1`` and ``IP2``) are two people, and so may be two names of which each stands often.
    """
    if len(labels) > MOST_SPEAKERS:
        return
    ordered = sorted(labels, key=lambda label: (labels[label], label))
    for rank, typed in enumerate(ordered):
        likes = [other for other in ordered[rank + 1 :] if _may_mean(typed, other, labels)]
        if likes:
            yield typed, likes[-1]


def is_like(typed: str, meant: str) -> bool:
    """Whether two labels differ only in what a slip of the finger changes: a letter or two, a space, a capital."""
    if _squashed(typed) == _squashed(meant):
        return typed != meant
    if _DIGITS.findall(typed) != _DIGITS.findall(meant) or len(parts_of(typed)) != len(parts_of(meant)):
        return False
    one, other = typed.casefold(), meant.casefold()
    length = min(len(one), len(other))
    if length < 4 or one[0] != other[0]:
        return False
    return bool(DamerauLevenshtein.distance(one, other, score_cutoff=2) <= (2 if length >= 8 else 1))


def _may_mean(typed: str, other: str, labels: Counter[str]) -> bool:
    if without_remark(typed) == other or _squashed(typed) == _squashed(other):
        return True
    return labels[typed] <= max(1, _RARE * labels[other]) and labels[other] > 1 and is_like(typed, other)


def _squashed(label: str) -> str:
    return _NO_LETTER.sub("", label).casefold()
