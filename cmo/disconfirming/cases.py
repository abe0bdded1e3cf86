"""Which cases are silent on a point, and contexts that were looked for only where things went well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from cmo.configurations.grammar import Grammar, read_grammar
from cmo.disconfirming.points import Told, listed, where_of
from cmo.evidence import STALE, evidence
from store import schema
from store.findings import Finding

SUCCESS = "supports"


def silence_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Cases that have material and nothing coded to a point. A case has material where a source is bound to it, or
    where anything is counted in it. Points without any evidence are silent everywhere and are not told here.
    """
    rows = evidence()
    spoken = select(rows.c.point_id, rows.c.case_id).where(rows.c.case_id.is_not(None)).distinct()
    heard: dict[int | None, set[int]] = defaultdict(set)
    for point_id, case_id in conn.execute(spoken):
        heard[point_id].add(case_id)
    with_material = _cases_with_material(conn, set().union(*heard.values()))
    for point_id, label in held.items():
        silent = [name for case_id, name in with_material.items() if case_id not in heard[point_id]]
        if silent and heard[point_id]:
            counts = f"{len(silent):,} of {len(with_material):,}"
            message = f"cases that say nothing to it: {counts} ({listed(silent)})"
            yield Told(point_id, Finding("point-silent-cases", where_of(label), message))


def success_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Points whose context was coded only where the outcome succeeded, so that nobody can say whether the context
    makes the difference (selection on the outcome: King, Keohane and Verba 1994, ch. 4).

    A point is told when at least one case has an excerpt coded to its context (the grammar's context and what it is
    split into), and every such case has judged excerpts of its outcome which all support it. A case whose outcome
    nobody has judged, or judged against the present wording, is no success; excerpts without a case are left out.
    """
    grammar = read_grammar(conn)
    if not grammar.main or grammar.context.id == grammar.outcome.id:
        return
    by_point: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in conn.execute(_contexts_and_outcomes(grammar)):
        by_point[row.point_id].append(row)
    for point_id, label in held.items():
        with_context = [row for row in by_point[point_id] if row.context]
        if with_context and all(row.judged and not row.other for row in with_context):
            failed = sum(bool(row.other) for row in by_point[point_id])
            message = _success_message(len(with_context), failed, grammar)
            yield Told(point_id, Finding("context-only-success", where_of(label), message))


def _contexts_and_outcomes(grammar: Grammar) -> Any:
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
        .where(rows.c.point_id.is_not(None), rows.c.case_id.is_not(None))
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
