"""The CMO matrix: for each point and case, which of the theory's elements were found, and what was said of them."""

from __future__ import annotations

from cmo.matrix import matrix
from cmo.records import Matrix
from cmo.report.entries import (
    best_note,
    case_entry,
    counting_notes,
    element_names,
    heading,
    in_short,
    point_entry,
)
from cmo.report.glyphs import legend, signed
from cmo.report.ground import Ground, Label
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    """One row for each point and case with evidence; the last element column is for codings of the point as a whole."""
    say = ground.say
    letters: list[Label] = [*(element.letter for element in ground.theory.elements), None]
    columns = (
        Column(say("Point")),
        Column(say("In short"), "words"),
        Column(say("Case")),
        *(Column(heading(name), "quote") for name in element_names(ground).values()),
        Column(say("Whole point"), "quote"),
    )
    rows: list[tuple[Entry, ...]] = []
    for point in ground.theory.points:
        counted = matrix(ground.conn, "case", "element", {"point": point.label})
        for case in (case for case in counted.rows if case in counted.row_totals):
            found = (_found(ground, counted, point.label, case, letter) for letter in letters)
            rows.append((point_entry(point.label, say), Entry(in_short(point)), case_entry(case, say), *found))
    notes = (
        say("Each cell has the excerpts of a case by stance, and under them the quotes that a person chose."),
        say("Cases without evidence for a point have no row under it."),
        legend(say),
        *counting_notes(say),
        best_note(say),
    )
    return Body(columns, rows, notes)


def _found(ground: Ground, counted: Matrix, point: str, case: Label, letter: Label) -> Entry:
    codings = tuple(ground.codings("point", "case", "element").get((point, case, letter), ()))
    lines = [signed(counted.cell(case, letter)), *map(str, ground.best_of(codings))]
    return Entry("\n".join(lines) if codings else None, codings)
