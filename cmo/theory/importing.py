"""A programme theory from a table: points in versions, and the code frame that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import select

from cmo.records import Element, Point
from cmo.theory.decisions import ends_in, record
from cmo.theory.grammar import Grammar, elements_of
from cmo.theory.labels import label_above
from cmo.theory.reading import HELD, read_elements, read_theory
from cmo.theory.records import Grounds
from cmo.theory.table import TheoryRow, TheoryTable, labelled
from cmo.theory.writing import TheoryWriter, codes_outside, same_words
from store import schema
from store.findings import Finding
from store.work import Work
from transcripts.people import fold, next_position
from transcripts.readers.tables import TableProblems, read_table
from transcripts.records import TableReport


def import_theory(work: Work, path: Path, grammar: Grammar | None = None) -> TableReport:
    """A programme theory from a table of number and elements; it becomes the code frame.

    Any element may be empty; a row without a number is an overall hypothesis. Importing again with another
    wording makes a new version of the point, with a decision that names the table: judgements of the old wording are
    kept and become stale. Points stand in the order of a table that names them all. ``#7a`` is a part of ``#7``
    unless a column says otherwise. ``grammar`` names elements that the headings alone would not tell.

    Raises:
        BadTable: no column is recognised as number or as an element, or rows that cannot be used.
        InputError: there is no such grammar.
    """
    table = read_table(path)
    known = _known_elements(read_elements(work.conn), grammar)
    reader = TheoryTable(path, table, known)
    return _Import(work, path, reader).run()


def _known_elements(present: Sequence[Element], grammar: Grammar | None) -> tuple[Element, ...]:
    if grammar is None:
        return tuple(present)
    named = elements_of(grammar)
    letters = {element.letter for element in named}
    return (*named, *(element for element in present if element.letter not in letters))


class _Import:
    """One import: what the study had before, and what the table says."""

    def __init__(self, work: Work, path: Path, reader: TheoryTable) -> None:
        self._work, self._path, self._reader = work, path, reader
        theory = read_theory(work.conn)
        self._before = {point.label: point for point in theory.points}
        self._rows = labelled(reader.rows(), theory)
        self._grounds = Grounds(why=f"Reworded in the table '{path.name}'.")

    def run(self) -> TableReport:
        self._require()
        writer = TheoryWriter(self._work, self._reader.elements, self._path.stem)
        absent = [point for label, point in self._before.items() if label not in self._rows]
        added = changed = 0
        for position, (label, row) in enumerate(self._rows.items(), start=1):
            point = self._before.get(label)
            if point is None:
                place = next_position(self._work.conn, schema.points) if absent else position
                self._add(writer, label, row, place)
                added += 1
            else:
                changed += self._change(writer, point, row, None if absent else position)
        self._relate()
        writer.complete_frame()
        self._work.summary = f"import {len(self._rows)} PT points from '{self._path.name}'"
        findings = (*self._reader.findings(), *self._missing(absent), *self._other_states())
        unchanged = len(self._rows) - added - changed
        return TableReport(self._path.name, len(self._rows), added, changed, unchanged, findings)

    def _add(self, writer: TheoryWriter, label: str, row: TheoryRow, position: int) -> None:
        point_id = writer.add_point(label, row.title, position, is_overall=row.is_overall)
        decision_id = None
        if self._before:
            grounds = Grounds(why=f"Added in the table '{self._path.name}'.")
            decision_id = record(self._work, "add", f"{label} added", grounds, ())
        version_id = writer.add_version(point_id, 1, row.wording, row.sentence or None, decision_id)
        if decision_id is not None:
            ends_in(self._work, decision_id, [version_id])
        if row.state not in (None, HELD):
            self._work.update(schema.points, point_id, state=row.state)

    def _change(self, writer: TheoryWriter, point: Point, row: TheoryRow, position: int | None) -> bool:
        """Give a point the table's words, in a new version where they are others; say whether anything changed."""
        if position is not None:
            self._work.update(schema.points, point.id, position=position)
        rows_before = self._work.row_count
        if row.title:
            self._work.update(schema.points, point.id, title=row.title)
        sentence = row.sentence if row.sentence and not same_words(row.sentence, point.sentence) else None
        if _is_reworded(point, row):
            decision_id = record(
                self._work, "refine", f"{point.label} reworded", self._grounds, before=[point.version_id]
            )
            wording = {**point.wording, **row.wording}
            ends_in(
                self._work,
                decision_id,
                [writer.add_version(point.id, point.version + 1, wording, sentence, decision_id)],
            )
        elif sentence:
            self._work.update(schema.point_versions, point.version_id, sentence=sentence)
        return self._work.row_count > rows_before

    def _relate(self) -> None:
        """Sub-points and rivals, as the columns for them say; without a column ``#7a`` is a part of ``#7``."""
        points = schema.points
        ids = {row.number: row.id for row in self._work.conn.execute(select(points.c.number, points.c.id))}
        for label, row in self._rows.items():
            above = row.parent
            if above is None and label not in self._before:
                above = label_above(label)
                above = above if above in ids else None
            if above is not None:
                self._work.update(points, ids[label], parent_id=ids[above] if above else None)
            if row.rival_of is not None:
                self._work.update(points, ids[label], rival_of_id=ids[row.rival_of] if row.rival_of else None)

    def _require(self) -> None:
        """Raises BadTable where what the rows say cannot be; see the checks."""
        for check in (self._check_free, self._check_held, self._check_related):
            problems = TableProblems(self._path)
            check(problems)
            problems.raise_if_any()

    def _check_free(self, problems: TableProblems) -> None:
        """A code outside the theory may have the name that a point's code would get."""
        outside = codes_outside(self._work)
        letters = [element.letter for element in self._reader.elements]
        for label, row in self._rows.items():
            for name in (label, *(f"{label} {letter}" for letter in letters)):
                if fold(name) in outside:
                    expected = (
                        f"a number that gives no code '{outside[fold(name)]}': a code outside the theory has that name"
                    )
                    problems.add(row.number, self._reader.number_heading, label, expected)

    def _check_held(self, problems: TableProblems) -> None:
        """A point that is no longer held gets no new words from a table."""
        for label, row in self._rows.items():
            point = self._before.get(label)
            if point is not None and not point.is_held and _is_reworded(point, row):
                expected = f"the words as they are: {label} is {point.state}; restore it before it is reworded"
                problems.add(row.number, self._reader.number_heading, label, expected)

    def _check_related(self, problems: TableProblems) -> None:
        """What a point is a part of, or the rival of, is another point; and no point is a part of itself."""
        labels = {*self._rows, *self._before}
        above = {label: point.parent for label, point in self._before.items()}
        above |= {label: row.parent or None for label, row in self._rows.items() if row.parent is not None}
        tests: Mapping[str, Callable[[TheoryRow], str | None]] = {
            "part of": lambda row: row.parent,
            "rival of": lambda row: row.rival_of,
        }
        for key, of_row in tests.items():
            for label, row in self._rows.items():
                wanted = of_row(row)
                if wanted and (wanted not in labels or wanted == label):
                    problems.add(row.number, self._reader.heading(key), wanted, "another point of this theory")
                elif wanted and key == "part of" and is_circle(label, above):
                    problems.add(row.number, self._reader.heading(key), wanted, "a point that is no part of this one")

    def _missing(self, points: Iterable[Point]) -> list[Finding]:
        return [
            Finding(
                "point-not-in-table",
                self._path.name,
                f"the study's point {point.label} is not in the table; it stays as it is",
            )
            for point in points
            if point.is_held
        ]

    def _other_states(self) -> list[Finding]:
        """States that the table gives to points that the study has in another: only decisions change them."""
        return [
            Finding(
                "state-not-changed",
                f"{self._path.name} row {row.number}",
                f"{label} is {point.state} in the study and stays so; `cmo theory abandon` and `restore` change it",
            )
            for label, row in self._rows.items()
            if (point := self._before.get(label)) is not None and (row.state or point.state) != point.state
        ]


def is_circle(label: str, above: Mapping[str, str | None]) -> bool:
    """Whether a point would be a part of itself, by way of what it is a part of."""
    at, seen = above.get(label), {label}
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at is not None


def _is_reworded(point: Point, row: TheoryRow) -> bool:
    return not all(same_words(text, point.wording.get(letter, "")) for letter, text in row.wording.items())
