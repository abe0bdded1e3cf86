"""Excerpts: a passage of a source version, with its quote, kept once however many codes it carries.

An excerpt belongs to one turn: of the turns it touches, the one with most of its code points; an
interviewer's turn only where it touches no other, because the question is coded with the answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from store import schema
from store.driver import ask
from store.errors import BadPosition

if TYPE_CHECKING:
    from store.work import Work

CONTEXT = 32
"""Code points of text kept before and after a quote, to find it again after an edit."""


class TurnSpot(NamedTuple):
    """Where a turn stands, for attribution; those of a text are in the order of their places."""

    start: int
    end: int
    id: int
    asks: bool


def turn_spots(conn: Connection, version_id: int, place: tuple[int, int] | None = None) -> list[TurnSpot]:
    """The turns of a version in their order; with a ``place`` (code points), only those that touch it."""
    bound: dict[str, int] = {"version": version_id}
    if place is not None:
        bound |= {"from": place[0], "to": place[1]}
    return list(map(TurnSpot._make, ask(conn, _spots(place is not None), **bound)))


@cache  # as those below: to put a statement together takes longer than to answer it for one passage
def _spots(of_a_place: bool) -> Select[Any]:
    turns, speakers = schema.turns, schema.speakers
    query = (
        select(turns.c.start, turns.c.end, turns.c.id, func.coalesce(speakers.c.asks, False))
        .outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
        .where(turns.c.version_id == bindparam("version"))
        .order_by(turns.c.start)
    )
    return query.where(turns.c.start < bindparam("to"), turns.c.end > bindparam("from")) if of_a_place else query


def turn_of(spots: Sequence[TurnSpot], start: int, end: int) -> int | None:
    """The id of the turn that an excerpt belongs to; None where it touches none."""
    first = max(bisect_right(spots, (start, inf)) - 1, 0)
    best: tuple[bool, int, int] | None = None
    for spot in islice(spots, first, None):
        if spot.start >= end:
            break
        overlap = min(end, spot.end) - max(start, spot.start)
        if overlap > 0 and (best is None or (not spot.asks, overlap) > best[:2]):
            best = (not spot.asks, overlap, spot.id)
    return best[2] if best else None


def check_span(text: str, start: int, end: int) -> None:
    """Raises BadPosition unless ``0 <= start < end <= len(text)``."""
    if not 0 <= start < end <= len(text):
        raise BadPosition(
            f"{start} to {end} is not a passage of a text of {len(text)} characters.",
            "Positions are Unicode code points, counted from 0; the end is not included.",
        )


EXCERPT_COLUMNS = ("version_id", "start", "end", "quote", "before", "after", "turn_id", "case_id", "anchor")


def excerpt_row(version_id: int, text: str, spots: Sequence[TurnSpot], start: int, end: int) -> list[object]:
    """The values of a new excerpt, in the order of ``EXCERPT_COLUMNS``."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return [version_id, start, end, text[start:end], before, after, turn_of(spots, start, end), None, "ok"]


def keep_excerpt(work: Work, version_id: int, text: str, start: int, end: int) -> int:
    """The excerpt for this passage: the one there is, or a new one.

    Raises:
        BadPosition: the passage is not inside the text.
    """
    check_span(text, start, end)
    for (found,) in ask(work.conn, _here(), version=version_id, start=start, end=end):
        return int(found)
    row = excerpt_row(version_id, text, turn_spots(work.conn, version_id, (start, end)), start, end)
    return work.insert_many(schema.excerpts, EXCERPT_COLUMNS, [row])[0]


@cache
def _here() -> Select[Any]:
    excerpts = schema.excerpts.c
    of_version = select(excerpts.id).where(excerpts.version_id == bindparam("version"))
    return of_version.where(excerpts.start == bindparam("start"), excerpts.end == bindparam("end"))


def attribute_excerpts(work: Work, source_id: int) -> None:
    """Find each excerpt's turn again after the source's speakers have changed."""
    versions = schema.source_versions
    for version_id in work.conn.scalars(select(versions.c.id).where(versions.c.source_id == source_id)).all():
        spots = turn_spots(work.conn, version_id)
        excerpts = schema.excerpts
        query = select(excerpts.c.id, excerpts.c.start, excerpts.c.end, excerpts.c.turn_id)
        for row in work.conn.execute(query.where(excerpts.c.version_id == version_id)).all():
            turn_id = turn_of(spots, row.start, row.end)
            if turn_id != row.turn_id:
                work.update(excerpts, row.id, turn_id=turn_id)
