"""What an act did to the rows: recorded, packed for the journal, applied forwards and backwards.

A change is one of three kinds, each over many rows of one table, so that 300,000 new codings are a handful
of changes and not 300,000 journal rows. Applying a change first looks whether the rows are as the change
left them (or found them); where they are not, nothing is applied and :class:`UndoConflict` is raised.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from operator import itemgetter, sub
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Delete,
    Dialect,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from store import schema
from store.driver import BROKEN_RULES, in_sql, tell_driver
from store.errors import DamagedStudy, UndoConflict

Row = list[Any]
Operation = Literal["insert", "delete", "update"]
IDS_PER_STATEMENT = 500
ROWS_BY_COLUMN = 8
"""So many rows of one change are packed by their columns."""
_WHERE_TO_LOOK = "`cmo log STUDY` lists the acts; `cmo check STUDY` says whether the study is sound."


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that were inserted, deleted or updated, in the order in which that was done.

    ``rows`` are the full rows for an insert or a delete. For an update, ``rows`` are the values of
    ``columns`` after and ``before`` the same columns before; the first column is always ``id``.
    """

    op: Operation
    table: str
    columns: list[str]
    rows: list[Row]
    before: list[Row]

    def inverse(self) -> Change:
        """What takes this change back: row by row from the last to the first, so parents come before children."""
        if self.op == "update":
            return Change("update", self.table, self.columns, self.before[::-1], self.rows[::-1])
        opposite: Operation = "delete" if self.op == "insert" else "insert"
        return Change(opposite, self.table, self.columns, self.rows[::-1], [])


def pack(changes: Sequence[Change]) -> bytes:
    """The changes as the journal keeps them: JSON, deflated.

    A few rows stand there row by row; many by their columns, where like follows upon like: an id as the step from the
    one before it, and what all rows have alike once. That takes a quarter less room.

    Raises:
        TypeError, ValueError: a value that JSON cannot hold, so that the journal could not give it back.
    """
    plain = [
        [c.op, c.table, c.columns, _by_column(c.rows), _by_column(c.before)]
        if len(c.rows) >= ROWS_BY_COLUMN
        else [c.op, c.table, c.columns, c.rows, c.before]
        for c in changes
    ]
    words = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return zlib.compress(words.encode(), level=1)


def unpack(payload: bytes) -> list[Change]:
    """The changes of one journal part. Raises DamagedStudy: these are not the bytes that :func:`pack` made."""
    try:
        return [
            Change(op, table, columns, _by_row(rows), _by_row(before))
            for op, table, columns, rows, before in json.loads(zlib.decompress(payload))
        ]
    except (zlib.error, ValueError, TypeError, KeyError) as exc:
        raise DamagedStudy(
            f"The changes that the journal kept cannot be read: {exc}.", "Run `cmo check STUDY`, and open a backup."
        ) from exc


def _by_column(rows: Sequence[Row]) -> dict[str, Any]:
    return {"count": len(rows), "columns": [_packed(column) for column in zip(*rows, strict=True)]}


def _packed(column: Sequence[Any]) -> Any:
    """The values of a column as JSON has them, or an object that tells them in fewer letters."""
    kinds = set(map(type, column))
    if len(kinds) > 1 or not kinds <= {int, str, bool, type(None)}:
        return column
    first = column[0]
    if column.count(first) == len(column):
        return {"all": first}
    return {"steps": [first, *map(sub, column[1:], column)]} if kinds == {int} else column


def _by_row(kept: Any) -> list[Row]:
    """Rows as they were; a list is rows already."""
    if isinstance(kept, list):
        return kept
    columns = [_unpacked(column, kept["count"]) for column in kept["columns"]]
    return [list(row) for row in zip(*columns, strict=True)]


def _unpacked(kept: Any, count: int) -> Iterable[Any]:
    if isinstance(kept, list):
        return kept
    return repeat(kept["all"], count) if "all" in kept else accumulate(kept["steps"])


def apply(conn: Connection, change: Change) -> None:
    """Carry out one change. The caller's transaction is rolled back when it raises.

    Raises:
        UndoConflict: rows are not as the change expects, or other rows stand in the way.
    """
    table = schema.metadata.tables[change.table]
    try:
        if change.op == "insert":
            insert_rows(conn, table, change.columns, change.rows)
            return
        expected = change.rows if change.op == "delete" else change.before
        ids = [row[0] for row in expected]
        if rows_now(conn, table, change.columns, ids) != {row[0]: row for row in expected}:
            raise UndoConflict(f"Rows of '{change.table}' are not as the act left or found them.", _WHERE_TO_LOOK)
        if change.op == "delete":
            delete_rows(conn, table, ids)
        else:
            update_rows(conn, table, change.columns, change.rows)
    except BROKEN_RULES as exc:
        raise UndoConflict(f"Other work builds on rows of '{change.table}'.", _WHERE_TO_LOOK) from exc


def rows_now(conn: Connection, table: Table, columns: Sequence[str], ids: Sequence[int]) -> dict[int, Row]:
    """The rows with these ids as they stand, by id; ``columns[0]`` is ``id``."""
    query = _of_ids(table, tuple(columns))
    return {row[0]: list(row) for chunk in _chunks(ids) for row in conn.execute(query, {"ids": chunk})}


@lru_cache(maxsize=256)
def _of_ids(table: Table, columns: tuple[str, ...]) -> Select[Any]:
    """Columns of the rows whose ids are among ``ids``; made once, because every change of every act asks for them."""
    return select(*(table.c[name] for name in columns)).where(table.c.id.in_(bindparam("ids", expanding=True)))


def insert_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows, one after the other in the order given."""
    _execute_many(conn, "insert", table, columns, rows)


def update_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Give each row, found by its id (``columns[0]``), the values of the other columns."""
    _execute_many(conn, "update", table, columns, rows)


def delete_rows(conn: Connection, table: Table, ids: Sequence[int]) -> None:
    """Delete rows by their ids, one after the other in the order given."""
    _execute_many(conn, "delete", table, ["id"], [[row_id] for row_id in ids])


def children_first(table: Table, columns: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Rows in an order in which they can be deleted one by one where a table refers to itself."""
    to_itself = (columns.index(column.name) for column in table.columns if column.references(table.c.id))
    parent = next(to_itself, None)
    if parent is None:
        return list(rows)
    by_id = {row[0]: row for row in rows}
    return sorted(rows, key=lambda row: _depth(row, by_id, parent), reverse=True)


def _depth(row: Row, by_id: dict[int, Row], parent: int) -> int:
    """How many of a row's ancestors are among the rows; a circle of parents ends where it began."""
    passed = {row[0]}
    above = by_id.get(row[parent])
    while above is not None and above[0] not in passed:
        passed.add(above[0])
        above = by_id.get(above[parent])
    return len(passed)


def _execute_many(
    conn: Connection, op: Operation, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    if not rows:
        return
    # Straight to the driver: no dictionary per row. Our columns need no conversion by SQLAlchemy.
    text, pick = _driver_sql(conn.dialect, op, table, tuple(columns))
    tell_driver(conn, text, map(pick, rows))


@lru_cache(maxsize=256)
def _driver_sql(dialect: Dialect, op: Operation, table: Table, columns: tuple[str, ...]) -> tuple[str, Any]:
    """The statement for the driver, and what puts a row's values in the order of its question marks."""
    made = in_sql(_statement(op, table, columns), dialect)
    names = [f"new_{name}" for name in columns]
    places = [names.index(name) for name in made.names]
    return made.text, tuple if places == list(range(len(columns))) else itemgetter(*places)


def _statement(op: Operation, table: Table, columns: Sequence[str]) -> Insert | Update | Delete:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    match op:
        case "insert":
            return insert(table).values(values)
        case "update":
            return update(table).where(table.c.id == values.pop("id")).values(values)
        case "delete":
            return delete(table).where(table.c.id == values["id"])


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), IDS_PER_STATEMENT):
        yield ids[start : start + IDS_PER_STATEMENT]
