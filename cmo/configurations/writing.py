"""Making and changing configurations and their parts. Every call is a piece of one act."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from cmo.configurations.grammar import read_grammar
from cmo.configurations.reading import configuration_id, find_case, find_point, require_level
from store import schema
from store.errors import InputError, UnknownName
from store.phrases import counted
from store.work import Work
from transcripts.people import tidy
from transcripts.text import normalise

_configurations, _parts = schema.configurations, schema.configuration_parts
_links, _presences = schema.configuration_links, schema.configuration_cases


def add_configuration(
    work: Work,
    *,
    name: str = "",
    restatement: str = "",
    level: str = "case",
    point: str | None = None,
    case: str | None = None,
) -> int:
    """A new configuration without parts; return its number.

    Raises:
        UnknownName: there is no such point or case.
        InputError: no such level, or a case for a configuration that reaches over cases.
    """
    case_id = find_case(work.conn, case) if case else None
    _require_fitting_case(require_level(level), case_id)
    number = _next_number(work.conn)
    values = {
        "number": number,
        "name": tidy(name),
        "restatement": normalise(restatement).strip(),
        "level": level,
        "point_id": find_point(work.conn, point) if point else None,
        "case_id": case_id,
        "coder_id": work.coder_id,
        "created_at": work.at,
        "changed_at": work.at,
    }
    work.insert(_configurations, values)
    return number


def edit_configuration(
    work: Work,
    number: int,
    *,
    name: str | None = None,
    restatement: str | None = None,
    level: str | None = None,
    point: str | None = None,
    case: str | None = None,
) -> None:
    """Change what is given; an empty text takes a name, a restatement, a point or a case away.

    Raises:
        UnknownName, InputError: as :func:`add_configuration`.
    """
    row = _row(work.conn, number)
    values: dict[str, Any] = {}
    if name is not None:
        values["name"] = tidy(name)
    if restatement is not None:
        values["restatement"] = normalise(restatement).strip()
    if level is not None:
        values["level"] = require_level(level)
    if point is not None:
        values["point_id"] = find_point(work.conn, point) if point else None
    if case is not None:
        values["case_id"] = find_case(work.conn, case) if case else None
    _require_fitting_case(values.get("level", row.level), values.get("case_id", row.case_id))
    if any(getattr(row, column) != value for column, value in values.items()):
        work.update(_configurations, row.id, **values, changed_at=work.at)


def remove_configuration(work: Work, number: int) -> dict[str, int]:
    """Take a configuration away; return how many rows of what went with it. The codings stay. Raises UnknownName."""
    row_id = configuration_id(work.conn, number)
    owned = {
        "part": (_parts, _parts.c.configuration_id == row_id),
        "link": (_links, or_(_links.c.from_id == row_id, _links.c.to_id == row_id)),
        "presence": (_presences, _presences.c.configuration_id == row_id),
    }
    taken = {}
    for words, (table, condition) in owned.items():
        ids = work.conn.scalars(select(table.c.id).where(condition)).all()
        work.delete(table, ids)
        taken[words] = len(ids)
    work.delete(_configurations, [row_id])
    return taken


def add_part(
    work: Work,
    number: int,
    *,
    coding: int | None = None,
    element: str | None = None,
    wording: str = "",
    stated: bool | None = None,
) -> int:
    """Put a passage, words, or both into a configuration; return the id of the part.

    ``element`` is a letter or a name; None takes that of the coding's code, and an empty text leaves it undecided.
    ``stated`` is true for a coding and false for words alone, where it is not given. The same coding in the same role
    is the same part: words given for it are kept on it.

    Raises:
        UnknownName: there is no such configuration, coding or element.
        InputError: neither coding nor words, or words alone that are said to be stated.
    """
    row_id = configuration_id(work.conn, number)
    element_id = _element_of_code(work.conn, coding) if coding is not None else None
    if element is not None:
        element_id = read_grammar(work.conn).find(element).id if element else None
    return insert_part(work, row_id, coding, element_id, normalise(wording).strip(), stated)


def insert_part(
    work: Work, row_id: int, coding: int | None, element_id: int | None, wording: str, stated: bool | None
) -> int:
    """The same, by the ids of the configuration and of the element."""
    is_stated = coding is not None if stated is None else stated
    _require_part(coding, wording, is_stated)
    same = _same_part(work.conn, row_id, coding, element_id)
    if same is not None:
        work.update(_parts, same.id, **({"wording": wording} if wording else {}))
        return int(same.id)
    highest = select(func.max(_parts.c.position)).where(_parts.c.configuration_id == row_id)
    values = {
        "configuration_id": row_id,
        "element_id": element_id,
        "coding_id": coding,
        "wording": wording,
        "is_stated": is_stated,
        "position": (work.conn.scalar(highest) or 0) + 1,
    }
    return work.insert(_parts, values)


def change_part(
    work: Work, part_id: int, *, element: str | None = None, wording: str | None = None, stated: bool | None = None
) -> int:
    """Change what is given of a part; an empty element makes it undecided. Return its configuration's number.

    Raises:
        UnknownName: there is no such part or element.
        InputError: nothing would be left of it, it is words alone and said to be stated, or the configuration has the
            same passage in that role already.
    """
    row = part_row(work.conn, part_id)
    values: dict[str, Any] = {}
    if element is not None:
        values["element_id"] = read_grammar(work.conn).find(element).id if element else None
        same = _same_part(work.conn, row.configuration_id, row.coding_id, values["element_id"])
        if same is not None and same.id != part_id:
            raise InputError("The passage is there in that role already.", "Remove one of the two parts.")
    if wording is not None:
        values["wording"] = normalise(wording).strip()
    if stated is not None:
        values["is_stated"] = stated
    after = {**row._mapping, **values}
    _require_part(after["coding_id"], after["wording"], bool(stated))
    work.update(_parts, part_id, **values)
    return number_of(work.conn, row.configuration_id)


def move_part(work: Work, part_id: int, place: int) -> int:
    """Put a part in a place (from 1) among those of its element; return its configuration's number.

    A place beyond the last is the last. Raises UnknownName: there is no such part. InputError: a place below 1.
    """
    if place < 1:
        raise InputError(f"There is no place {place}.", "Places are counted from 1.")
    row = part_row(work.conn, part_id)
    beside = (
        select(_parts.c.id, _parts.c.position)
        .where(
            _parts.c.configuration_id == row.configuration_id, _parts.c.element_id.is_not_distinct_from(row.element_id)
        )
        .order_by(_parts.c.position, _parts.c.id)
    )
    rows = work.conn.execute(beside).all()
    order = [other.id for other in rows if other.id != part_id]
    order.insert(place - 1, part_id)
    for other_id, position in zip(order, (other.position for other in rows), strict=True):
        work.update(_parts, other_id, position=position)
    return number_of(work.conn, row.configuration_id)


def remove_part(work: Work, part_id: int) -> int:
    """Take a part out; the coding stays. Return its configuration's number. Raises UnknownName."""
    row = part_row(work.conn, part_id)
    work.delete(_parts, [part_id])
    return number_of(work.conn, row.configuration_id)


def part_row(conn: Connection, part_id: int) -> Row[Any]:
    """The row of a part. Raises UnknownName."""
    row = conn.execute(select(_parts).where(_parts.c.id == part_id)).first()
    if row is None:
        raise UnknownName(f"There is no part {part_id} any more.", "Somebody may have removed or undone it.")
    return row


def number_of(conn: Connection, row_id: int) -> int:
    """The number of a configuration by its id."""
    number: int = conn.execute(select(_configurations.c.number).where(_configurations.c.id == row_id)).scalar_one()
    return number


def in_words(taken: dict[str, int]) -> str:
    """``2 parts, 1 link`` for what goes along with a configuration."""
    return ", ".join(counted(number, what) for what, number in taken.items() if number)


def _row(conn: Connection, number: int) -> Row[Any]:
    row_id = configuration_id(conn, number)
    return conn.execute(select(_configurations).where(_configurations.c.id == row_id)).one()


def _next_number(conn: Connection) -> int:
    """One more than any number ever given: the id counter only grows, whatever is undone or removed."""
    counter = select(schema.sequences.c.next_id).where(schema.sequences.c.table_name == _configurations.name)
    highest: int = conn.scalar(select(func.max(_configurations.c.number))) or 0
    coming: int = conn.scalar(counter) or 1
    return max(coming, highest + 1)


def _require_fitting_case(level: str, case_id: int | None) -> None:
    if level != "case" and case_id is not None:
        cure = "Take its case away, or keep it at the level of a case."
        raise InputError(f"A configuration of the level '{level}' reaches over cases and belongs to none.", cure)


def _require_part(coding: int | None, wording: str, is_stated: bool) -> None:
    if coding is None and not wording:
        raise InputError("A part needs a passage or words.", "Name a coding, or say in your own words what you infer.")
    if coding is None and is_stated:
        raise InputError("Words alone are inferred, not stated.", "Name the coding in which somebody states it.")


def _element_of_code(conn: Connection, coding_id: int) -> int | None:
    """The element of a coding's code, if it has one. Raises UnknownName: there is no such coding."""
    query = (
        select(schema.codings.c.id, schema.codes.c.element_id)
        .join(schema.codes, schema.codes.c.id == schema.codings.c.code_id)
        .where(schema.codings.c.id == coding_id)
    )
    row = conn.execute(query).first()
    if row is None:
        raise UnknownName(f"There is no coding {coding_id} any more.", "Somebody may have removed or undone it.")
    found: int | None = row.element_id
    return found


def _same_part(conn: Connection, row_id: int, coding: int | None, element_id: int | None) -> Row[Any] | None:
    """The part that holds this coding in this role; the table's own rule does not see undecided ones."""
    if coding is None:
        return None
    return conn.execute(
        select(_parts).where(
            _parts.c.configuration_id == row_id,
            _parts.c.coding_id == coding,
            _parts.c.element_id.is_not_distinct_from(element_id),
        )
    ).first()
