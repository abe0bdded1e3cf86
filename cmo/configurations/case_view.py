"""One case from within: its configurations, what it is silent about, and where it contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from cmo.configurations.reading import list_configurations
from cmo.configurations.records import CaseView, Configuration, Contradiction, Link
from cmo.dimensions import find_dimension
from cmo.disconfirming.support import AGAINST
from cmo.evidence import evidence
from cmo.matrix import matrix
from cmo.theory import read_theory
from store import schema

FOR = ("supports",)


def case_view(conn: Connection, case: str) -> CaseView:
    """What one case says. Raises UnknownName: there is no such case.

    Judgements against an older wording are in the balance as stale, and make no contradiction.
    """
    cases = find_dimension(conn, "case")
    key = cases.key(case)
    counted = matrix(conn, "point", "case", {"case": case})
    configurations = tuple(list_configurations(conn, case=case))
    balance = {label: cell for label, cell in counted.row_totals.items() if label is not None}
    theory = read_theory(conn)
    points = [point.label for point in theory.points]
    return CaseView(
        case=cases.labels[key],
        configurations=configurations,
        evidence={label: balance[label] for label in points if label in balance},
        total=counted.grand_total,
        silent_points=tuple(point.label for point in theory.held if point.label not in balance),
        contradictions=tuple(_contradictions(conn, int(key), points)),
        conflicts=_conflicts(configurations),
    )


def _contradictions(conn: Connection, case_id: int, points: Sequence[str]) -> list[Contradiction]:
    rows = evidence()
    query = (
        select(rows.c.coding_id, schema.points.c.number.label("point"), rows.c.stance)
        .distinct()
        .join(schema.points, schema.points.c.id == rows.c.point_id)
        .where(rows.c.case_id == case_id, rows.c.stance.in_((*FOR, *AGAINST)))
        .order_by(rows.c.coding_id)
    )
    supporting: dict[str, list[int]] = {point: [] for point in points}
    opposing: dict[str, list[int]] = {point: [] for point in points}
    for row in conn.execute(query):
        side = supporting if row.stance in FOR else opposing
        side.setdefault(row.point, []).append(row.coding_id)
    return [
        Contradiction(point, tuple(supporting[point]), tuple(opposing[point]))
        for point in points
        if supporting[point] and opposing[point]
    ]


def _conflicts(configurations: Sequence[Configuration]) -> tuple[Link, ...]:
    inside = {one.number for one in configurations}
    found = {
        link.id: link
        for one in configurations
        for link in one.links
        if link.kind in ("contradicts", "rival") and {link.source, link.target} <= inside
    }
    return tuple(found.values())
