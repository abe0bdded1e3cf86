"""The signs of the stances, so that a count says what it is for without colour: ``3+ 1−``."""

from __future__ import annotations

from collections.abc import Mapping

from cmo.records import STALE, Cell
from cmo.report.words import Words

GLYPHS: Mapping[str | None, str] = {
    "supports": "+",
    "refutes": "−",
    "refines": "~",
    "extends": "»",
    "rival": "≠",
    None: "○",
    STALE: "!",
}
"""In the order in which evidence is listed; None is not judged, ``stale`` judged against an older wording."""


def stance_words(stance: str | None, say: Words) -> str:
    """A stance in words; ``not judged`` for None."""
    return say("not judged" if stance is None else stance)


def signed(cell: Cell) -> str:
    """Excerpts by stance, each with its sign; empty where there is nothing."""
    return " ".join(f"{cell.excerpts(stance)}{sign}" for stance, sign in GLYPHS.items() if cell.excerpts(stance))


def legend(say: Words) -> str:
    """What each sign stands for."""
    signs = ", ".join(f"{sign} {stance_words(stance, say)}" for stance, sign in GLYPHS.items())
    return say("Signs: {signs}.", signs=signs)
