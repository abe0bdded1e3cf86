"""Where to search, from what people call things to ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from cmo.dimensions import find_dimension
from store import schema
from store.errors import UnknownName
from transcripts.people import fold, nearest
from transcripts.search.filters import Filters

SEARCHED_BY = ("source", "kind", "round", "case", "role", "participant", "speaker", "code", "point", "attribute:NAME")
_PLURALS = {name: f"{name}s" for name in ("source", "kind", "case", "role", "participant")}


def search_filters(
    conn: Connection, where: Mapping[str, str | None], *, coded: bool | None = None, asks: bool | None = None
) -> Filters:
    """The filters for labels by dimension; None asks for what has no value.

    Raises:
        UnknownName: there is nothing to search by of that name, or the study has no such label.
    """
    accepted: dict[str, frozenset[Any]] = {}
    for name, label in where.items():
        field, values = _accepted(conn, name, label)
        accepted[field] = accepted.get(field, values) & values
    return Filters(**accepted, coded=coded, asks=asks)


def _accepted(conn: Connection, name: str, label: str | None) -> tuple[str, frozenset[Any]]:
    """The field of the filters that a name stands for, and what passes it."""
    if name in _PLURALS:
        return _PLURALS[name], frozenset({None if label is None else find_dimension(conn, name).key(label)})
    match name.partition(":")[0]:
        case "round":
            rounds = conn.scalars(select(schema.sources.c.round).distinct()).all()
            return "rounds", _like(name, label, [one for one in rounds if one is not None])
        case "speaker":
            labels = conn.scalars(select(schema.speakers.c.label).distinct()).all()
            return "speakers", _like(name, label, labels)
        case "code" | "point":
            return "codes", _codes(conn, name, label)
        case "attribute":
            return "cases", _cases(conn, name, label)
        case _:
            raise UnknownName(f"'{name}' is nothing to search by.", f"Use one of {', '.join(SEARCHED_BY)}.")


def _like(name: str, label: str | None, known: Collection[str]) -> frozenset[str | None]:
    """The labels that are like this one but for capitals."""
    if label is None:
        return frozenset({None})
    found = frozenset(one for one in known if fold(one) == fold(label))
    if not found:
        near = nearest(label, known)
        raise UnknownName(f"There is no {name} '{label}' in this study.", f"Nearest: {near}." if near else "")
    return found


def _codes(conn: Connection, name: str, label: str | None) -> frozenset[int]:
    """One code, or all codes of a point; of no point: those outside the theory."""
    key = None if label is None else find_dimension(conn, name).key(label)
    column = schema.codes.c.id if name == "code" else schema.codes.c.point_id
    return frozenset(conn.scalars(select(schema.codes.c.id).where(column.is_not_distinct_from(key))))


def _cases(conn: Connection, name: str, label: str | None) -> frozenset[int | None]:
    """The cases that have a value of an attribute; without a value, also what has no case."""
    dimension = find_dimension(conn, name)
    held = schema.attribute_values
    having = select(held.c.case_id).where(held.c.attribute_id == dimension.attribute_id)
    if label is not None:
        return frozenset(conn.scalars(having.where(held.c.value == dimension.key(label))))
    return frozenset({None, *conn.scalars(select(schema.cases.c.id).where(schema.cases.c.id.not_in(having)))})
