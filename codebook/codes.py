"""Codes: a tree, with the programme theory's points and elements as one branch."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from codebook.records import Code
from store.errors import InputError, NameTaken, UnknownName
from store.schema import codes, codings, elements, points
from store.work import Work
from transcripts.people import fold, ids_by_name, nearest, next_position, tidy

FRAME_ORDER = (
    points.c.position.is_(None),
    points.c.position,
    func.coalesce(elements.c.position, 0),
    codes.c.position,
    codes.c.id,
)
"""The order of the code frame: each point before its elements, then the codes outside the theory."""


def list_codes(conn: Connection) -> list[Code]:
    """All codes in the order of the code frame, with how many codings each has itself."""
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
    return [
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
    ]


def find_code(conn: Connection, name: str | int) -> int:
    """The id of a code by name (``#7 M``, ``Night shift``) or id.

    Raises:
        UnknownName: with the names that come nearest.
    """
    by_id = {row.id: row.name for row in conn.execute(select(codes.c.id, codes.c.name))}
    if isinstance(name, int):
        found = name if name in by_id else None
    else:
        found = next((code_id for code_id, known in by_id.items() if fold(known) == fold(name)), None)
    if found is None:
        near = nearest(str(name), by_id.values())
        hint = f"Did you mean {near}?" if near else "`cmo codes STUDY` lists them."
        raise UnknownName(f"There is no code '{name}'.", hint)
    return found


def add_code(work: Work, name: str, definition: str = "", parent_id: int | None = None) -> int:
    """A new code that belongs to no point.

    Raises:
        InputError: the name is empty.
        NameTaken: a code of that name (in any case of letters) is there.
    """
    name = tidy(name)
    if not name:
        raise InputError("A code needs a name.")
    if fold(name) in ids_by_name(work.conn, codes):
        raise NameTaken(f"There is a code '{name}' already.", "Apply that one, or choose another name.")
    values = {"name": name, "definition": definition, "parent_id": parent_id}
    return work.insert(codes, values | {"position": next_position(work.conn, codes)})
