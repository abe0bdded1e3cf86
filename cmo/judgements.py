"""Judgements read back: what is stale, what second judges say, and where judges hold a passage differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from store import schema
from store.errors import UnknownName
from transcripts.people import fold, ids_by_name

_s = schema


@dataclass(frozen=True, slots=True)
class StaleJudgement:
    """A judgement of an older wording of its point, which waits for its judge to look again.

    ``was`` and ``now`` are the wording judged and the present one, by the letters of the elements that have words in
    either; ``judged_version`` and ``version`` are their numbers. ``start`` and ``end`` are code points; ``at`` is UTC.
    """

    judgement_id: int
    coding_id: int
    judge: str
    stance: str
    strength: int | None
    relevance: int | None
    rigour: int | None
    rationale: str
    at: str
    point: str
    code: str
    judged_version: int
    version: int
    was: Mapping[str, str]
    now: Mapping[str, str]
    source_id: int
    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a second judge says of a judgement. ``is_outdated``: the judgement has been changed since. ``at`` is UTC."""

    judgement_id: int
    coding_id: int
    code: str
    quote: str
    source_id: int
    source: str
    judge: str
    stance: str
    rationale: str
    reviewer: str
    agrees: bool
    note: str
    at: str
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage with one code that two judges hold differently against the same wording of its point.

    Each may have judged a coding of their own, or the same one. ``start`` and ``end`` are code points.
    """

    excerpt_id: int
    code: str
    point: str
    source_id: int
    source: str
    start: int
    end: int
    quote: str
    first_judge: str
    first_stance: str
    first_rationale: str
    first_judgement_id: int
    second_judge: str
    second_stance: str
    second_rationale: str
    second_judgement_id: int


@dataclass(frozen=True, slots=True)
class JudgePair:
    """How two judges judged what both have judged: passages with one code, against the same wording of the point.

    ``stances`` counts them by the stance of the first and of the second judge.
    """

    first: str
    second: str
    passages: int
    alike: int
    stances: Mapping[tuple[str, str], int]


def stale_judgements(conn: Connection, judge: str | None = None) -> list[StaleJudgement]:
    """The judgements, of one judge or of all, that were made against an older wording, by point, source and place.

    Raises:
        UnknownName: there is no such judge.
    """
    judged, present = _s.point_versions, _s.point_versions.alias("present")
    query = (
        select(
            _s.judgements.c.id.label("judgement_id"),
            _s.judgements.c.coding_id,
            _s.coders.c.name.label("judge"),
            *(_s.judgements.c[name] for name in ("stance", "strength", "relevance", "rigour", "rationale")),
            _s.judgements.c.created_at.label("at"),
            _s.points.c.number.label("point"),
            _s.codes.c.name.label("code"),
            judged.c.number.label("judged_version"),
            present.c.number.label("version"),
            judged.c.id.label("was"),
            present.c.id.label("now"),
            _s.sources.c.id.label("source_id"),
            _s.sources.c.name.label("source"),
            _s.excerpts.c.start,
            _s.excerpts.c.end,
            _s.excerpts.c.quote,
        )
        .select_from(_s.judgements)
        .join(judged, judged.c.id == _s.judgements.c.point_version_id)
        .join(present, and_(present.c.point_id == judged.c.point_id, present.c.is_current))
        .join(_s.points, _s.points.c.id == judged.c.point_id)
        .join(_s.coders, _s.coders.c.id == _s.judgements.c.coder_id)
        .where(_s.judgements.c.is_current, ~judged.c.is_current)
        .order_by(_s.points.c.position, _s.sources.c.position, _s.excerpts.c.start, _s.judgements.c.id)
    )
    if judge is not None:
        query = query.where(_s.judgements.c.coder_id == _judge_id(conn, judge))
    rows = [dict(row._mapping) for row in conn.execute(_with_place(query, _s.judgements.c.coding_id))]
    wording = _wording(conn) if rows else {}
    return [StaleJudgement(**row | {name: wording.get(row[name], {}) for name in ("was", "now")}) for row in rows]


def reviews(conn: Connection, *, dissents: bool = False) -> list[Review]:
    """What second judges say, by source and place; with ``dissents`` only where they do not agree."""
    reviewer = _s.coders.alias("reviewer")
    query = (
        select(
            _s.judgements.c.id.label("judgement_id"),
            _s.judgements.c.coding_id,
            _s.codes.c.name.label("code"),
            _s.excerpts.c.quote,
            _s.sources.c.id.label("source_id"),
            _s.sources.c.name.label("source"),
            _s.coders.c.name.label("judge"),
            _s.judgements.c.stance,
            _s.judgements.c.rationale,
            reviewer.c.name.label("reviewer"),
            _s.reviews.c.agrees,
            _s.reviews.c.note,
            _s.reviews.c.created_at.label("at"),
            or_(_s.reviews.c.created_at < _s.judgements.c.created_at, ~_s.judgements.c.is_current).label("is_outdated"),
        )
        .select_from(_s.reviews)
        .join(_s.judgements, _s.judgements.c.id == _s.reviews.c.judgement_id)
        .join(_s.coders, _s.coders.c.id == _s.judgements.c.coder_id)
        .join(reviewer, reviewer.c.id == _s.reviews.c.coder_id)
        .order_by(_s.sources.c.position, _s.excerpts.c.start, _s.reviews.c.id)
    )
    if dissents:
        query = query.where(~_s.reviews.c.agrees)
    return [Review(**row._mapping) for row in conn.execute(_with_place(query, _s.judgements.c.coding_id))]


def disagreements(conn: Connection) -> list[Disagreement]:
    """Where two judges hold a passage differently, by source and place."""
    pairs = _pairs().subquery()
    first, second = _s.judgements.alias("of_first"), _s.judgements.alias("of_second")
    one, other = _s.coders.alias("one"), _s.coders.alias("other")
    query = (
        select(
            _s.excerpts.c.id.label("excerpt_id"),
            _s.codes.c.name.label("code"),
            _s.points.c.number.label("point"),
            _s.sources.c.id.label("source_id"),
            _s.sources.c.name.label("source"),
            _s.excerpts.c.start,
            _s.excerpts.c.end,
            _s.excerpts.c.quote,
        )
        .add_columns(*_side("first", one, first), *_side("second", other, second))
        .select_from(pairs)
        .join(first, first.c.id == pairs.c.first_id)
        .join(second, second.c.id == pairs.c.second_id)
        .join(one, one.c.id == first.c.coder_id)
        .join(other, other.c.id == second.c.coder_id)
        .where(first.c.stance != second.c.stance)
        .order_by(_s.sources.c.position, _s.excerpts.c.start, first.c.id, second.c.id)
    )
    placed = _with_place(query, first.c.coding_id).join(_s.points, _s.points.c.id == _s.codes.c.point_id)
    return [Disagreement(**row._mapping) for row in conn.execute(placed)]


def judge_pairs(conn: Connection) -> list[JudgePair]:
    """For every two judges how much both judged, and how; counts, and nothing made of them."""
    pairs = _pairs().subquery()
    one, other = _s.coders.alias("one"), _s.coders.alias("other")
    query = (
        select(one.c.name, other.c.name, pairs.c.first_stance, pairs.c.second_stance)
        .add_columns(func.count(pairs.c.excerpt_id.concat("/").concat(pairs.c.code_id).distinct()))
        .select_from(pairs)
        .join(one, one.c.id == pairs.c.first_coder)
        .join(other, other.c.id == pairs.c.second_coder)
        .group_by(one.c.id, other.c.id, pairs.c.first_stance, pairs.c.second_stance)
        .order_by(one.c.id, other.c.id)
    )
    counted: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for first, second, of_first, of_second, passages in conn.execute(query):
        counted[first, second][of_first, of_second] = passages
    return [
        JudgePair(
            *names, sum(stances.values()), sum(n for (mine, yours), n in stances.items() if mine == yours), stances
        )
        for names, stances in counted.items()
    ]


def _pairs() -> Select[Any]:
    """Two judges' judgements that count, of one passage with one code, against one wording."""
    first, second = _s.judgements.alias("first"), _s.judgements.alias("second")
    mine, yours = _s.codings.alias("mine"), _s.codings.alias("yours")
    return (
        select(
            mine.c.excerpt_id,
            mine.c.code_id,
            first.c.id.label("first_id"),
            second.c.id.label("second_id"),
            first.c.coder_id.label("first_coder"),
            second.c.coder_id.label("second_coder"),
            first.c.stance.label("first_stance"),
            second.c.stance.label("second_stance"),
        )
        .select_from(first)
        .join(mine, mine.c.id == first.c.coding_id)
        .join(yours, and_(yours.c.excerpt_id == mine.c.excerpt_id, yours.c.code_id == mine.c.code_id))
        .join(second, and_(second.c.coding_id == yours.c.id, second.c.coder_id > first.c.coder_id))
        .where(first.c.is_current, second.c.is_current, first.c.point_version_id == second.c.point_version_id)
    )


def _side(name: str, coder: Any, judgement: Any) -> list[ColumnElement[Any]]:
    return [
        coder.c.name.label(f"{name}_judge"),
        judgement.c.stance.label(f"{name}_stance"),
        judgement.c.rationale.label(f"{name}_rationale"),
        judgement.c.id.label(f"{name}_judgement_id"),
    ]


def _with_place(query: Select[Any], coding_id: ColumnElement[Any]) -> Select[Any]:
    """The query joined with the coding's code, its excerpt and its source."""
    return (
        query.join(_s.codings, _s.codings.c.id == coding_id)
        .join(_s.codes, _s.codes.c.id == _s.codings.c.code_id)
        .join(_s.excerpts, _s.excerpts.c.id == _s.codings.c.excerpt_id)
        .join(_s.source_versions, _s.source_versions.c.id == _s.excerpts.c.version_id)
        .join(_s.sources, _s.sources.c.id == _s.source_versions.c.source_id)
    )


def _judge_id(conn: Connection, name: str) -> int:
    known = ids_by_name(conn, _s.coders)
    if fold(name) not in known:
        raise UnknownName(f"There is no judge '{name}'.", f"The study knows {', '.join(known)}.")
    return known[fold(name)]


def _wording(conn: Connection) -> dict[int, dict[str, str]]:
    """The words of all point versions, by the letters of their elements in the order of the theory."""
    worded, elements = _s.point_elements, _s.elements
    query = select(worded.c.point_version_id, elements.c.letter, worded.c.wording)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    ordered = query.join(elements, elements.c.id == worded.c.element_id).order_by(elements.c.position)
    for version_id, letter, wording in conn.execute(ordered):
        found[version_id][letter] = wording
    return found
