"""Which rows a rescued study gets: what the journal proves, what the tables still have, and texts made whole again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import LargeBinary, String, Table

from store import schema
from store.salvage import Salvage, Values
from store.salvaged_journal import Replayed

LOST = "\ufffd"
"""Stands for each character of a text that could not be read."""

Rows = dict[str, dict[int, Values]]
"""Rows by table and id."""


def merged(file: Salvage, proved: Replayed, *, complete: bool) -> tuple[Rows, dict[str, int]]:
    """The rows of all journalled tables, and of how many by table the journal alone knows.

    Where the journal is ``complete``, it decides: its rows are as they were written, and a row that an act took
    away is gone. Where acts are missing from it they may have changed any row: one that its table still has stands.
    """
    rows: Rows = {}
    from_journal: dict[str, int] = {}
    for table in schema.journalled_tables():
        known, gone, changed = proved.rows[table.name], proved.gone[table.name], proved.changed[table.name]
        found = dict(known)
        read = set()
        for row in file.rows(table.name):
            row_id = row.get("id")
            if not _fits(table, row) or (complete and row_id in gone):
                continue
            read.add(row_id)
            if not complete or row_id not in known:
                found[row["id"]] = {**row, **changed.get(row["id"], {})} if complete else row
        rows[table.name] = {row_id: _full(table, found[row_id]) for row_id in sorted(found)}
        from_journal[table.name] = len(known.keys() - read)
    return rows, from_journal


def _full(table: Table, row: Values) -> Values:
    """A row with all columns of today; those that it lacks are of a newer schema and empty."""
    return {column.name: row.get(column.name) for column in table.columns}


def _fits(table: Table, row: Values) -> bool:
    """Whether every value is of the kind that its column holds."""
    return all(
        _is_of_kind(column.type, row[column.name], column.nullable) for column in table.columns if column.name in row
    )


def _is_of_kind(kind: Any, value: object, nullable: bool | None) -> bool:
    if value is None:
        return bool(nullable)
    if isinstance(kind, LargeBinary):
        return isinstance(value, bytes)
    return isinstance(value, str if isinstance(kind, String) else int)


def without_lost_references(table: Table, rows: Iterable[Values], present: dict[str, set[int]]) -> Iterator[Values]:
    """The rows whose references lead to rows that are ``present``; a reference that may be empty is emptied.

    References within the table itself are left as they are.
    """
    references = [
        (column, key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is not table
    ]
    for row in rows:
        broken = [column for column, parent in references if row[column.name] not in {None} | present[parent]]
        if all(column.nullable for column in broken):
            yield {**row, **dict.fromkeys((column.name for column in broken), None)}


def quotes_by_text(rows: Rows) -> dict[int, list[tuple[int, str]]]:
    """What excerpts know of each text, by its id: where words begin (code points), and the words."""
    text_of = {row_id: version["text_id"] for row_id, version in rows["source_versions"].items()}
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for excerpt in rows["excerpts"].values():
        words = f"{excerpt['before']}{excerpt['quote']}{excerpt['after']}"
        if excerpt["version_id"] in text_of:
            found[text_of[excerpt["version_id"]]].append((excerpt["start"] - len(excerpt["before"]), words))
    return dict(found)


def mended(data: bytes, characters: int, quotes: Sequence[tuple[int, str]]) -> str:
    """A text of the length that it had, in code points, with every quote in its place; the rest of the damage is LOST.

    ``data`` are the bytes that could be read. Damage that changed how many characters they are is made up for where it
    is, so that what comes after it stands where it stood.
    """
    text = data.decode("utf-8", "replace")
    lacking = characters - len(text)
    damaged = text.find(LOST)
    if lacking > 0:
        at = damaged if damaged >= 0 else len(text)
        text = text[:at] + LOST * lacking + text[at:]
    elif lacking < 0:
        at = damaged if damaged >= 0 else characters
        text = text[:at] + text[at - lacking :]
    for start, words in quotes:
        if start >= 0 and start + len(words) <= characters:
            text = text[:start] + words + text[start + len(words) :]
    return text


def sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
