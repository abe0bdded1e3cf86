"""Two codings made one: what was said of both is kept, word by word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Table, select

from codebook.judging import RATINGS
from codebook.notes import joined
from store.errors import InputError
from store.schema import (
    coders,
    codings,
    configuration_parts,
    decision_evidence,
    judgements,
    memos,
    point_versions,
    reviews,
    summary_quotes,
)
from store.work import Work


def join(work: Work, gone: int, kept: int) -> None:
    """Give all that hangs on one coding to another of the same point, and take it away.

    Raises:
        InputError: a judge holds one of them against the point's wording otherwise than the other.
    """
    _refuse_other_stances(work.conn, gone, kept)
    _join_judgements(work, gone, kept)
    _join_memos(work, gone, kept)
    _join_parts(work, gone, kept)
    _join_summary_quotes(work, gone, kept)
    evidence = work.conn.scalars(select(decision_evidence.c.id).where(decision_evidence.c.coding_id == gone)).all()
    work.update_many(decision_evidence, evidence, coding_id=kept)
    first, second = (work.conn.execute(select(codings).where(codings.c.id == i)).one() for i in (kept, gone))
    work.delete(codings, [gone])
    work.update(codings, kept, is_best=first.is_best or second.is_best, undecided=first.undecided or second.undecided)


def _refuse_other_stances(conn: Connection, gone: int, kept: int) -> None:
    mine, other = judgements.alias(), judgements.alias()
    query = (
        select(coders.c.name, mine.c.stance, other.c.stance)
        .join(other, (other.c.coder_id == mine.c.coder_id) & (other.c.point_version_id == mine.c.point_version_id))
        .join(coders, coders.c.id == mine.c.coder_id)
        .where(mine.c.coding_id == kept, other.c.coding_id == gone, mine.c.is_current, other.c.is_current)
        .where(mine.c.stance != other.c.stance)
    )
    row = conn.execute(query).first()
    if row is not None:
        raise InputError(
            f"These codings cannot become one: {row[0]} judged that one {row[1]} and the other {row[2]}.",
            "Give both the same stance first, or leave them apart.",
        )


def _join_judgements(work: Work, gone: int, kept: int) -> None:
    held = {(row.point_version_id, row.coder_id): row for row in _rows(work.conn, judgements, kept)}
    for row in _rows(work.conn, judgements, gone):
        same = held.get((row.point_version_id, row.coder_id))
        if same is None:
            work.update(judgements, row.id, coding_id=kept)
        else:
            _fold(work, row, same)
    _one_current(work, kept)


def _fold(work: Work, row: Row[Any], same: Row[Any]) -> None:
    """Make two judgements of one wording by one judge one: what counts stands, what the other said goes into words."""
    main, other = (row, same) if row.is_current and not same.is_current else (same, row)
    said = {name: getattr(main, name) for name in ("stance", "is_current")}
    said |= {name: _first(getattr(main, name), getattr(other, name)) for name in RATINGS}
    rationale = joined(main.rationale, _otherwise(main, other))
    _join_reviews(work, row.id, same.id)
    work.update(judgements, same.id, **said, rationale=rationale)
    work.delete(judgements, [row.id])


def _first(mine: int | None, other: int | None) -> int | None:
    return mine if mine is not None else other


def _otherwise(main: Row[Any], other: Row[Any]) -> str:
    """What the other judgement says that the main one does not, in words."""
    differs = [other.stance] if other.stance != main.stance else []
    for name in RATINGS:
        rated, counts = getattr(other, name), getattr(main, name)
        if rated is not None and counts is not None and rated != counts:
            differs.append(f"{name} {rated}")
    return f"({', '.join(differs)}) {other.rationale}".strip() if differs else str(other.rationale)


def _join_reviews(work: Work, gone: int, kept: int) -> None:
    query = select(reviews).order_by(reviews.c.id)
    held = {row.coder_id: row for row in work.conn.execute(query.where(reviews.c.judgement_id == kept))}
    for row in work.conn.execute(query.where(reviews.c.judgement_id == gone)).all():
        same = held.get(row.coder_id)
        if same is None:
            work.update(reviews, row.id, judgement_id=kept)
            continue
        words = row.note if row.agrees == same.agrees else f"({'agrees' if row.agrees else 'dissents'}) {row.note}"
        work.update(reviews, same.id, note=joined(same.note, words.strip()))
        work.delete(reviews, [row.id])


def _one_current(work: Work, coding_id: int) -> None:
    """A judge's judgement of the newest wording counts, and no other."""
    query = (
        select(judgements.c.id, judgements.c.coder_id)
        .join(point_versions, point_versions.c.id == judgements.c.point_version_id)
        .where(judgements.c.coding_id == coding_id, judgements.c.is_current)
        .order_by(point_versions.c.number.desc())
    )
    counted: set[int] = set()
    for row in work.conn.execute(query).all():
        if row.coder_id in counted:
            work.update(judgements, row.id, is_current=False)
        counted.add(row.coder_id)


def _join_memos(work: Work, gone: int, kept: int) -> None:
    """One memo for both; words of another person carry that person's name."""
    held = _rows(work.conn, memos, kept)
    for row in _rows(work.conn, memos, gone):
        if not held:
            work.update(memos, row.id, coding_id=kept)
            continue
        body = row.body if row.coder_id == held[0].coder_id else f"{_coder(work.conn, row.coder_id)}: {row.body}"
        work.update(memos, held[0].id, body=joined(held[0].body, body), changed_at=work.at)
        work.delete(memos, [row.id])


def _coder(conn: Connection, coder_id: int) -> str:
    return str(conn.scalars(select(coders.c.name).where(coders.c.id == coder_id)).one())


def _join_parts(work: Work, gone: int, kept: int) -> None:
    parts = configuration_parts
    held = {(row.configuration_id, row.element_id): row for row in _rows(work.conn, parts, kept)}
    for row in _rows(work.conn, parts, gone):
        same = held.get((row.configuration_id, row.element_id))
        if same is None:
            work.update(parts, row.id, coding_id=kept)
        else:
            work.update(parts, same.id, wording=joined(same.wording, row.wording))
            work.delete(parts, [row.id])


def _join_summary_quotes(work: Work, gone: int, kept: int) -> None:
    held = {row.summary_id for row in _rows(work.conn, summary_quotes, kept)}
    for row in _rows(work.conn, summary_quotes, gone):
        if row.summary_id in held:
            work.delete(summary_quotes, [row.id])
        else:
            work.update(summary_quotes, row.id, coding_id=kept)


def _rows(conn: Connection, table: Table, coding_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(table).where(table.c.coding_id == coding_id).order_by(table.c.id)))
