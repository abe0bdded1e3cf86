"""Tables that a person made: ``.csv``, ``.tsv``, ``.xlsx``, the first of a ``.docx`` or ``.md``; text under headings.

Rows are numbered as the spreadsheet program shows them, so that an error leads to the row it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile, BadTable
from store.findings import Finding
from store.rooms import Room
from transcripts.readers.raw_table import RawTable, column_letter

if TYPE_CHECKING:
    from transcripts.readers import delimited, docx_tables, markdown_tables, xlsx
else:
    delimited = Room("transcripts.readers.delimited")
    docx_tables = Room("transcripts.readers.docx_tables")
    markdown_tables = Room("transcripts.readers.markdown_tables")
    xlsx = Room("transcripts.readers.xlsx")

MAX_TABLE_BYTES = 64 * 1024 * 1024
KINDS = (".csv", ".tsv", ".xlsx", ".docx", ".md")
_MOST_TITLES = 10
_NUMBER = re.compile(r"[\d.,%\s-]*\d[\d.,%\s-]*")
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_SAVE_AS = "Save it as .xlsx or as CSV in UTF-8."


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. ``number`` is the spreadsheet's row number; ``values`` are stripped, one for each column."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its headings as typed. ``findings`` say what was guessed or not looked at."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    findings: tuple[Finding, ...] = ()


class TableProblems:
    """Collects what is wrong with the rows of a table, so that a person can mend all of it at once."""

    def __init__(self, path: Path, hint: str = "") -> None:
        self._path = path
        self._hint = hint
        self.problems: list[str] = []

    def add(self, row_number: int, column_name: str, found: str, expected: str) -> None:
        """Note a value that cannot be used: ``row 4, column "Case": found "Cse 1"; expected a case``."""
        value = f'"{shortened(found)}"' if found else "nothing"
        place = f'row {row_number}, column "{column_name}"' if column_name else f"row {row_number}"
        self.problems.append(f"{place}: found {value}; expected {expected}")

    def raise_if_any(self) -> None:
        """Stop here where anything was noted.

        Raises:
            BadTable: with every problem noted so far.
        """
        if self.problems:
            raise BadTable(self._path, self.problems, self._hint)


def read_table(path: Path) -> Table:
    """Read a table. The first row holds the headings, or the first below lines of a title; empty rows are skipped.

    Raises:
        BadFile: the file cannot be opened, is too large, or is not what its ending says.
        BadTable: no headings; a heading twice; a value under no heading; a cell that holds an error.
    """
    if path.suffix.lower() not in KINDS:
        raise BadFile(path, f"a table must end in {', '.join(KINDS)}.", _SAVE_AS)
    try:
        data = path.read_bytes()
    except FileNotFoundError as exc:
        raise BadFile(path, f"there is no such file ({path}).") from exc
    except OSError as exc:
        raise BadFile(path, f"it cannot be opened: {exc.strerror}.", "Is another program using it?") from exc
    return _under_headings(path, raw_table(path, data))


def raw_table(path: Path, data: bytes, encoding: str | None = None) -> RawTable:
    """The rows of a file as they stand. ``encoding`` is that of delimited text, where a person has given it.

    Raises:
        BadFile: the file is too large, has too many rows or cells, or is not what its ending says.
        BadTable: its quotation marks do not match.
    """
    if len(data) > MAX_TABLE_BYTES:
        size, limit = len(data) // 2**20, MAX_TABLE_BYTES // 2**20
        raise BadFile(path, f"the table has {size} MB; the limit is {limit} MB.", "Split it in parts.")
    match path.suffix.lower():
        case ".xlsx":
            return xlsx.read_rows(path, data)
        case ".docx":
            return docx_tables.read_rows(path, data)
        case ".md":
            return markdown_tables.read_rows(path, data)
        case _:
            return delimited.read_rows(path, data, encoding)


def column(table: Table, *names: str, in_full: bool = False) -> int | None:
    """The index of the first of ``names`` that the table has; case, spaces and punctuation do not count.

    A name made of signs alone, such as ``#``, is matched as it is. Where no heading is one of the names, what a heading
    says in brackets does not count either, unless it is to be matched ``in_full``: ``Context (where?)`` is ``context``.
    """
    wanted = [folded for name in names if (folded := _folded(name))]
    for beside in (None,) if in_full else (None, _IN_BRACKETS):
        headings = [_folded(beside.sub("", heading) if beside else heading) for heading in table.columns]
        found = next((headings.index(name) for name in wanted if name in headings), None)
        if found is not None:
            return found
    return None


def findings_of(table: Table, used: Iterable[int | None]) -> tuple[Finding, ...]:
    """What was guessed of a table, and each column beside those ``used``: nothing is left out in silence."""
    known = set(used)
    return *table.findings, *(
        Finding("column-not-used", table.path.name, f"the column '{name}' is none that is known here; it was left out")
        for at, name in enumerate(table.columns)
        if at not in known and name
    )


def _under_headings(path: Path, raw: RawTable) -> Table:
    stripped = [(number, [cell.strip() for cell in cells]) for number, cells in raw.rows]
    filled = [(number, cells) for number, cells in stripped if any(cells)]
    if not filled:
        raise BadTable(path, ["the table is empty"], "Its first row must hold the headings.")
    titles = _titles(filled)
    (header_number, headings), *body = filled[len(titles) :]
    while headings and not headings[-1]:
        headings.pop()
    width = len(headings)
    problems = [*raw.problems, *_heading_problems(header_number, headings)]
    problems += [
        f'row {number}, column {column_letter(at)}: "{shortened(cell)}" stands under no heading; expected a '
        f"heading in row {header_number}, or quotation marks around a value with a delimiter in it"
        for number, cells in body
        for at, cell in _astray(cells, headings)
    ]
    if problems:
        raise BadTable(path, problems)
    rows = tuple(TableRow(number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in body)
    findings = (replace(found, where=f"{path.name} {found.where}".strip()) for found in (*raw.findings, *titles))
    return Table(path, tuple(headings), rows, tuple(findings))


def _titles(filled: Sequence[tuple[int, Sequence[str]]]) -> list[Finding]:
    """A finding for each row that is a line of a title: a single cell above the headings of several columns.

    Numbers are no headings, and below headings most rows have more than one value.
    """
    several = [sum(map(bool, cells)) > 1 for _, cells in filled]
    first = several.index(True) if True in several[:_MOST_TITLES] else 0
    below = several[first + 1 :]
    is_headings = not any(_NUMBER.fullmatch(cell) for cell in filled[first][1])
    if not is_headings or 2 * sum(below) <= len(below):
        return []
    message = f"was taken for a title, and row {filled[first][0]} for the headings"
    return [
        Finding("title-row", f"row {number}", f"'{shortened(next(filter(None, cells)))}' {message}")
        for number, cells in filled[:first]
    ]


def _astray(cells: Sequence[str], headings: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The values under no heading, with their columns."""
    if len(cells) > len(headings) or "" in headings:
        for at, cell in enumerate(cells):
            if cell and (at >= len(headings) or not headings[at]):
                yield at, cell


def _heading_problems(number: int, headings: Iterable[str]) -> list[str]:
    problems, seen = [], set()
    for at, heading in enumerate(headings):
        if heading and _folded(heading) in seen:
            place = f"row {number}, column {column_letter(at)}"
            problems.append(f'{place}: the heading "{heading}" stands twice; expected each heading once')
        seen.add(_folded(heading))
    return problems


def _folded(name: str) -> str:
    plain = name.strip().casefold()
    return "".join(char for char in plain if char.isalnum()) or plain


def shortened(value: str) -> str:
    """A cell in the few words that a message has room for."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"
