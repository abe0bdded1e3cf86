"""One sheet of the workbook, written row by row and held in memory never."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties

from cmo.report.words import Words
from exports.excel_text import CELL_LIMIT, escaped, parts, visible
from exports.template import Look
from exports.workbook_cells import Cells, Value
from exports.workbook_stream import RowStream
from exports.workbook_styles import Styles, characters_in, height_of
from store.findings import Finding

if TYPE_CHECKING:
    from openpyxl import Workbook

LINK_LIMIT = 65_000
"""Links that one sheet gets; Excel refuses a sheet with more than 65,530."""

SHORT = CELL_LIMIT // 2
"""Text of so many code points fits a cell whatever its characters."""

TOOLTIP_LIMIT = 200
"""Code points shown over a link; Excel takes 255."""

ROOM_FOR_MARK = 40
"""UTF-16 units that ``(part 2 of 3)`` takes at most."""

PAPER_A4 = 9

_NUMBERED = re.compile(r" \d+$")
"""What a sheet's name ends in where its rows go on in further sheets."""


class Place(NamedTuple):
    """A cell or a range of a sheet, which is called by its English name; rows and columns count from 1."""

    sheet: str
    row: int
    column: int = 1
    last_row: int | None = None
    last_column: int | None = None


class Link(NamedTuple):
    """A place in the workbook and what a hand over the link reads."""

    place: Place
    tooltip: str = ""


class Put(NamedTuple):
    """What goes into one cell."""

    value: Value
    style: str
    link: Link | None = None


def rows_needed(texts: Iterable[str]) -> int:
    """How many rows a record with these texts takes."""
    return max((len(parts(text)) for text in texts if len(text) > SHORT), default=1)


class Binder:
    """A workbook under way: its look, its words, and which sheets it is to have (None: all).

    A sheet is known by its English name everywhere and bears its title in the reader's language. One that is not
    wanted is written all the same, into nothing, so that others know where its rows would stand.
    """

    def __init__(self, workbook: Workbook, look: Look, say: Words, wanted: Collection[str] | None = None) -> None:
        self.workbook = workbook
        self.look = look
        self.say = say
        self._wanted = wanted

    def wants(self, name: str) -> bool:
        return self._wanted is None or _NUMBERED.sub("", name) in self._wanted

    def title(self, name: str) -> str:
        """What a sheet is called in the workbook: ``Citater 2`` for ``Quotes 2``."""
        number = _NUMBERED.search(name)
        return self.say(name[: number.start()]) + number[0] if number else self.say(name)

    def location(self, place: Place) -> str:
        """A place as a link names it: ``'Quotes'!A5:Z9``."""
        first = f"'{self.title(place.sheet)}'!{get_column_letter(place.column)}{place.row}"
        if place.last_row is None and place.last_column is None:
            return first
        return f"{first}:{get_column_letter(place.last_column or place.column)}{place.last_row or place.row}"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is set up: ``widths`` in characters, ``freeze`` the first cell that scrolls (``C6``),
    ``repeat`` the rows printed on every page (``1:1``).
    """

    widths: Sequence[float]
    freeze: str | None = None
    repeat: str | None = None
    landscape: bool = True
    tab: str | None = None


class Sheet:
    """A sheet that takes rows of :class:`Put`. ``rows`` is the number of the last row written.

    A text too long for a cell goes on in rows below: there the ``keys`` columns are repeated and
    ``part_column`` says ``part 2 of 3`` (without one, the first column does).
    """

    def __init__(
        self,
        binder: Binder,
        name: str,
        layout: Layout,
        *,
        index: int | None = None,
        keys: Collection[int] = (0,),
        part_column: int | None = None,
    ) -> None:
        self.name = name
        self.title = binder.title(name)
        self.is_wanted = binder.wants(name)
        self.say = binder.say
        self.rows = 0
        self.links = 0
        self.links_skipped = 0
        self._binder = binder
        self._sheet = RowStream(binder.workbook, self.title)
        if self.is_wanted:
            binder.workbook._add_sheet(self._sheet, index)  # type: ignore[attr-defined]
        self.styles = Styles(binder.workbook, self._sheet, binder.look)
        self._spelling = Cells(self.title, self.styles)
        self._keys = frozenset(keys)
        self._part_column = part_column
        self._widths = layout.widths
        self._fits = [characters_in(width) for width in layout.widths]
        self._letters = [get_column_letter(index) for index in range(1, len(layout.widths) + 1)]
        self._set_up(layout)

    def title_of(self, name: str) -> str:
        """What another sheet is called in this workbook."""
        return self._binder.title(name)

    @property
    def findings(self) -> list[Finding]:
        """What had to be shown otherwise than it is."""
        return self._spelling.findings

    def row(self, puts: Sequence[Put | None], height: float | None = None) -> int:
        """Write one row (more, where a text is too long for a cell); return the number of its first.

        ``height`` is in points; without it the row is fitted to the text in it.
        """
        if any(put is not None and type(put.value) is str and len(put.value) > SHORT for put in puts):
            return self._long_row(puts)
        return self._write(puts, height)

    def merge(self, row: int, column: int, last_column: int) -> None:
        if last_column > column:
            self._sheet.merged_cells.add(f"{get_column_letter(column)}{row}:{get_column_letter(last_column)}{row}")

    def filter(self, head_row: int, columns: int) -> None:
        """Put filter buttons on the heading of the rows written below it."""
        self._sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(columns)}{max(self.rows, head_row)}"

    def print_only(self, columns: int) -> None:
        """Print the first columns of the rows written so far, and not the others."""
        self._sheet.print_area = f"A1:{get_column_letter(columns)}{self.rows}"

    def _write(self, puts: Sequence[Put | None], height: float | None = None) -> int:
        self.rows += 1
        if not self.is_wanted:
            return self.rows
        # Without ``customHeight`` the programs fit the row again when its text is changed.
        fixed = ' customHeight="1"' if height is not None else ""
        points = height if height is not None else self._height(puts)
        tall = f' ht="{points:g}"{fixed}' if points is not None else ""
        cells = [self._cell(index, put) for index, put in enumerate(puts) if put is not None]
        self._sheet.append(f'<row r="{self.rows}"{tall}>{"".join(cells)}</row>')
        return self.rows

    def _height(self, puts: Sequence[Put | None]) -> float | None:
        """The height for the text in a row; None where one line is enough."""
        wrapped = [
            (put.value, width)
            for put, width, fits in zip(puts, self._widths, self._fits, strict=False)
            if put is not None
            and type(put.value) is str
            and (len(put.value) > fits or "\n" in put.value)
            and self.styles.wraps(put.style)
        ]
        return height_of(wrapped, self._binder.look.size) if wrapped else None

    def _cell(self, index: int, put: Put) -> str:
        cell = f"{self._letters[index]}{self.rows}"
        if put.link is not None:
            self._link(cell, put.link)
        return self._spelling.spell(cell, put.value, put.style)

    def _link(self, cell: str, link: Link) -> None:
        if not self._binder.wants(link.place.sheet):
            return
        if self.links >= LINK_LIMIT:
            self.links_skipped += 1
            return
        self.links += 1
        self._sheet.link(cell, self._binder.location(link.place), escaped(visible(link.tooltip)[:TOOLTIP_LIMIT]))

    def _long_row(self, puts: Sequence[Put | None]) -> int:
        pieces = {
            i: parts(put.value, self._room(i))
            for i, put in enumerate(puts)
            if put is not None and isinstance(put.value, str)
        }
        count = max(len(found) for found in pieces.values())
        first = self.rows + 1
        for number in range(count):
            row = [self._piece(i, put, pieces.get(i, [""]), number) for i, put in enumerate(puts)]
            if count > 1:
                self._mark_part(row, self.say("part {n} of {all}", n=number + 1, all=count))
            self._write(row)
        return first

    def _room(self, index: int) -> int:
        """How much of a text a column takes, in UTF-16 units: all it holds, less the mark where that goes there."""
        return CELL_LIMIT - ROOM_FOR_MARK if index == 0 and self._part_column is None else CELL_LIMIT

    def _piece(self, index: int, put: Put | None, pieces: list[str], number: int) -> Put | None:
        """What stands in a column of the row with this piece of a text, counted from 0."""
        if put is None or not isinstance(put.value, str):
            keep = put is None or number == 0 or index in self._keys
            return put if keep else Put(None, put.style if put else "plain")
        if number < len(pieces):
            return put._replace(value=pieces[number], link=put.link if number == 0 else None)
        return Put(put.value if index in self._keys else None, put.style)

    def _mark_part(self, row: list[Put | None], words: str) -> None:
        if self._part_column is not None:
            row[self._part_column] = Put(words, "plain")
        elif row[0] is not None:
            row[0] = row[0]._replace(value=f"{row[0].value} ({words})")

    def _set_up(self, layout: Layout) -> None:
        sheet = self._sheet
        for index, width in enumerate(layout.widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.freeze_panes = layout.freeze
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = layout.tab
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape" if layout.landscape else "portrait"
        sheet.page_setup.paperSize = PAPER_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        sheet.print_title_rows = layout.repeat
        footer = HeaderFooterItem()
        footer.left.text, footer.right.text = "&A", "&P / &N"
        sheet.HeaderFooter.oddFooter = footer
