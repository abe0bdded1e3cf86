"""Decision records: why the theory changed, from which wordings to which, and on what evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, select

from cmo.evidence import evidence
from cmo.theory.records import Decision, DecisionQuote, Grounds, VersionName
from store import schema
from store.errors import InputError, UnknownName
from store.schema import INFERENCES

if TYPE_CHECKING:
    from store.work import Work


def record(work: Work, kind: str, what: str, grounds: Grounds, before: Iterable[int]) -> int:
    """Write a decision that starts from wordings (ids of point versions); :func:`ends_in` says what it led to.

    ``what`` holds where the grounds say nothing else.

    Raises:
        InputError: no reason is given, or no such inference.
        UnknownName: there is no such coding.
    """
    why, inference = grounds["why"].strip(), grounds.get("inference")
    if not why:
        raise InputError("A change of the theory needs a reason.", "Say why, so that a reader can follow the step.")
    if inference is not None and inference not in INFERENCES:
        raise InputError(f"'{inference}' is no way to infer.", "Inferences are " + ", ".join(INFERENCES) + ".")
    told = grounds.get("what", "").strip() or what
    values = {
        "kind": kind,
        "what": told,
        "why": why,
        "inference": inference,
        "dissent": grounds.get("dissent", "").strip(),
        "coder_id": work.coder_id,
        "created_at": work.at,
    }
    decision_id = work.insert(schema.decisions, values)
    _keep_points(work, decision_id, before, is_result=False)
    rows = [[decision_id, *quote] for quote in _quotes(work.conn, grounds.get("evidence", ()))]
    work.insert_many(schema.decision_evidence, ["decision_id", "coding_id", "quote", "reference"], rows)
    work.summary = told
    return decision_id


def ends_in(work: Work, decision_id: int, after: Iterable[int]) -> None:
    """Say in which wordings (ids of point versions) a decision ended."""
    _keep_points(work, decision_id, after, is_result=True)


def _keep_points(work: Work, decision_id: int, version_ids: Iterable[int], *, is_result: bool) -> None:
    rows = [[decision_id, version_id, is_result] for version_id in version_ids]
    work.insert_many(schema.decision_points, ["decision_id", "point_version_id", "is_result"], rows)


def _quotes(conn: Connection, coding_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """The words of codings and where they stand, as they are now. Raises UnknownName."""
    rows = evidence()
    query = (
        select(
            rows.c.coding_id,
            schema.excerpts.c.quote,
            schema.sources.c.name.label("source"),
            schema.turns.c.number.label("turn"),
            schema.excerpts.c.start,
            schema.excerpts.c.end,
            schema.roles.c.name.label("role"),
            schema.cases.c.name.label("case"),
        )
        .join(schema.excerpts, schema.excerpts.c.id == rows.c.excerpt_id)
        .join(schema.sources, schema.sources.c.id == rows.c.source_id)
        .outerjoin(schema.turns, schema.turns.c.id == rows.c.turn_id)
        .outerjoin(schema.roles, schema.roles.c.id == rows.c.role_id)
        .outerjoin(schema.cases, schema.cases.c.id == rows.c.case_id)
        .where(rows.c.coding_id.in_(coding_ids))
        .order_by(schema.cases.c.position)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(query):
        found[row.coding_id].append(row)
    wanted = list(dict.fromkeys(coding_ids))
    for coding_id in wanted:
        if coding_id not in found:
            raise UnknownName(f"There is no coding {coding_id}.", "`cmo quotes STUDY --json` tells their numbers.")
    return [(coding_id, found[coding_id][0].quote, _reference(found[coding_id])) for coding_id in wanted]


def _reference(rows: Sequence[Any]) -> str:
    """Where a quote stands: ``leader, turn 4, 120–184 (Manager, North; South)``; positions in code points."""
    first = rows[0]
    place = [first.source, *([f"turn {first.turn}"] if first.turn is not None else []), f"{first.start}–{first.end}"]
    cases = "; ".join(dict.fromkeys(row.case for row in rows if row.case is not None))
    whose = ", ".join(part for part in (first.role, cases) if part)
    return f"{', '.join(place)} ({whose})" if whose else ", ".join(place)


def list_decisions(conn: Connection, point_id: int | None = None) -> list[Decision]:
    """All decisions in the order they were made, or those that a point had a part in."""
    decisions, coders, touched = schema.decisions, schema.coders, schema.decision_points
    query = select(decisions, coders.c.name.label("coder")).join(coders, coders.c.id == decisions.c.coder_id)
    if point_id is not None:
        versions = schema.point_versions
        of_point = (
            select(touched.c.decision_id)
            .join(versions, versions.c.id == touched.c.point_version_id)
            .where(versions.c.point_id == point_id)
        )
        query = query.where(decisions.c.id.in_(of_point))
    names, quotes = _names(conn), _evidence(conn)
    return [
        Decision(
            id=row.id,
            uuid=row.uuid,
            kind=row.kind,
            what=row.what,
            why=row.why,
            inference=row.inference,
            dissent=row.dissent,
            coder=row.coder,
            created_at=row.created_at,
            before=tuple(names[row.id, False]),
            after=tuple(names[row.id, True]),
            evidence=tuple(quotes[row.id]),
        )
        for row in conn.execute(query.order_by(decisions.c.id))
    ]


def get_decision(conn: Connection, decision_id: int) -> Decision:
    """One decision. Raises UnknownName: there is no such decision (any more)."""
    found = next((decision for decision in list_decisions(conn) if decision.id == decision_id), None)
    if found is None:
        raise UnknownName(f"There is no decision {decision_id} any more.", "Somebody may have undone it.")
    return found


def _names(conn: Connection) -> defaultdict[tuple[int, bool], list[VersionName]]:
    """The wordings of each decision, by whether it ended in them."""
    touched, versions, points = schema.decision_points, schema.point_versions, schema.points
    query = (
        select(touched.c.decision_id, touched.c.is_result, versions.c.id, points.c.number, versions.c.number)
        .join(versions, versions.c.id == touched.c.point_version_id)
        .join(points, points.c.id == versions.c.point_id)
        .order_by(touched.c.id)
    )
    found: defaultdict[tuple[int, bool], list[VersionName]] = defaultdict(list)
    for decision_id, is_result, version_id, label, number in conn.execute(query):
        found[decision_id, bool(is_result)].append(VersionName(version_id, label, number))
    return found


def _evidence(conn: Connection) -> defaultdict[int, list[DecisionQuote]]:
    rested: ColumnElement[int] = schema.decision_evidence.c.decision_id
    found: defaultdict[int, list[DecisionQuote]] = defaultdict(list)
    for row in conn.execute(select(schema.decision_evidence).order_by(rested, schema.decision_evidence.c.id)):
        found[row.decision_id].append(DecisionQuote(row.coding_id, row.quote, row.reference))
    return found
