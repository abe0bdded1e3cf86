"""Points × cases: how many excerpts speak for and against, with margins and the quotes chosen."""

from __future__ import annotations

from cmo.records import Cell
from cmo.report.entries import (
    best_entry,
    best_note,
    counting_notes,
    in_short,
    point_entry,
    signed_entry,
    unit_columns,
    unit_entries,
)
from cmo.report.glyphs import legend, outside_note
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    say, counted = ground.say, ground.matrix("point", "case")
    columns = (
        Column(say("Point")),
        Column(say("In short"), "words"),
        *(Column(say("(no case)") if case is None else case, "count") for case in counted.columns),
        Column(say("All cases"), "count"),
        *unit_columns(say),
        Column(say("Best quote"), "quote"),
    )
    rows = [_row(ground, point) for point in counted.rows]
    notes = (
        say("Each cell has the excerpts of a case by stance."),
        legend(say),
        *outside_note(counted.grand_total, say),
        *counting_notes(say),
        best_note(say),
    )
    return Body(columns, [*rows, _totals(ground)], notes)


def _row(ground: Ground, label: str | None) -> tuple[Entry, ...]:
    counted, found = ground.matrix("point", "case"), ground.theory.point(label or "")
    behind, of_point = ground.codings("point", "case"), ground.codings("point").get((label,), [])
    total = counted.row_totals.get(label, Cell())
    return (
        point_entry(label, ground.say),
        Entry(in_short(found) if found else None),
        *(signed_entry(counted.cell(label, case), behind.get((label, case), ())) for case in counted.columns),
        signed_entry(total, of_point),
        *unit_entries(total.total, of_point),
        best_entry(ground, of_point),
    )


def _totals(ground: Ground) -> tuple[Entry, ...]:
    counted, behind = ground.matrix("point", "case"), ground.codings("case")
    everything = ground.codings().get((), [])
    return (
        Entry(ground.say("All points")),
        Entry(None),
        *(signed_entry(counted.column_totals.get(case, Cell()), behind.get((case,), ())) for case in counted.columns),
        signed_entry(counted.grand_total, everything),
        *unit_entries(counted.grand_total.total, everything),
        Entry(None),
    )
