"""The rows of a table as they stand in its file, and how many of them we take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile

if TYPE_CHECKING:
    from store.findings import Finding

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""Excel's own limits; a table beyond them is none that a person made."""
MAX_CELLS = 10_000_000
"""In one file, each row counted up to its last cell."""
MAX_CHARACTERS = 64_000_000
"""In one file; a workbook keeps a text once that stands in any number of cells."""


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
    """Counts a file's tables while they are read, so that tables of any size end in bounded time and memory."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self.name = path, name
        self._rows = self._cells = self._characters = 0

    def add(self, cells: int) -> None:
        """Count one more row. Raises BadFile where there are more rows or cells than we take."""
        self._rows += 1
        self._cells += cells
        if self._rows > MAX_ROWS or self._cells > MAX_CELLS or cells > MAX_COLUMNS:
            self._require(self._rows, MAX_ROWS, "rows")
            self._require(self._cells, MAX_CELLS, "cells")
            self.require_width(cells)

    def add_text(self, characters: int) -> None:
        """Count the text of a cell. Raises BadFile where there is more than we take."""
        self._characters += characters
        self._require(self._characters, MAX_CHARACTERS, "characters")

    def require_width(self, cells: int) -> None:
        """Refuse a row of more cells than we take. Raises BadFile."""
        self._require(cells, MAX_COLUMNS, "columns")

    def _require(self, found: int, limit: int, of_what: str) -> None:
        if found > limit:
            message = f"{self.name} has more than {limit:,} {of_what}."
            raise BadFile(self._path, message, "Keep the rows and columns that are needed.")


def column_letter(index: int) -> str:
    """A column as spreadsheet programs name it: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
