"""The points that findings are about: those in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from store import schema
from store.findings import Finding

MOST_NAMES = 12
"""Names in one message; the matrix has all of them."""


class Told(NamedTuple):
    """A finding and the id of the point it is about."""

    point_id: int
    finding: Finding


def held_points(conn: Connection) -> dict[int, str]:
    """The labels of the points in force by their ids, in the order of the theory; split, merged and abandoned points
    are asked nothing.
    """
    points = schema.points
    query = select(points.c.id, points.c.number).where(or_(points.c.state.is_(None), points.c.state == "held"))
    return {row.id: row.number for row in conn.execute(query.order_by(points.c.position, points.c.id))}


def where_of(label: str) -> str:
    """A point as ``Finding.where`` names it."""
    return f"point {label}"


def listed(names: Iterable[str]) -> str:
    """Names in a message, and how many more there are."""
    known = list(names)
    more = len(known) - MOST_NAMES
    return ", ".join(known[:MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")
