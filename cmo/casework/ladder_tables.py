"""Ladders and measures from tables, in English or Danish headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cmo.casework.ladders import MOST_STEP, add_ladder, edit_ladder, have_step, list_ladders, set_step
from cmo.casework.measures import key_of, list_measures
from cmo.casework.records import Ladder
from store import schema
from store.errors import BadTable
from store.findings import Finding
from store.work import Work
from transcripts.fieldwork.sources_table import CASE, CaseNames
from transcripts.people import Names, fold, next_position, tidy
from transcripts.readers.tables import Table, TableProblems, TableRow, column, read_table
from transcripts.records import TableReport

LADDER = ("ladder", "scale", "stige", "trappe", "skala")
STEP = ("step", "trin", "level", "niveau", "score", "placering")
DEFINITION = ("definition", "meaning", "forklaring", "betydning", "beskrivelse", "description")
MEASURES: Mapping[str, tuple[str, ...]] = {
    "case": CASE,
    "measure": ("measure", "tiltag", "foranstaltning", "indsats", "løsning", "action", "solution", "name", "navn"),
    "ladder": LADDER,
    "step": STEP,
    "note": ("note", "notes", "bemærkning", "bemærkninger", "kommentar", "comment"),
}
LADDERS: Mapping[str, tuple[str, ...]] = {
    "ladder": LADDER,
    "step": (*STEP, "number", "nummer", "nr"),
    "name": ("name", "navn", "step name", "trinnavn", "betegnelse", "label"),
    "definition": DEFINITION,
}
_NUMBER = re.compile(r"(?:step|trin|level|niveau)?\s*(\d{1,3})(?:[.,]0*)?", re.IGNORECASE)
_EXPECTED_STEP = f"the number of a step, 0 to {MOST_STEP}"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table of measures. ``step`` is as typed, for it may be a step's name."""

    row: TableRow
    case: str
    name: str
    ladder: str
    step: str
    note: str | None

    @property
    def key(self) -> tuple[str, str, str]:
        return fold(self.case), fold(self.name), fold(self.ladder)


def import_ladders(work: Work, path: Path) -> TableReport:
    """Ladders from a table with a row for each step; a row without a step defines the ladder itself.

    Importing again updates: what the table names gets its words, an emptied cell empties them, and what it does not
    name stays as it is.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used; nothing is changed.
    """
    table = read_table(path)
    reader = _Reader(path, table, LADDERS, needed=("ladder", "step"))
    rows = [(row, reader.cells(row)) for row in table.rows]
    seen: set[tuple[str, int | None]] = set()
    numbers: list[int | None] = []
    for row, cell in rows:
        number = step_number(cell["step"])
        if not tidy(cell["ladder"]):
            reader.wrong(row, "ladder", "", "the name of a ladder")
        if cell["step"] and number is None:
            reader.wrong(row, "step", cell["step"], _EXPECTED_STEP)
        elif (fold(cell["ladder"]), number) in seen:
            reader.wrong(row, "step", cell["step"], "each step of a ladder once")
        seen.add((fold(cell["ladder"]), number))
        numbers.append(number)
    reader.problems.raise_if_any()
    ladders = {fold(ladder.name): ladder.id for ladder in list_ladders(work.conn)}
    added = changed = 0
    for (_, cell), number in zip(rows, numbers, strict=True):
        before, key = work.row_count, fold(cell["ladder"])
        is_new_ladder = key not in ladders
        if is_new_ladder:
            ladders[key] = add_ladder(work, cell["ladder"])
        is_new = number is not None and have_step(work, ladders[key], number)
        if number is not None:
            set_step(work, ladders[key], number, reader.given("name", cell), reader.given("definition", cell))
        else:
            ladder = next(ladder for ladder in list_ladders(work.conn) if ladder.id == ladders[key])
            edit_ladder(work, ladder, None, reader.given("definition", cell))
            is_new = is_new_ladder
        added += is_new
        changed += not is_new and work.row_count > before
    work.summary = f"import {len(rows)} steps of ladders from '{path.name}'"
    return TableReport(path.name, len(rows), added, changed, len(rows) - added - changed, table.findings)


def import_measures(work: Work, path: Path) -> TableReport:
    """Measures from a table of case, measure, ladder and step; a step is a number, or the name of one.

    A measure is known by its case, its name and its ladder. Importing again places it anew; a measure that the table
    does not name stays as it is. A ladder or a step that the study lacks is made, the step without a name, and a
    finding says so.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used; nothing is changed.
    """
    table = read_table(path)
    reader = _Reader(path, table, MEASURES, needed=("measure",))
    rows = _measure_rows(work, reader, table)
    ladders = {fold(ladder.name): ladder for ladder in list_ladders(work.conn)}
    steps = {row.row.number: _step(reader, row, ladders.get(fold(row.ladder))) for row in rows}
    reader.problems.raise_if_any()
    before = {key_of(measure): measure for measure in list_measures(work.conn)}
    names, nameless = Names(work), defaultdict[str, set[int]](set)
    added = changed = 0
    for row in rows:
        step = steps[row.row.number]
        ladder_id = _ladder(work, row.ladder, ladders)
        if ladder_id is not None and step is not None and have_step(work, ladder_id, step):
            nameless[ladders[fold(row.ladder)].name].add(step)
        present = before.get(row.key)
        if present is None:
            _add(work, row, names.case(row.case), ladder_id, step)
            added += 1
            continue
        count = work.row_count
        work.update(schema.measures, present.id, step=step, **({} if row.note is None else {"note": row.note}))
        changed += work.row_count > count
    work.summary = f"import {len(rows)} measures from '{path.name}'"
    findings = [*table.findings, *map(_nameless, nameless.items())]
    gone = len(before.keys() - {row.key for row in rows})
    if gone:
        message = f"measures of the study that are not in the table: {gone}; they stay as they are"
        findings.append(Finding("measure-not-in-table", path.name, message))
    return TableReport(path.name, len(rows), added, changed, len(rows) - added - changed, tuple(findings))


def step_number(written: str) -> int | None:
    """The number in ``2``, ``2.0``, ``Trin 2`` or ``step 2``; None for anything else."""
    match = _NUMBER.fullmatch(tidy(written))
    return int(match[1]) if match else None


class _Reader:
    """Finds the columns of a table, and notes what is wrong with its cells."""

    def __init__(
        self, path: Path, table: Table, columns: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...]
    ) -> None:
        self.problems = TableProblems(path)
        self._table = table
        self._at = {key: column(table, *names) for key, names in columns.items()}
        missing = [key for key in needed if self._at[key] is None]
        if missing:
            raise BadTable(
                path,
                [f"no column for {' and '.join(missing)}; found {', '.join(table.columns)}"],
                "Call them " + ", ".join(f"'{key}' (or '{columns[key][1]}')" for key in missing) + ".",
            )

    def cells(self, row: TableRow) -> dict[str, str]:
        return {key: row.values[at] if at is not None else "" for key, at in self._at.items()}

    def given(self, key: str, cells: Mapping[str, str]) -> str | None:
        """A cell; None where the table has no such column."""
        return cells[key] if self._at[key] is not None else None

    def wrong(self, row: TableRow, key: str, found: str, expected: str) -> None:
        at = self._at[key]
        self.problems.add(row.number, "" if at is None else self._table.columns[at], found, expected)


def _measure_rows(work: Work, reader: _Reader, table: Table) -> list[_Row]:
    cases, seen = CaseNames(work.conn), set[tuple[str, str, str]]()
    rows = []
    for row in table.rows:
        cell = reader.cells(row)
        read = _Row(row, cell["case"], cell["measure"], cell["ladder"], cell["step"], reader.given("note", cell))
        expected = cases.expected(read.case) if read.case else None
        if expected is not None:
            reader.wrong(row, "case", read.case, expected)
        if not read.name:
            reader.wrong(row, "measure", "", "the name of a measure")
        elif read.key in seen:
            reader.wrong(row, "measure", read.name, "each measure of a case once on a ladder")
        if read.step and not read.ladder:
            reader.wrong(row, "ladder", "", "the ladder that the step belongs to")
        seen.add(read.key)
        rows.append(read)
    return rows


def _step(reader: _Reader, row: _Row, ladder: Ladder | None) -> int | None:
    """The step that a row means, by number or by name."""
    number = step_number(row.step)
    if not row.step or number is not None:
        return number
    named = [step for step in (ladder.steps if ladder else ()) if fold(step.name) == fold(row.step)]
    if len(named) == 1:
        return named[0].number
    known = ", ".join(f"'{step.name}'" for step in (ladder.steps if ladder else ()) if step.name)
    reader.wrong(row.row, "step", row.step, _EXPECTED_STEP + (f", or one of {known}" if known else ""))
    return None


def _ladder(work: Work, name: str, known: dict[str, Ladder]) -> int | None:
    """The id of a ladder, which is made where the study lacks it; None without a name."""
    if not name:
        return None
    if fold(name) not in known:
        add_ladder(work, name)
        known |= {fold(ladder.name): ladder for ladder in list_ladders(work.conn)}
    return known[fold(name)].id


def _add(work: Work, row: _Row, case_id: int | None, ladder_id: int | None, step: int | None) -> None:
    values = {"case_id": case_id, "name": tidy(row.name), "ladder_id": ladder_id, "step": step}
    position = next_position(work.conn, schema.measures)
    work.insert(schema.measures, {**values, "note": row.note or "", "position": position})


def _nameless(found: tuple[str, set[int]]) -> Finding:
    ladder, numbers = found
    steps = ("step " if len(numbers) == 1 else "steps ") + ", ".join(map(str, sorted(numbers)))
    return Finding("step-without-name", f"ladder '{ladder}'", f"has no name yet for {steps}; `cmo ladders` names steps")
