"""Which cases are silent on a point, and contexts that were looked for only where things went well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, select

from cmo.configurations.grammar import Grammar, read_grammar
from cmo.disconfirming.points import Told, listed, where_of
from cmo.evidence import STALE, evidence
from store import schema
from store.findings import Finding

SUCCESS = "supports"


def case_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Which cases say nothing to a point, and points whose context was coded only where the outcome succeeded.

    A case is silent when it has material and nothing coded to the point. It has material where a source is bound to
    it, or where anything is counted in it. Points without any evidence are silent everywhere and are not told here.

    A context coded only beside success cannot say whether it makes the difference (selection on the outcome: King,
    Keohane and Verba 1994, ch. 4). A point is told when at least one case has an excerpt coded to its context (the
    grammar's context and what it is split into), and every such case has judged excerpts of its outcome which all
    support it. A case whose outcome nobody has judged, or only against an older wording, is no success; excerpts
    without a case are left out.
    """
    grammar = read_grammar(conn)
    if not grammar.main:
        return
    by_point: dict[int | None, list[Row[Any]]] = defaultdict(list)
    for row in conn.execute(_by_case(grammar)):
        by_point[row.point_id].append(row)
    material = _cases_with_material(conn, {row.case_id for rows in by_point.values() for row in rows})
    for point_id, label in held.items():
        for code, message in (*_silence(by_point[point_id], material), *_success(by_point[point_id], grammar)):
            yield Told(point_id, Finding(code, where_of(label), message))


def _silence(rows: Sequence[Row[Any]], material: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    heard = {row.case_id for row in rows}
    silent = [name for case_id, name in material.items() if case_id not in heard]
    if heard and silent:
        counts = f"{len(silent):,} of {len(material):,}"
        yield "point-silent-cases", f"cases that say nothing to it: {counts} ({listed(silent)})"


def _success(rows: Sequence[Row[Any]], grammar: Grammar) -> Iterator[tuple[str, str]]:
    with_context = [row for row in rows if row.context]
    is_told = with_context and all(row.judged and not row.other for row in with_context)
    if is_told and grammar.context.id != grammar.outcome.id:
        failed = sum(bool(row.other) for row in rows)
        yield "context-only-success", _success_message(len(with_context), failed, grammar)


def _by_case(grammar: Grammar) -> Select[Any]:
    """For each point and case: whether its context is coded, its outcome judged, and judged as no plain success."""
    rows = evidence()
    context = rows.c.element_id.in_(_with_parts(grammar, grammar.context.id))
    outcome = rows.c.element_id.in_(_with_parts(grammar, grammar.outcome.id))
    is_judged = outcome & rows.c.stance.is_not(None) & (rows.c.stance != STALE)
    return (
        select(
            rows.c.point_id,
            rows.c.case_id,
            func.max(case((context, 1), else_=0)).label("context"),
            func.max(case((is_judged, 1), else_=0)).label("judged"),
            func.max(case((is_judged & (rows.c.stance != SUCCESS), 1), else_=0)).label("other"),
        )
        .where(rows.c.case_id.is_not(None))
        .group_by(rows.c.point_id, rows.c.case_id)
    )


def _with_parts(grammar: Grammar, main_id: int) -> Sequence[int]:
    return [element.id for element in grammar.elements.values() if element.main_id == main_id]


def _success_message(with_context: int, failed: int, grammar: Grammar) -> str:
    context, outcome = grammar.context.name, grammar.outcome.name
    cases = "the one case" if with_context == 1 else f"the {with_context:,} cases"
    elsewhere = f"; {failed:,} with another {outcome} have none" if failed else f"; no case has another {outcome}"
    return f"its {context} is coded only in {cases} where the {outcome} succeeded{elsewhere}"


def _cases_with_material(conn: Connection, heard: Collection[int]) -> dict[int, str]:
    """The names of the cases by id, in the order of the study."""
    cases = schema.cases
    bound = set(conn.scalars(select(schema.source_cases.c.case_id).distinct()))
    query = select(cases.c.id, cases.c.name).order_by(cases.c.position, cases.c.id)
    return {row.id: row.name for row in conn.execute(query) if row.id in bound or row.id in heard}
