"""Measures on ladders: how many stand on each step, by case, and which."""

from __future__ import annotations

from collections import defaultdict

from cmo.casework.measures import list_measures, measures_by_step
from cmo.casework.records import LadderCounts, StepCounts
from cmo.report.ground import Ground, Label
from cmo.report.table import Body, Column, Entry

Step = tuple[Label, int | None]
"""A ladder by its name and a step of it by its number; None where a measure is on none."""


def table(ground: Ground) -> Body:
    say, counted = ground.say, measures_by_step(ground.conn)
    used = {case for ladder in counted for step in ladder.steps for case in step.by_case}
    cases: list[Label] = [case.name for case in ground.cases if case.name in used]
    cases += [None] if None in used else []
    columns = (
        Column(say("Ladder")),
        Column(say("Step"), "number"),
        Column(say("Name"), "words"),
        *(Column(say("(no case)") if case is None else case, "number") for case in cases),
        Column(say("All measures"), "number"),
        Column(say("Cases"), "number"),
        Column(say("Which"), "words"),
    )
    names: dict[Step, list[str]] = defaultdict(list)
    for measure in list_measures(ground.conn):
        names[measure.ladder, measure.step].append(f"{measure.name} ({measure.case or say('(no case)')})")
    rows = []
    for ladder in counted:
        rows += [_row(ground, ladder, step, cases, names[ladder.ladder, step.number]) for step in ladder.steps]
    notes = (
        say("Each measure is counted once, on the step where it was placed; a case with several is one case."),
        say("Steps are an order, not a distance: two measures on step 2 are not one on step 4."),
    )
    return Body(columns, rows, notes)


def _row(
    ground: Ground, ladder: LadderCounts, step: StepCounts, cases: list[Label], names: list[str]
) -> tuple[Entry, ...]:
    say = ground.say
    return (
        Entry(ladder.ladder or say("(on no ladder)")),
        Entry(say("(not placed)") if step.number is None else step.number),
        Entry(step.name or None),
        *(Entry(step.by_case.get(case, 0)) for case in cases),
        Entry(step.measures),
        Entry(step.cases),
        Entry("\n".join(names) or None),
    )
