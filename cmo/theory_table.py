"""A programme theory from a table: points in versions, and the code frame that they make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select

from cmo.records import Point, Theory
from cmo.theory import GRAMMAR, point_label, read_theory
from store import schema
from store.errors import BadTable
from store.findings import Finding
from store.work import Work
from transcripts.people import fold, next_position
from transcripts.readers.tables import Table, TableProblems, TableRow, column, read_table
from transcripts.records import TableReport

NUMBER = (
    "number",
    "no",
    "nr",
    "nummer",
    "#",
    "pt",
    "pt #",
    "pt nr",
    "pt-punkt",
    "pt-punkt #",
    "pt-punkt nr",
    "pt point",
    "point",
    "punkt",
    "id",
)
TERM = ("term", "abbreviation", "forkortelse", "begreb", "ord")
MEANING = ("meaning", "definition", "betydning", "forklaring", "explanation")
LONGEST_NUMBER = 8
"""A text with a digit in it and no longer than this is a number that was mistyped, and no title."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table. ``label`` is None for an overall hypothesis until it is known which one it is."""

    number: int
    label: str | None
    title: str
    wording: dict[str, str]


def import_theory(work: Work, path: Path) -> TableReport:
    """A programme theory from a table of number and elements; it becomes the code frame.

    Any element may be empty; a row without a number is an overall hypothesis. Importing again with another
    wording makes a new version of the point: judgements of the old wording are kept and become stale. Points
    stand in the order of a table that names them all.

    Raises:
        BadTable: no column is recognised as number or as an element, or rows that cannot be used.
    """
    table = read_table(path)
    reader = _Reader(path, table)
    before = read_theory(work.conn)
    rows = _labelled(reader.rows(), before)
    _check_free(work, path, reader, rows)
    writer = _Writer(work, path, reader.elements)
    known = {point.label: point for point in before.points}
    absent = known.keys() - rows.keys()
    added = changed = 0
    for position, (label, row) in enumerate(rows.items(), start=1):
        point = known.get(label)
        if point is None:
            writer.add_point(label, row, next_position(work.conn, schema.points) if absent else position)
            added += 1
        else:
            changed += writer.change_point(point, row, None if absent else position)
    writer.complete_frame()
    work.summary = f"import {len(rows)} PT points from '{path.name}'"
    findings = [*reader.unused_columns(), *_missing_points(path, (p for p in before.points if p.label in absent))]
    return TableReport(path.name, len(rows), added, changed, len(rows) - added - changed, tuple(findings))


def import_glossary(work: Work, path: Path) -> None:
    """Terms and their meanings; a term that is there gets the new meaning.

    Raises:
        BadTable: no columns for both, or rows that cannot be used.
    """
    table = read_table(path)
    term_at, meaning_at = column(table, *TERM), column(table, *MEANING)
    if term_at is None or meaning_at is None:
        raise BadTable(
            path,
            [f"no columns for term and meaning; found {', '.join(table.columns)}"],
            "Name them 'term' and 'meaning' (or 'forkortelse' and 'betydning').",
        )
    glossary = schema.glossary
    known = {fold(row.term): row.id for row in work.conn.execute(select(glossary.c.term, glossary.c.id))}
    problems, seen = TableProblems(path), set()
    for row in table.rows:
        term, meaning = row.values[term_at], row.values[meaning_at]
        if not term or fold(term) in seen:
            problems.add(row.number, table.columns[term_at], term, "a term, each once")
        elif not meaning:
            problems.add(row.number, table.columns[meaning_at], "", f"the meaning of '{term}'")
        elif fold(term) in known:
            work.update(glossary, known[fold(term)], term=term, meaning=meaning)
        else:
            work.insert(glossary, {"term": term, "meaning": meaning})
        seen.add(fold(term))
    problems.raise_if_any()


class _Reader:
    """Understands the rows of a theory table."""

    def __init__(self, path: Path, table: Table) -> None:
        self._path = path
        self._table = table
        self.elements = {key: at for key, names in GRAMMAR.items() if (at := column(table, *names)) is not None}
        number_at = column(table, *NUMBER)
        if number_at is None or not self.elements:
            wanted = "a number" if number_at is None else "any element"
            raise BadTable(
                path,
                [f"no column for {wanted}; found {', '.join(table.columns)}"],
                "Name the columns number, context, mechanism, outcome (or nr., kontekst, mekanisme, udfald); "
                "any element may be empty.",
            )
        self._number_at = number_at

    @property
    def number_heading(self) -> str:
        return self._table.columns[self._number_at]

    def rows(self) -> list[_Row]:
        """Raises BadTable: rows that cannot be used."""
        problems, seen = TableProblems(self._path), set[str]()
        rows = [self._row(row, seen, problems) for row in self._table.rows]
        problems.raise_if_any()
        return rows

    def _row(self, row: TableRow, seen: set[str], problems: TableProblems) -> _Row:
        text = row.values[self._number_at]
        wording = {letter: row.values[at] for (letter, _), at in self.elements.items()}
        label = point_label(text)
        if not any(wording.values()):
            headings = ", ".join(self._table.columns[at] for at in self.elements.values())
            problems.add(row.number, headings, "", "at least one element with words")
        if label is None and re.search(r"\d", text) and len(text) <= LONGEST_NUMBER:
            expected = "a number such as #7, 7a or 3.1, or no number for an overall hypothesis"
            problems.add(row.number, self.number_heading, text, expected)
        if label in seen:
            problems.add(row.number, self.number_heading, text, "each number once")
        if label is not None:
            seen.add(label)
        return _Row(row.number, label, "" if label else text, wording)

    def unused_columns(self) -> list[Finding]:
        used = {self._number_at, *self.elements.values()}
        return [
            Finding(
                "column-not-used", self._path.name, f"the column '{name}' is no element of a theory; it was left out"
            )
            for at, name in enumerate(self._table.columns)
            if at not in used and name
        ]


def _labelled(rows: Sequence[_Row], before: Theory) -> dict[str, _Row]:
    """The rows by label. An overall hypothesis is known by its title, or by being the only one: ``H``, ``H2``, ..."""
    titles = [fold(row.title) for row in rows if row.label is None]
    present = [(fold(point.title), point.label) for point in before.points if point.is_overall]
    if len(titles) == len(present) == 1:
        present = [(titles[0], present[0][1])]
    by_title: dict[str, list[str]] = defaultdict(list)
    for title, label in present:
        by_title[title].append(label)
    taken = {row.label for row in rows} | {point.label for point in before.points}
    free = (label for number in count(1) if (label := f"H{number if number > 1 else ''}") not in taken)
    labelled: dict[str, _Row] = {}
    for row in rows:
        same = by_title[fold(row.title)] if row.label is None else []
        labelled[row.label or (same.pop(0) if same else next(free))] = row
    return labelled


def _check_free(work: Work, path: Path, reader: _Reader, rows: Mapping[str, _Row]) -> None:
    """Raises BadTable where a code outside the theory has the name that a point's code would get."""
    codes, problems = schema.codes, TableProblems(path, "Give those codes other names, or the points other numbers.")
    outside = {fold(name): name for name in work.conn.scalars(select(codes.c.name).where(codes.c.point_id.is_(None)))}
    for label, row in rows.items():
        for name in (label, *(f"{label} {letter}" for letter, _ in GRAMMAR)):
            if fold(name) in outside:
                expected = (
                    f"a number that gives no code '{outside[fold(name)]}': a code outside the theory has that name"
                )
                problems.add(row.number, reader.number_heading, label, expected)
    problems.raise_if_any()


def _missing_points(path: Path, points: Iterable[Point]) -> list[Finding]:
    return [
        Finding(
            "point-not-in-table", path.name, f"the study's point {point.label} is not in the table; it stays as it is"
        )
        for point in points
    ]


class _Writer:
    """Writes points, their versions and their codes."""

    def __init__(self, work: Work, path: Path, elements: Iterable[tuple[str, str]]) -> None:
        self._work = work
        self._theory_id = self._theory(path)
        self._elements = self._element_ids(elements)

    def _theory(self, path: Path) -> int:
        theories = schema.theories
        found: int | None = self._work.conn.scalar(select(theories.c.id).order_by(theories.c.position).limit(1))
        return self._work.insert(theories, {"name": path.stem, "position": 1}) if found is None else found

    def _element_ids(self, wanted: Iterable[tuple[str, str]]) -> dict[str, int]:
        """The ids of the grammar's elements by letter; those that the theory lacks are added."""
        elements, order = schema.elements, list(GRAMMAR)
        query = select(elements.c.letter, elements.c.id).where(elements.c.theory_id == self._theory_id)
        known = {row.letter: row.id for row in self._work.conn.execute(query)}
        for letter, name in wanted:
            if letter not in known:
                position = order.index((letter, name)) + 1
                values = {"theory_id": self._theory_id, "letter": letter, "name": name, "position": position}
                known[letter] = self._work.insert(elements, values)
        return known

    def add_point(self, label: str, row: _Row, position: int) -> None:
        values = {"theory_id": self._theory_id, "number": label, "title": row.title, "position": position}
        point_id = self._work.insert(schema.points, values | {"is_overall": row.label is None})
        self._add_version(point_id, 1, row.wording)

    def change_point(self, point: Point, row: _Row, position: int | None) -> bool:
        """Give a point the table's words, in a new version where they are others; say whether they are."""
        if position is not None:
            self._work.update(schema.points, point.id, position=position)
        if row.title:
            self._work.update(schema.points, point.id, title=row.title)
        if all(_words(text) == _words(point.wording.get(letter, "")) for letter, text in row.wording.items()):
            return False
        self._work.update(schema.point_versions, point.version_id, is_current=False)
        self._add_version(point.id, point.version + 1, {**point.wording, **row.wording})
        return True

    def _add_version(self, point_id: int, number: int, wording: Mapping[str, str]) -> None:
        version = {"point_id": point_id, "number": number, "is_current": True, "coder_id": self._work.coder_id}
        version_id = self._work.insert(schema.point_versions, version | {"created_at": self._work.at})
        rows = [[version_id, self._elements[letter], text] for letter, text in wording.items() if text]
        self._work.insert_many(schema.point_elements, ["point_version_id", "element_id", "wording"], rows)

    def complete_frame(self) -> None:
        """Give every point its code, and below it one for each element; their definitions are the current wording."""
        codes = schema.codes
        query = select(codes.c.id, codes.c.point_id, codes.c.element_id).where(codes.c.point_id.is_not(None))
        present = {(row.point_id, row.element_id): row.id for row in self._work.conn.execute(query)}
        letters: list[str | None] = [None, *self._elements]
        for point in read_theory(self._work.conn).points:
            for letter in letters:
                element_id = None if letter is None else self._elements[letter]
                definition = _definition(point) if letter is None else point.wording[letter]
                code_id = present.get((point.id, element_id))
                if code_id is not None:
                    self._work.update(codes, code_id, definition=definition)
                    continue
                values = {
                    "name": f"{point.label} {letter or ''}".strip(),
                    "definition": definition,
                    "parent_id": present.get((point.id, None)),
                    "point_id": point.id,
                    "element_id": element_id,
                    "position": next_position(self._work.conn, codes),
                }
                present[point.id, element_id] = self._work.insert(codes, values)


def _words(text: str) -> str:
    """A wording as it is compared: other line breaks and spaces are no other wording."""
    return " ".join(text.split())


def _definition(point: Point) -> str:
    return " → ".join(text for text in point.wording.values() if text)
