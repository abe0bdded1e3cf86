"""`cmo cases`: bring in a table of cases, or list them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import bring_in

if TYPE_CHECKING:
    from cmo import Study


def cases(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table: the case's name, then one column an attribute."),
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in a table of cases with their attributes; without a table, list them."""
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.import_cases(table), one="case", preview=preview, as_json=as_json)
        elif as_json:
            answer_json(opened.cases())
        else:
            _list(opened)


def _list(study: Study) -> None:
    found = study.cases()
    if not found:
        answer("No cases yet: cmo cases STUDY TABLE brings them in.")
        return
    names = [attribute.name for attribute in study.attributes()]
    answer_table(
        ["case", *names, "sources"],
        [
            [case.name, *(case.attributes.get(name, "") for name in names), len(case.sources) or "(no source)"]
            for case in found
        ],
    )
