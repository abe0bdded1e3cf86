"""The initial theory: every point in its first words, as it was frozen or as it was first brought in."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.report.entries import element_columns, point_entry, wording_entries
from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from cmo.theory.records import PointVersion


def table(ground: Ground) -> Body:
    say, state = ground.say, ground.initial_state
    columns = (Column(say("Point")), *element_columns(ground), Column(say("If, then, because"), "words"))
    rows = [
        (point_entry(version.point, say), *wording_entries(ground, version.wording), Entry(version.sentence))
        for version in initial_versions(ground)
    ]
    if state is None:
        which = say("No state of the theory was frozen, so these are the first words of each point.")
    else:
        which = say("The theory as it was frozen as “{name}”, {day}.", name=state.name, day=state.created_at[:10])
    return Body(columns, rows, (which, *composed_note(ground)))


def initial_versions(ground: Ground) -> Sequence[PointVersion]:
    """The wordings of the first state that was frozen; without one, the first wording of each point."""
    if ground.initial_state is not None:
        return ground.initial_state.versions
    return [version for version in ground.versions if version.number == 1]


def composed_note(ground: Ground) -> tuple[str, ...]:
    return (ground.say("A sentence that nobody has written is composed from the elements, in the study's language."),)
