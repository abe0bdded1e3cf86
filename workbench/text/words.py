"""How codings, stances and counts are put into words and signs, the same on every screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.records import OUTSIDE, STALE, Cell, Point, Quote, Theory
from codebook.records import Coding
from store.phrases import counted as counted
from workbench.text.text_layout import printable

if TYPE_CHECKING:
    from cmo.beside import BesideQuote  # the command line puts things into words too, and does without the database
    from cmo.study import Study

SIGNS: dict[str | None, str] = {"supports": "+", "refutes": "−", "refines": "~", "extends": "»", "rival": "≠"}
"""The sign of each stance, in the order in which evidence is listed."""

HEADINGS: dict[str | None, str] = {
    "supports": "For",
    "refutes": "Against",
    "refines": "Refining",
    "extends": "Extending",
    "rival": "Rival explanation",
    None: "Not judged",
}
STALE_HEADING = "Judged against an older wording: look again"


def reader(study: Study) -> str:
    """Who codes, and whether other coders' work is hidden from what is shown."""
    return f"{study.coder}, others hidden" if study.is_blind else study.coder


def sign(stance: str | None) -> str:
    """``+`` for supports, and so on; nothing for no stance."""
    return SIGNS.get(stance, "")


def coding_letter(coding: Coding | Quote | BesideQuote) -> str:
    """The letter a coding is told by: its element's; ``·`` for a point as a whole, ``?`` for one that is undecided
    between its elements; else the first letter or digit of its code.
    """
    if coding.element:
        return coding.element[0].upper()
    if isinstance(coding, Coding) and coding.undecided:
        return "?"
    if not isinstance(coding, Coding | Quote) or coding.point is not None:
        return "·"
    return next((character.upper() for character in coding.code if character.isalnum()), "·")


def point_number(label: str | None) -> str:
    """``7`` for ``#7``."""
    return (label or "").lstrip("#")


def coding_words(coding: Coding, theory: Theory) -> str:
    """``#7 mechanism supports``, or the name of a code outside the theory."""
    if coding.point is None:
        return coding.code
    element = element_name(theory, coding.element) or undecided_words(coding, theory)
    return " ".join(part for part in (coding.point, element, coding.stance) if part)


def undecided_words(coding: Coding, theory: Theory) -> str:
    """``context or mechanism?`` for a coding that is undecided between elements; nothing for any other."""
    known = [element for element in theory.elements if element.letter in (coding.undecided or "")]
    return " or ".join(element.name for element in known) + "?" if known else ""


def element_name(theory: Theory, letter: str | None) -> str:
    """``mechanism`` for ``M``; nothing for a point as a whole."""
    return next((element.name for element in theory.elements if element.letter == letter), letter or "")


def point_gist(point: Point) -> str:
    """One line that tells a point from the others: its title, else what it says leads to what."""
    return point.title or " → ".join(text.rstrip(". ") for text in point.wording.values() if text)


def stance_counts(cell: Cell) -> list[str]:
    """``3+``, ``1−``: excerpts by stance; those not judged with ``○``, those to look at again with ``?``,
    and those outside the theory as a plain number: nobody can judge them.
    """
    marks = {**SIGNS, None: "○", STALE: "?", OUTSIDE: ""}
    return [f"{cell.excerpts(stance)}{mark}" for stance, mark in marks.items() if cell.excerpts(stance)]


def clock(milliseconds: int) -> str:
    """A place in a recording as its player shows it: ``0:21``, ``59:03``, ``1:02:03``."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def one_row_each(quotes: Sequence[Quote]) -> list[Quote]:
    """Each judgement of each coding once: a source of two cases has a row for each of them."""
    seen: dict[tuple[int, str | None], Quote] = {}
    for quote in quotes:
        seen.setdefault((quote.coding_id, quote.judge), quote)
    return list(seen.values())


def quote_place(quote: Quote) -> str:
    """Where a quote comes from: ``Case 3 · Leder · case3_leder``."""
    return " · ".join(part for part in (quote.case, quote.role, quote.source) if part)


def on_one_line(text: str) -> str:
    """The text on one line, and nothing in it that a terminal would obey: names of files and speakers, messages."""
    return " ".join(printable(text).split())


def listed(names: Sequence[str], characters: int) -> str:
    """``Case 1, Case 2 and 3 more``: the first names, as many as fit."""
    whole = ", ".join(names)
    if len(whole) <= characters:
        return whole
    shown = list(names)
    while len(shown) > 1 and len(", ".join(shown)) + len(f" and {len(names)} more") > characters:
        shown.pop()
    more = len(names) - len(shown)
    return clipped(", ".join(shown), characters) + (f" and {more} more" if more else "")


def clipped(text: str, characters: int) -> str:
    """The text on one line, cut after a whole word where it is longer than that many characters."""
    flat = " ".join(text.split())
    if len(flat) <= characters:
        return flat
    cut = flat[: characters - 1]
    space = cut.rfind(" ")
    return (cut[:space].rstrip(" ,;:") if 2 * space >= len(cut) else cut) + "…"
