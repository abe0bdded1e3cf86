"""Tables in Excel workbooks: values as a person reads them, never formulas and never macros."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import BadFile
from store.findings import Finding
from transcripts.readers import what_it_is
from transcripts.readers.raw_table import MAX_CELLS, Counted, RawTable, column_letter
from transcripts.readers.zipped import Zipped
from transcripts.text import normalise

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_CURE = "Open it in Excel or LibreOffice, without its password, and save it as .xlsx."
_ESCAPE = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML cannot hold, and the underscore of what would look like that."""
_IMPOSSIBLE_PLACE = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{4}|[A-Za-z]*\d{8}|[^"'>]*&)""")
"""A cell at ``AAAA1`` or in row 10,000,000: a reader would fill up everything before it."""
_CELL = (b"<c ", b"<c>", b"<c/>")
_NEVER_CALCULATED = re.compile(
    rb"""<c\b(?![^<>]*\bt="str")[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"""
)


def read_rows(path: Path, data: bytes) -> RawTable:
    """The rows of the first visible sheet that has any. Other sheets with data are told as a finding.

    Raises:
        BadFile: not a workbook; damaged; too large when unpacked; more rows or cells than we take.
    """
    if not data.startswith(b"PK\x03\x04"):
        other = what_it_is(data) or "something else"
        raise BadFile(path, f"the name ends in '.xlsx', but it is {other}.", _CURE)
    _look_at_parts(path, data)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")  # openpyxl warns of styles and pictures it cannot keep, and prints of some
            sheets = list(_sheets(path, data))
    except BadFile:
        raise
    except Exception as exc:
        # openpyxl has no error of its own for a damaged workbook: it raises whatever it stumbles over.
        raise BadFile(path, "cannot be read as an Excel workbook.", _CURE) from exc
    filled = [(name, table) for name, table in sheets if table.rows]
    if not filled:
        return RawTable([])
    (name, table), *others = filled
    ignored = ", ".join(f"'{other}'" for other, _ in others)
    message = f"only the sheet '{name}' was read, not {ignored}."
    findings = (Finding("other-sheets", "", message),) if others else ()
    return RawTable(table.rows, table.problems, findings)


def _look_at_parts(path: Path, data: bytes) -> None:
    """Unpack everything once under our limits, before a library does it without any."""
    archive, cells = Zipped(path, data, "an Excel workbook"), 0
    for name in archive.names():
        if name.endswith((".xml", ".rels")):
            content = archive.read_xml(name)
            if name.startswith("xl/worksheets/"):
                _look_at_sheet(path, name, content)
                cells += sum(map(content.count, _CELL))
                if cells > MAX_CELLS:  # counted here in no time, and by a library in a minute
                    what = f"with its part '{name}' it has more than {MAX_CELLS:,} cells."
                    raise BadFile(path, what, "Keep the rows and columns that are needed.")


def _look_at_sheet(path: Path, name: str, content: bytes) -> None:
    if _IMPOSSIBLE_PLACE.search(content):
        raise BadFile(path, f"its part '{name}' has cells where Excel has none.", _CURE)
    if _NEVER_CALCULATED.search(content):
        raise BadFile(
            path,
            "has formulas that were never calculated.",
            "Open it in Excel or LibreOffice and save it, so that their results are in it.",
        )


def _sheets(path: Path, data: bytes) -> Iterator[tuple[str, RawTable]]:
    from openpyxl import load_workbook

    counted = Counted(path, "")  # over all sheets, for any number of them may show the same rows
    workbook: Workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # some programs state a wrong size
                counted.name = f"{'with those before it, ' if counted.name else ''}the sheet '{sheet.title}'"
                yield sheet.title, _rows(sheet, counted)
    finally:
        workbook.close()


def _rows(sheet: Any, counted: Counted) -> RawTable:
    rows, problems = [], []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        counted.add(len(cells))
        values = []
        for cell in cells:
            values.append(_as_text(cell.value))
            counted.add_text(len(values[-1]))
        if any(values):
            rows.append((number, values))
        problems += [
            f'row {number}, column {column_letter(at)}: found the error "{values[at]}"; expected a value'
            for at, cell in enumerate(cells)
            if cell.data_type == "e"
        ]
    return RawTable(rows, problems)


def _as_text(value: object) -> str:
    """A cell as a person reads it: no trailing ``.0``, dates in ISO 8601, ``yes`` and ``no``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Excel itself keeps and shows 15 digits; more would be noise such as 0.30000000000000004.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return normalise(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value)))
