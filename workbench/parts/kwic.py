"""Keyword in context: one line for a hit, the words in the same column on every line."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from transcripts.search.records import Hit
from workbench.text.palette import Palette
from workbench.text.text_layout import printable
from workbench.text.words import clipped

WHO_WIDTH = 26
"""Cells for where a hit comes from."""


def kwic_line(hit: Hit, width: int, palette: Palette, *, is_marked: bool) -> Content:
    """``● leader · Manager  …and then the walks began in May, and…`` in ``width`` cells.

    A dot marks what is chosen to be coded, an open one what has codings already.
    """
    who = " · ".join(part for part in (hit.source, hit.role or hit.speaker) if part)
    room = max(width - WHO_WIDTH - 4, 20)
    before_width = room // 2 - min(cell_len(hit.words), room // 3) // 2
    words = clipped(_flat(hit.words), room - before_width)
    sign, hue = ("●", palette.accent) if is_marked else ("○" if hit.codings else " ", palette.quiet)
    line = Content.assemble(
        (f"{sign} ", hue),
        (set_cell_size(clipped(who, WHO_WIDTH - 1), WHO_WIDTH), palette.quiet),
        (_last(_flat(hit.before), before_width), palette.text),
        (words, f"bold {palette.bright} underline"),
        (_flat(hit.after), palette.text),
    )
    return line.truncate(width, ellipsis=True)


def _flat(text: str) -> str:
    return printable(text).replace("\n", " ")


def _last(text: str, width: int) -> str:
    """The end of a text, set to the right in ``width`` cells."""
    while cell_len(text) > width:
        text = text[cell_len(text) - width :]
    return " " * (width - cell_len(text)) + text
