"""Cases, roles and participants by name: found, or added as part of the act under way."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select, union

from store import schema
from transcripts.text import normalise

if TYPE_CHECKING:
    from store.work import Work


@lru_cache(maxsize=10_000)  # the same few names stand in every row of a table
def tidy(name: str) -> str:
    """A name as it is kept: NFC, and one space between words."""
    return " ".join(normalise(name).split())


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """How names are compared: as they are kept, and without regard to capitals."""
    return unicodedata.normalize("NFC", tidy(name).casefold())


def natural(name: str) -> list[tuple[int, int | str]]:
    """A key to sort names by, that puts ``case2`` before ``case10``."""
    pieces = (piece for piece in re.split(r"(\d{1,18})", fold(name)) if piece)  # Python makes no number of 5,000 digits
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces]


def ids_by_name(conn: Connection, table: Table) -> dict[str, int]:
    """All names of a table, folded for comparison, with their ids."""
    return {fold(name): row_id for name, row_id in conn.execute(select(table.c.name, table.c.id))}


def nearest(name: str, known: Iterable[str]) -> str:
    """The three names that come nearest, in words: ``'Case 1' or 'Case 2'``; empty where none comes near."""
    from rapidfuzz import process

    near = process.extract(name, list(known), limit=3, score_cutoff=60)
    return " or ".join(f"'{match[0]}'" for match in near)


def next_position(conn: Connection, table: Table) -> int:
    return (conn.scalar(select(func.max(table.c.position))) or 0) + 1


class Names:
    """Finds things by name and adds what is missing. One for each act: it remembers what it has seen.

    ``known`` is what the act before has seen, where nobody else has changed the study since.
    """

    def __init__(self, work: Work, known: dict[str, dict[str, int]] | None = None) -> None:
        self.work = work
        self._known = {} if known is None else known

    def role(self, name: str) -> int | None:
        return self._get(schema.roles, name, {})

    def case(self, name: str) -> int | None:
        return self._get(schema.cases, name, {"position": None})

    def participant(self, name: str) -> int | None:
        return self._get(schema.participants, name, {"role_id": None, "case_id": None})

    def _get(self, table: Table, name: str, values: dict[str, Any]) -> int | None:
        """The id of what bears the name; None for an empty name."""
        if not name.strip():
            return None
        if table.name not in self._known:
            self._known[table.name] = ids_by_name(self.work.conn, table)
        known = self._known[table.name]
        if fold(name) not in known:
            if "position" in values:
                values = values | {"position": next_position(self.work.conn, table)}
            known[fold(name)] = self.work.insert(table, {"name": tidy(name), **values})
        return known[fold(name)]


def remove_unused_people(work: Work) -> None:
    """Take away the participants, then the roles, that nothing in the study refers to any more."""
    for table in (schema.participants, schema.roles):
        work.delete(table, unused_ids(work.conn, table))


def unused_ids(conn: Connection, table: Table) -> list[int]:
    """The rows of a table that no row of the study refers to."""
    tables = schema.metadata.sorted_tables
    referring = [column for other in tables for column in other.columns if column.references(table.c.id)]
    used = union(*(select(column).where(column.is_not(None)) for column in referring))
    return list(conn.scalars(select(table.c.id).where(table.c.id.not_in(used))))


def file_name(path: Path) -> str:
    """A file's name as a study keeps it."""
    return tidy(plain(path.name))


def plain(name: str) -> str:
    """A name that the system gave, as text: bytes in it that are not UTF-8 are read as Windows-1252."""
    raw = os.fsencode(name)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
