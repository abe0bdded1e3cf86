"""Tables as delimited text: ``.csv`` and ``.tsv`` in any encoding and with comma, semicolon or tab."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from store.errors import BadFile, BadTable, InputError
from transcripts.readers import what_it_is
from transcripts.readers.raw_table import Counted, RawTable
from transcripts.text import decode, normalise

_DELIMITERS = (";", ",", "\t")
_LOOKED_AT = 100_000
"""Characters that tell the delimiter."""
MAX_CELL_CHARACTERS = 8_000_000
"""A cell may hold a whole interview, and a lost quotation mark the rest of the file."""
_WIDE = 3
"""So many columns are no accident of a comma in the words."""


def read_rows(path: Path, data: bytes, encoding: str | None = None) -> RawTable:
    """The rows of a delimited file. A quoted line break is part of its cell, so rows are not lines.

    ``encoding`` is a codec name that a person gave; None: it is found out.

    Raises:
        BadFile: the file is not text, or has more rows or cells than we take.
        BadTable: its quotation marks do not match.
    """
    if (other := what_it_is(data)) is not None:
        raise BadFile(path, f"the name ends in '{path.suffix}', but it is {other}.", "Save it as CSV in UTF-8.")
    try:
        decoded = decode(data, encoding)
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    text = normalise(decoded.text)
    first_line, _, rest = text.partition("\n")
    if first_line.lower().startswith("sep=") and len(first_line) == 5:  # Excel's own line, no row
        rows, problem = _parse(rest, first_line[4], Counted(path, "the table"))
    else:
        rows, problem = _parse(text, _delimiter(text), Counted(path, "the table"))
    if problem is not None:
        raise BadTable(path, [problem], "A quotation mark inside a quoted value must be typed twice.")
    return RawTable(
        list(enumerate(rows, start=1)),
        findings=decoded.findings,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
    )


def _parse(text: str, delimiter: str, counted: Counted | None = None) -> tuple[list[list[str]], str | None]:
    """The rows, up to where quotation marks go wrong, told in words; being strict is what finds a lost mark."""
    rows: list[list[str]] = []
    lines = _counted_lines(text, delimiter, counted) if counted else _lines(text)
    csv.field_size_limit(MAX_CELL_CHARACTERS)  # Python's own is 131,072: less than three hours of talk
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            if counted:
                counted.add(len(row))
    except csv.Error as exc:
        # Python tells it in words alone.
        long = f"a cell has more than {MAX_CELL_CHARACTERS:,} characters; is a quotation mark missing?"
        what = long if "field limit" in str(exc) else f"a quotation mark does not match ({exc})"
        return rows, f"row {len(rows) + 1}, line {reader.line_num}: {what}"
    return rows, None


def _lines(text: str) -> Iterator[str]:
    """The lines of a normalised text, with their ends; a StringIO would hold it once more, in four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _counted_lines(text: str, delimiter: str, counted: Counted) -> Iterator[str]:
    """The lines, none of which would make a row of more cells than we take: a row is made whole before we see it."""
    for line in _lines(text):
        counted.require_width(line.count(delimiter) + 1)
        yield line


def _delimiter(text: str) -> str:
    """The delimiter that makes a table of the text: several columns, and rows as wide as the headings."""
    beginning = text[:_LOOKED_AT]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(_parse(beginning, delimiter)[0]))


def _regularity(parsed: list[list[str]]) -> tuple[bool, float, int]:
    rows = [row for row in parsed if any(cell.strip() for cell in row)]
    if not rows:  # nothing but delimiters
        return (True, 1.0, 0)
    width = len(rows[0])
    if width == 1:  # a title above the headings, or a table of one column with commas in its words
        width = Counter(map(len, rows)).most_common(1)[0][0]
        width = width if width >= _WIDE else 1
    return (width > 1, sum(len(row) == width for row in rows) / len(rows), width)
