"""If-then table: each point as a sentence, with the configurations that bear it out and the quotes chosen for it."""

from __future__ import annotations

from cmo.configurations.records import Configuration
from cmo.records import Cell, Point
from cmo.report.entries import best_entry, best_note, counting_notes, point_entry, signed_entry
from cmo.report.glyphs import legend
from cmo.report.ground import Ground
from cmo.report.initial_theory import composed_note
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    say = ground.say
    columns = (
        Column(say("Point")),
        Column(say("If, then, because"), "words"),
        Column(say("Evidence"), "count"),
        Column(say("Configurations"), "words"),
        Column(say("Best quote"), "quote"),
    )
    rows = [_row(ground, point) for point in ground.theory.points]
    linked = say("Configurations are those that name the point, by number and in the analyst's words.")
    return Body(columns, rows, (linked, *composed_note(ground), legend(say), *counting_notes(say), best_note(say)))


def _row(ground: Ground, point: Point) -> tuple[Entry, ...]:
    codings = ground.codings("point").get((point.label,), ())
    return (
        point_entry(point.label, ground.say),
        Entry(point.sentence),
        signed_entry(ground.matrix("point", "case").row_totals.get(point.label, Cell()), codings),
        _linked([one for one in ground.configurations if one.point == point.label]),
        best_entry(ground, codings),
    )


def _linked(found: list[Configuration]) -> Entry:
    lines = [f"{one.number} {one.restatement or one.name}".rstrip() for one in found]
    codings = dict.fromkeys(part.coding_id for one in found for part in one.parts if part.coding_id is not None)
    return Entry("\n".join(lines) or None, tuple(codings))
