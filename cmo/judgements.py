"""Judgements read back: what is stale, what second judges say, and where judges hold a passage differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, func, or_, select

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
    query = (
        select(pairs)
        .where(pairs.c.first_stance != pairs.c.second_stance)
        .add_columns(_s.codes.c.name.label("code"), _s.points.c.number.label("point"))
        .add_columns(_s.sources.c.id.label("source_id"), _s.sources.c.name.label("source"))
        .add_columns(_s.excerpts.c.start, _s.excerpts.c.end, _s.excerpts.c.quote)
        .join(_s.codes, _s.codes.c.id == pairs.c.code_id)
        .join(_s.points, _s.points.c.id == _s.codes.c.point_id)
        .join(_s.excerpts, _s.excerpts.c.id == pairs.c.excerpt_id)
        .join(_s.source_versions, _s.source_versions.c.id == _s.excerpts.c.version_id)
        .join(_s.sources, _s.sources.c.id == _s.source_versions.c.source_id)
        .order_by(_s.sources.c.position, _s.excerpts.c.start, pairs.c.first_judgement_id, pairs.c.second_judgement_id)
    )
    names = _coders(conn)
    found = [dict(row._mapping) for row in conn.execute(query)]
    for row in found:
        row |= {key: names[row[key]] for key in ("first_judge", "second_judge")}
        del row["code_id"]
    return [Disagreement(**row) for row in found]


def judge_pairs(conn: Connection) -> list[JudgePair]:
    """For every two judges how much both judged, and how; counts, and nothing made of them."""
    pairs = _pairs().subquery()
    keys = [pairs.c[name] for name in ("first_judge", "second_judge", "first_stance", "second_stance")]
    passages = select(pairs.c.excerpt_id, pairs.c.code_id, *keys).distinct().subquery()
    by = [passages.c[key.name] for key in keys]
    names = _coders(conn)
    counted: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    query: Select[Any] = select(*by).add_columns(func.count()).group_by(*by).order_by(*by)
    for one, other, of_one, of_other, number in conn.execute(query):
        counted[names[one], names[other]][of_one, of_other] = number
    return [
        JudgePair(*judges, sum(found.values()), sum(n for (one, other), n in found.items() if one == other), found)
        for judges, found in counted.items()
    ]


def _pairs() -> Select[Any]:
    """Two judges' judgements that count, of one passage with one code, against one wording; judges are ids."""
    shared = _shared()
    first, second = shared.alias("first"), shared.alias("second")
    both = and_(*(first.c[name] == second.c[name] for name in _HELD_ALIKE), first.c.judge < second.c.judge)
    said = ("judge", "stance", "rationale", "judgement_id")
    return (
        select(first.c.excerpt_id, first.c.code_id)
        .add_columns(*(first.c[name].label(f"first_{name}") for name in said))
        .add_columns(*(second.c[name].label(f"second_{name}") for name in said))
        .join_from(first, second, both)
    )


_HELD_ALIKE = ("excerpt_id", "code_id", "point_version_id")
"""What two judgements have in common that can be compared."""


def _shared() -> CTE:
    """The judgements that count of what more than one judge has judged: few, so that comparing each two is quick."""
    judged = (
        select(_s.codings.c.excerpt_id, _s.codings.c.code_id, _s.judgements.c.point_version_id)
        .add_columns(_s.judgements.c.coder_id.label("judge"), _s.judgements.c.id.label("judgement_id"))
        .add_columns(_s.judgements.c.stance, _s.judgements.c.rationale)
        .join(_s.codings, _s.codings.c.id == _s.judgements.c.coding_id)
        .where(_s.judgements.c.is_current)
        .subquery()
    )
    place = [judged.c[name] for name in _HELD_ALIKE]
    judges = [judge.over(partition_by=place) for judge in (func.min(judged.c.judge), func.max(judged.c.judge))]
    told = select(judged, judges[0].label("lowest"), judges[1].label("highest")).subquery()
    return select(told).where(told.c.lowest < told.c.highest).cte("shared")


def _coders(conn: Connection) -> dict[int, str]:
    return dict(conn.execute(select(_s.coders.c.id, _s.coders.c.name)).all())


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
