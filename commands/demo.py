"""`cmo demo`: a small study to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.code import is_terminal, open_workbench
from commands.exits import UsageError
from commands.matrix import print_matrix
from commands.options import AsJson, Coder
from commands.output import answer, answer_json, say
from commands.progress import progress_bar

if TYPE_CHECKING:
    from cmo import Study


def demo(
    study: Annotated[
        Path, typer.Argument(metavar="[STUDY]", help="Where to put the study; the workbook goes beside it.")
    ] = Path("ten-minutes.cmo"),
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Build the demo study and its workbook, and open it. A study that is there already is kept and reopened."""
    if study.suffix != ".cmo":
        raise UsageError(f"'{study}' does not end in .cmo.", "For example cmo demo ten-minutes.cmo")
    workbook = study.with_suffix(".xlsx")
    is_new = not study.exists()
    if is_new:
        _build(study)
    with cmo.open_study(study, coder=coder) as opened:
        _export(opened, workbook)
        if as_json:
            answer_json({"study": study, "workbook": workbook, "new": is_new})
            return
        answer(f"Study:    {study}" + ("" if is_new else "  (was there already and is kept as it is)"))
        answer(f"Workbook: {workbook}")
        if is_terminal():
            open_workbench(opened)
        else:
            answer()
            print_matrix(opened.matrix(), opened.theory())


def _build(study: Path) -> None:
    from cmo.demo.build import build

    say("Building the demo study ...")
    study.parent.mkdir(parents=True, exist_ok=True)
    with progress_bar("Importing") as advance:
        build(study, progress=advance)


def _export(study: Study, workbook: Path) -> None:
    from exports.workbook import write_workbook

    write_workbook(study, workbook)
