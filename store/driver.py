"""Past SQLAlchemy to the driver itself, in the transaction that is under way.

For what every act or key asks, what is asked dozens of times in one call, and what is answered by the million: there
SQLAlchemy's share would be larger than SQLite's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError, IntegrityError

ERRORS = (DBAPIError, sqlite3.Error)
"""What is raised by a database that cannot answer, asked by way of SQLAlchemy or straight."""
BROKEN_RULES = (IntegrityError, sqlite3.IntegrityError)
"""Those of a change that the rules of the tables forbid."""


class InSql(NamedTuple):
    """A statement for the driver: what its question marks stand for, the values that are in it already, and for each
    column of its answer what makes of the driver's value ours, where it is not the same.
    """

    text: str
    names: Sequence[str]
    fixed: Mapping[str, object]
    converters: Sequence[Callable[[Any], Any] | None]


def cause_of(error: DBAPIError | sqlite3.Error) -> BaseException:
    """What the driver said."""
    return error.orig or error if isinstance(error, DBAPIError) else error


def ask_driver(conn: Connection, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
    """Ask the driver itself; the cursor is the caller's to close."""
    driver: Any = conn.connection.driver_connection
    found: sqlite3.Cursor = driver.execute(statement, values)
    return found


def ask(conn: Connection, statement: Select[Any], **values: object) -> list[Any]:
    """All rows of a short answer.

    The statement must be one that is kept: what it is in SQL is kept with it.
    """
    text, names, fixed, converters = in_sql(statement, conn.dialect)
    rows = ask_driver(conn, text, [values[name] if name in values else fixed[name] for name in names]).fetchall()
    if not any(converters):
        return rows
    return [
        tuple(convert(value) if convert else value for convert, value in zip(converters, row, strict=True))
        for row in rows
    ]


def tell(conn: Connection, statement: Insert | Update | Delete, rows: Iterable[Mapping[str, object]]) -> None:
    """Have a change made once for each of its named values. The statement must be one that is kept."""
    text, names, _, _ = in_sql(statement, conn.dialect)
    tell_driver(conn, text, ([row[name] for name in names] for row in rows))


def tell_driver(conn: Connection, statement: str, rows: Iterable[Sequence[object]]) -> None:
    """Have a change made once for each row of values."""
    driver: Any = conn.connection.driver_connection
    driver.executemany(statement, rows).close()


@lru_cache(maxsize=512)
def in_sql(statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> InSql:
    """A statement that is kept, in SQL."""
    compiled = statement.compile(dialect=dialect)
    columns = statement.selected_columns if isinstance(statement, Select) else ()
    converters = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return InSql(str(compiled), compiled.positiontup or (), compiled.params, converters)
