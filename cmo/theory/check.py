"""Is the theory sound? What must hold of versions, decisions, states and verdicts, beside what the tables enforce."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, case, func, or_, select

from cmo.theory.importing import is_circle
from store import schema
from store.findings import Finding

_WITHOUT_RESULT = ("abandon",)
"""Kinds of decisions that end in no wording."""


def check_theory(conn: Connection) -> Iterator[Finding]:
    """Every finding about the theory; none for a sound one."""
    yield from _versions(conn)
    yield from _decisions(conn)
    yield from _results(conn)
    yield from _evidence(conn)
    yield from _verdicts(conn)
    yield from _circles(conn)


def _versions(conn: Connection) -> Iterator[Finding]:
    """A point's versions are numbered from 1 without a gap, and the newest is the current one."""
    versions = schema.point_versions
    newest = func.max(versions.c.number)
    current = func.max(case((versions.c.is_current, versions.c.number), else_=0))
    in_force = func.sum(case((versions.c.is_current, 1), else_=0))
    query = (
        select(versions.c.point_id, newest, func.count(), func.min(versions.c.number), current)
        .group_by(versions.c.point_id)
        .having(or_(newest != func.count(), func.min(versions.c.number) != 1, and_(in_force == 1, current != newest)))
    )
    for point_id, last, count, first, now in conn.execute(query):
        message = f"has {count} versions, numbered {first} to {last}, of which {now} is the current one"
        yield Finding("point-versions", f"point {point_id}", message)
    points = schema.points
    bare = select(points.c.id).where(points.c.id.not_in(select(versions.c.point_id)))
    for point_id in conn.scalars(bare):
        yield Finding("point-versions", f"point {point_id}", "has no wording")


def _decisions(conn: Connection) -> Iterator[Finding]:
    """A decision has a reason, starts from wordings unless it adds one, and ends in them unless it gives one up."""
    decisions, touched = schema.decisions, schema.decision_points
    before = func.sum(case((touched.c.is_result.is_(False), 1), else_=0))
    after = func.sum(case((touched.c.is_result, 1), else_=0))
    query = (
        select(decisions.c.id, decisions.c.kind, decisions.c.why, before, after)
        .outerjoin(touched, touched.c.decision_id == decisions.c.id)
        .group_by(decisions.c.id)
    )
    for decision_id, kind, why, started, ended in conn.execute(query):
        where = f"decision {decision_id}"
        if not why.strip():
            yield Finding("decision-reason", where, "has no reason")
        if bool(started) != (kind != "add") or bool(ended) != (kind not in _WITHOUT_RESULT):
            yield Finding("decision-wordings", where, f"({kind}) starts from {started} wordings and ends in {ended}")


def _results(conn: Connection) -> Iterator[Finding]:
    """The decision that a wording names is the one that ended in it."""
    versions, touched = schema.point_versions, schema.decision_points
    named = and_(
        touched.c.point_version_id == versions.c.id,
        touched.c.decision_id == versions.c.decision_id,
        touched.c.is_result,
    )
    query = select(versions.c.id).outerjoin(touched, named).where(versions.c.decision_id.is_not(None))
    for version_id in conn.scalars(query.where(touched.c.id.is_(None))):
        yield Finding("version-decision", f"point version {version_id}", "names a decision that did not end in it")


def _evidence(conn: Connection) -> Iterator[Finding]:
    rested = schema.decision_evidence
    query = select(rested.c.id).where(or_(func.trim(rested.c.quote) == "", func.trim(rested.c.reference) == ""))
    for row_id in conn.scalars(query):
        yield Finding("decision-evidence", f"decision evidence {row_id}", "has no words, or does not say from where")


def _verdicts(conn: Connection) -> Iterator[Finding]:
    verdicts, versions = schema.verdicts, schema.point_versions
    query = (
        select(versions.c.point_id, func.count())
        .select_from(verdicts)
        .outerjoin(versions, versions.c.id == verdicts.c.point_version_id)
        .where(verdicts.c.is_current)
        .group_by(versions.c.point_id)
        .having(func.count() > 1)
    )
    for point_id, count in conn.execute(query):
        where = "the programme" if point_id is None else f"point {point_id}"
        yield Finding("current-verdict", where, f"has {count} verdicts in force instead of one")


def _circles(conn: Connection) -> Iterator[Finding]:
    for table, words in ((schema.points, "point"), (schema.elements, "element")):
        above = {
            str(row_id): None if parent_id is None else str(parent_id)
            for row_id, parent_id in conn.execute(select(table.c.id, table.c.parent_id))
        }
        for row_id in above:
            if is_circle(row_id, above):
                yield Finding("part-of-itself", f"{words} {row_id}", "is a part of itself")
