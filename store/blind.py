"""Coding blind: what a coder reads of a study while the work of the others is hidden.

One rule holds for every query of a connection that reads: a row is hidden when another coder made it, or when it hangs
on a hidden row. It is carried out by views that stand before the tables, so that no query has to know of it, and no
figure can forget it. What changes the study goes past the views and sees everything, as an act must.
"""

from __future__ import annotations

import sqlite3
from functools import cache

from sqlalchemy import Table

from store import schema

SHARED = frozenset({"decisions", "point_versions", "theory_states", "verdicts"})
"""Made by a coder for all: the programme theory and what was decided about it is the study's."""

_READER = "(SELECT id FROM main.coders WHERE name = (SELECT coder FROM temp.blind_reader))"


def hide_others(connection: sqlite3.Connection, coder: str) -> None:
    """Hide what others than this coder have made from all that the connection reads from now on."""
    connection.execute("CREATE TEMP TABLE blind_reader (coder TEXT NOT NULL)")
    connection.execute("INSERT INTO temp.blind_reader VALUES (?)", (coder,))
    for name, seen in hidden_tables().items():
        connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM main."{name}" AS here WHERE {seen}')


@cache
def hidden_tables() -> dict[str, str]:
    """The tables of which rows are hidden, each with which of them are seen, as SQL; ``here`` is the row."""
    hidden = {
        # An excerpt is nobody's; without a coding that is seen it only tells that somebody found something there.
        "excerpts": "EXISTS (SELECT 1 FROM temp.codings AS own WHERE own.excerpt_id = here.id)",
        # The own acts, and what was undone and done again of them, whoever did it.
        "journal": (
            "here.coder = (SELECT coder FROM temp.blind_reader) OR EXISTS (SELECT 1 FROM main.journal AS own "
            "WHERE own.seq = here.target AND own.coder = (SELECT coder FROM temp.blind_reader))"
        ),
    }
    for table in schema.journalled_tables():
        seen = _seen(table, hidden)
        if seen and table.name not in hidden and table.name not in SHARED:
            hidden[table.name] = " AND ".join(seen)
    return hidden


def _seen(table: Table, hidden: dict[str, str]) -> list[str]:
    """What must hold of a row of the table for it to be seen; nothing where all are."""
    # The plus keeps SQLite from looking things up by their coder, who may have made a third of the study.
    conditions = [f"+here.coder_id = {_READER}"] if "coder_id" in table.c else []
    for key in table.foreign_keys:
        name, column = key.column.table.name, key.parent.name
        if name in hidden and name not in ("excerpts", table.name):
            there = f'EXISTS (SELECT 1 FROM temp."{name}" AS whole WHERE whole.id = here."{column}")'
            conditions.append(f'(here."{column}" IS NULL OR {there})')
    return conditions
