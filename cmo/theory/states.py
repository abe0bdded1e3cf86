"""The whole theory under a name, as it stood on a day: the initial theory and later states."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from cmo.theory.reading import list_versions, read_theory
from cmo.theory.records import PointVersion, TheoryState
from store import schema
from store.errors import InputError, NameTaken, UnknownName
from transcripts.people import fold, ids_by_name, nearest, tidy

if TYPE_CHECKING:
    from store.work import Work


def freeze_theory(work: Work, name: str, note: str = "") -> int:
    """Keep the wordings that are in force under a name; the state's id.

    Raises:
        InputError: no name, or no point is held.
        NameTaken: a state of that name is there.
    """
    name = tidy(name)
    held = read_theory(work.conn).held
    if not name or not held:
        raise InputError("A state needs a name." if held else "No point of the theory is held yet.")
    if fold(name) in ids_by_name(work.conn, schema.theory_states):
        raise NameTaken(f"There is a state '{name}' already.", "States are kept as they are; choose another name.")
    theory_id = work.conn.scalar(select(schema.points.c.theory_id).where(schema.points.c.id == held[0].id))
    values = {"theory_id": theory_id, "name": name, "note": note.strip(), "coder_id": work.coder_id}
    state_id = work.insert(schema.theory_states, values | {"created_at": work.at})
    rows = [[state_id, point.version_id, position] for position, point in enumerate(held, start=1)]
    work.insert_many(schema.theory_state_points, ["state_id", "point_version_id", "position"], rows)
    work.summary = f"keep the theory as '{name}'"
    return state_id


def list_states(conn: Connection) -> list[TheoryState]:
    """The states that were kept, the first one first, each with its wordings."""
    states, kept, coders = schema.theory_states, schema.theory_state_points, schema.coders
    by_id = {version.id: version for version in list_versions(conn)}
    versions: dict[int, list[PointVersion]] = defaultdict(list)
    for state_id, version_id in conn.execute(
        select(kept.c.state_id, kept.c.point_version_id).order_by(kept.c.state_id, kept.c.position)
    ):
        versions[state_id].append(by_id[version_id])
    query = select(states, coders.c.name.label("coder")).join(coders, coders.c.id == states.c.coder_id)
    return [
        TheoryState(row.id, row.uuid, row.name, row.note, row.coder, row.created_at, tuple(versions[row.id]))
        for row in conn.execute(query.order_by(states.c.id))
    ]


def find_state(conn: Connection, name: str) -> TheoryState:
    """A state by its name. Raises UnknownName: with the names that come nearest."""
    states = list_states(conn)
    found = next((state for state in states if fold(state.name) == fold(name)), None)
    if found is None:
        near = nearest(name, (state.name for state in states))
        raise UnknownName(f"There is no state '{name}'.", f"Did you mean {near}?" if near else "")
    return found


def present_state(conn: Connection) -> TheoryState:
    """The theory as it stands, in the shape of a state, without a name, an id or a day of its own."""
    held = {point.version_id for point in read_theory(conn).held}
    versions = list_versions(conn, schema.point_versions.c.is_current)
    return TheoryState(0, "", "", "", "", "", tuple(version for version in versions if version.id in held))
