"""Which configurations specialise which, and what can be reached that way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from store import schema

_configurations, _links = schema.configurations, schema.configuration_links


def members_by_number(conn: Connection) -> dict[int, tuple[int, ...]]:
    """The configurations (numbers) that specialise each one, directly."""
    lower, upper = _configurations.alias("lower"), _configurations.alias("upper")
    query = (
        select(upper.c.number.label("upper"), lower.c.number.label("lower"))
        .join(_links, _links.c.to_id == upper.c.id)
        .join(lower, lower.c.id == _links.c.from_id)
        .where(_links.c.kind == "specialises")
        .order_by(upper.c.number, lower.c.number)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in conn.execute(query):
        found[row.upper].append(row.lower)
    return {number: tuple(members) for number, members in found.items()}


def reached(start: int, onward: Mapping[int, Iterable[int]]) -> set[int]:
    """Everything that can be reached, the start included; a circle is walked once."""
    seen, ahead = {start}, [start]
    while ahead:
        for following in onward.get(ahead.pop(), ()):
            if following not in seen:
                seen.add(following)
                ahead.append(following)
    return seen


def elements_from_below(conn: Connection) -> dict[int, set[int]]:
    """The elements (ids) that each configuration (number) has parts of, its own and those of what specialises it."""
    parts = schema.configuration_parts
    query = (
        select(_configurations.c.number, parts.c.element_id)
        .join(parts, parts.c.configuration_id == _configurations.c.id)
        .where(parts.c.element_id.is_not(None))
        .distinct()
    )
    own: defaultdict[int, set[int]] = defaultdict(set)
    for row in conn.execute(query):
        own[row.number].add(row.element_id)
    members = members_by_number(conn)
    return {number: set().union(*(own[one] for one in reached(number, members))) for number in {*own, *members}}
