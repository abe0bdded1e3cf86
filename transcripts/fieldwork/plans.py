"""What was planned: how many interviews with which role, in which case and round, and how many said no."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from store.errors import BadTable
from store.schema import cases, planned_interviews, roles
from store.work import Work
from transcripts.fieldwork.sources_table import CASE, ROLE, ROUND, CaseNames
from transcripts.people import Names, tidy
from transcripts.readers.tables import Table, TableProblems, TableRow, column, findings_of, read_table
from transcripts.records import TableReport

EXPECTED = ("expected", "planned", "planlagt", "forventet", "antal", "number", "interviews")
REFUSED = ("refused", "declined", "afslag", "afvist", "refusals", "sagt nej")
NOTE = ("note", "notes", "bemærkning", "bemærkninger", "reason", "begrundelse", "årsag")


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of the plan. ``case`` and ``round`` are None where the plan does not part interviews by them."""

    case: str | None
    role: str
    round: str | None
    expected: int
    refused: int
    note: str


def list_plan(conn: Connection) -> list[Planned]:
    """The plan, in the order of its table."""
    plan = planned_interviews
    query = (
        select(cases.c.name, roles.c.name, plan.c.round, plan.c.expected, plan.c.refused, plan.c.note)
        .select_from(plan)
        .join(roles, roles.c.id == plan.c.role_id)
        .outerjoin(cases, cases.c.id == plan.c.case_id)
        .order_by(plan.c.id)
    )
    return [Planned(*row) for row in conn.execute(query)]


def import_plan(work: Work, path: Path) -> TableReport:
    """The plan from a table of role, expected number, and if wanted case, round, refusals and note.

    A table replaces the plan that was there: it is the plan.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used; nothing is changed.
    """
    table = read_table(path)
    reader = _Reader(path, table, CaseNames(work.conn))
    lines = reader.lines()
    before = list_plan(work.conn)
    if lines != before:
        work.delete(planned_interviews, list(work.conn.scalars(select(planned_interviews.c.id))))
        names = Names(work)
        work.insert_many(
            planned_interviews,
            ["case_id", "role_id", "round", "expected", "refused", "note"],
            [
                [names.case(line.case or ""), names.role(line.role), line.round, line.expected, line.refused, line.note]
                for line in lines
            ],
        )
    work.summary = f"plan of {sum(line.expected for line in lines)} interviews from '{path.name}'"
    same = sum(line in before for line in lines)
    findings = findings_of(table, reader.at.values())
    return TableReport(path.name, len(lines), len(lines) - same, 0, same, findings)


class _Reader:
    def __init__(self, path: Path, table: Table, case_names: CaseNames) -> None:
        self._problems = TableProblems(path)
        self._table = table
        self._case_names = case_names
        self.at = {
            key: column(table, *names)
            for key, names in {
                "case": CASE,
                "role": ROLE,
                "round": ROUND,
                "expected": EXPECTED,
                "refused": REFUSED,
                "note": NOTE,
            }.items()
        }
        missing = [key for key in ("role", "expected") if self.at[key] is None]
        if missing:
            raise BadTable(
                path,
                [f"no column for {' and '.join(missing)}; found {', '.join(table.columns)}"],
                "Call one column 'role' (or 'rolle') and one 'expected' (or 'planlagt').",
            )

    def lines(self) -> list[Planned]:
        """The table's rows. Raises BadTable."""
        seen: set[tuple[str | None, str, str | None]] = set()
        lines = []
        for row in self._table.rows:
            line = self._read(row)
            key = (line.case, line.role, line.round)
            if key in seen:
                self._wrong(row, "role", line.role, "each role once for a case and a round")
            seen.add(key)
            lines.append(line)
        self._problems.raise_if_any()
        return lines

    def _read(self, row: TableRow) -> Planned:
        cell = {key: tidy(row.values[at]) if at is not None else "" for key, at in self.at.items()}
        if not cell["role"]:
            self._wrong(row, "role", "", "a role")
        expected_case = self._case_names.expected(cell["case"]) if cell["case"] else None
        if expected_case is not None:
            self._wrong(row, "case", cell["case"], expected_case)
        return Planned(
            case=cell["case"] or None,
            role=cell["role"],
            round=cell["round"] or None,
            expected=self._number(row, "expected", cell["expected"]),
            refused=self._number(row, "refused", cell["refused"]),
            note=cell["note"],
        )

    def _number(self, row: TableRow, key: str, written: str) -> int:
        if not written and key == "refused":
            return 0
        if not (written.isascii() and written.isdecimal() and len(written) <= 6):
            self._wrong(row, key, written, "a whole number")
            return 0
        return int(written)

    def _wrong(self, row: TableRow, key: str, found: str, expected: str) -> None:
        self._problems.add(row.number, self._table.columns[self.at[key] or 0], found, expected)
