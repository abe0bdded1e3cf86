"""The quote audit: what each point stands on, and what is missing."""

from __future__ import annotations

from collections import defaultdict

from cmo.audit import gaps
from cmo.records import Cell
from cmo.report.entries import counting_notes, heading, in_short, unit_columns, unit_entries
from cmo.report.glyphs import OF_POINTS, stance_words
from cmo.report.ground import Ground, Label
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    say = ground.say
    columns = (
        Column(say("Point")),
        Column(say("In short"), "words"),
        *(Column(heading(stance_words(stance, say)), "count") for stance in OF_POINTS),
        *unit_columns(say),
        Column(say("Roles"), "words"),
        Column(say("What is missing"), "words"),
    )
    missing: dict[str, list[str]] = defaultdict(list)
    for finding in gaps(ground.conn):
        missing[finding.where].append(say.retell(finding.message))
    rows = [_row(ground, point.label, missing[f"point {point.label}"]) for point in ground.theory.points]
    asked = say("What is missing is what the audit asks about; its questions are for a person to answer.")
    return Body(columns, rows, (asked, *counting_notes(say)))


def _row(ground: Ground, label: str, missing: list[str]) -> tuple[Entry, ...]:
    point = ground.theory.point(label)
    found = ground.matrix("point", "case").row_totals.get(label, Cell())
    roles: list[Label] = [role for point_label, role in ground.codings("point", "role") if point_label == label]
    return (
        Entry(label, about=("point", label)),
        Entry(in_short(point) if point else None),
        *(
            Entry(found.excerpts(stance), tuple(ground.codings("point", "stance").get((label, stance), ())))
            for stance in OF_POINTS
        ),
        *unit_entries(found.total, ground.codings("point").get((label,), ())),
        Entry("; ".join(role for role in roles if role is not None) or None),
        Entry("\n".join(missing) or None),
    )
