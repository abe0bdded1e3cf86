"""Verdicts: what the study says of a point, and of the whole programme, in the end.

The five tell theory failure from implementation failure, as programme evaluation has done since Weiss (1972).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, exists, or_, select

from cmo.theory.reading import find_point
from cmo.theory.records import Verdict, VersionName
from store import schema
from store.errors import InputError
from store.schema import VERDICTS

if TYPE_CHECKING:
    from store.work import Work


def set_verdict(work: Work, point: str | None, verdict: str | None, reason: str = "") -> int | None:
    """A verdict on a point's current wording, or on the programme (None); an earlier one is kept, and counts no more.

    ``verdict`` None takes the present one out of force and puts none in its place. Returns the new one's id.

    Raises:
        UnknownName: there is no such point.
        InputError: no such verdict, or no reason for it.
    """
    verdicts, versions = schema.verdicts, schema.point_versions
    if verdict is not None and verdict not in VERDICTS:
        raise InputError(f"'{verdict}' is no verdict.", "Verdicts are: " + "; ".join(VERDICTS) + ".")
    if verdict is not None and not reason.strip():
        raise InputError("A verdict needs a reason.", "Say what it rests on.")
    point_id = None if point is None else find_point(work.conn, point)
    query = select(verdicts.c.id).outerjoin(versions, versions.c.id == verdicts.c.point_version_id)
    present = query.where(verdicts.c.is_current, versions.c.point_id.is_not_distinct_from(point_id))
    work.update_many(verdicts, list(work.conn.scalars(present)), is_current=False)
    whose = (
        "the programme"
        if point_id is None
        else work.conn.scalar(select(schema.points.c.number).where(schema.points.c.id == point_id))
    )
    work.summary = f"verdict on {whose}: {verdict or 'none'}"
    if verdict is None:
        return None
    current = select(versions.c.id).where(versions.c.point_id == point_id, versions.c.is_current)
    values = {
        "point_version_id": None if point_id is None else work.conn.scalar(current),
        "verdict": verdict,
        "reason": reason.strip(),
        "coder_id": work.coder_id,
        "created_at": work.at,
        "is_current": True,
    }
    return work.insert(verdicts, values)


def list_verdicts(conn: Connection) -> list[Verdict]:
    """All verdicts, those on the programme first, then by the order of points and of time; also earlier ones.

    One is stale where its point has another wording by now, or is no longer held; that on the programme where any
    point got a wording, or a decision was made, after it.
    """
    verdicts, versions, points, coders = schema.verdicts, schema.point_versions, schema.points, schema.coders
    decided = exists().where(schema.decisions.c.created_at > verdicts.c.created_at)
    later = versions.alias("later")
    moved_on = or_(decided, exists().where(later.c.created_at > verdicts.c.created_at))
    query = (
        select(
            verdicts,
            coders.c.name.label("coder"),
            versions.c.id.label("version_id"),
            versions.c.number.label("version"),
            versions.c.is_current.label("is_worded_so"),
            points.c.number.label("label"),
            points.c.state,
            moved_on.label("moved_on"),
        )
        .join(coders, coders.c.id == verdicts.c.coder_id)
        .outerjoin(versions, versions.c.id == verdicts.c.point_version_id)
        .outerjoin(points, points.c.id == versions.c.point_id)
        .order_by(points.c.position.is_not(None), points.c.position, verdicts.c.id)
    )
    return [
        Verdict(
            id=row.id,
            uuid=row.uuid,
            version=None if row.version_id is None else VersionName(row.version_id, row.label, row.version),
            verdict=row.verdict,
            reason=row.reason,
            coder=row.coder,
            created_at=row.created_at,
            is_current=row.is_current,
            stale=bool(row.moved_on) if row.version_id is None else not row.is_worded_so or row.state is not None,
        )
        for row in conn.execute(query)
    ]
