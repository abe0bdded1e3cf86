"""Evidence: one select that says what counts where. Matrices group it, quotes list it, so they always agree.

A row is a coding, held by one judge (or nobody yet) and counted in one case; see :class:`cmo.records.Quote`.

* The **case** is the one set on the excerpt, else that of the speaker's participant, else those of the source.
* The **role** is the speaker's, else the speaker's participant's, else the source's. The source's role and
  participant stand for everybody who does not ask.
* A judgement counts while it is its judge's newest of the coding; against an older wording it is *stale*.
* What nobody has judged waits for a judge where its code is of a point; else it is *outside the theory*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, literal, or_, select

from cmo.dimensions import Dimension, find_dimension
from cmo.records import OUTSIDE, Quote
from cmo.records import STALE as STALE
from store import schema

_s = schema

CODINGS_A_QUERY = 500
"""Ids of codings that are put into one query."""


@cache
def evidence() -> Subquery:
    """All rows of evidence, with every dimension as a column. Made once: to make it takes longer than to ask it.

    A coding that a correction of its source left without a place stands on an older version, and counts as before.
    """
    speaker_person = _s.participants.alias("speaker_person")
    answers = or_(_s.speakers.c.asks.is_(None), ~_s.speakers.c.asks)
    own_case = func.coalesce(_s.excerpts.c.case_id, speaker_person.c.case_id)
    case_id = func.coalesce(own_case, _s.source_cases.c.case_id)
    participant_id = func.coalesce(speaker_person.c.id, case((answers, _s.sources.c.participant_id)))
    role_id = func.coalesce(_s.speakers.c.role_id, speaker_person.c.role_id, case((answers, _s.sources.c.role_id)))
    stale = and_(_s.judgements.c.id.is_not(None), ~_s.point_versions.c.is_current)
    outside = and_(_s.judgements.c.id.is_(None), _s.codes.c.point_id.is_(None))
    stance = case((stale, literal(STALE)), (outside, literal(OUTSIDE)), else_=_s.judgements.c.stance)
    return (
        select(
            _s.codings.c.id.label("coding_id"),
            _s.codings.c.excerpt_id,
            _s.codings.c.coder_id,
            _s.codings.c.code_id,
            _s.codings.c.undecided,
            _s.codings.c.is_best,
            _s.codes.c.point_id,
            _s.codes.c.element_id,
            stance.label("stance"),
            _s.judgements.c.stance.label("judged"),
            *(_s.judgements.c[name] for name in ("strength", "relevance", "rigour", "rationale")),
            _s.judgements.c.id.label("judgement_id"),
            _s.judgements.c.coder_id.label("judge_id"),
            _s.excerpts.c.turn_id,
            _s.excerpts.c.start,
            _s.source_versions.c.is_current.label("is_placed"),
            _s.sources.c.id.label("source_id"),
            _s.sources.c.kind,
            _s.sources.c.round,
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
        .subquery("evidence")
    )


def key_of(rows: Subquery, dimension: Dimension) -> ColumnElement[Any]:
    """What a row of evidence has in a dimension, as SQL; see :attr:`cmo.dimensions.Dimension.labels`."""
    if dimension.attribute_id is None:
        name = dimension.name
        column: ColumnElement[Any] = rows.c[name if name in ("kind", "round", "stance") else f"{name}_id"]
        return column
    held = _s.attribute_values
    return (
        select(held.c.value)
        .where(held.c.case_id == rows.c.case_id, held.c.attribute_id == dimension.attribute_id)
        .correlate(rows)
        .scalar_subquery()
    )


def condition(conn: Connection, rows: Subquery, where: Mapping[str, str | None]) -> ColumnElement[bool]:
    """The rows whose dimensions have these labels, as SQL; None asks for rows without a value. Raises UnknownName."""
    parts: list[ColumnElement[bool]] = []
    for name, wanted in where.items():
        dimension = find_dimension(conn, name)
        key = key_of(rows, dimension)
        parts.append(key.is_(None) if wanted is None else key == dimension.key(wanted))
    return and_(literal(True), *parts)


def quotes(conn: Connection, where: Mapping[str, str | None]) -> list[Quote]:
    """The rows of evidence with these labels, in the order of theory, case, stance, source and text."""
    return list(each_quote(conn, where))


def each_quote(conn: Connection, where: Mapping[str, str | None]) -> Iterator[Quote]:
    """The same one at a time, for those who need not hold them all: 300,000 are half a gigabyte."""
    rows = evidence()
    yield from _in_order(conn, condition(conn, rows, where))


def quotes_of(conn: Connection, coding_ids: Sequence[int]) -> list[Quote]:
    """The rows of evidence of these codings, a few hundred codings at a time in the order of :func:`quotes`."""
    found: list[Quote] = []
    for start in range(0, len(coding_ids), CODINGS_A_QUERY):
        rows = evidence()
        asked = rows.c.coding_id.in_(coding_ids[start : start + CODINGS_A_QUERY])
        found += _in_order(conn, asked)
    return found


def _in_order(conn: Connection, wanted: ColumnElement[bool]) -> Iterator[Quote]:
    attributes = _case_attributes(conn)
    names = [field.name for field in fields(Quote)]
    stale_at, attributes_at = names.index("stale"), names.index("attributes")
    for row in conn.execute(_listed().where(wanted)):
        # The columns stand in the order of the record's fields, with the case's id in place of its attributes.
        values = list(row)
        values[stale_at] = bool(values[stale_at])
        values[attributes_at] = attributes.get(values[attributes_at], {})
        yield Quote(*values)


@cache
def _listed() -> Select[Any]:
    """All quotes, in order, of which a question takes some."""
    rows = evidence()
    elements, points, codes, cases, sources = _s.elements, _s.points, _s.codes, _s.cases, _s.sources
    judge = _s.coders.alias("judge")
    stance_order = case({name: i for i, name in enumerate((*_s.STANCES, STALE, OUTSIDE))}, value=rows.c.stance, else_=9)
    return (
        select(
            rows.c.coding_id,
            rows.c.excerpt_id,
            rows.c.judgement_id,
            points.c.number.label("point"),
            elements.c.letter.label("element"),
            rows.c.undecided,
            codes.c.name.label("code"),
            rows.c.judged.label("stance"),
            (func.coalesce(rows.c.stance, "") == STALE).label("stale"),
            *(rows.c[name] for name in ("strength", "relevance", "rigour")),
            func.coalesce(rows.c.rationale, "").label("rationale"),
            func.coalesce(rows.c.is_best, False).label("is_best"),
            _s.excerpts.c.quote,
            _s.excerpts.c.anchor,
            rows.c.is_placed,
            _s.excerpts.c.start,
            _s.excerpts.c.end,
            rows.c.source_id,
            sources.c.name.label("source"),
            rows.c.kind,
            rows.c.round,
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
