"""The codebook: every code with its definition, how much it was used, and the quote chosen to show it."""

from __future__ import annotations

from cmo.records import Cell
from cmo.report.entries import best_entry, best_note, counting_notes, element_names, unit_columns, unit_entries
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from codebook.records import Code


def table(ground: Ground) -> Body:
    say = ground.say
    columns = (
        Column(say("Code")),
        Column(say("Parent")),
        Column(say("Definition"), "words"),
        Column(say("Point")),
        Column(say("Element")),
        Column(say("Codings"), "count"),
        *unit_columns(say),
        Column(say("Best quote"), "quote"),
    )
    codings = ground.codings("code")
    rows = [_row(ground, code, tuple(codings.get((code.name,), ()))) for code in ground.codes]
    own = say("A code counts what is coded with it, not with the codes below it.")
    return Body(columns, rows, (own, *counting_notes(say), best_note(say)))


def _row(ground: Ground, code: Code, codings: tuple[int, ...]) -> tuple[Entry, ...]:
    counted = ground.matrix("code", "case").row_totals.get(code.name, Cell()).total
    return (
        Entry(code.name, about=("code", code.name)),
        Entry(next((other.name for other in ground.codes if other.id == code.parent_id), None)),
        Entry(code.definition or None),
        Entry(code.point, about=("point", code.point) if code.point else None),
        Entry(element_names(ground).get(code.element or "")),
        Entry(len(codings), codings),
        *unit_entries(counted, codings),
        best_entry(ground, codings),
    )
