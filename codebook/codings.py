"""Codings: an excerpt given a code by a coder, with a judgement and a memo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import Connection, Select, bindparam, exists, false, func, or_, select

from codebook.asking import rows_of
from codebook.notes import joined
from codebook.records import Coding
from store.driver import ask
from store.errors import UnknownName
from store.schema import (
    coders,
    codes,
    codings,
    elements,
    excerpts,
    judgements,
    memos,
    point_versions,
    points,
    source_versions,
)
from transcripts.excerpts import keep_excerpt

if TYPE_CHECKING:
    from store.work import Work

_TEXT_ORDER = (excerpts.c.start, excerpts.c.end, codings.c.id)


def list_codings(conn: Connection, source_id: int, viewer: str) -> list[Coding]:
    """The codings of a source's current version in text order, as the coder ``viewer`` sees them.

    Those that a correction left without a place there have no position to show: :mod:`codebook.review` lists them.
    """
    return [_record(row) for row in conn.execute(_of_source(), {"viewer": viewer, "source": source_id}).all()]


def codings_between(conn: Connection, version_id: int, start: int, end: int, viewer: str) -> list[Coding]:
    """The codings of a source version that touch the stretch from ``start`` to ``end`` (code points), in text order."""
    bound = {"viewer": viewer, "version": version_id, "from": start, "to": end}
    return [_record(row) for row in conn.execute(_of_stretch(), bound).all()]


def codes_used_last(conn: Connection, version_id: int, coder: str, most: int) -> list[int]:
    """The codes that a coder has given in a source version, at most ``most``, the one of the newest coding first."""
    # Not joined to the coders: SQLite would begin there, and look at all that this coder has coded in the study.
    is_own = exists().where(coders.c.id == codings.c.coder_id, coders.c.name == coder)
    query = (
        select(codings.c.code_id)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .where(excerpts.c.version_id == version_id, is_own)
        .group_by(codings.c.code_id)
        .order_by(func.max(codings.c.id).desc())
        .limit(most)
    )
    return list(conn.scalars(query))


def excerpt_codings(conn: Connection, excerpt_ids: Sequence[int], viewer: str) -> dict[int, list[Coding]]:
    """The codings of excerpts, also of those that a correction left without a place, as ``viewer`` sees them."""
    found: dict[int, list[Coding]] = defaultdict(list)
    for row in rows_of(conn, _query(), codings.c.excerpt_id, excerpt_ids, viewer=viewer):
        found[row.excerpt_id].append(_record(row))
    return found


def some_codings(conn: Connection, coding_ids: Sequence[int], viewer: str) -> list[Coding]:
    """The codings of these ids that are there and have a place in their source's current version."""
    query = _query().where(source_versions.c.is_current)
    return [_record(row) for row in rows_of(conn, query, codings.c.id, coding_ids, viewer=viewer)]


def undecided_codings(conn: Connection, viewer: str) -> list[Coding]:
    """The codings of whole points of which somebody could not decide the element, by source and place."""
    query = _query().where(codings.c.undecided.is_not(None)).order_by(None)
    ordered = query.order_by(source_versions.c.source_id, *_TEXT_ORDER)
    return [_record(row) for row in conn.execute(ordered, {"viewer": viewer})]


def get_coding(conn: Connection, coding_id: int, viewer: str) -> Coding:
    """One coding as ``viewer`` sees it. Raises UnknownName: there is no such coding (any more)."""
    row = next(iter(ask(conn, _one(), viewer=viewer, coding=coding_id)), None)
    return gone(coding_id) if row is None else _record(row)


def get_codings(conn: Connection, coding_ids: Sequence[int], viewer: str) -> list[Coding]:
    """Codings as ``viewer`` sees them, in the order asked for. Raises UnknownName as :func:`get_coding` does."""
    found = {row.id: _record(row) for row in rows_of(conn, _query(), codings.c.id, coding_ids, viewer=viewer)}
    return [found.get(coding_id) or gone(coding_id) for coding_id in coding_ids]


def gone(coding_id: int) -> NoReturn:
    """Raises UnknownName: there is no such coding (any more)."""
    raise UnknownName(f"There is no coding {coding_id} any more.", "Somebody may have removed or undone it.")


@cache  # to put the statement together takes longer than to answer it for one coding
def _one() -> Select[Any]:
    return _query().where(codings.c.id == bindparam("coding"))


@cache
def _of_source() -> Select[Any]:
    return _query().where(source_versions.c.source_id == bindparam("source"), source_versions.c.is_current)


@cache
def _of_stretch() -> Select[Any]:
    touches = (excerpts.c.start < bindparam("to"), excerpts.c.end > bindparam("from"))
    return _query().where(excerpts.c.version_id == bindparam("version"), *touches)


@cache
def _query() -> Select[Any]:
    """Codings with one judgement each: that of the coder ``viewer``, else that of the coding's coder."""
    viewer_id = select(coders.c.id).where(coders.c.name == bindparam("viewer")).scalar_subquery()
    shown, judge = judgements.alias("shown"), coders.alias("judge")
    mine_first = (
        select(shown.c.id)
        .where(
            shown.c.coding_id == codings.c.id,
            shown.c.is_current,
            or_(shown.c.coder_id == viewer_id, shown.c.coder_id == codings.c.coder_id),
        )
        .order_by((shown.c.coder_id == viewer_id).desc())
        .limit(1)
        .correlate(codings)
        .scalar_subquery()
    )
    return (
        select(
            codings.c.id,
            codings.c.uuid,
            codings.c.excerpt_id,
            source_versions.c.source_id,
            excerpts.c.start,
            excerpts.c.end,
            excerpts.c.quote,
            excerpts.c.anchor,
            codings.c.code_id,
            codes.c.name.label("code"),
            points.c.number.label("point"),
            elements.c.letter.label("element"),
            coders.c.name.label("coder"),
            codings.c.created_at,
            codings.c.undecided,
            func.coalesce(codings.c.is_best, false()),
            judgements.c.id.label("judgement_id"),
            judgements.c.stance,
            judgements.c.strength,
            judgements.c.relevance,
            judgements.c.rigour,
            func.coalesce(judgements.c.rationale, ""),
            judge.c.name.label("judge"),
            func.coalesce(~point_versions.c.is_current, false()),
            func.coalesce(memos.c.body, ""),
        )
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .join(source_versions, source_versions.c.id == excerpts.c.version_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(coders, coders.c.id == codings.c.coder_id)
        .outerjoin(points, points.c.id == codes.c.point_id)
        .outerjoin(elements, elements.c.id == codes.c.element_id)
        .outerjoin(judgements, judgements.c.id == mine_first)
        .outerjoin(judge, judge.c.id == judgements.c.coder_id)
        .outerjoin(point_versions, point_versions.c.id == judgements.c.point_version_id)
        .outerjoin(memos, memos.c.coding_id == codings.c.id)
        .order_by(*_TEXT_ORDER)
    )


def _record(row: Any) -> Coding:
    return Coding(*row)  # the columns are in the order of its fields


def add_coding(work: Work, version_id: int, text: str, start: int, end: int, code_id: int) -> int:
    """Code a passage; coding the same passage twice with the same code is the same coding.

    Raises:
        BadPosition: the passage is not inside the text.
    """
    excerpt_id = keep_excerpt(work, version_id, text, start, end)
    same = {"excerpt_id": excerpt_id, "code_id": code_id, "coder_id": work.coder_id}
    for (found,) in ask(work.conn, _same(), **same):
        return int(found)
    return work.insert(codings, {**same, "created_at": work.at})


@cache
def _same() -> Select[Any]:
    named = ("excerpt_id", "code_id", "coder_id")
    return select(codings.c.id).where(*(codings.c[name] == bindparam(name) for name in named))


def set_memo(work: Work, coding_id: int, body: str) -> None:
    """The memo on a coding; an empty one takes it away."""
    present = work.conn.execute(select(memos).where(memos.c.coding_id == coding_id)).first()
    if present is None and body.strip():
        values = {"body": body, "coder_id": work.coder_id, "created_at": work.at, "changed_at": work.at}
        work.insert(memos, values | {"coding_id": coding_id})
    elif present is not None and not body.strip():
        work.delete(memos, [present.id])
    elif present is not None and present.body != body:
        work.update(memos, present.id, body=body, changed_at=work.at)


def add_to_memo(work: Work, coding_id: int, body: str) -> None:
    """Add words to the memo on a coding, which they begin where there is none."""
    present = work.conn.scalar(select(memos.c.body).where(memos.c.coding_id == coding_id))
    set_memo(work, coding_id, joined(present or "", body))


def counts_by_source(conn: Connection, only: int | None = None) -> dict[int, int]:
    """How many codings each source has, with those that a correction left without a place; ``only``: of that one."""
    query = (
        select(source_versions.c.source_id, func.count())
        .join(excerpts, excerpts.c.version_id == source_versions.c.id)
        .join(codings, codings.c.excerpt_id == excerpts.c.id)
        .group_by(source_versions.c.source_id)
    )
    if only is not None:
        query = query.where(source_versions.c.source_id == only)
    return dict(conn.execute(query).all())


def set_best(work: Work, coding_id: int, is_best: bool) -> None:
    """Say whether a coding stands for its kind in reports."""
    work.update(codings, coding_id, is_best=True if is_best else None)
