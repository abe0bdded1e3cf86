"""Codes: a tree, with the programme theory's points and elements as one branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, func, select

from codebook.records import Code
from store.driver import ask
from store.errors import InputError, NameTaken, UnknownName
from store.schema import codes, codings, elements, points
from transcripts.people import fold, ids_by_name, nearest, next_position, tidy

if TYPE_CHECKING:
    from store.work import Work

FRAME_ORDER = (
    points.c.position.is_(None),
    points.c.position,
    func.coalesce(elements.c.position, 0),
    codes.c.position,
    codes.c.id,
)
"""The order of the code frame: each point before its elements, then the codes outside the theory."""


def list_codes(conn: Connection) -> list[Code]:
    """All codes in the order of the code frame, each before those below it, with how many codings it has itself."""
    used = select(codings.c.code_id, func.count().label("codings")).group_by(codings.c.code_id).subquery()
    query = (
        select(
            codes.c.id,
            codes.c.uuid,
            codes.c.name,
            codes.c.definition,
            codes.c.parent_id,
            codes.c.point_id,
            points.c.number,
            elements.c.letter,
            func.coalesce(used.c.codings, 0).label("codings"),
        )
        .outerjoin(points, points.c.id == codes.c.point_id)
        .outerjoin(elements, elements.c.id == codes.c.element_id)
        .outerjoin(used, used.c.code_id == codes.c.id)
        .order_by(*FRAME_ORDER)
    )
    return _parents_first(
        Code(
            id=row.id,
            uuid=row.uuid,
            name=row.name,
            definition=row.definition,
            parent_id=row.parent_id,
            point_id=row.point_id,
            point=row.number,
            element=row.letter,
            codings=row.codings,
        )
        for row in conn.execute(query)
    )


def _parents_first(listed: Iterable[Code]) -> list[Code]:
    """Codes in the order given, but each straight after the code it stands under and what is below that."""
    below: dict[int | None, list[Code]] = defaultdict(list)
    for code in listed:
        below[code.parent_id].append(code)
    ordered: list[Code] = []
    waiting = below[None][::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += below[ordered[-1].id][::-1]
    return ordered


def find_code(conn: Connection, name: str | int) -> int:
    """The id of a code by name (``#7 M``, ``Night shift``) or id.

    Raises:
        UnknownName: with the names that come nearest.
    """
    for (found,) in ask(conn, _code_by("id" if isinstance(name, int) else "name"), wanted=name):
        return int(found)
    ids = {} if isinstance(name, int) else ids_by_name(conn, codes)
    if fold(str(name)) not in ids:
        near = nearest(str(name), conn.scalars(select(codes.c.name)))
        hint = f"Did you mean {near}?" if near else "`cmo codes STUDY` lists them."
        raise UnknownName(f"There is no code '{name}'.", hint)
    return ids[fold(str(name))]


@cache  # a key asks for a code as it is called, and the statement takes longer to put together than to answer
def _code_by(column: str) -> Select[Any]:
    return select(codes.c.id).where(codes.c[column] == bindparam("wanted")).limit(1)


def add_code(work: Work, name: str, definition: str = "", parent_id: int | None = None) -> int:
    """A new code that belongs to no point. Raises InputError, NameTaken as :func:`check_name` does."""
    values = {"name": check_name(work.conn, name), "definition": definition, "parent_id": parent_id}
    return work.insert(codes, values | {"position": next_position(work.conn, codes)})


def check_name(conn: Connection, name: str, *, of: int | None = None) -> str:
    """A name for a new code, or for the code ``of``, as it is kept.

    Raises:
        InputError: the name is empty.
        NameTaken: another code has that name (in any case of letters).
    """
    name = tidy(name)
    if not name:
        raise InputError("A code needs a name.")
    if ids_by_name(conn, codes).get(fold(name), of) != of:
        raise NameTaken(f"There is a code '{name}' already.", "Apply that one, or choose another name.")
    return name
