"""Entries, columns and notes that several tables have alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from cmo.records import Cell, Counts, Point
from cmo.report.glyphs import signed
from cmo.report.ground import Ground
from cmo.report.table import Column, Entry
from cmo.report.words import Words

UNITS = ("Excerpts", "Sources", "Participants", "Cases")
"""The units that must not be confused, each the field of :class:`cmo.records.Counts` of that name."""

SHORT = 90
"""Code points of a point's wording beside its number."""


def unit_columns(say: Words) -> tuple[Column, ...]:
    return tuple(Column(say(unit), "count") for unit in UNITS)


def unit_entries(counts: Counts, codings: Collection[int]) -> Iterator[Entry]:
    """One entry for each of the units, with the codings that they all count."""
    behind = tuple(codings)
    return (Entry(getattr(counts, unit.lower()), behind) for unit in UNITS)


def in_units(counts: Counts, say: Words) -> list[str]:
    """``3 excerpts``, ``1 source`` and so on: the same evidence in each of the units."""
    found = [(unit.lower(), getattr(counts, unit.lower())) for unit in UNITS]
    return [f"{count} {say(unit.removesuffix('s') if count == 1 else unit)}" for unit, count in found]


def signed_entry(cell: Cell, codings: Collection[int]) -> Entry:
    """How many excerpts for and against, as ``3+ 1−``."""
    return Entry(signed(cell) or None, tuple(codings))


def point_entry(label: str | None, say: Words) -> Entry:
    return Entry(say("(no point)")) if label is None else Entry(label, about=("point", label))


def case_entry(name: str | None, say: Words) -> Entry:
    return Entry(say("(no case)")) if name is None else Entry(name, about=("case", name))


def best_entry(ground: Ground, codings: Collection[int]) -> Entry:
    """The quotes that a person chose among these codings, one a line; a word where there are codings and none is
    chosen; nothing where there are no codings.
    """
    chosen = ground.best_of(codings)
    if chosen:
        return Entry("\n".join(map(str, chosen)), tuple(said.coding_id for said in chosen), is_quotes=True)
    return Entry(ground.say("(none chosen)") if codings else None)


def element_names(ground: Ground) -> dict[str, str]:
    """What each element of the theory is called, by its letter; in the reader's language where we have a word."""
    return {element.letter: ground.say(element.name) for element in ground.theory.elements}


def heading(words: str) -> str:
    """Words as they stand at the head of a column: with a capital."""
    return words[:1].upper() + words[1:]


def element_columns(ground: Ground) -> tuple[Column, ...]:
    """One column for each element of the theory, by its name."""
    return tuple(Column(heading(name), "words") for name in element_names(ground).values())


def wording_entries(ground: Ground, wording: Mapping[str, str]) -> Iterator[Entry]:
    """The words of each element; a word where it has none."""
    for element in ground.theory.elements:
        yield Entry(wording.get(element.letter) or ground.say("(no words for it)"))


def in_short(point: Point) -> str:
    """What a point is about, in at most ``SHORT`` code points: its title, else what it says leads to what."""
    words = point.title or " → ".join(text.rstrip(". ") for text in point.wording.values() if text)
    words = " ".join(words.split())
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"


def counting_notes(say: Words) -> tuple[str, str]:
    """What an excerpt is, and why numbers need not add up."""
    return (
        say(
            "Excerpts are distinct passages. One passage can have several codes, stances or cases: it is counted once "
            "in each place and once in a total, so numbers need not add up to their total."
        ),
        say("Sources, participants and cases are counted apart; a count is a map, not a proof."),
    )


def best_note(say: Words) -> str:
    return say("A best quote is one that a person chose. Where nobody chose one, none is shown.")
