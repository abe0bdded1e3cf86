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

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FACE, SIZE = "Arial", 10
"""A face whose measures every office program has, under this or another name: rows are fitted to its text."""

CHARACTERS_PER_WIDTH, LOST_PER_LINE = 1.16, 5.5
"""Characters of running text in that face for one unit of a column's width (a digit), and how many of them a
line loses to the indent and to words that do not fit any more.
"""

LINE, PADDING, MOST_HEIGHT = 12.75, 5.0, 409.0
"""Points that a line of text takes, that a row has besides, and of the tallest row there is."""

INK, DIM, LINK = "1F2A33", "66727C", "1F4E79"
RULE, HEAD_FILL, ABSENT_FILL = "D5DBE0", "E8ECF0", "F3F4F5"

STANCE_FILLS = {
    "supports": "DFF0E2",
    "refutes": "F8DEDA",
    "refines": "FBF0CF",
    "extends": "DDE9F6",
    "rival": "EADFF3",
    "not judged": "EDEFF1",
    "stale": "F3E3D3",
}

_THIN, _FIRM = Side(style="thin", color=RULE), Side(style="thin", color="8C98A2")
_TOP = Alignment(vertical="top")
_TOP_LEFT = Alignment(horizontal="left", vertical="top", indent=1)
_WRAPPED = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
_FLAT = Alignment(vertical="center")
_FLAT_LEFT = Alignment(horizontal="left", vertical="center", indent=1, wrap_text=True)
_FLAT_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center")
_MIDDLE_WRAPPED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _font(size: float = SIZE, color: str = INK, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FACE, size=size, color=color, bold=bold, italic=italic)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


_RULED = Border(bottom=_THIN)
_BOXED = Border(bottom=_THIN, left=_THIN, right=_THIN)
_HEAD = {"font": _font(bold=True), "fill": _fill(HEAD_FILL), "border": Border(bottom=_FIRM)}

_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font": _font(16, bold=True), "alignment": _FLAT},
    "subtitle": {"font": _font(11, DIM), "alignment": _FLAT},
    "note": {"font": _font(9, DIM), "alignment": _FLAT},
    "note wrapped": {"font": _font(), "alignment": Alignment(vertical="top", wrap_text=True)},
    "section": {"font": _font(12, bold=True), "alignment": Alignment(vertical="bottom")},
    "label": {"font": _font(color=DIM), "alignment": _TOP},
    "head": {**_HEAD, "alignment": _FLAT_LEFT},
    "head link": {
        **_HEAD,
        "font": _font(color=LINK, bold=True),
        "alignment": _FLAT_LEFT,
    },
    "head centred": {**_HEAD, "alignment": _MIDDLE_WRAPPED},
    "head right": {**_HEAD, "alignment": _FLAT_RIGHT},
    "text": {"font": _font(), "alignment": _WRAPPED, "border": _RULED},
    "plain": {"font": _font(), "alignment": _TOP_LEFT, "border": _RULED},
    "strong": {"font": _font(bold=True), "alignment": _WRAPPED, "border": _RULED},
    "link": {"font": _font(color=LINK), "alignment": _TOP_LEFT, "border": _RULED},
    "link bold": {"font": _font(color=LINK, bold=True), "alignment": _TOP_LEFT, "border": _RULED},
    "link free": {"font": _font(color=LINK), "alignment": _TOP},
    "row head": {"font": _font(bold=True), "alignment": _FLAT_LEFT, "border": _RULED},
    "row link": {"font": _font(color=LINK, bold=True), "alignment": _FLAT_LEFT, "border": _RULED},
    "row words": {"font": _font(), "alignment": _FLAT_LEFT, "border": _RULED},
    "absent": {"font": _font(color=DIM, italic=True), "alignment": _WRAPPED, "border": _RULED},
    "number": {"font": _font(), "alignment": _TOP, "border": _RULED, "number_format": "0"},
    "number link": {"font": _font(color=LINK), "alignment": _TOP, "border": _RULED, "number_format": "0"},
    "decimal": {"font": _font(), "alignment": _TOP, "border": _RULED},
    "time": {"font": _font(), "alignment": _TOP, "border": _RULED, "number_format": "yyyy-mm-dd hh:mm"},
    "count": {"font": _font(), "alignment": _MIDDLE, "border": _BOXED, "number_format": "0;-0;;@"},
    "count link": {"font": _font(color=LINK), "alignment": _MIDDLE, "border": _BOXED, "number_format": "0;-0;;@"},
    "count none": {"font": _font(), "fill": _fill(ABSENT_FILL), "alignment": _MIDDLE, "border": _BOXED,
                   "number_format": "0;-0;;@"},
    "head none": {**_HEAD, "font": _font(color=DIM, italic=True), "fill": _fill(ABSENT_FILL),
                  "alignment": _MIDDLE_WRAPPED},
}  # fmt: skip

for _stance, _color in STANCE_FILLS.items():
    _STYLES[f"stance {_stance}"] = {
        "font": _font(), "fill": _fill(_color), "alignment": _TOP_LEFT, "border": _RULED,
    }  # fmt: skip
    _STYLES[f"glyph {_stance}"] = {**_HEAD, "fill": _fill(_color), "alignment": _MIDDLE}
    _STYLES[f"count {_stance}"] = {
        "font": _font(color=LINK), "fill": _fill(_color), "alignment": _MIDDLE, "border": _BOXED,
        "number_format": "0",
    }  # fmt: skip

MORE_ROWS = '0"*"'
"""Shows a count with a star and leaves it a number."""

_EDGES = {"first": "left", "top": "top"}


def set_default_face(workbook: Workbook) -> None:
    """Make ours the face of cells that have no style: a column's width is counted in its digits."""
    face = _font()
    workbook._fonts = IndexedList([face])  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = face  # type: ignore[attr-defined]


def characters_in(width: float) -> float:
    """How many characters one line of a column of this width takes."""
    return max(1.0, width * CHARACTERS_PER_WIDTH - LOST_PER_LINE)


def height_of(texts: Iterable[tuple[str, float]]) -> float | None:
    """The height in points of a row with these texts in columns of these widths; None: one line is enough.

    An estimate. Excel would fit the row itself, LibreOffice does not.
    """
    lines = 1
    for text, width in texts:
        per_line = characters_in(width)
        lines = max(lines, sum(max(1, ceil(len(part) / per_line)) for part in text.split("\n")))
    return min(lines * LINE + PADDING, MOST_HEIGHT) if lines > 1 else None


class Styles:
    """The styles of a workbook, as one sheet asks for them."""

    def __init__(self, workbook: Workbook, sheet: WriteOnlyWorksheet) -> None:
        self._workbook = workbook
        self._scratch = sheet
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
            alignment = _STYLES[name.split("+")[0]].get("alignment")
            found = self._wrapping[name] = bool(alignment and alignment.wrap_text)
        return found

    def _make(self, name: str) -> int:
        base, *traits = name.split("+")
        title = f"cmo {base}"
        if title not in self._workbook.named_styles:
            self._workbook.add_named_style(NamedStyle(name=title, **_STYLES[base]))
        cell = WriteOnlyCell(self._scratch)
        cell.style = title
        for trait in traits:
            self._add(cell, _STYLES[base], trait)
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
            setattr(border, _EDGES[trait], _FIRM)
            cell.border = border
