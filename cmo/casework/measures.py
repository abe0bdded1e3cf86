"""Measures: what was done in the cases, each placed on a step of a ladder or not placed yet; and their counts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, and_, func, select

from cmo.casework.ladders import find_ladder, have_step, list_ladders
from cmo.casework.records import LadderCounts, Measure, StepCounts
from cmo.dimensions import find_dimension
from store import schema
from store.errors import InputError, NameTaken, UnknownName
from store.work import Work
from transcripts.people import fold, next_position, tidy

_measures, _cases, _ladders, _steps = schema.measures, schema.cases, schema.ladders, schema.ladder_steps


def list_measures(conn: Connection, *, case: str | None = None, ladder: str | None = None) -> list[Measure]:
    """Measures in the order they came. Raises UnknownName: there is no such case or ladder."""
    query = (
        select(
            _measures.c.id,
            _measures.c.uuid,
            _cases.c.name.label("case"),
            _measures.c.name,
            _ladders.c.name.label("ladder"),
            _measures.c.step,
            func.coalesce(_steps.c.name, "").label("step_name"),
            _measures.c.note,
        )
        .select_from(_measures)
        .outerjoin(_cases, _cases.c.id == _measures.c.case_id)
        .outerjoin(_ladders, _ladders.c.id == _measures.c.ladder_id)
        .outerjoin(_steps, and_(_steps.c.ladder_id == _ladders.c.id, _steps.c.number == _measures.c.step))
        .order_by(_measures.c.position, _measures.c.id)
    )
    if case is not None:
        query = query.where(_measures.c.case_id == find_dimension(conn, "case").key(case))
    if ladder is not None:
        query = query.where(_measures.c.ladder_id == find_ladder(conn, ladder).id)
    return [Measure(*row) for row in conn.execute(query)]


def get_measure(conn: Connection, measure_id: int) -> Measure:
    """One measure. Raises UnknownName: there is none (any more)."""
    found = next((measure for measure in list_measures(conn) if measure.id == measure_id), None)
    if found is None:
        raise UnknownName(f"There is no measure {measure_id}.", "`cmo measures STUDY` lists them with their ids.")
    return found


def add_measure(work: Work, name: str, case: str | None, ladder: str | None, step: int | None, note: str) -> Measure:
    """A measure, placed or not. A step that the ladder lacks is made without a name.

    Raises:
        UnknownName: there is no such case or ladder.
        InputError: no name, or a step without a ladder.
        NameTaken: the case has it on that ladder already.
    """
    case_id = None if case is None else find_dimension(work.conn, "case").key(case)
    values = {"case_id": case_id, "name": _named(name), "note": note, "position": next_position(work.conn, _measures)}
    measure_id = work.insert(_measures, {**values, **_placing(work, ladder, step)})
    return _alone(work.conn, measure_id)


def edit_measure(work: Work, measure: Measure, *, name: str | None, case: str | None, note: str | None) -> Measure:
    """Another name, case or note; None leaves it. Raises as :func:`add_measure` does."""
    changed: dict[str, Any] = {}
    if name is not None:
        changed["name"] = _named(name)
    if case is not None:
        changed["case_id"] = find_dimension(work.conn, "case").key(case)
    if note is not None:
        changed["note"] = note
    work.update(_measures, measure.id, **changed)
    return _alone(work.conn, measure.id)


def place_measure(work: Work, measure: Measure, ladder: str | None, step: int | None) -> Measure:
    """Put a measure on a step; None takes it off. Raises as :func:`add_measure` does."""
    work.update(_measures, measure.id, **_placing(work, ladder, step))
    return _alone(work.conn, measure.id)


def remove_measure(work: Work, measure: Measure) -> None:
    work.delete(_measures, [measure.id])


def measures_by_step(conn: Connection) -> list[LadderCounts]:
    """How many measures stand on each step of each ladder, by case: every ladder of the study, steps without a
    measure too; then what stands on a ladder but on no step, and what stands on no ladder.
    """
    counted: dict[int | None, dict[int | None, dict[str | None, int]]] = defaultdict(lambda: defaultdict(dict))
    query = (
        select(_measures.c.ladder_id, _measures.c.step, _cases.c.name, func.count())
        .select_from(_measures)
        .outerjoin(_cases, _cases.c.id == _measures.c.case_id)
        .group_by(_measures.c.ladder_id, _measures.c.step, _measures.c.case_id)
        .order_by(_cases.c.position.is_(None), _cases.c.position, _cases.c.id)
    )
    for ladder_id, number, case, count in conn.execute(query):
        counted[ladder_id][number][case] = count
    found = [
        _ladder_counts(ladder.name, {step.number: step.name for step in ladder.steps}, counted[ladder.id])
        for ladder in list_ladders(conn)
    ]
    return [*found, *([_ladder_counts(None, {}, counted[None])] if counted[None] else [])]


def _ladder_counts(
    ladder: str | None, names: dict[int, str], counted: dict[int | None, dict[str | None, int]]
) -> LadderCounts:
    placed = sorted(names.keys() | {number for number in counted if number is not None})
    numbers = [*placed, *([None] if None in counted else [])]
    steps = tuple(
        StepCounts(
            number=number,
            name="" if number is None else names.get(number, ""),
            measures=sum(counted[number].values()) if number in counted else 0,
            cases=len(counted[number].keys() - {None}) if number in counted else 0,
            by_case=dict(counted[number]) if number in counted else {},
        )
        for number in numbers
    )
    cases = {case for step in steps for case in step.by_case if case is not None}
    return LadderCounts(ladder, steps, sum(step.measures for step in steps), len(cases))


def _named(name: str) -> str:
    if not tidy(name):
        raise InputError("A measure needs a name.")
    return tidy(name)


def _placing(work: Work, ladder: str | None, step: int | None) -> dict[str, int | None]:
    """The columns that say where a measure stands. Raises UnknownName, InputError."""
    if ladder is None:
        if step is not None:
            raise InputError(f"Step {step} of which ladder?", "`cmo ladders STUDY` lists them.")
        return {"ladder_id": None, "step": None}
    ladder_id = find_ladder(work.conn, ladder).id
    if step is not None:
        have_step(work, ladder_id, step)
    return {"ladder_id": ladder_id, "step": step}


def _alone(conn: Connection, measure_id: int) -> Measure:
    """The measure as it stands now. Raises NameTaken: its case has it on that ladder twice."""
    measures = list_measures(conn)
    mine = next(measure for measure in measures if measure.id == measure_id)
    if sum(key_of(measure) == key_of(mine) for measure in measures) > 1:
        where = mine.case or "no case"
        raise NameTaken(f"'{mine.name}' is there already ({where}, {mine.ladder or 'no ladder'}).", "Change that one.")
    return mine


def key_of(measure: Measure) -> tuple[str, str, str]:
    """What a measure is known by: its case, its name and its ladder, as names are compared."""
    return fold(measure.case or ""), fold(measure.name), fold(measure.ladder or "")
