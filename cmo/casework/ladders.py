"""Ladders: ordinal scales of the study's own, such as a ladder of prevention, with numbered steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Row, func, select

from cmo.casework.records import Ladder, Step
from store import schema
from store.errors import InputError, NameTaken, UnknownName
from store.work import Work
from transcripts.people import fold, ids_by_name, nearest, next_position, tidy

_ladders, _steps, _measures = schema.ladders, schema.ladder_steps, schema.measures
MOST_STEP = 999


def list_ladders(conn: Connection) -> list[Ladder]:
    """All ladders in the order of the study, each with its steps from the lowest number up."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for row in conn.execute(select(_steps).order_by(_steps.c.number)):
        steps[row.ladder_id].append(Step(row.number, row.name, row.definition))
    return [
        Ladder(row.id, row.uuid, row.name, row.definition, tuple(steps[row.id]))
        for row in conn.execute(select(_ladders).order_by(_ladders.c.position, _ladders.c.id))
    ]


def find_ladder(conn: Connection, name: str) -> Ladder:
    """A ladder by name. Raises UnknownName: with the names that come nearest."""
    known = list_ladders(conn)
    found = next((ladder for ladder in known if fold(ladder.name) == fold(name)), None)
    if found is None:
        near = nearest(name, [ladder.name for ladder in known])
        raise UnknownName(f"There is no ladder '{name}'.", f"Nearest: {near}." if near else "")
    return found


def add_ladder(work: Work, name: str, definition: str = "", steps: Sequence[Step] = ()) -> int:
    """A new ladder with its steps; return its id.

    Raises:
        InputError: no name, or a number that no step can have or that stands twice.
        NameTaken: a ladder of that name is there.
    """
    name = _free_name(work.conn, name)
    values = {"name": name, "definition": definition, "position": next_position(work.conn, _ladders)}
    ladder_id = work.insert(_ladders, values)
    numbers = [_step_number(step.number) for step in steps]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise InputError(f"The ladder '{name}' would have two steps {twice}.", "Give each step a number of its own.")
    rows = [[ladder_id, step.number, tidy(step.name), step.definition] for step in steps]
    work.insert_many(_steps, ["ladder_id", "number", "name", "definition"], rows)
    return ladder_id


def edit_ladder(work: Work, ladder: Ladder, name: str | None, definition: str | None) -> None:
    """Another name or definition; None leaves it. Raises InputError, NameTaken."""
    if name is not None and fold(name) != fold(ladder.name):
        _free_name(work.conn, name)
    changed = {"name": name and tidy(name), "definition": definition}
    if name is not None and not tidy(name):
        raise InputError("A ladder needs a name.")
    work.update(_ladders, ladder.id, **{key: value for key, value in changed.items() if value is not None})


def set_step(work: Work, ladder_id: int, number: int, name: str | None, definition: str | None) -> None:
    """Name and define a step, which is made where the ladder has none of that number; None leaves what is there.

    Raises:
        InputError: no step can have that number.
    """
    row = _step(work.conn, ladder_id, _step_number(number))
    if row is None:
        values = {"ladder_id": ladder_id, "number": number, "name": tidy(name or ""), "definition": definition or ""}
        work.insert(_steps, values)
        return
    changed = {"name": None if name is None else tidy(name), "definition": definition}
    work.update(_steps, row.id, **{key: value for key, value in changed.items() if value is not None})


def have_step(work: Work, ladder_id: int, number: int) -> bool:
    """Make sure that a ladder has a step; say whether it had to be made, without a name. Raises InputError."""
    if _step(work.conn, ladder_id, number) is not None:
        return False
    set_step(work, ladder_id, number, None, None)
    return True


def remove_step(work: Work, ladder: Ladder, number: int) -> None:
    """Take a step away.

    Raises:
        UnknownName: the ladder has no such step.
        InputError: measures stand on it.
    """
    row = _step(work.conn, ladder.id, number)
    if row is None:
        raise UnknownName(f"The ladder '{ladder.name}' has no step {number}.", "`cmo ladders STUDY` lists them.")
    _refuse_in_use(work.conn, ladder, number)
    work.delete(_steps, [row.id])


def remove_ladder(work: Work, ladder: Ladder) -> None:
    """Take a ladder away with its steps. Raises InputError: measures stand on it."""
    _refuse_in_use(work.conn, ladder, None)
    work.delete(_steps, list(work.conn.scalars(select(_steps.c.id).where(_steps.c.ladder_id == ladder.id))))
    work.delete(_ladders, [ladder.id])


def _refuse_in_use(conn: Connection, ladder: Ladder, number: int | None) -> None:
    query = select(func.count()).select_from(_measures).where(_measures.c.ladder_id == ladder.id)
    used = conn.scalar(query if number is None else query.where(_measures.c.step == number)) or 0
    if used:
        what = f"the ladder '{ladder.name}'" if number is None else f"step {number} of '{ladder.name}'"
        how_many = "1 measure stands" if used == 1 else f"{used:,} measures stand"
        raise InputError(f"{how_many} on {what}.", "Place them elsewhere before it is taken away.")


def _free_name(conn: Connection, name: str) -> str:
    """The name as it is kept. Raises InputError, NameTaken."""
    if not tidy(name):
        raise InputError("A ladder needs a name.")
    if fold(name) in ids_by_name(conn, _ladders):
        raise NameTaken(f"There is a ladder '{tidy(name)}' already.", "Use that one, or choose another name.")
    return tidy(name)


def _step_number(number: int) -> int:
    if not 0 <= number <= MOST_STEP:
        raise InputError(f"{number} is no number of a step.", f"Steps are numbered from 0 to {MOST_STEP}.")
    return number


def _step(conn: Connection, ladder_id: int, number: int) -> Row[tuple[int]] | None:
    return conn.execute(select(_steps.c.id).where(_steps.c.ladder_id == ladder_id, _steps.c.number == number)).first()
