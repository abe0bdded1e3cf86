"""`cmo measures`: what was done in the cases, placed on ladders and counted by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in
from store.phrases import counted

if TYPE_CHECKING:
    from cmo.casework.records import LadderCounts, Measure


def measures(
    study: StudyPath,
    table: Annotated[
        Path | None, typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table of case, measure, ladder, step, note.")
    ] = None,
    by_step: Annotated[bool, typer.Option("--by-step", help="Count them by ladder, step and case.")] = False,
    add: Annotated[str | None, typer.Option(metavar="NAME", help="Add a measure.")] = None,
    place: Annotated[
        int | None, typer.Option(metavar="ID", help="Place this measure on --step of --ladder; without, on none.")
    ] = None,
    remove: Annotated[int | None, typer.Option(metavar="ID", help="Take this measure away.")] = None,
    case: Annotated[str | None, typer.Option(help="The case; without --add: only those of this case.")] = None,
    ladder: Annotated[str | None, typer.Option(help="The ladder; without --add or --place: only those on it.")] = None,
    step: Annotated[int | None, typer.Option(help="The step of --ladder.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="A note on the measure to --add.")] = "",
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in measures, or change one; without a table, list them or count them by step."""
    if sum((table is not None, add is not None, place is not None, remove is not None, by_step)) > 1:
        raise UsageError(
            "One thing at a time: a table, --by-step, --add, --place or --remove.", "cmo measures STUDY --by-step"
        )
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_measures(table), one="measure", preview=preview, as_json=as_json)
            return
        if by_step:
            counts = opened.measures_by_step()
            answer_json(counts) if as_json else _print_counts(counts)
            return
        if add is not None:
            found = [opened.add_measure(add, case=case, ladder=ladder, step=step, note=note)]
        elif place is not None:
            found = [opened.place_measure(place, ladder, step)]
        else:
            if remove is not None:
                opened.remove_measure(remove)
            found = opened.measures(case=case, ladder=ladder)
    answer_json(found) if as_json else _print(found)


def _print(found: list[Measure]) -> None:
    if not found:
        answer("No measures: cmo measures STUDY TABLE brings them in.")
        return
    answer_table(
        ["id", "case", "measure", "ladder", "step", "name", "note"],
        [[one.id, one.case, one.name, one.ladder, one.step, one.step_name, one.note] for one in found],
        numbers=["id", "step"],
    )


def _print_counts(found: list[LadderCounts]) -> None:
    rows = [
        [
            ladder.ladder or "(on no ladder)",
            "(not placed)" if step.number is None else step.number,
            step.name,
            step.measures,
            step.cases,
            ", ".join(f"{case or '(no case)'} {count:,}" for case, count in step.by_case.items()),
        ]
        for ladder in found
        for step in ladder.steps
    ]
    if not rows:
        answer("No measures and no ladders yet.")
        return
    answer_table(["ladder", "step", "name", "measures", "cases", "in"], rows, numbers=["step", "measures", "cases"])
    for ladder in found:
        reach = f"{counted(ladder.measures, 'measure')} in {counted(ladder.cases, 'case')}"
        answer(f"{ladder.ladder or '(on no ladder)'}: {reach}")
