"""Rival explanations: theories of their own that nobody has tested, and some that were heard and never stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from cmo.disconfirming.points import Told, where_of
from cmo.disconfirming.support import Counts
from store import schema
from store.findings import Finding


def rival_findings(conn: Connection, held: Mapping[int, str], counts: Counts) -> Iterator[Told]:
    """Rival points that no passage was judged for or against in their present wording; and points of which passages
    say that another explanation holds (stance rival) while the theory has no rival point for them.
    """
    points = schema.points
    rival_of = dict(
        conn.execute(select(points.c.id, points.c.rival_of_id).where(points.c.rival_of_id.is_not(None))).all()
    )
    stated = {of for rival, of in rival_of.items() if rival in held}
    for point_id, label in held.items():
        found = counts.get(point_id)
        if point_id in rival_of and (found is None or not found.is_judged):
            against = conn.scalar(select(points.c.number).where(points.c.id == rival_of[point_id]))
            message = f"is a rival of {against} that no passage was judged for or against"
            yield Told(point_id, Finding("rival-not-tested", where_of(label), message))
        if found is not None and found.rivals and point_id not in stated:
            message = f"excerpts with a rival explanation: {found.rivals:,}; no rival point states it"
            yield Told(point_id, Finding("rival-not-stated", where_of(label), message))
