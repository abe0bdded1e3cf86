"""An interview guide from a table: number, question, purpose, themes or points, role, round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from cmo.theory import point_label
from store import schema
from store.errors import BadTable
from store.findings import Finding
from store.work import Work
from transcripts.fieldwork.sources_table import ROLE, ROUND
from transcripts.people import Names, fold, ids_by_name, nearest, next_position, tidy
from transcripts.readers.tables import Table, TableProblems, TableRow, column, read_table
from transcripts.records import TableReport

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "no", "nr", "nummer", "#", "id"),
    "question": ("question", "questions", "spørgsmål", "interviewspørgsmål", "wording", "fråga", "frage"),
    "purpose": ("purpose", "formål", "hensigt", "aim", "wants to know", "hvad vil vi vide", "forskningsspørgsmål"),
    "about": (
        "about",
        "points",
        "point",
        "pt",
        "pt-punkt",
        "pt-punkter",
        "pt-punkt #",
        "tema",
        "temaer",
        "theme",
        "themes",
    ),
    "role": ROLE,
    "round": ROUND,
    "guide": ("guide", "interviewguide"),
}
_PARTS = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=(?:pt)?\s*#?\d)|(?<=\d)\s*,\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    guide: str
    role: str
    round: str
    number: str
    wording: str
    purpose: str
    points: tuple[int, ...]
    codes: tuple[int, ...]


def import_guide(work: Work, path: Path) -> TableReport:
    """Bring in a guide, or a new form of one: a question is known by its guide and number.

    A guide has the name of the file, and of the role and the round where the table has several. A question that the
    table no longer has is taken out, with what was found of it.

    Raises:
        BadTable: with row, column and what was expected, for every cell that cannot be used; nothing is changed.
    """
    table = read_table(path)
    reader = _Reader(path, table, work.conn)
    rows = reader.rows()
    writer = _Writer(work)
    for name in dict.fromkeys(row.guide for row in rows):
        writer.write(name, [row for row in rows if row.guide == name])
    work.summary = f"guide of {len(rows)} questions from '{path.name}'"
    unchanged = len(rows) - writer.added - writer.changed
    return TableReport(
        path.name, len(rows), writer.added, writer.changed, unchanged, (*table.findings, *reader.findings)
    )


class _Reader:
    def __init__(self, path: Path, table: Table, conn: Connection) -> None:
        self.findings: list[Finding] = []
        self._path, self._table = path, table
        self._problems = TableProblems(path)
        self._at = {key: column(table, *names) for key, names in COLUMNS.items()}
        self._points = ids_by_name_of_points(conn)
        self._codes = ids_by_name(conn, schema.codes)
        if self._at["question"] is None:
            raise BadTable(
                path,
                [f"no column for the question; found {', '.join(table.columns)}"],
                "Call one column 'question' (or 'spørgsmål').",
            )

    def rows(self) -> list[_Row]:
        """The questions. Raises BadTable."""
        found: list[_Row] = []
        seen: set[tuple[str, str]] = set()
        for row in self._table.rows:
            question = self._row(row, len(found) + 1)
            key = (fold(question.guide), fold(question.number))
            if key in seen:
                self._wrong(row, "number", question.number, "each number once in a guide")
            seen.add(key)
            found.append(question)
        self._problems.raise_if_any()
        return found

    def _row(self, row: TableRow, position: int) -> _Row:
        cell = {key: row.values[at] if at is not None else "" for key, at in self._at.items()}
        if not cell["question"]:
            self._wrong(row, "question", "", "a question")
        role, round_name = tidy(cell["role"]), tidy(cell["round"])
        points, codes = self._about(row, cell["about"])
        return _Row(
            guide=tidy(cell["guide"]) or ", ".join(filter(None, (tidy(self._path.stem), role, round_name))),
            role=role,
            round=round_name,
            number=tidy(cell["number"]) or str(position),
            wording=cell["question"],
            purpose=cell["purpose"],
            points=points,
            codes=codes,
        )

    def _about(self, row: TableRow, written: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The points and the codes that a cell names."""
        points, codes = [], []
        for part in filter(None, _PARTS.split(written)):
            label = point_label(part)
            if label is not None and label in self._points:
                points.append(self._points[label])
            elif fold(part) in self._codes:
                codes.append(self._codes[fold(part)])
            elif label is not None:
                near = nearest(label, self._points)
                self._wrong(row, "about", part, f"a point of the theory{f', such as {near}' if near else ''}")
            else:
                message = f"'{part}' is no code of this study and was left out; `cmo codes STUDY --new` makes one"
                self.findings.append(Finding("theme-without-code", f"{self._path.name} row {row.number}", message))
        return tuple(dict.fromkeys(points)), tuple(dict.fromkeys(codes))

    def _wrong(self, row: TableRow, key: str, found: str, expected: str) -> None:
        at = self._at[key]
        self._problems.add(row.number, "" if at is None else self._table.columns[at], found, expected)


def ids_by_name_of_points(conn: Connection) -> dict[str, int]:
    """The points by their labels (``#7``)."""
    return {row.number: row.id for row in conn.execute(select(schema.points.c.number, schema.points.c.id))}


class _Writer:
    def __init__(self, work: Work) -> None:
        self.added = self.changed = 0
        self._work = work
        self._names = Names(work)

    def write(self, name: str, rows: list[_Row]) -> None:
        """Make a guide what its rows say."""
        work, questions = self._work, schema.questions
        guide_id = self._guide(name, rows[0])
        query = select(questions.c.number, questions.c.id).where(questions.c.guide_id == guide_id)
        present = {fold(row.number): row.id for row in work.conn.execute(query)}
        self._remove([present[number] for number in present.keys() - {fold(row.number) for row in rows}])
        for position, row in enumerate(rows, start=1):
            values = {"wording": row.wording, "purpose": row.purpose, "position": position}
            question_id, before = present.get(fold(row.number)), work.row_count
            if question_id is None:
                question_id = work.insert(questions, {"guide_id": guide_id, "number": row.number, **values})
                self.added += 1
            else:
                work.update(questions, question_id, **values)
            self._aim(question_id, row)
            self.changed += fold(row.number) in present and work.row_count > before

    def _guide(self, name: str, row: _Row) -> int:
        guides = schema.guides
        values = {"role_id": self._names.role(row.role), "round": row.round or None}
        guide_id = ids_by_name(self._work.conn, guides).get(fold(name))
        if guide_id is None:
            position = next_position(self._work.conn, guides)
            return self._work.insert(guides, {"name": name, "position": position, **values})
        self._work.update(guides, guide_id, **values)
        return guide_id

    def _aim(self, question_id: int, row: _Row) -> None:
        aims = schema.question_aims
        query = select(aims).where(aims.c.question_id == question_id)
        present = {(aim.point_id, aim.code_id): aim.id for aim in self._work.conn.execute(query)}
        wanted = [*((point, None) for point in row.points), *((None, code) for code in row.codes)]
        self._work.delete(aims, [aim_id for key, aim_id in present.items() if key not in wanted])
        new = [[question_id, *key] for key in wanted if key not in present]
        self._work.insert_many(aims, ["question_id", "point_id", "code_id"], new)

    def _remove(self, question_ids: list[int]) -> None:
        for table in (schema.asked, schema.question_aims):
            gone = select(table.c.id).where(table.c.question_id.in_(question_ids))
            self._work.delete(table, list(self._work.conn.scalars(gone)))
        self._work.delete(schema.questions, question_ids)
