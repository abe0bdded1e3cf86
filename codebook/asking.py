"""Asking for the rows that belong to many others, however many these are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select

from store.changes import IDS_PER_STATEMENT


def rows_of(
    conn: Connection, query: Select[Any], column: ColumnElement[Any], ids: Sequence[int], **bound: Any
) -> list[Row[Any]]:
    """The rows of a query with one of these ids in a column; asked in pieces, because SQLite takes only so many.

    ``bound`` are the values of the query's own parameters.
    """
    found: list[Row[Any]] = []
    for first in range(0, len(ids), IDS_PER_STATEMENT):
        found += conn.execute(query.where(column.in_(ids[first : first + IDS_PER_STATEMENT])), bound)
    return found
