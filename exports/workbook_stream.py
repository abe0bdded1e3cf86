"""The file of a sheet, written piece by piece while the workbook is made: rows as they come, links after them."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import tostring

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.page import PageMargins, PrintPageSetup
    from openpyxl.worksheet.properties import WorksheetProperties

_IN_ATTRIBUTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_PIECE = 1 << 20
"""Bytes of links that are unpacked at a time."""


class RowStream(WriteOnlyWorksheet):
    """openpyxl's streaming sheet, given rows and links as the file spells them: an object for each of nine million
    cells, or only for each row, takes longer than all the rest, and one for each link more memory.
    """

    # What openpyxl's type stubs leave out.
    _writer: _Writer | None
    auto_filter: AutoFilter
    column_dimensions: DimensionHolder[str, ColumnDimension]
    merged_cells: MultiCellRange
    page_margins: PageMargins
    page_setup: PrintPageSetup
    sheet_properties: WorksheetProperties

    def __init__(self, workbook: Any, title: str) -> None:
        super().__init__(workbook, title)
        self._links = _Links()

    def append(self, row: str) -> None:
        """Write a whole ``<row>``; what stands above the rows is set before the first."""
        self._get_writer().spelled(row)

    def link(self, cell: str, location: str, tooltip: str) -> None:
        """Let a cell, given as ``C7``, lead to a place, given as ``'Quotes'!A5:Z9``."""
        self._links.add(cell, location, tooltip)

    def close(self) -> None:
        """Write what stands below the rows; openpyxl calls it when it saves the workbook."""
        writer = self._get_writer()
        writer.spelled("</sheetData>")
        writer.write_tail()
        writer.close()
        self._WriteOnlyWorksheet__saved = True  # what ``closed`` says

    def _get_writer(self) -> _Writer:
        if self._writer is None:
            self._writer = _Writer(self, self._links)
            self._writer.write_top()
            self._writer.spelled("<sheetData>")
        return self._writer


class _Writer(WorksheetWriter):
    """openpyxl's writer of a sheet's parts, which also takes what is spelled already."""

    out: str

    def __init__(self, sheet: RowStream, links: _Links) -> None:
        self._links = links
        super().__init__(sheet)

    def spelled(self, text: str) -> None:
        self.xf.send(text.encode())

    def get_stream(self) -> Generator[None, Any, None]:
        with Path(self.out).open("wb") as file:
            file.write(f'<worksheet xmlns="{SHEET_MAIN_NS}">'.encode())
            with suppress(GeneratorExit):
                while True:
                    part = yield
                    file.write(part if isinstance(part, bytes) else tostring(part))
            file.write(b"</worksheet>")

    def write_hyperlinks(self) -> None:
        for piece in self._links.spelled():
            self.xf.send(piece)


class _Links:
    """The links of a sheet, packed: they stand at the end of the file, and 65,000 of them take half a megabyte."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(1)
        self._packed = bytearray()
        self._any = False

    def add(self, cell: str, location: str, tooltip: str) -> None:
        hint = f' tooltip="{escape(tooltip, _IN_ATTRIBUTES)}"' if tooltip else ""
        spelled = f'<hyperlink ref="{cell}" location="{escape(location, _IN_ATTRIBUTES)}"{hint}/>'
        self._packed += self._packer.compress(spelled.encode())
        self._any = True

    def spelled(self) -> Iterator[bytes]:
        """All links as the file spells them, some at a time; none can be added after it."""
        if not self._any:
            return
        self._packed += self._packer.flush()
        unpacker = zlib.decompressobj()
        yield b"<hyperlinks>"
        packed = bytes(self._packed)
        while packed:
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
        yield b"</hyperlinks>"
