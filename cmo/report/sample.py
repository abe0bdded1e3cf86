"""The sample: interviews and persons by case and role, with what was planned and what cases are like."""

from __future__ import annotations

from cmo.report.entries import case_entry
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from cmo.report.words import Words
from transcripts.fieldwork.attributes import list_attributes
from transcripts.fieldwork.sample import Held, Sample, read_sample


def table(ground: Ground) -> Body:
    say, held = ground.say, read_sample(ground.conn)
    attributes = [attribute.name for attribute in list_attributes(ground.conn)]
    columns = (
        Column(say("Case")),
        *(Column(name) for name in attributes),
        *(Column(say("(no role)") if role is None else role, "number") for role in held.of_roles),
        Column(say("Interviews"), "number"),
        Column(say("Persons"), "number"),
    )
    values = {case.name: case.attributes for case in ground.cases}
    groups: list[str | None] = [*values, *([None] if None in held.of_groups else [])]
    rows = [
        (
            case_entry(name, say),
            *(Entry(values.get(name or "", {}).get(attribute)) for attribute in attributes),
            *(Entry(_words(held.cells.get((role, name)), say)) for role in held.of_roles),
            *_both(held.of_groups.get(name)),
        )
        for name in groups
    ]
    return Body(columns, [*rows, _totals(held, len(attributes), say)], _notes(say))


def _totals(held: Sample, attributes: int, say: Words) -> tuple[Entry, ...]:
    blank = (Entry(None) for _ in range(attributes))
    return (
        Entry(say("All cases")),
        *blank,
        *(Entry(_words(of_role, say)) for of_role in held.of_roles.values()),
        *_both(held.total),
    )


def _both(held: Held | None) -> tuple[Entry, Entry]:
    return (Entry(held.interviews), Entry(held.persons)) if held else (Entry(0), Entry(0))


def _words(held: Held | None, say: Words) -> str | int | None:
    """The number of interviews; beside it what was planned and refused, where that was noted."""
    if held is None:
        return None
    words = [str(held.interviews)]
    if held.planned is not None:
        words.append(say("of {n} planned", n=held.planned))
    if held.refused:
        words.append(say("({n} refused)", n=held.refused))
    return held.interviews if len(words) == 1 else " ".join(words)


def _notes(say: Words) -> tuple[str, ...]:
    return (
        say("Under a role: interviews and focus groups in which somebody of that role was interviewed."),
        say("An interview with several roles is counted under each of them, and once in all; persons likewise."),
        say("Persons are participants who were named; a source without names counts as an interview without persons."),
    )
