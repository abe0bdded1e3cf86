"""Past SQLAlchemy to the driver itself, in the transaction that is under way.

For what every act or key asks, what is asked dozens of times in one call, and what is answered by the million: there
SQLAlchemy's share would be larger than SQLite's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

ERRORS = (DBAPIError, sqlite3.Error)
"""What is raised by a database that cannot answer, asked by way of SQLAlchemy or straight."""


def cause_of(error: DBAPIError | sqlite3.Error) -> BaseException:
    """What the driver said."""
    return error.orig or error if isinstance(error, DBAPIError) else error


def ask_driver(conn: Connection, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
    """Ask the driver itself; the cursor is the caller's to close."""
    driver: Any = conn.connection.driver_connection
    found: sqlite3.Cursor = driver.execute(statement, values)
    return found


def ask(conn: Connection, statement: Select[Any], **values: object) -> list[Any]:
    """All rows of a short answer, as the driver gives them: a truth is 0 or 1.

    The statement must be one that is kept: what it is in SQL is kept with it.
    """
    text, names, fixed = _in_sql(statement, conn.dialect)
    return ask_driver(conn, text, [values[name] if name in values else fixed[name] for name in names]).fetchall()


@lru_cache(maxsize=256)
def _in_sql(statement: Select[Any], dialect: Dialect) -> tuple[str, Sequence[str], Mapping[str, object]]:
    """A statement for the driver, what its question marks stand for, and the values that are in it already."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), compiled.positiontup or (), compiled.params
