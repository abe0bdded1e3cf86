"""`cmo ladders`: ordinal scales of the study's own, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in

if TYPE_CHECKING:
    from cmo import Study
    from cmo.casework.records import Ladder


def ladders(
    study: StudyPath,
    table: Annotated[
        Path | None, typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table of ladder, step, name, definition.")
    ] = None,
    new: Annotated[str | None, typer.Option(metavar="NAME", help="Make a ladder of this name.")] = None,
    ladder: Annotated[str | None, typer.Option(help="The ladder to change.")] = None,
    step: Annotated[int | None, typer.Option(help="The step of --ladder to name, define or remove.")] = None,
    name: Annotated[str | None, typer.Option(help="What the step, or the ladder, is to be called.")] = None,
    definition: Annotated[str | None, typer.Option(metavar="TEXT", help="What it means.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the step, or the ladder, away.")] = False,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in ladders, or change one; without a table, list their steps."""
    if sum(one is not None for one in (table, new, ladder)) > 1:
        raise UsageError("One thing at a time: a table, --new or --ladder.", "cmo ladders STUDY TABLE")
    if ladder is None and (step is not None or name is not None or remove):
        raise UsageError("Which ladder?", "For example cmo ladders STUDY --ladder Prevention --step 2 --name Rules")
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_ladders(table), one="step", preview=preview, as_json=as_json)
            return
        if new is not None:
            opened.new_ladder(new, definition or "")
        if ladder is not None:
            _change(opened, ladder, step, name, definition, remove=remove)
        found = opened.ladders()
    answer_json(found) if as_json else _print(found)


def _change(
    study: Study, ladder: str, step: int | None, name: str | None, definition: str | None, *, remove: bool
) -> None:
    if not remove and name is None and definition is None:
        raise UsageError("Nothing is said of it.", "Give --name, --definition or --remove.")
    if step is None:
        study.remove_ladder(ladder) if remove else study.edit_ladder(ladder, name=name, definition=definition)
    elif remove:
        study.remove_step(ladder, step)
    else:
        study.set_step(ladder, step, name, definition)


def _print(found: list[Ladder]) -> None:
    if not found:
        answer("No ladders yet: cmo ladders STUDY TABLE brings them in.")
        return
    rows: list[list[object]] = []
    for ladder in found:
        rows.append([ladder.name, None, None, ladder.definition])
        rows += [[None, step.number, step.name or "(no name)", step.definition] for step in ladder.steps]
    answer_table(["ladder", "step", "name", "definition"], rows, numbers=["step"])
