"""Verdicts given on another wording than the present one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, func, select

from cmo.disconfirming.points import Told, where_of
from store import schema
from store.findings import Finding


def verdict_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Verdicts in force on a point whose wording has changed since."""
    verdicts, versions = schema.verdicts, schema.point_versions
    query = (
        select(versions.c.point_id, verdicts.c.verdict, versions.c.number)
        .join(versions, versions.c.id == verdicts.c.point_version_id)
        .where(verdicts.c.is_current, ~versions.c.is_current)
        .order_by(verdicts.c.id)
    )
    for point_id, verdict, number in conn.execute(query):
        if point_id in held:
            message = f"the verdict '{verdict}' was given on wording {number}, which has changed since"
            yield Told(point_id, Finding("verdict-stale", where_of(held[point_id]), message))


def study_verdict_findings(conn: Connection) -> Iterator[Finding]:
    """A verdict in force on the whole programme, when a point was reworded after it."""
    verdicts, versions = schema.verdicts, schema.point_versions
    given = conn.execute(
        select(verdicts.c.verdict, verdicts.c.created_at)
        .where(verdicts.c.is_current, verdicts.c.point_version_id.is_(None))
        .order_by(verdicts.c.id.desc())
    ).first()
    if given is None:
        return
    later = select(func.count(versions.c.point_id.distinct())).where(versions.c.created_at > given.created_at)
    reworded = conn.scalar(later) or 0
    if reworded:
        message = f"the verdict '{given.verdict}' is older than the wording of points: {reworded:,}"
        yield Finding("verdict-stale", "the whole programme", message)
