"""Across cases: a configuration of a higher level, what specialises it, and the cases that show it or go against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from cmo.configurations.grammar import read_grammar
from cmo.configurations.links import add_link
from cmo.configurations.members import members_by_number, reached
from cmo.configurations.reading import (
    configuration_id,
    find_case,
    get_configuration,
    list_configurations,
)
from cmo.configurations.records import (
    ABSENT,
    COUNTER_CASE,
    NOT_IN_PLAY,
    OPEN,
    PARTLY,
    PARTLY_SHOWS,
    PRESENT,
    SHOWS,
    CaseRow,
    Configuration,
    CrossCase,
    DemiRegularity,
    PresenceCell,
)
from cmo.configurations.writing import add_configuration
from store import schema
from store.errors import InputError
from store.work import Work
from transcripts.text import normalise

_presences = schema.configuration_cases


class Spot(NamedTuple):
    """A case, and a main element by its letter."""

    case: str
    element: str


def set_presence(work: Work, number: int, case: str, element: str, presence: str | None, note: str = "") -> None:
    """Say whether a main element of a configuration was there in a case; None takes it back.

    Raises:
        UnknownName: there is no such configuration, case or element.
        InputError: no such presence, or the element is a part of another.
    """
    if presence is not None and presence not in schema.PRESENCES:
        raise InputError(f"'{presence}' is not a presence.", "Presences are " + ", ".join(schema.PRESENCES) + ".")
    key = {
        "configuration_id": configuration_id(work.conn, number),
        "case_id": find_case(work.conn, case),
        "element_id": read_grammar(work.conn).find_main(element).id,
    }
    same = (_presences.c[column] == value for column, value in key.items())
    row_id: int | None = work.conn.scalar(select(_presences.c.id).where(*same))
    note = normalise(note).strip()
    if presence is None:
        work.delete(_presences, [] if row_id is None else [row_id])
    elif row_id is not None:
        work.update(_presences, row_id, presence=presence, note=note)
    else:
        work.insert(_presences, {**key, "presence": presence, "note": note})


def group(work: Work, members: Sequence[int], *, name: str, restatement: str, level: str, point: str | None) -> int:
    """A configuration of a higher level that others (numbers) specialise; return its number.

    Raises:
        UnknownName: there is no such configuration or point.
        InputError: no members, or a level that is not above that of a case.
    """
    if not members:
        raise InputError("A pattern needs configurations that show it.", "Name at least one.")
    if level == "case":
        raise InputError("A pattern reaches over cases.", "Its level is " + " or ".join(schema.LEVELS[1:]) + ".")
    number = add_configuration(work, name=name, restatement=restatement, level=level, point=point)
    for member in dict.fromkeys(members):
        add_link(work, member, number, "specialises")
    return number


def cross_case(conn: Connection, number: int) -> CrossCase:
    """A configuration held against every case. Raises UnknownName."""
    get_configuration(conn, number)
    listed = {one.number: one for one in list_configurations(conn)}
    return _CrossCases(conn, listed).table(number)


def demi_regularities(conn: Connection) -> list[DemiRegularity]:
    """Every configuration above the level of a case, with those that specialise it and how each case stands to it."""
    listed = {one.number: one for one in list_configurations(conn)}
    tables = _CrossCases(conn, listed)
    return [
        DemiRegularity(
            one, tuple(listed[member] for member in tables.members.get(one.number, ())), tables.table(number)
        )
        for number, one in listed.items()
        if one.level != "case"
    ]


class _CrossCases:
    """What the tables of several configurations have in common, read once."""

    def __init__(self, conn: Connection, listed: Mapping[int, Configuration]) -> None:
        self.members = members_by_number(conn)
        self._listed = listed
        self._grammar = read_grammar(conn)
        self._cases = conn.scalars(
            select(schema.cases.c.name).order_by(schema.cases.c.position, schema.cases.c.id)
        ).all()
        self._said = said_presences(conn)

    def table(self, number: int) -> CrossCase:
        stated = self._stated(number)
        said = self._said.get(number, {})
        rows = []
        for case in self._cases:
            cells = {}
            for element in self._grammar.main:
                spot = Spot(case, element.letter)
                codings = tuple(dict.fromkeys(stated[spot]))
                presence, note = said.get(spot, (None, ""))
                follows = PRESENT if codings else None
                cells[element.letter] = PresenceCell(element.letter, presence, note, follows, codings)
            rows.append(CaseRow(case, cells, self._standing(cells)))
        return CrossCase(self._listed[number], self._grammar.main, tuple(rows))

    def _stated(self, number: int) -> defaultdict[Spot, list[int]]:
        """The codings that are stated parts of a configuration or of one that specialises it, however many steps down.

        A configuration of a case speaks for that case alone, also where a passage counts for several cases; a passage
        that counts for none speaks for the case of its configuration.
        """
        found: defaultdict[Spot, list[int]] = defaultdict(list)
        for one in (self._listed[member] for member in sorted(reached(number, self.members))):
            for part in one.parts:
                if part.coding_id is None or not part.is_stated or part.element is None:
                    continue
                letter = self._main_letter(part.element)
                of_part = part.cases or one.cases
                for case in of_part if one.case is None else set(of_part) & {one.case}:
                    found[Spot(case, letter)].append(part.coding_id)
        return found

    def _main_letter(self, letter: str) -> str:
        return self._grammar.elements[self._grammar.find(letter).main_id].letter

    def _standing(self, cells: Mapping[str, PresenceCell]) -> str:
        if not cells:
            return OPEN
        end = self._grammar.outcome.letter
        before = {cell.presence for letter, cell in cells.items() if letter != end}
        every = before | {cells[end].presence}
        if every == {PRESENT}:
            return SHOWS
        if before == {PRESENT} and cells[end].presence == ABSENT:
            return COUNTER_CASE
        if ABSENT in before:
            return NOT_IN_PLAY
        return PARTLY_SHOWS if every <= {PRESENT, PARTLY, ABSENT} else OPEN


def said_presences(conn: Connection) -> dict[int, dict[Spot, tuple[str, str]]]:
    """What persons said of each configuration (by number) in each case: the presence and the note."""
    found: defaultdict[int, dict[Spot, tuple[str, str]]] = defaultdict(dict)
    query = (
        select(
            schema.configurations.c.number,
            schema.cases.c.name.label("case_name"),
            schema.elements.c.letter,
            _presences.c.presence,
            _presences.c.note,
        )
        .join(schema.configurations, schema.configurations.c.id == _presences.c.configuration_id)
        .join(schema.cases, schema.cases.c.id == _presences.c.case_id)
        .join(schema.elements, schema.elements.c.id == _presences.c.element_id)
    )
    for row in conn.execute(query):
        found[row.number][Spot(row.case_name, row.letter)] = row.presence, row.note
    return found
