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
from typing import Any, Literal

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from store import schema
from store.errors import UndoConflict

Row = list[Any]
IDS_PER_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one table that were inserted, deleted or updated.

    ``rows`` are the full rows for an insert or a delete. For an update, ``rows`` are the values of
    ``columns`` after and ``before`` the same columns before; the first column is always ``id``.
    """

    op: Literal["insert", "delete", "update"]
    table: str
    columns: list[str]
    rows: list[Row]
    before: list[Row]

    def inverse(self) -> Change:
        if self.op == "update":
            return Change("update", self.table, self.columns, self.before, self.rows)
        return Change("delete" if self.op == "insert" else "insert", self.table, self.columns, self.rows, [])


def pack(changes: Sequence[Change]) -> bytes:
    """The changes as the journal keeps them: JSON, deflated."""
    plain = [[c.op, c.table, c.columns, c.rows, c.before] for c in changes]
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


def unpack(payload: bytes) -> list[Change]:
    return [Change(*fields) for fields in json.loads(zlib.decompress(payload))]


def apply(conn: Connection, change: Change) -> None:
    """Carry out one change. The caller's transaction is rolled back when it raises.

    Raises:
        UndoConflict: rows are not as the change expects, or later rows refer to them.
    """
    table = schema.metadata.tables[change.table]
    try:
        if change.op == "insert":
            insert_rows(conn, table, change.columns, change.rows)
            return
        expected = change.rows if change.op == "delete" else change.before
        ids = [row[0] for row in expected]
        if rows_now(conn, table, change.columns, ids) != {row[0]: row for row in expected}:
            raise UndoConflict(
                f"Rows of '{change.table}' have been changed by later work.",
                "Undo the later acts first: `cmo log STUDY` lists them.",
            )
        if change.op == "delete":
            delete_rows(conn, table, ids)
        else:
            update_rows(conn, table, change.columns, change.rows)
    except IntegrityError as exc:
        raise UndoConflict(
            f"Later work builds on these rows of '{change.table}'.",
            "Undo the later acts first: `cmo log STUDY` lists them.",
        ) from exc


def rows_now(conn: Connection, table: Table, columns: Sequence[str], ids: Sequence[int]) -> dict[int, Row]:
    """The rows with these ids as they stand, by id; ``columns[0]`` is ``id``."""
    wanted = [table.c[name] for name in columns]
    found: dict[int, Row] = {}
    for chunk in _chunks(ids):
        for row in conn.execute(select(*wanted).where(table.c.id.in_(chunk))):
            found[row[0]] = list(row)
    return found


def insert_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert many rows by the driver's own bulk call."""
    if not rows:
        return
    if conn.dialect.paramstyle == "qmark":
        # Straight to the driver: no dictionary per row. Our columns need no conversion by SQLAlchemy.
        compiled = insert(table).values({name: bindparam(name) for name in columns}).compile(dialect=conn.dialect)
        order = [columns.index(name) for name in compiled.positiontup or columns]
        same = order == list(range(len(columns)))
        values = [tuple(row) if same else tuple(row[i] for i in order) for row in rows]
        conn.exec_driver_sql(str(compiled), values)
    else:
        conn.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


def update_rows(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    statement = (
        update(table)
        .where(table.c.id == bindparam("_id"))
        .values({name: bindparam(f"_{name}") for name in columns[1:]})
    )
    conn.execute(statement, [{f"_{name}": value for name, value in zip(columns, row, strict=True)} for row in rows])


def delete_rows(conn: Connection, table: Table, ids: Sequence[int]) -> None:
    for chunk in _chunks(ids):
        conn.execute(delete(table).where(table.c.id.in_(chunk)))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), IDS_PER_STATEMENT):
        yield ids[start : start + IDS_PER_STATEMENT]


def row_count(changes: Iterable[Change]) -> int:
    return sum(len(change.rows) for change in changes)
