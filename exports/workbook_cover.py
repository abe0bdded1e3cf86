"""The cover: what this is, of which study and which state of it, where everything is, and how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cmo import __version__
from exports.evidence_rows import Material
from exports.workbook_quotes import utc
from exports.workbook_sheet import Binder, Layout, Link, Place, Put, Sheet

NAME = "Cover"
FACTS = ("sources", "cases", "participants", "points", "codes", "excerpts", "codings")

COUNTING = (
    (
        "Row",
        "One row of Quotes is one coding: a passage given a code by a coder. A coding that two persons have "
        "judged is two rows, and so is a coding in a source of two cases, one for each.",
    ),
    (
        "Excerpt",
        "A passage from one place in one source. The numbers under a case in Matrix and Codes x cases "
        "are excerpts: a passage is counted once in a cell, however many rows it has there.",
    ),
    (
        "Count again",
        "Filter Quotes by Point, Case and Stance and add up the column Counts: it is 1 on the first row of "
        "an excerpt in a cell and 0 on the others. The rows are in Matrix rows beside the excerpts.",
    ),
    ("3*", "A star: the cell has more rows than excerpts. It is still the number 3."),
    (
        "All cases",
        "Counted on their own. A source of two cases stands under both and is counted once here, so the "
        "cases need not add up to this.",
    ),
    (
        "Case",
        "The case set on the excerpt, else that of the speaker, else those of the source; (no case) where "
        "there is none.",
    ),
    (
        "Stance",
        "What a coder has judged: the passage supports, refutes, refines or extends the point, or speaks for a "
        "rival of it. Stale: judged against an older wording of the point. A count is a map, not a proof.",
    ),
)


class Content(NamedTuple):
    """A line of the contents list; ``rows`` is what the sheet holds, in words."""

    sheet: str
    what: str
    rows: str


def cover_sheet(binder: Binder) -> Sheet:
    return Sheet(binder, NAME, Layout((3, 26, 84, 18), landscape=False, tab="1F2A33"))


def write_cover(sheet: Sheet, material: Material, contents: Sequence[Content], remarks: Sequence[str]) -> None:
    """Write the cover. ``remarks`` are what a reader must know of this workbook."""
    info, say = material.info, sheet.say
    sheet.row([])
    sheet.row([None, Put(info.name, "title")], height=34)
    sheet.row([None, Put(say("The programme theory held against its evidence"), "subtitle")], height=20)
    sheet.row([])
    figures = " · ".join(f"{say.number(info.counts[name])} {say(name)}" for name in FACTS if name in info.counts)
    for label, value in (
        ("State of", f"{utc(info.changed_at):%Y-%m-%d %H:%M} UTC"),
        ("Holds", figures),
        ("Language", info.language),
        ("Journal", info.state),
        ("Made with", f"cmo {__version__}, schema {info.schema}"),
    ):
        sheet.row([None, Put(say(label), "label"), Put(value, "note wrapped")])
    _section(sheet, say("Contents"))
    for content in contents:
        link = Link(Place(content.sheet, 1), content.what)
        sheet.row(
            [
                None,
                Put(sheet.title_of(content.sheet), "link free", link),
                Put(content.what, "note wrapped"),
                Put(content.rows, "label"),
            ]
        )
    _section(sheet, say("How each number is counted"))
    for label, words in COUNTING:
        sheet.row([None, Put(say(label), "label"), Put(say(words), "note wrapped")])
    if remarks:
        _section(sheet, say("About this workbook"))
        for remark in remarks:
            sheet.row([None, Put(say("Note"), "label"), Put(remark, "note wrapped")])


def _section(sheet: Sheet, words: str) -> None:
    sheet.row([None, Put(words, "section")], height=34)
