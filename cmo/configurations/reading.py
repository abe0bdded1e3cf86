"""Configurations as they stand, with their parts, their links, and what they are waiting for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal, or_, select

from cmo.configurations.grammar import Grammar, GrammarElement, read_grammar
from cmo.configurations.members import elements_from_below
from cmo.configurations.records import Configuration, Link, Part
from cmo.dimensions import find_dimension
from cmo.evidence import evidence
from store import schema
from store.errors import InputError, UnknownName

_configurations, _parts, _links = schema.configurations, schema.configuration_parts, schema.configuration_links
_Counted = Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]
"""The cases and the roles that a coding counts for, by its id."""


def list_configurations(
    conn: Connection,
    *,
    point: str | None = None,
    case: str | None = None,
    level: str | None = None,
    waiting_for: str | None = None,
) -> list[Configuration]:
    """Configurations by number: those that speak to a point, show in a case, are of a level, or lack an element.

    Raises:
        UnknownName: there is no such point, case or element.
        InputError: no such level.
    """
    asked: list[ColumnElement[bool]] = []
    if point is not None:
        asked.append(_configurations.c.point_id == find_point(conn, point))
    if level is not None:
        asked.append(_configurations.c.level == require_level(level))
    found = _read(conn, asked)
    if case is not None:
        dimension = find_dimension(conn, "case")
        name = dimension.labels[dimension.key(case)]
        found = [one for one in found if name in one.cases]
    if waiting_for is not None:
        wanted = read_grammar(conn).find_main(waiting_for)
        found = [one for one in found if wanted in one.missing]
    return found


def get_configuration(conn: Connection, number: int) -> Configuration:
    """One configuration by its number. Raises UnknownName."""
    return _read(conn, [_configurations.c.id == configuration_id(conn, number)])[0]


def configuration_id(conn: Connection, number: int) -> int:
    """The id of the configuration of that number. Raises UnknownName."""
    found: int | None = conn.scalar(select(_configurations.c.id).where(_configurations.c.number == number))
    if found is None:
        raise UnknownName(f"There is no configuration {number}.", "`cmo configurations STUDY` lists them.")
    return found


def find_point(conn: Connection, label: str) -> int:
    """The id of a point by its label, however it is written. Raises UnknownName."""
    return int(find_dimension(conn, "point").key(label))


def find_case(conn: Connection, name: str) -> int:
    """The id of a case by its name. Raises UnknownName."""
    return int(find_dimension(conn, "case").key(name))


def require_level(level: str) -> str:
    """The level, if it is one. Raises InputError."""
    if level not in schema.LEVELS:
        raise InputError(f"'{level}' is not a level.", "Levels are " + ", ".join(schema.LEVELS) + ".")
    return level


def _read(conn: Connection, asked: Sequence[ColumnElement[bool]]) -> list[Configuration]:
    grammar = read_grammar(conn)
    parts, links = _parts_of(conn, asked, grammar), _links_of(conn, asked)
    query = (
        select(
            _configurations,
            schema.points.c.number.label("point"),
            schema.cases.c.name.label("case_name"),
            schema.coders.c.name.label("coder"),
        )
        .join(schema.coders, schema.coders.c.id == _configurations.c.coder_id)
        .outerjoin(schema.points, schema.points.c.id == _configurations.c.point_id)
        .outerjoin(schema.cases, schema.cases.c.id == _configurations.c.case_id)
        .where(*asked)
        .order_by(_configurations.c.number)
    )
    rows = conn.execute(query).all()
    below = elements_from_below(conn) if any(row.level != "case" for row in rows) else {}
    found = []
    for row in rows:
        own = {element_id for element_id, _ in parts[row.id] if element_id is not None}
        missing = grammar.missing(own if row.level == "case" else own | below.get(row.number, set()))
        found.append(_record(row, tuple(part for _, part in parts[row.id]), tuple(links[row.id]), missing))
    return found


def _record(
    row: Row[Any], parts: tuple[Part, ...], links: tuple[Link, ...], missing: tuple[GrammarElement, ...]
) -> Configuration:
    said_in = dict.fromkeys(case for part in parts for case in part.cases)
    return Configuration(
        id=row.id,
        uuid=row.uuid,
        number=row.number,
        name=row.name,
        restatement=row.restatement,
        level=row.level,
        point=row.point,
        case=row.case_name,
        coder=row.coder,
        created_at=row.created_at,
        changed_at=row.changed_at,
        parts=parts,
        links=links,
        missing=missing,
        cases=(row.case_name,) if row.case_name is not None else tuple(said_in),
        sources=tuple(dict.fromkeys(part.source for part in parts if part.source is not None)),
    )


def _parts_of(
    conn: Connection, asked: Sequence[ColumnElement[bool]], grammar: Grammar
) -> dict[int, list[tuple[int | None, Part]]]:
    """The parts of each configuration (by id) with the ids of their elements, in the order of the grammar."""
    counted = _counted(conn, asked)
    found: defaultdict[int, list[tuple[int | None, Part]]] = defaultdict(list)
    excerpts, versions, sources = schema.excerpts, schema.source_versions, schema.sources
    query = (
        select(
            _parts,
            schema.codes.c.name.label("code"),
            excerpts.c.quote,
            excerpts.c.start,
            excerpts.c.end,
            sources.c.id.label("source_id"),
            sources.c.name.label("source"),
        )
        .join(_configurations, _configurations.c.id == _parts.c.configuration_id)
        .outerjoin(schema.codings, schema.codings.c.id == _parts.c.coding_id)
        .outerjoin(schema.codes, schema.codes.c.id == schema.codings.c.code_id)
        .outerjoin(excerpts, excerpts.c.id == schema.codings.c.excerpt_id)
        .outerjoin(versions, versions.c.id == excerpts.c.version_id)
        .outerjoin(sources, sources.c.id == versions.c.source_id)
        .where(*asked)
    )
    last = len(grammar.elements), 0
    rows = conn.execute(query).all()
    for row in sorted(rows, key=lambda row: (grammar.places.get(row.element_id, last), row.position, row.id)):
        found[row.configuration_id].append((row.element_id, _part(row, grammar, counted)))
    return found


def _part(row: Row[Any], grammar: Grammar, counted: _Counted) -> Part:
    element = grammar.elements.get(row.element_id)
    cases, roles = counted.get(row.coding_id, ((), ()))
    return Part(
        id=row.id,
        element=element.letter if element else None,
        element_name=element.name if element else "undecided",
        wording=row.wording,
        is_stated=row.is_stated and row.coding_id is not None,
        coding_id=row.coding_id,
        code=row.code,
        quote=row.quote or "",
        source_id=row.source_id,
        source=row.source,
        start=row.start,
        end=row.end,
        cases=cases,
        roles=roles,
    )


def _counted(conn: Connection, asked: Sequence[ColumnElement[bool]]) -> _Counted:
    coding_ids = (
        select(_parts.c.coding_id)
        .join(_configurations, _configurations.c.id == _parts.c.configuration_id)
        .where(_parts.c.coding_id.is_not(None), *asked)
    )
    return counted_for(conn, evidence_of=coding_ids)


def counted_for(conn: Connection, *, evidence_of: Any) -> _Counted:
    """The cases and the roles that codings count for; ``evidence_of`` are their ids, as a list or a select."""
    rows = evidence()
    query = (
        select(rows.c.coding_id, schema.cases.c.name.label("case_name"), schema.roles.c.name.label("role"))
        .outerjoin(schema.cases, schema.cases.c.id == rows.c.case_id)
        .outerjoin(schema.roles, schema.roles.c.id == rows.c.role_id)
        .where(rows.c.coding_id.in_(evidence_of))
        .order_by(schema.cases.c.position, schema.roles.c.id)
        .distinct()
    )
    cases: defaultdict[int, dict[str, None]] = defaultdict(dict)
    roles: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for row in conn.execute(query):
        cases[row.coding_id] |= {row.case_name: None} if row.case_name is not None else {}
        roles[row.coding_id] |= {row.role: None} if row.role is not None else {}
    return {coding_id: (tuple(cases[coding_id]), tuple(roles[coding_id])) for coding_id in cases}


def _links_of(conn: Connection, asked: Sequence[ColumnElement[bool]]) -> dict[int, list[Link]]:
    """The links of each configuration (by id), at either end of which it stands."""
    first, second = _configurations.alias("first"), _configurations.alias("second")
    wanted = select(_configurations.c.id).where(literal(True), *asked)
    query = (
        select(_links, first.c.number.label("source"), second.c.number.label("target"))
        .join(first, first.c.id == _links.c.from_id)
        .join(second, second.c.id == _links.c.to_id)
        .where(or_(_links.c.from_id.in_(wanted), _links.c.to_id.in_(wanted)))
        .order_by(_links.c.id)
    )
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for row in conn.execute(query):
        link = Link(row.id, row.source, row.target, row.kind, row.note)
        found[row.from_id].append(link)
        found[row.to_id].append(link)
    return found
