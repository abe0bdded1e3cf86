"""The rows of a table as they stand in its file, and how many of them we take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from store.errors import BadFile
from store.findings import Finding

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""Excel's own limits; a table beyond them is none that a person made."""
MAX_CELLS = 10_000_000
"""In one table, each row counted up to its last cell."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """Every row of a file as it stands, numbered, before headings are told from data.

    ``encoding`` is how its letters are coded; ``confidence`` how sure that is, in percent, where it was guessed.
    """

    rows: Sequence[tuple[int, Sequence[str]]]
    problems: Sequence[str] = ()
    findings: tuple[Finding, ...] = ()
    encoding: str = "utf-8"
    confidence: int | None = None


class Counted:
    """Counts a table while it is read, so that a table of any size ends in bounded time and memory."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._cells = 0

    def add(self, row_number: int, cells: int) -> None:
        """Count one row, of that number in the file. Raises BadFile where there are more than we take."""
        self._cells += cells
        self._require(row_number, MAX_ROWS, "rows")
        self._require(self._cells, MAX_CELLS, "cells")
        self.require_width(cells)

    def require_width(self, cells: int) -> None:
        """Refuse a row of more cells than we take. Raises BadFile."""
        self._require(cells, MAX_COLUMNS, "columns")

    def _require(self, found: int, limit: int, of_what: str) -> None:
        if found > limit:
            message = f"{self._name} has more than {limit:,} {of_what}."
            raise BadFile(self._path, message, "Keep the rows and columns that are needed.")


def column_letter(index: int) -> str:
    """A column as spreadsheet programs name it: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
