"""Changing the code frame: codes renamed, defined, moved, merged, split, taken away.

The codes of the programme theory are not changed here: they are as their points are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from codebook.codes import add_code, check_name, find_code
from codebook.joining import join
from codebook.notes import joined
from codebook.removing import Removed, remove_codings
from store.errors import InputError
from store.phrases import counted
from store.schema import codes, codings, memos, question_aims, summaries, summary_quotes
from store.work import Work
from transcripts.people import next_position


@dataclass(frozen=True, slots=True)
class Merged:
    """How many codings came to another code: by themselves, and joined with one that was there."""

    moved: int
    joined: int


def rename(work: Work, code: str | int, name: str) -> int:
    """Raises UnknownName, NameTaken; InputError: the name is empty, or the code is of the theory."""
    row = _own(work.conn, code)
    work.update(codes, row.id, name=check_name(work.conn, name, of=row.id))
    return int(row.id)


def define(work: Work, code: str | int, definition: str) -> int:
    """Raises UnknownName; InputError: the code is of the theory."""
    row = _own(work.conn, code)
    work.update(codes, row.id, definition=definition.strip())
    return int(row.id)


def move(work: Work, code: str | int, parent: str | int | None, place: int | None) -> int:
    """Put a code under another (None: at the top), as the ``place``-th there (from 1; None: the last).

    Raises:
        UnknownName: there is no such code.
        InputError: the code is of the theory, or would stand under itself.
    """
    row = _own(work.conn, code)
    parent_id = None if parent is None else find_code(work.conn, parent)
    if parent_id is not None and row.id in (parent_id, *_above(work.conn, parent_id)):
        raise InputError(f"'{row.name}' cannot stand under itself.", "Choose a code outside of it.")
    work.update(codes, row.id, parent_id=parent_id)
    _take_place(work, row.id, parent_id, place)
    return int(row.id)


def merge(work: Work, into: str | int, others: Sequence[str | int]) -> Merged:
    """Make codes part of another: their codings, memos, summaries and the codes below them come to it.

    A definition that is lost with its code is kept as a memo on the other. Codings by one coder on one passage become
    one, with all that was said of both.

    Raises:
        UnknownName: there is no such code.
        InputError: nothing to merge, a code into itself, or one of the theory.
    """
    into_id = find_code(work.conn, into)
    gone = {row.id: row for row in (_own(work.conn, code) for code in others)}
    if not gone or into_id in gone:
        raise InputError("A code is merged into another.", "Name the one that stays, then those that go.")
    counts = [_give_codings(work, code_id, into_id) for code_id in gone]
    for row in gone.values():
        _give_rest(work, row, into_id)
    _lift_children(work, list(gone), into_id)
    work.delete(codes, list(gone))
    return Merged(sum(moved for moved, _ in counts), sum(number for _, number in counts))


def split(work: Work, code: str | int, parts: Mapping[str, Sequence[int]]) -> list[int]:
    """Make new codes beside a code, each with those of its codings that are named; return their ids.

    Raises:
        UnknownName: there is no such code.
        NameTaken: there is a code of that name.
        InputError: a coding is not of the code, or is named twice; or the code is of the theory.
    """
    row = _own(work.conn, code)
    held = set(work.conn.scalars(select(codings.c.id).where(codings.c.code_id == row.id)))
    named = Counter(coding_id for ids in parts.values() for coding_id in ids)
    wrong = next((coding_id for coding_id, times in named.items() if coding_id not in held or times > 1), None)
    if wrong is not None:
        what = "is named twice" if wrong in held else f"is not a coding of '{row.name}'"
        raise InputError(f"{wrong} {what}.", "Name each coding once; the others stay where they are.")
    if not parts:
        raise InputError("A code is split into new codes.", "Give the names of the new ones.")
    made = []
    for name, ids in parts.items():
        made.append(add_code(work, name, "", row.parent_id))
        work.update_many(codings, ids, code_id=made[-1])
    return made


def remove(work: Work, code: str | int, *, with_codings: bool) -> str:
    """Take a code away; return its name and what went with it, in words. The codes below it move up.

    Raises:
        UnknownName: there is no such code.
        InputError: it has codings, memos or summaries and these are not to go; or it is of the theory.
    """
    row = _own(work.conn, code)
    held = {table.name: _ids(work.conn, table, row.id) for table in (codings, memos, summaries)}
    if any(held.values()) and not with_codings:
        one = {"codings": "coding", "memos": "memo", "summaries": "summary"}
        words = ", ".join(counted(len(ids), one[name], name) for name, ids in held.items() if ids)
        raise InputError(f"'{row.name}' has {words}.", "Merge it into another code, or ask to take them away as well.")
    removed = remove_codings(work, held["codings"])
    work.delete(memos, held["memos"])
    quoted = select(summary_quotes.c.id).where(summary_quotes.c.summary_id.in_(held["summaries"]))
    work.delete(summary_quotes, work.conn.scalars(quoted).all())
    work.delete(summaries, held["summaries"])
    work.delete(question_aims, _ids(work.conn, question_aims, row.id))
    _lift_children(work, [row.id], row.parent_id)
    work.delete(codes, [row.id])
    return f"'{row.name}'{_gone_along(removed, len(held['memos']), len(held['summaries']))}"


def _gone_along(removed: Removed, memo_count: int, summary_count: int) -> str:
    """``, 2 codings with 1 memo, 1 memo on the code``; nothing where nothing went along."""
    gone = [f"{counted(removed.codings, 'coding')}{removed}"] if removed.codings else []
    gone += [f"{counted(memo_count, 'memo')} on the code"] if memo_count else []
    gone += [counted(summary_count, "summary", "summaries")] if summary_count else []
    return "".join(f", {part}" for part in gone)


def _own(conn: Connection, code: str | int) -> Row[Any]:
    """A code outside the theory. Raises InputError: it belongs to a point."""
    row = conn.execute(select(codes).where(codes.c.id == find_code(conn, code))).one()
    if row.point_id is not None:
        raise InputError(
            f"'{row.name}' belongs to the programme theory.", "It is what its point is: change the point instead."
        )
    return row


def _above(conn: Connection, code_id: int) -> list[int]:
    """The codes that a code stands under, the nearest first."""
    parents = dict(conn.execute(select(codes.c.id, codes.c.parent_id)).all())
    found: list[int] = []
    above = parents[code_id]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found


def _take_place(work: Work, code_id: int, parent_id: int | None, place: int | None) -> None:
    """Order the codes of one parent, with one of them at a place; their numbers are those that they had."""
    siblings = select(codes.c.id, codes.c.position).where(codes.c.point_id.is_(None))
    siblings = siblings.where(codes.c.parent_id.is_not_distinct_from(parent_id), codes.c.id != code_id)
    rows = work.conn.execute(siblings.order_by(codes.c.position, codes.c.id)).all()
    order = [row.id for row in rows]
    order.insert(len(order) if place is None else max(place - 1, 0), code_id)
    own = work.conn.scalar(select(codes.c.position).where(codes.c.id == code_id))
    numbers = sorted({own, *(row.position for row in rows)})
    if len(numbers) < len(order):
        first = next_position(work.conn, codes)
        numbers = list(range(first, first + len(order)))
    for each, number in zip(order, numbers, strict=True):
        work.update(codes, each, position=number)


def _give_codings(work: Work, code_id: int, into_id: int) -> tuple[int, int]:
    """How many codings of a code were moved to the other, and how many joined with one that was there."""
    query = select(codings.c.id, codings.c.excerpt_id, codings.c.coder_id).order_by(codings.c.id)
    there = {row[1:]: row.id for row in work.conn.execute(query.where(codings.c.code_id == into_id))}
    own = work.conn.execute(query.where(codings.c.code_id == code_id)).all()
    moved = [row.id for row in own if row[1:] not in there]
    twins = [(row.id, there[row[1:]]) for row in own if row[1:] in there]
    work.update_many(codings, moved, code_id=into_id)
    for coding_id, twin in twins:
        join(work, coding_id, twin)
    return len(moved), len(twins)


def _give_rest(work: Work, row: Row[Any], into_id: int) -> None:
    """Give what else hangs on a code to the other: memos, the definition, summaries of cases, aims of questions."""
    work.update_many(memos, _ids(work.conn, memos, row.id), code_id=into_id)
    if row.definition.strip():
        body = f"{row.name}: {row.definition}"
        times = {"created_at": work.at, "changed_at": work.at}
        work.insert(memos, {"body": body, "coder_id": work.coder_id, "code_id": into_id, **times})
    _give_summaries(work, row.id, into_id)
    aims = question_aims
    known = set(work.conn.scalars(select(aims.c.question_id).where(aims.c.code_id == into_id)))
    for aim in work.conn.execute(select(aims).where(aims.c.code_id == row.id)).all():
        if aim.question_id in known:
            work.delete(aims, [aim.id])
        else:
            work.update(aims, aim.id, code_id=into_id)


def _give_summaries(work: Work, code_id: int, into_id: int) -> None:
    """A case is summed up once for a code: where both codes have a summary of a case, they become one."""
    query = select(summaries).order_by(summaries.c.id)
    there = {row.case_id: row for row in work.conn.execute(query.where(summaries.c.code_id == into_id))}
    for row in work.conn.execute(query.where(summaries.c.code_id == code_id)).all():
        same = there.setdefault(row.case_id, row)
        if same is row:
            work.update(summaries, row.id, code_id=into_id)
            continue
        work.update(summaries, same.id, body=joined(same.body, row.body), changed_at=work.at)
        _give_quotes(work, row.id, same.id)
        work.delete(summaries, [row.id])


def _give_quotes(work: Work, summary_id: int, into_id: int) -> None:
    query = select(summary_quotes.c.id, summary_quotes.c.coding_id)
    there = {row.coding_id for row in work.conn.execute(query.where(summary_quotes.c.summary_id == into_id))}
    for row in work.conn.execute(query.where(summary_quotes.c.summary_id == summary_id)).all():
        if row.coding_id in there:
            work.delete(summary_quotes, [row.id])
        else:
            work.update(summary_quotes, row.id, summary_id=into_id)


def _lift_children(work: Work, gone: Sequence[int], parent_id: int | None) -> None:
    """Put the codes below codes that go under another; one that would stand under itself moves up instead."""
    above = set() if parent_id is None else {parent_id, *_above(work.conn, parent_id)}
    query = select(codes.c.id).where(codes.c.parent_id.in_(gone), codes.c.id.not_in(gone))
    for child in work.conn.scalars(query).all():
        higher = next((code_id for code_id in _above(work.conn, child) if code_id not in gone), None)
        work.update(codes, child, parent_id=higher if child in above else parent_id)


def _ids(conn: Connection, table: Table, code_id: int) -> list[int]:
    return list(conn.scalars(select(table.c.id).where(table.c.code_id == code_id).order_by(table.c.id)))
