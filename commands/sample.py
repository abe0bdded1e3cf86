"""`cmo sample` and `cmo plan`: who was interviewed, and who was to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in

if TYPE_CHECKING:
    from transcripts.fieldwork.sample import Held, Sample

ALL = "all"


def sample(
    study: StudyPath,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ATTRIBUTE", help="Group the cases by one of their attributes.")
    ] = None,
    round: Annotated[
        str | None, typer.Option("--round", metavar="ROUND", help="Only interviews of this round.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show who was interviewed: interviews and persons by role and case, against the plan if there is one."""
    with cmo.open_study(study) as opened:
        found = opened.sample(by, round=round)
    if as_json:
        answer_json(_as_json(found))
    elif found.of_roles:
        _print(found)
    else:
        answer("No interviews yet: cmo import STUDY PATHS brings them in.")


def plan(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="[TABLE]", help="A CSV or XLSX table of role, expected number, case, round, refused, note."
        ),
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in how many interviews were planned and refused; without a table, list them."""
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_plan(table), one="line", preview=preview, as_json=as_json)
            return
        found = opened.plan()
    if as_json:
        answer_json(found)
    elif found:
        numbers = ["expected", "refused"]
        answer_table(
            ["role", "case", "round", *numbers, "note"],
            [[line.role, line.case, line.round, line.expected, line.refused, line.note] for line in found],
            numbers=numbers,
        )
    else:
        answer("No plan yet: cmo plan STUDY TABLE brings it in.")


def _print(found: Sample) -> None:
    groups = list(found.of_groups)
    named = [group or f"(no {found.by})" for group in groups]
    rows = [
        [role or "(no role)", *(_words(found.cells.get((role, group))) for group in groups), _words(of_role)]
        for role, of_role in found.of_roles.items()
    ]
    total = [ALL, *(_words(found.of_groups[group]) for group in groups), _words(found.total)]
    answer_table(["role", *named, ALL], [*rows, total], numbers=[*named, ALL])
    answer()
    answer("Interviews (persons). A person is counted once in a cell, however many rounds there were.")
    if found.total.planned is not None:
        answer("3 of 5: planned were 5. -1: one refused.")


def _words(held: Held | None) -> str:
    """``3 of 5 (2) -1``: three of five planned interviews with two persons, one refusal."""
    if held is None:
        return ""
    of_plan = "" if held.planned is None else f" of {held.planned}"
    refused = f" -{held.refused}" if held.refused else ""
    return f"{held.interviews}{of_plan} ({held.persons}){refused}"


def _as_json(found: Sample) -> dict[str, object]:
    return {
        "by": found.by,
        "cells": [{"role": role, "group": group, "held": held} for (role, group), held in found.cells.items()],
        "roles": [{"role": role, "held": held} for role, held in found.of_roles.items()],
        "groups": [{"group": group, "held": held} for group, held in found.of_groups.items()],
        "total": found.total,
    }
