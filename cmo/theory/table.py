"""The rows of a theory table, understood one by one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cmo.records import Element, Theory
from cmo.theory.grammar import recognised
from cmo.theory.labels import free_overall, overall_label, point_label
from store.errors import BadTable
from store.findings import Finding
from store.schema import POINT_STATES
from transcripts.people import fold, tidy
from transcripts.readers.tables import Table, TableProblems, TableRow, column, findings_of, shortened

NUMBER = (
    "number",
    "no",
    "nr",
    "nummer",
    "#",
    "pt",
    "pt #",
    "pt nr",
    "pt no",
    "pt-punkt",
    "pt-punkt #",
    "pt-punkt nr",
    "pt point",
    "point",
    "punkt",
    "cmoc",
    "cmoc no",
    "cmoc nr",
    "cmo no",
    "cmo nr",
    "ipt",
    "ipt no",
    "theory no",
    "hypothesis no",
    "id",
)
MORE: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titel", "overskrift"),
    "sentence": ("sentence", "sætning", "if-then-because", "hvis-så-fordi"),
    "part of": ("part of", "sub-point of", "del af", "underpunkt af"),
    "rival of": ("rival of", "rival to", "rival til"),
    "state": ("state", "tilstand"),
}
"""What a theory table may say of a point beside its elements, by the heading that an export gives it."""
LONGEST_NUMBER = 8
"""A text with a digit in it and no longer than this is a number that was mistyped, and no title."""


@dataclass(frozen=True, slots=True)
class TheoryRow:
    """One row. ``label`` is None for an overall hypothesis until it is known which one it is.

    ``parent``, ``rival_of`` and ``state`` are None where the table does not say.
    """

    number: int
    label: str | None
    title: str
    is_overall: bool
    wording: dict[str, str]
    sentence: str
    parent: str | None
    rival_of: str | None
    state: str | None


class TheoryTable:
    """Understands the rows of a theory table. ``elements`` are the study's and those that the table adds."""

    def __init__(self, path: Path, table: Table, known: Sequence[Element]) -> None:
        self._path = path
        self._table = table
        number_at = column(table, *NUMBER)
        self.elements, self._columns = recognised(table, known)
        if number_at is None or not self._columns:
            wanted = "a number" if number_at is None else "any element"
            raise BadTable(
                path,
                [f"no column for {wanted}; found {', '.join(table.columns)}"],
                "Name the columns number, context, mechanism, outcome (or nr., kontekst, mekanisme, udfald); "
                "any element may be empty. Name elements of your own with --grammar.",
            )
        self._number_at = number_at
        used = {number_at, *self._columns.values()}
        more = {key: column(table, *names) for key, names in MORE.items()}
        self._more = {key: at for key, at in more.items() if at is not None and at not in used}

    @property
    def number_heading(self) -> str:
        return self._table.columns[self._number_at]

    def heading(self, key: str) -> str:
        """The heading of one of ``MORE`` as the table has it."""
        return self._table.columns[self._more[key]]

    def rows(self) -> list[TheoryRow]:
        """Raises BadTable: rows that cannot be used."""
        problems, seen = TableProblems(self._path), set[str]()
        rows = [self._row(row, seen, problems) for row in self._table.rows if not self._is_line_between(row)]
        problems.raise_if_any()
        return rows

    def _is_line_between(self, row: TableRow) -> bool:
        """Whether a row is a heading or a note among the points: words in the place of a number, and none else."""
        text = row.values[self._number_at]
        return len(text) > LONGEST_NUMBER and list(filter(None, row.values)) == [text]

    def _row(self, row: TableRow, seen: set[str], problems: TableProblems) -> TheoryRow:
        text = row.values[self._number_at]
        wording = {letter: row.values[at] for letter, at in self._columns.items()}
        more = {key: row.values[at] for key, at in self._more.items()}
        number, overall = point_label(text), overall_label(text)
        label = number or overall
        if not any(wording.values()):
            headings = ", ".join(self._table.columns[at] for at in sorted(self._columns.values()))
            problems.add(row.number, headings, "", "at least one element with words")
        if label is None and re.search(r"\d", text) and len(text) <= LONGEST_NUMBER:
            expected = "a number such as #7, 7a or 3.1, or no number for an overall hypothesis"
            problems.add(row.number, self.number_heading, text, expected)
        if label in seen:
            problems.add(row.number, self.number_heading, text, "each number once")
        if label is not None:
            seen.add(label)
        return TheoryRow(
            number=row.number,
            label=label,
            title=tidy(more.get("title", "")) or ("" if label else text),
            is_overall=number is None,
            wording=wording,
            sentence=tidy(more.get("sentence", "")),
            parent=_label(more.get("part of")),
            rival_of=_label(more.get("rival of")),
            state=self._state(row, problems),
        )

    def _state(self, row: TableRow, problems: TableProblems) -> str | None:
        if "state" not in self._more:
            return None
        text = row.values[self._more["state"]]
        if text and fold(text) not in POINT_STATES:
            problems.add(row.number, self.heading("state"), text, "one of " + ", ".join(POINT_STATES))
        return fold(text) or None

    def findings(self) -> tuple[Finding, ...]:
        """What of the table was guessed or left out."""
        used = {self._number_at, *self._columns.values(), *self._more.values()}
        return (*findings_of(self._table, used), *self._doubtful_rows())

    def _doubtful_rows(self) -> Iterator[Finding]:
        """Lines between the points, and rows below a point that may go on with it."""
        is_below = False
        for row in self._table.rows:
            text, where = row.values[self._number_at], f"{self._path.name} row {row.number}"
            if self._is_line_between(row):
                yield Finding("line-between-points", where, f"'{shortened(text)}' is no point; it was left out")
            elif is_below and not text:
                yield Finding("no-number", where, "it has no number, so it was taken for an overall hypothesis")
            is_below = is_below or point_label(text) is not None


def _label(text: str | None) -> str | None:
    """The label that a cell names, empty where it is empty; None where there is no such column."""
    return text if text is None else point_label(text) or overall_label(text) or text


def labelled(rows: Sequence[TheoryRow], before: Theory) -> dict[str, TheoryRow]:
    """The rows by label. An overall hypothesis is known by its title, or by being the only one: ``H``, ``H2``, ..."""
    titles = [fold(row.title) for row in rows if row.label is None]
    present = [(fold(point.title), point.label) for point in before.points if point.is_overall]
    if len(titles) == len(present) == 1:
        present = [(titles[0], present[0][1])]
    by_title: dict[str, list[str]] = defaultdict(list)
    for title, label in present:
        by_title[title].append(label)
    taken = {row.label for row in rows if row.label} | {point.label for point in before.points}
    free = free_overall(taken)
    found: dict[str, TheoryRow] = {}
    for row in rows:
        same = by_title[fold(row.title)] if row.label is None else []
        found[row.label or (same.pop(0) if same else next(free))] = row
    return found
