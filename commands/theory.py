"""`cmo theory`: bring in the programme theory, or print it."""

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
    from cmo.records import Theory


def theory(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table of number, context, mechanism, outcome."),
    ] = None,
    glossary: Annotated[
        Path | None, typer.Option(metavar="TABLE", help="A CSV or XLSX table of term and meaning.")
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Bring in the programme theory; without a table, print it."""
    if glossary is not None and table is None:
        raise UsageError("--glossary goes with a table of the theory.", "cmo theory STUDY TABLE --glossary GLOSSARY")
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(
                opened,
                lambda: opened.import_theory(table, glossary=glossary),
                one="point",
                preview=preview,
                as_json=as_json,
            )
        elif as_json:
            answer_json(opened.theory())
        else:
            _print(opened.theory())


def _print(found: Theory) -> None:
    if not found.points:
        answer("No programme theory yet: cmo theory STUDY TABLE brings it in.")
        return
    answer_table(
        ["point", *(element.name for element in found.elements), "version"],
        [
            [
                f"{point.label} {point.title}".strip(),
                *(point.wording.get(element.letter) or "(none)" for element in found.elements),
                point.version,
            ]
            for point in found.points
        ],
        numbers=["version"],
        lines=True,
    )
    for term, meaning in found.glossary.items():
        answer(f"{term}: {meaning}")
