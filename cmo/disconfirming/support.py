"""What a point's evidence rests on: how much, for and against, and whose; counted in SQL from the one evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select

from cmo.disconfirming.points import Told, where_of
from cmo.disconfirming.records import Thresholds
from cmo.evidence import STALE, evidence
from store import schema
from store.findings import Finding
from store.schema import STANCES

AGAINST = ("refutes", "rival")
"""The stances that speak against a point."""


Counts = Mapping[int, Row[Any]]
"""What a point's evidence comes to, by the point's id; see :func:`count_support`."""


def support_findings(conn: Connection, held: Mapping[int, str], counts: Counts) -> Iterator[Told]:
    """For each point, where it stands on nothing, on one case, one role or one source, on one side only, or on
    judgements that are missing or stale.

    What has no case or no role is left out when cases and roles are counted; a stale judgement speaks for nothing.
    """
    names = {
        table.name: dict(conn.execute(select(table.c.id, table.c.name)).all())
        for table in (schema.cases, schema.roles, schema.sources)
    }
    for point_id, label in held.items():
        if point_id not in counts:
            yield Told(point_id, Finding("point-no-evidence", where_of(label), "nothing is coded to it in any source"))
            continue
        for code, message in (*_one_voice(counts[point_id], names), *_one_side(counts[point_id])):
            yield Told(point_id, Finding(code, where_of(label), message))


def talkative_findings(conn: Connection, held: Mapping[int, str], thresholds: Thresholds) -> Iterator[Told]:
    """Points of whose excerpts one source gives more than its share; not those that rest on that source alone.

    Where several do, because the share is below a half, the one that gives most is told, the first of the study's
    among equals.
    """
    rows, sources = evidence(), schema.sources
    excerpts = func.count(rows.c.excerpt_id.distinct()).label("excerpts")
    by_source = (
        select(rows.c.point_id, rows.c.source_id, excerpts).group_by(rows.c.point_id, rows.c.source_id).subquery()
    )
    of_point = func.sum(by_source.c.excerpts).over(partition_by=by_source.c.point_id).label("of_point")
    sharing = select(by_source, of_point).subquery()
    query = (
        select(sharing.c.point_id, sources.c.name, sharing.c.excerpts, sharing.c.of_point)
        .join(sources, sources.c.id == sharing.c.source_id)
        .where(
            sharing.c.of_point >= thresholds.excerpts,
            sharing.c.excerpts > thresholds.share * sharing.c.of_point,
            sharing.c.excerpts < sharing.c.of_point,
        )
        .order_by(sharing.c.excerpts.desc(), sources.c.position, sources.c.id)
    )
    told = set()
    for point_id, source, given, total in conn.execute(query):
        if point_id in held and point_id not in told:
            told.add(point_id)
            message = f"'{source}' gives {given:,} of its {total:,} excerpts"
            yield Told(point_id, Finding("point-one-talkative", where_of(held[point_id]), message))


def count_support(conn: Connection) -> Counts:
    """What each point has of cases, roles and sources, of evidence for, against and of rivals, and of judgements
    missing, stale or in force; points without any evidence are left out.
    """
    rows = evidence()
    query: Select[Any] = (
        select(
            rows.c.point_id,
            *(
                column
                for name in ("case", "role", "source")
                for column in (
                    func.count(rows.c[f"{name}_id"].distinct()).label(f"{name}s"),
                    func.min(rows.c[f"{name}_id"]).label(f"first_{name}"),
                )
            ),
            func.max(case((rows.c.stance == "supports", 1), else_=0)).label("is_supported"),
            func.max(case((rows.c.stance.in_(AGAINST), 1), else_=0)).label("is_opposed"),
            func.count(case((rows.c.stance.is_(None), rows.c.coding_id)).distinct()).label("unjudged"),
            func.count(case((rows.c.stance == STALE, rows.c.coding_id)).distinct()).label("stale"),
            func.max(case((rows.c.stance.in_(STANCES), 1), else_=0)).label("is_judged"),
            func.count(case((rows.c.stance == "rival", rows.c.excerpt_id)).distinct()).label("rivals"),
        )
        .where(rows.c.point_id.is_not(None))
        .group_by(rows.c.point_id)
    )
    return {row.point_id: row for row in conn.execute(query)}


def _one_voice(row: Row[Any], names: Mapping[str, Mapping[int, str]]) -> Iterator[tuple[str, str]]:
    if row.cases == 1:
        yield "point-one-case", f"rests on one case only: {names[schema.cases.name][row.first_case]}"
    elif not row.cases:
        yield "point-no-case", "all its quotes come from sources without a case"
    if row.roles == 1:
        yield "point-one-role", f"rests on one role only: {names[schema.roles.name][row.first_role]}"
    if row.sources == 1:
        yield "point-one-source", f"rests on one source only: {names[schema.sources.name][row.first_source]}"


def _one_side(row: Row[Any]) -> Iterator[tuple[str, str]]:
    if not row.is_opposed:
        yield "point-nothing-against", "no quote speaks against it: was it looked for?"
    if not row.is_supported:
        yield "point-nothing-for", "no quote supports it"
    if row.unjudged:
        yield "codings-not-judged", f"codings without a stance: {row.unjudged:,}"
    if row.stale:
        yield "judgements-stale", f"codings judged against an older wording: {row.stale:,}; look again"
