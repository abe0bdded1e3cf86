"""Collecting while reading: one call puts a passage into the configuration that is under way."""

from __future__ import annotations

from sqlalchemy import Connection, select

from cmo.configurations.reading import counted_for, get_configuration
from cmo.configurations.writing import add_configuration, add_part
from store import schema
from store.errors import UnknownName
from store.work import Work

_configurations = schema.configurations


def open_configuration(conn: Connection, coder: str, coding_id: int) -> int | None:
    """The number of the configuration that a passage would be collected into; None: a new one.

    It is the coder's newest of the level of a case that has a case in common with the passage, so that reading on in
    another interview of the same case goes on with it, and one of another case begins anew. A configuration without
    any case, and a passage without any, fit everything.
    """
    cases = set(_cases(conn, coding_id))
    query = (
        select(_configurations.c.number, schema.cases.c.name.label("case_name"))
        .join(schema.coders, schema.coders.c.id == _configurations.c.coder_id)
        .outerjoin(schema.cases, schema.cases.c.id == _configurations.c.case_id)
        .where(schema.coders.c.name == coder, _configurations.c.level == "case")
        .order_by(_configurations.c.id.desc())
    )
    for row in conn.execute(query):
        known = {row.case_name} if row.case_name is not None else set(get_configuration(conn, row.number).cases)
        if not known or not cases or known & cases:
            return int(row.number)
    return None


def collect(work: Work, coding_id: int, *, begin: bool = False) -> tuple[int, int]:
    """Put a coding, in the role of its code, into the configuration under way; return its number and the part's id.

    A new one is begun where there is none or ``begin`` says so: it speaks to the point of the coding's code, and is
    of the case of the passage where that is one. Raises UnknownName: there is no such coding.
    """
    number = None if begin else open_configuration(work.conn, work.coder, coding_id)
    if number is None:
        cases = _cases(work.conn, coding_id)
        number = add_configuration(
            work, point=_point_of(work.conn, coding_id), case=cases[0] if len(cases) == 1 else None
        )
    return number, add_part(work, number, coding=coding_id)


def _cases(conn: Connection, coding_id: int) -> tuple[str, ...]:
    """The cases that a coding counts for. Raises UnknownName: there is no such coding."""
    found = counted_for(conn, evidence_of=[coding_id])
    if coding_id not in found:
        raise UnknownName(f"There is no coding {coding_id} any more.", "Somebody may have removed or undone it.")
    return found[coding_id][0]


def _point_of(conn: Connection, coding_id: int) -> str | None:
    query = (
        select(schema.points.c.number)
        .join(schema.codes, schema.codes.c.point_id == schema.points.c.id)
        .join(schema.codings, schema.codings.c.code_id == schema.codes.c.id)
        .where(schema.codings.c.id == coding_id)
    )
    found: str | None = conn.scalar(query)
    return found
