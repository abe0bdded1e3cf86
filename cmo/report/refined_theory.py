"""The theory as it stands: every point in its present words, what has become of it, and the verdict on it."""

from __future__ import annotations

from cmo.records import Point
from cmo.report.entries import element_columns, point_entry, wording_entries
from cmo.report.ground import Ground
from cmo.report.initial_theory import composed_note
from cmo.report.table import Body, Column, Entry


def table(ground: Ground) -> Body:
    say = ground.say
    columns = (
        Column(say("Point")),
        Column(say("State")),
        Column(say("Version"), "number"),
        *element_columns(ground),
        Column(say("If, then, because"), "words"),
        Column(say("Verdict"), "words"),
    )
    rows = [_row(ground, point) for point in ground.theory.points]
    if ground.verdicts.get(None):
        blank = [Entry(None) for _ in columns[1:-1]]
        rows.append((Entry(say("The whole programme")), *blank, verdict_entry(ground, None)))
    older = say("A verdict on an older wording says so: the theory has moved on since.")
    return Body(columns, rows, (*composed_note(ground), older))


def _row(ground: Ground, point: Point) -> tuple[Entry, ...]:
    return (
        point_entry(point.label, ground.say),
        Entry(ground.say(point.state)),
        Entry(point.version),
        *wording_entries(ground, point.wording),
        Entry(point.sentence),
        verdict_entry(ground, point.label),
    )


def verdict_entry(ground: Ground, point: str | None) -> Entry:
    """The verdict on a point (None: on the programme) with its reason; nothing where there is none yet."""
    found = ground.verdicts.get(point)
    if found is None:
        return Entry(None)
    older = f" {ground.say('(on an older wording)')}" if found.stale else ""
    return Entry(f"{ground.say(found.verdict)}{older}: {found.reason}".removesuffix(": "))
