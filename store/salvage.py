"""Read what can be read of a damaged file: row by row where a page is broken, byte by byte in a long text.

SQLite answers for a page that it cannot make sense of with an error for the whole statement. So rows are asked for in
ranges of row ids, and a range that cannot be read is halved until the rows that can be read are apart from the others.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from store import sqlite
from store.errors import DamagedStudy

Values = dict[str, Any]
"""A row: its values by column."""

_RANGE = 1000
_PROBES = 64
_ROWS_OF_A_PAGE = 64


class Salvage:
    """A study file in any state, open for reading only; ``folder`` is where a copy may be put that is read instead.

    ``troubled`` are the tables of which rows could not be read.

    Raises:
        DamagedStudy: not even the list of its tables can be read.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.troubled: set[str] = set()
        self._pages = max(1, path.stat().st_size // 4096)
        self._connection = _open(path, folder)
        self._connection.text_factory = _text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rows(self, table: str) -> Iterator[Values]:
        """The rows of a table that can be read, in the order of their row ids; none of a table that is not there."""
        first, last = self._ends(table)
        for low in range(first, last + 1, _RANGE):
            yield from self._between(table, low, min(last, low + _RANGE - 1))

    def bytes_of(self, table: str, column: str, row_id: int) -> bytes:
        """The bytes of one value, as far as they can be read from its beginning."""
        read = bytearray()
        with suppress(sqlite3.Error), self._connection.blobopen(table, column, row_id, readonly=True) as blob:
            while piece := blob.read(512):
                read += piece
        return bytes(read)

    def _between(self, table: str, low: int, high: int) -> Iterator[Values]:
        try:
            found = self._asked(f'SELECT * FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid', low, high)
        except sqlite3.Error:
            self.troubled.add(table)
            if low < high:
                middle = (low + high) // 2
                yield from self._between(table, low, middle)
                yield from self._between(table, middle + 1, high)
            return
        yield from found

    def _ends(self, table: str) -> tuple[int, int]:
        """The row ids between which the rows of a table are; too wide a guess where they cannot be read."""
        if not self._has(table):
            return 1, 0
        try:
            (ends,) = self._asked(f'SELECT min(rowid) AS first, max(rowid) AS last FROM "{table}"')
            return (ends["first"], ends["last"]) if ends["last"] is not None else (1, 0)
        except sqlite3.Error:
            self.troubled.add(table)
        last = _ROWS_OF_A_PAGE * self._pages
        probes = range(1, last, max(1, last // _PROBES))
        return (1, last) if any(self._answers(table, probe) for probe in probes) else (1, 0)

    def _has(self, table: str) -> bool:
        return bool(self._asked("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table))

    def _answers(self, table: str, row_id: int) -> bool:
        try:
            self._asked(f'SELECT 1 FROM "{table}" WHERE rowid = ?', row_id)
        except sqlite3.Error:
            return False
        return True

    def _asked(self, statement: str, *values: object) -> list[Values]:
        with closing(self._connection.execute(statement, values)) as cursor:
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def _open(path: Path, folder: Path) -> sqlite3.Connection:
    """The file as it is; or a copy of it with the acts that wait in its log, which SQLite puts in on opening."""
    for way in _ways(path, folder):
        connection = None
        try:
            connection = sqlite.connect(way, foreign_keys=False)
            connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'journal'").fetchone()
            return connection
        except sqlite3.Error as exc:
            words = str(exc)
            if connection is not None:
                connection.close()
    raise DamagedStudy(f"Nothing of {path.name} can be read: {words}.", sqlite.CURE)


def _ways(path: Path, folder: Path) -> Iterator[sqlite.WayIn]:
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        copy = Path(shutil.copyfile(path, folder / f"copy of {path.name}"))
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
        yield sqlite.WayIn(copy, f"{copy.resolve().as_uri()}?mode=rw")
    yield sqlite.way_to_damaged(path)


def _text(data: bytes) -> str:
    """Text that is damaged is read as well; what is no UTF-8 in it becomes U+FFFD."""
    return data.decode("utf-8", "replace")
