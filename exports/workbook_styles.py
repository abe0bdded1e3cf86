"""The look of the workbook: one calm design, by name.

A style is asked for by name; ``+`` adds traits to it: ``number supports+first+bottom``. Every style is made
once a workbook, so that 300,000 rows share a few dozen.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from exports.template import Look

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CHARACTERS_PER_WIDTH, LOST_PER_LINE = 1.16, 5.5
"""Characters of running text in Arial 10 for one unit of a column's width (a digit), and how many of them a
line loses to the indent and to words that do not fit any more.
"""

USUAL_SIZE = 10
LINE, PADDING, MOST_HEIGHT = 12.75, 5.0, 409.0
"""Points that a line of text of the usual size takes, that a row has besides, and of the tallest row there is."""

FIRM = "8C98A2"
"""The colour of the lines that part blocks."""

_TOP = Alignment(vertical="top")
_TOP_LEFT = Alignment(horizontal="left", vertical="top", indent=1)
_WRAPPED = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
_FLAT = Alignment(vertical="center")
_FLAT_LEFT = Alignment(horizontal="left", vertical="center", indent=1, wrap_text=True)
_FLAT_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center")
_MIDDLE_WRAPPED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def styles_of(look: Look) -> dict[str, dict[str, Any]]:
    """Every style of a workbook by name, in a look."""

    def font(more: int = 0, color: str = look.ink, *, bold: bool = False, italic: bool = False) -> Font:
        return Font(name=look.face, size=look.size + more, color=color, bold=bold, italic=italic)

    def fill(color: str) -> PatternFill:
        return PatternFill("solid", fgColor=color)

    thin, firm = Side(style="thin", color=look.rule), Side(style="thin", color=FIRM)
    ruled, boxed = Border(bottom=thin), Border(bottom=thin, left=thin, right=thin)
    head = {"font": font(bold=True), "fill": fill(look.head), "border": Border(bottom=firm)}
    dim, link, link_bold = font(color=look.dim), font(color=look.link), font(color=look.link, bold=True)
    absent = font(color=look.dim, italic=True)
    counted = {"alignment": _MIDDLE, "border": boxed, "number_format": "0;-0;;@"}
    styles: dict[str, dict[str, Any]] = {
        "title": {"font": font(6, bold=True), "alignment": _FLAT},
        "subtitle": {"font": font(1, look.dim), "alignment": _FLAT},
        "note": {"font": font(-1, look.dim), "alignment": _FLAT},
        "note wrapped": {"font": font(), "alignment": Alignment(vertical="top", wrap_text=True)},
        "section": {"font": font(2, bold=True), "alignment": Alignment(vertical="bottom")},
        "label": {"font": dim, "alignment": _TOP},
        "head": {**head, "alignment": _FLAT_LEFT},
        "head link": {**head, "font": link_bold, "alignment": _FLAT_LEFT},
        "head centred": {**head, "alignment": _MIDDLE_WRAPPED},
        "head right": {**head, "alignment": _FLAT_RIGHT},
        "head none": {**head, "font": absent, "fill": fill(look.absent), "alignment": _MIDDLE_WRAPPED},
        "text": {"font": font(), "alignment": _WRAPPED, "border": ruled},
        "text link": {"font": link, "alignment": _WRAPPED, "border": ruled},
        "plain": {"font": font(), "alignment": _TOP_LEFT, "border": ruled},
        "strong": {"font": font(bold=True), "alignment": _WRAPPED, "border": ruled},
        "link": {"font": link, "alignment": _TOP_LEFT, "border": ruled},
        "link bold": {"font": link_bold, "alignment": _TOP_LEFT, "border": ruled},
        "link free": {"font": link, "alignment": _TOP},
        "row head": {"font": font(bold=True), "alignment": _FLAT_LEFT, "border": ruled},
        "row link": {"font": link_bold, "alignment": _FLAT_LEFT, "border": ruled},
        "row words": {"font": font(), "alignment": _FLAT_LEFT, "border": ruled},
        "absent": {"font": absent, "alignment": _WRAPPED, "border": ruled},
        "number": {"font": font(), "alignment": _TOP, "border": ruled, "number_format": "0"},
        "number link": {"font": link, "alignment": _TOP, "border": ruled, "number_format": "0"},
        "decimal": {"font": font(), "alignment": _TOP, "border": ruled},
        "time": {"font": font(), "alignment": _TOP, "border": ruled, "number_format": "yyyy-mm-dd hh:mm"},
        "count": {"font": font(), **counted},
        "count link": {"font": link, **counted},
        "count none": {"font": font(), "fill": fill(look.absent), **counted},
    }
    for stance, color in look.stances.items():
        filled = {"fill": fill(color)}
        styles[f"stance {stance}"] = {"font": font(), **filled, "alignment": _TOP_LEFT, "border": ruled}
        styles[f"stance link {stance}"] = {"font": link, **filled, "alignment": _TOP_LEFT, "border": ruled}
        styles[f"glyph {stance}"] = {**head, **filled, "alignment": _MIDDLE}
        styles[f"count {stance}"] = {"font": link, **filled, **counted, "number_format": "0"}
    return styles


MORE_ROWS = '0"*"'
"""Shows a count with a star and leaves it a number."""

_EDGES = {"first": "left", "top": "top"}


def set_default_face(workbook: Workbook, look: Look) -> None:
    """Make the look's the face of cells that have no style: a column's width is counted in its digits."""
    face = Font(name=look.face, size=look.size, color=look.ink)
    workbook._fonts = IndexedList([face])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = face  # type: ignore[attr-defined]


def characters_in(width: float) -> float:
    """How many characters one line of a column of this width takes."""
    return max(1.0, width * CHARACTERS_PER_WIDTH - LOST_PER_LINE)


def height_of(texts: Iterable[tuple[str, float]], size: int) -> float | None:
    """The height in points of a row with these texts of that size in columns of these widths; None: one line is enough.

    An estimate. Excel would fit the row itself, LibreOffice does not.
    """
    lines = 1
    for text, width in texts:
        per_line = characters_in(width)
        lines = max(lines, sum(max(1, ceil(len(part) / per_line)) for part in text.split("\n")))
    return min(lines * LINE * size / USUAL_SIZE + PADDING, MOST_HEIGHT) if lines > 1 else None


class Styles:
    """The styles of a workbook, as one sheet asks for them."""

    def __init__(self, workbook: Workbook, sheet: WriteOnlyWorksheet, look: Look) -> None:
        self._workbook = workbook
        self._scratch = sheet
        self._styles = styles_of(look)
        self._numbers: dict[str, int] = {}
        self._wrapping: dict[str, bool] = {}

    def number(self, name: str) -> int:
        """What a cell says in the file to have the style of that name, with its traits.

        ``quoted`` marks text as text where it looks like a formula, ``first`` draws the left edge of a block,
        ``top`` the line above a total, ``bold`` makes bold and ``starred`` shows a number with a star. A cell
        takes one of the two edges.
        """
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self._make(name)
        return found

    def wraps(self, name: str) -> bool:
        """Whether text in that style goes on in a next line."""
        found = self._wrapping.get(name)
        if found is None:
            alignment = self._styles[name.split("+")[0]].get("alignment")
            found = self._wrapping[name] = bool(alignment and alignment.wrap_text)
        return found

    def _make(self, name: str) -> int:
        base, *traits = name.split("+")
        title = f"cmo {base}"
        if title not in self._workbook.named_styles:
            self._workbook.add_named_style(NamedStyle(name=title, **self._styles[base]))
        cell = WriteOnlyCell(self._scratch)
        cell.style = title
        for trait in traits:
            self._add(cell, self._styles[base], trait)
        return cell.style_id

    @staticmethod
    def _add(cell: Cell, base: dict[str, Any], trait: str) -> None:
        if trait == "quoted":
            cell.quotePrefix = 1
        elif trait == "starred":
            cell.number_format = MORE_ROWS
        elif trait == "bold":
            font = copy(base["font"])
            font.b = True
            cell.font = font
        else:
            border = copy(base["border"])
            setattr(border, _EDGES[trait], Side(style="thin", color=FIRM))
            cell.border = border
