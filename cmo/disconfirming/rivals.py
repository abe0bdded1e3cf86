"""Rival explanations: theories of their own that nobody has tested, and some that were heard and never stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, func, select

from cmo.disconfirming.points import Told, where_of
from cmo.evidence import STALE, evidence
from store import schema
from store.findings import Finding


def rival_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Rival points that no passage was judged for or against in their present wording; and points of which passages
    say that another explanation holds (stance rival) while the theory has no rival point for them.
    """
    points, rows = schema.points, evidence()
    rival_of = dict(
        conn.execute(select(points.c.id, points.c.rival_of_id).where(points.c.rival_of_id.is_not(None))).all()
    )
    is_judged = rows.c.stance.is_not(None) & (rows.c.stance != STALE)
    tested = set(conn.scalars(select(rows.c.point_id).where(is_judged).distinct()))
    heard = (
        select(rows.c.point_id, func.count(rows.c.excerpt_id.distinct()))
        .where(rows.c.stance == "rival", rows.c.point_id.is_not(None))
        .group_by(rows.c.point_id)
    )
    rival_excerpts: dict[int, int] = dict(conn.execute(heard).all())
    for point_id, label in held.items():
        if point_id in rival_of and point_id not in tested:
            against = conn.scalar(select(points.c.number).where(points.c.id == rival_of[point_id]))
            message = f"is a rival of {against} that no passage was judged for or against"
            yield Told(point_id, Finding("rival-not-tested", where_of(label), message))
        stated = any(of == point_id and rival in held for rival, of in rival_of.items())
        if rival_excerpts.get(point_id) and not stated:
            message = f"excerpts with a rival explanation: {rival_excerpts[point_id]:,}; no rival point states it"
            yield Told(point_id, Finding("rival-not-stated", where_of(label), message))
