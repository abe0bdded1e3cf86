"""`cmo codings`: bring in codings made elsewhere; by the commands below it codings are made and changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.coding_acts import add, best, decide, merge, recode, remove, resize, split, undecided
from commands.exits import ExitCode, end_with_findings
from commands.groups import DEFAULT, WithDefault
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, say_findings
from workbench.text.words import counted

codings = typer.Typer(
    cls=WithDefault,
    no_args_is_help=True,
    help="Bring in a table of codings; make, recode, resize, split, merge and remove codings one by one.",
)
for _command in (add, recode, resize, split, merge, remove, undecided, decide, best):
    codings.command()(_command)


@codings.command(DEFAULT)
def bring_in(
    study: StudyPath,
    table: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="A CSV or XLSX table of source, quote (or start and end), point and element (or code), "
            "coder, stance, strength, relevance, rigour, rationale, undecided, best, memo.",
        ),
    ],
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in a table of codings, in one act. A quote that is not found once is reported, never guessed."""
    with cmo.open_study(study, coder=coder) as opened:
        report = opened.import_codings(table)
    if as_json:
        answer_json(report)
    else:
        answer(
            f"{report.table}: {counted(report.rows, 'row')}, {report.added:,} added, {report.unchanged:,} as before, "
            f"{len(report.problems):,} left out."
        )
        say_findings((*report.problems, *report.not_used))
    if report.problems and not report.added and not report.unchanged:
        raise typer.Exit(ExitCode.INPUT)
    end_with_findings(report.problems or report.not_used)
