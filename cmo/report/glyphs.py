"""The signs of the stances, so that a count says what it is for without colour: ``3+ 1−``."""

from __future__ import annotations

from collections.abc import Mapping

from cmo.records import OUTSIDE, STALE, Cell
from cmo.report.words import Words

GLYPHS: Mapping[str | None, str] = {
    "supports": "+",
    "refutes": "−",
    "refines": "~",
    "extends": "»",
    "rival": "≠",
    None: "○",
    STALE: "!",
    OUTSIDE: "",
}
"""In the order in which evidence is listed; None is not judged, ``stale`` judged against an older wording.

What is coded outside the theory has no sign: it cannot be judged.
"""
OF_POINTS = tuple(stance for stance in GLYPHS if stance != OUTSIDE)
"""What evidence of a point can count under."""


def stance_words(stance: str | None, say: Words) -> str:
    """A stance in words; ``not judged`` for None."""
    return say("not judged" if stance is None else stance)


def signed(cell: Cell) -> str:
    """Excerpts by stance, each with its sign; empty where there is nothing."""
    return " ".join(f"{cell.excerpts(stance)}{sign}" for stance, sign in GLYPHS.items() if cell.excerpts(stance))


def named(stance: str | None, say: Words) -> str:
    """A stance by its sign and in words."""
    return f"{GLYPHS[stance]} {stance_words(stance, say)}".lstrip()


def outside_note(cell: Cell, say: Words) -> tuple[str, ...]:
    """What a number without a sign is, where all evidence together has one."""
    note = say("A number without a sign counts codes outside the theory: there is nothing to judge them against.")
    return (note,) if OUTSIDE in cell.stances else ()


def legend(say: Words) -> str:
    """What each sign stands for."""
    signs = ", ".join(named(stance, say) for stance in OF_POINTS)
    return say("Signs: {signs}.", signs=signs)
