"""Which codings an act has touched, read from its journal entry: so that an undo need not read a whole source anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from codebook.codings import some_codings
from codebook.records import Coding
from store import schema
from store.changes import Change
from store.journal import changes_of

MOST_ROWS = 200
"""Rows that acts may have changed for their codings to be told one by one."""

_OF_A_CODING = {table.name: table for table in (schema.judgements, schema.memos)}
_BESIDE_CODINGS = {"codes", "coders", "excerpts", "reviews", "bookmarks"} | {
    name for name in schema.metadata.tables if name.startswith("configuration")
}


def codings_touched(
    conn: Connection, acts: Sequence[int], source_id: int, viewer: str
) -> tuple[list[int], list[Coding]] | None:
    """The ids of the codings that acts (or undoing them) may have changed, and those of the source that are there now.

    None where the acts changed too much, or something else that codings show.
    """
    ids: set[int] = set()
    rows = 0
    for change in (change for act in acts for change in changes_of(conn, act)):
        rows += len(change.rows)
        if rows > MOST_ROWS or not _is_known(change):
            return None
        ids |= set(_touched(conn, change))
    return sorted(ids), [coding for coding in some_codings(conn, sorted(ids), viewer) if coding.source_id == source_id]


def _is_known(change: Change) -> bool:
    if change.table in ("codes", "excerpts") and change.op == "update":
        return False  # a name or a place that any coding may show
    return change.table in {"codings", *_OF_A_CODING, *_BESIDE_CODINGS}


def _touched(conn: Connection, change: Change) -> Iterable[int]:
    if change.table == "codings":
        return [row[0] for row in change.rows]
    table = _OF_A_CODING.get(change.table)
    if table is None:
        return []
    if "coding_id" in change.columns:
        at = change.columns.index("coding_id")
        return [row[at] for row in change.rows if row[at] is not None]
    query = select(table.c.coding_id).where(table.c.id.in_([row[0] for row in change.rows]))
    return [coding_id for coding_id in conn.scalars(query) if coding_id is not None]
