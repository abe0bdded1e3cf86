"""Memos: notes on codings, sources, cases, codes and points, and on the study as a whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, select

from codebook.codes import find_code
from codebook.records import Memo
from store.errors import InputError, UnknownName
from store.schema import cases, coders, codes, codings, excerpts, memos, points, sources
from store.work import Work
from transcripts.people import fold, ids_by_name, nearest
from transcripts.sources import find_source

THINGS = ("coding", "source", "case", "code", "point")
"""What a memo can be on; one that is on none of these is on the study."""
STUDY = "study"


def list_memos(conn: Connection, thing: str | None = None, thing_id: int | None = None) -> list[Memo]:
    """All memos, or those on one thing, the oldest first; ``thing`` is one of ``THINGS``, or ``study``."""
    query = _query()
    if thing == STUDY:
        query = query.where(*(memos.c[f"{name}_id"].is_(None) for name in THINGS))
    elif thing is not None:
        query = query.where(memos.c[f"{thing}_id"] == thing_id)
    return [Memo(*row) for row in conn.execute(query)]


def get_memo(conn: Connection, memo_id: int) -> Memo:
    """Raises UnknownName: there is no such memo (any more)."""
    row = conn.execute(_query().where(memos.c.id == memo_id)).first()
    if row is None:
        raise UnknownName(f"There is no memo {memo_id}.", "`cmo memo STUDY` lists them.")
    return Memo(*row)


def thing_id(conn: Connection, thing: str, name: str | int) -> int:
    """The id of what a memo is to be on, by its name or id. Raises UnknownName."""
    if thing == "source":
        return find_source(conn, name).id
    if thing == "code":
        return find_code(conn, name)
    table = {"coding": codings, "case": cases, "point": points}[thing]
    known: dict[str, int] = {}
    if isinstance(name, str):
        query = select(points.c.number, points.c.id)
        known = ids_by_name(conn, cases) if thing == "case" else {fold(n): i for n, i in conn.execute(query)}
    found = known.get(fold(name)) if isinstance(name, str) else name
    if found is None or conn.scalar(select(table.c.id).where(table.c.id == found)) is None:
        near = nearest(str(name), known)
        raise UnknownName(f"There is no {thing} '{name}'.", f"Did you mean {near}?" if near else "")
    return found


def add_memo(work: Work, body: str, thing: str, on: int | None) -> int:
    """A memo on a thing, or on the study. Raises InputError: it has no words, or is a second one on a coding."""
    if thing == "coding" and work.conn.scalar(select(memos.c.id).where(memos.c.coding_id == on)) is not None:
        raise InputError("This coding has a memo already.", "Change that one.")
    values = {"body": _words(body), "coder_id": work.coder_id, "created_at": work.at, "changed_at": work.at}
    return work.insert(memos, values if thing == STUDY else values | {f"{thing}_id": on})


def edit_memo(work: Work, memo_id: int, body: str) -> None:
    """Change the words of a memo. Raises UnknownName; InputError: it would have no words."""
    if get_memo(work.conn, memo_id).body != _words(body):
        work.update(memos, memo_id, body=_words(body), changed_at=work.at)


def _words(body: str) -> str:
    if not body.strip():
        raise InputError("A memo needs words.", "Remove it instead.")
    return body.strip()


def _query() -> Select[Any]:
    """Memos with what they are on, in the order of the record's fields."""
    on = [(memos.c[f"{name}_id"].is_not(None), literal(name)) for name in THINGS]
    coded = codes.alias("coded")
    name = func.coalesce(
        sources.c.name,
        cases.c.name,
        codes.c.name,
        points.c.number,
        coded.c.name + literal(": ") + excerpts.c.quote,
        literal(""),
    )
    return (
        select(memos.c.id, memos.c.uuid, memos.c.body, coders.c.name, memos.c.created_at, memos.c.changed_at)
        .add_columns(case(*on, else_=literal(STUDY)), func.coalesce(*(memos.c[f"{n}_id"] for n in THINGS)), name)
        .join(coders, coders.c.id == memos.c.coder_id)
        .outerjoin(codings, codings.c.id == memos.c.coding_id)
        .outerjoin(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .outerjoin(coded, coded.c.id == codings.c.code_id)
        .outerjoin(sources, sources.c.id == memos.c.source_id)
        .outerjoin(cases, cases.c.id == memos.c.case_id)
        .outerjoin(codes, codes.c.id == memos.c.code_id)
        .outerjoin(points, points.c.id == memos.c.point_id)
        .order_by(memos.c.id)
    )
