"""Evidence: one select that says what counts where. Matrices group it, quotes list it, so they always agree.

A row is a coding, held by one judge (or nobody yet) and counted in one case; see :class:`cmo.records.Quote`.

* The **case** is the one set on the excerpt, else that of the speaker's participant, else those of the source.
* The **role** is the speaker's, else the speaker's participant's, else the source's. The source's role and
  participant stand for everybody who does not ask.
* A judgement counts while it is its judge's newest of the coding; against an older wording it is *stale*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, func, literal, or_, select

from cmo.dimensions import attribute_name, unknown_dimension
from cmo.records import Quote
from store import schema

STALE = "stale"

_s = schema


def evidence() -> Subquery:
    """All rows of evidence of the current source versions, with every dimension as a column."""
    speaker_person = _s.participants.alias("speaker_person")
    judge = _s.coders.alias("judge")
    answers = or_(_s.speakers.c.asks.is_(None), ~_s.speakers.c.asks)
    own_case = func.coalesce(_s.excerpts.c.case_id, speaker_person.c.case_id)
    case_id = func.coalesce(own_case, _s.source_cases.c.case_id)
    participant_id = func.coalesce(speaker_person.c.id, case((answers, _s.sources.c.participant_id)))
    role_id = func.coalesce(_s.speakers.c.role_id, speaker_person.c.role_id, case((answers, _s.sources.c.role_id)))
    stale = and_(_s.judgements.c.id.is_not(None), ~_s.point_versions.c.is_current)
    stance = case((stale, literal(STALE)), else_=_s.judgements.c.stance)
    return (
        select(
            _s.codings.c.id.label("coding_id"),
            _s.codings.c.excerpt_id,
            _s.codings.c.coder_id,
            _s.codings.c.code_id,
            _s.codes.c.point_id,
            _s.codes.c.element_id,
            stance.label("stance"),
            _s.judgements.c.stance.label("judged"),
            _s.judgements.c.coder_id.label("judge_id"),
            _s.excerpts.c.turn_id,
            _s.excerpts.c.start,
            _s.sources.c.id.label("source_id"),
            _s.sources.c.kind,
            _s.speakers.c.id.label("speaker_id"),
            participant_id.label("participant_id"),
            role_id.label("role_id"),
            case_id.label("case_id"),
        )
        .select_from(_s.codings)
        .join(_s.codes, _s.codes.c.id == _s.codings.c.code_id)
        .join(_s.excerpts, _s.excerpts.c.id == _s.codings.c.excerpt_id)
        .join(_s.source_versions, _s.source_versions.c.id == _s.excerpts.c.version_id)
        .join(_s.sources, _s.sources.c.id == _s.source_versions.c.source_id)
        .outerjoin(_s.turns, _s.turns.c.id == _s.excerpts.c.turn_id)
        .outerjoin(_s.speakers, _s.speakers.c.id == _s.turns.c.speaker_id)
        .outerjoin(speaker_person, speaker_person.c.id == _s.speakers.c.participant_id)
        .outerjoin(_s.source_cases, and_(_s.source_cases.c.source_id == _s.sources.c.id, own_case.is_(None)))
        .outerjoin(_s.judgements, and_(_s.judgements.c.coding_id == _s.codings.c.id, _s.judgements.c.is_current))
        .outerjoin(_s.point_versions, _s.point_versions.c.id == _s.judgements.c.point_version_id)
        .outerjoin(judge, judge.c.id == _s.judgements.c.coder_id)
        .where(_s.source_versions.c.is_current)
        .subquery("evidence")
    )


def label_of(rows: Subquery, dimension: str) -> ColumnElement[Any]:
    """The label of a dimension for a row of evidence, as SQL. Attributes are ``attribute:NAME``.

    Raises:
        UnknownName: there is no such dimension.
    """
    looked_up = {
        "point": (_s.points.c.number, _s.points.c.id == rows.c.point_id),
        "element": (_s.elements.c.letter, _s.elements.c.id == rows.c.element_id),
        "code": (_s.codes.c.name, _s.codes.c.id == rows.c.code_id),
        "case": (_s.cases.c.name, _s.cases.c.id == rows.c.case_id),
        "role": (_s.roles.c.name, _s.roles.c.id == rows.c.role_id),
        "participant": (_s.participants.c.name, _s.participants.c.id == rows.c.participant_id),
        "source": (_s.sources.c.name, _s.sources.c.id == rows.c.source_id),
        "coder": (_s.coders.c.name, _s.coders.c.id == rows.c.coder_id),
        "judge": (_s.coders.c.name, _s.coders.c.id == rows.c.judge_id),
    }
    if dimension in looked_up:
        name, joined = looked_up[dimension]
        return select(name).where(joined).correlate(rows).scalar_subquery()
    if dimension in ("kind", "stance"):
        return rows.c[dimension]
    attribute = attribute_name(dimension)
    if attribute is not None:
        held = _s.attribute_values
        return (
            select(held.c.value)
            .join(_s.attributes, _s.attributes.c.id == held.c.attribute_id)
            .where(held.c.case_id == rows.c.case_id, func.lower(_s.attributes.c.name) == attribute.lower())
            .correlate(rows)
            .scalar_subquery()
        )
    raise unknown_dimension(dimension)


def condition(rows: Subquery, where: Mapping[str, str | None]) -> ColumnElement[bool]:
    """The rows whose dimensions have these labels, as SQL; None asks for rows without a value."""
    parts: list[ColumnElement[bool]] = []
    for dimension, wanted in where.items():
        label = label_of(rows, dimension)
        parts.append(label.is_(None) if wanted is None else label == wanted)
    return and_(literal(True), *parts) if parts else literal(True)


def quotes(conn: Connection, where: Mapping[str, str | None]) -> list[Quote]:
    """The rows of evidence with these labels, in the order of theory, case, stance, source and text."""
    rows = evidence()
    elements, points, codes, cases, sources = _s.elements, _s.points, _s.codes, _s.cases, _s.sources
    judge = _s.coders.alias("judge")
    stance_order = case({name: i for i, name in enumerate((*_s.STANCES, STALE))}, value=rows.c.stance, else_=9)
    query = (
        select(
            rows.c.coding_id,
            rows.c.excerpt_id,
            points.c.number.label("point"),
            elements.c.letter.label("element"),
            codes.c.name.label("code"),
            rows.c.judged.label("stance"),
            (func.coalesce(rows.c.stance, "") == STALE).label("stale"),
            _s.excerpts.c.quote,
            _s.excerpts.c.start,
            _s.excerpts.c.end,
            rows.c.source_id,
            sources.c.name.label("source"),
            rows.c.kind,
            _s.turns.c.number.label("turn"),
            _s.speakers.c.label.label("speaker"),
            _s.participants.c.name.label("participant"),
            _s.roles.c.name.label("role"),
            cases.c.name.label("case"),
            rows.c.case_id,
            _s.coders.c.name.label("coder"),
            judge.c.name.label("judge"),
            func.coalesce(_s.memos.c.body, "").label("memo"),
            _s.codings.c.created_at.label("at"),
        )
        .select_from(rows)
        .join(_s.codings, _s.codings.c.id == rows.c.coding_id)
        .join(_s.excerpts, _s.excerpts.c.id == rows.c.excerpt_id)
        .join(codes, codes.c.id == rows.c.code_id)
        .join(sources, sources.c.id == rows.c.source_id)
        .join(_s.coders, _s.coders.c.id == rows.c.coder_id)
        .outerjoin(points, points.c.id == rows.c.point_id)
        .outerjoin(elements, elements.c.id == rows.c.element_id)
        .outerjoin(_s.turns, _s.turns.c.id == rows.c.turn_id)
        .outerjoin(_s.speakers, _s.speakers.c.id == rows.c.speaker_id)
        .outerjoin(_s.participants, _s.participants.c.id == rows.c.participant_id)
        .outerjoin(_s.roles, _s.roles.c.id == rows.c.role_id)
        .outerjoin(cases, cases.c.id == rows.c.case_id)
        .outerjoin(judge, judge.c.id == rows.c.judge_id)
        .outerjoin(_s.memos, _s.memos.c.coding_id == rows.c.coding_id)
        .where(condition(rows, where))
        .order_by(
            points.c.position.is_(None),
            points.c.position,
            cases.c.position.is_(None),
            cases.c.position,
            stance_order,
            sources.c.position,
            rows.c.start,
            elements.c.position,
            codes.c.position,
            rows.c.coding_id,
            rows.c.judge_id,
        )
    )
    attributes = _case_attributes(conn)
    found = []
    for row in conn.execute(query):
        values = dict(row._mapping)
        held = attributes.get(values.pop("case_id"), {})
        found.append(Quote(**values | {"stale": bool(values["stale"]), "attributes": held}))
    return found


def _case_attributes(conn: Connection) -> dict[int | None, dict[str, str]]:
    held: dict[int | None, dict[str, str]] = defaultdict(dict)
    query = (
        select(_s.attribute_values.c.case_id, _s.attributes.c.name, _s.attribute_values.c.value)
        .join(_s.attributes)
        .order_by(_s.attributes.c.position)
    )
    for case_id, name, value in conn.execute(query):
        held[case_id][name] = value
    return held
