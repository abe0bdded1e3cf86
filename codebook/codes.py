"""Codes: a tree, with the programme theory's points and elements as one branch."""

from __future__ import annotations

from rapidfuzz import process
from sqlalchemy import Connection, func, select

from codebook.records import Code
from store.errors import InputError, NameTaken, UnknownName
from store.schema import codes, codings, elements, points
from store.work import Work
from transcripts.people import fold, next_position


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
        .order_by(codes.c.position, codes.c.id)
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
    query = select(codes.c.id, codes.c.name)
    rows = conn.execute(query).all()
    for row in rows:
        if row.id == name or (isinstance(name, str) and fold(row.name) == fold(name)):
            return int(row.id)
    near = process.extract(str(name), [row.name for row in rows], limit=3, score_cutoff=60)
    hint = "Did you mean " + " or ".join(f"'{match[0]}'" for match in near) + "?" if near else ""
    raise UnknownName(f"There is no code '{name}'.", hint or "`cmo codes STUDY` lists them.")


def add_code(work: Work, name: str, definition: str = "", parent_id: int | None = None) -> int:
    """A new code that belongs to no point.

    Raises:
        NameTaken: a code of that name (in any case of letters) is there.
    """
    name = " ".join(name.split())
    if not name:
        raise InputError("A code needs a name.")
    if fold(name) in {fold(found) for found in work.conn.scalars(select(codes.c.name))}:
        raise NameTaken(f"There is a code '{name}' already.", "Apply that one, or choose another name.")
    values = {
        "name": name,
        "definition": definition,
        "parent_id": parent_id,
        "point_id": None,
        "element_id": None,
        "position": next_position(work.conn, codes),
    }
    return work.insert(codes, values)
