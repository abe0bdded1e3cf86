"""`cmo export`: write a study's evidence to a file for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json


def export(
    study: StudyPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="OUT.xlsx: the workbook. OUT.csv: the quotes.")],
    as_json: AsJson = False,
) -> None:
    """Write the workbook (.xlsx) or the quotes (.csv). An older file of that name is replaced."""
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise UsageError(f"'{out}' ends in neither .xlsx nor .csv.", "For example cmo export STUDY evidence.xlsx")
    with cmo.open_study(study) as opened:
        if suffix == ".xlsx":
            from exports.workbook import write_workbook

            write_workbook(opened, out)
        else:
            from exports.quotes_csv import write_quotes

            write_quotes(opened, out)
    if as_json:
        answer_json({"file": out})
    else:
        answer(f"Written: {out}")
