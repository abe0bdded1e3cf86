"""`cmo sources`: list the sources, or bind them to cases, roles and participants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import cmo
from commands.options import AsJson, Coder, Preview, StudyPath
from commands.output import answer, answer_json, answer_table, plain
from commands.tables import bring_in

if TYPE_CHECKING:
    from transcripts.records import Source


def sources(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="[TABLE]", help="A CSV or XLSX table of file, kind, case, role, participant, language, round, date."
        ),
    ] = None,
    preview: Preview = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the sources; with a table, bind them to cases, roles and participants."""
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            bring_in(opened, lambda: opened.bind_sources(table), one="row", preview=preview, as_json=as_json)
            return
        found = opened.sources()
    if as_json:
        answer_json([_as_json(source) for source in found])
    elif found:
        _list(found)
    else:
        answer("No sources yet: cmo import STUDY PATHS brings them in.")


def _list(found: list[Source]) -> None:
    numbers = ["characters", "turns", "sentences", "codings"]
    answer_table(
        ["source", "kind", "case", "role", *numbers],
        [
            [
                source.name,
                source.kind,
                _case(source) or "(no case)",
                source.role,
                *(f"{getattr(source, name):,}" for name in numbers),
            ]
            for source in found
        ],
        numbers=numbers,
    )


def _as_json(source: Source) -> dict[str, Any]:
    return {**plain(source), "case": _case(source)}


def _case(source: Source) -> str | None:
    return "; ".join(source.cases) or None
