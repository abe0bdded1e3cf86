"""Cases, roles and participants by name: found, or added as part of the act under way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, func, select

from store import schema
from store.work import Work


def ids_by_name(conn: Connection, table: Table) -> dict[str, int]:
    """All names of a table, folded for comparison, with their ids."""
    return {fold(name): row_id for name, row_id in conn.execute(select(table.c.name, table.c.id))}


def fold(name: str) -> str:
    """How names are compared: without regard to case and to how many spaces stand between words."""
    return " ".join(name.split()).casefold()


def next_position(conn: Connection, table: Table) -> int:
    return (conn.scalar(select(func.max(table.c.position))) or 0) + 1


class Names:
    """Finds things by name and adds what is missing. One for each act: it remembers what it has seen."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._known: dict[str, dict[str, int]] = {}

    def known(self, table: Table) -> dict[str, int]:
        if table.name not in self._known:
            self._known[table.name] = ids_by_name(self.work.conn, table)
        return self._known[table.name]

    def role(self, name: str) -> int | None:
        return self._get(schema.roles, name, {})

    def case(self, name: str) -> int | None:
        return self._get(schema.cases, name, {"position": None})

    def participant(self, name: str, *, role_id: int | None, case_id: int | None) -> int | None:
        found = self._get(schema.participants, name, {"role_id": role_id, "case_id": case_id})
        if found is not None:
            given = {"role_id": role_id, "case_id": case_id}
            self.work.update(schema.participants, found, **{k: v for k, v in given.items() if v is not None})
        return found

    def _get(self, table: Table, name: str, values: dict[str, Any]) -> int | None:
        if not name.strip():
            return None
        known = self.known(table)
        if fold(name) not in known:
            if "position" in values:
                values = values | {"position": next_position(self.work.conn, table)}
            known[fold(name)] = self.work.insert(table, {"name": " ".join(name.split()), **values})
        return known[fold(name)]
