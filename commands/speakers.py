"""`cmo speakers`: say whom the labels in the transcripts stand for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table
from commands.tables import answer_table_report
from workbench.words import counted

if TYPE_CHECKING:
    from transcripts.records import Speaker

_ASKS = {True: "asks", False: "answers", None: "(not said)"}


def speakers(
    study: StudyPath,
    table: Annotated[
        Path | None,
        typer.Argument(metavar="[TABLE]", help="A CSV or XLSX table of file, label, participant, role, asks."),
    ] = None,
    label: Annotated[str | None, typer.Option(help="The label to map, for example I or R.")] = None,
    source: Annotated[str | None, typer.Option(help="Only in this source; in all if not given.")] = None,
    participant: Annotated[str | None, typer.Option(help="Who the label stands for.")] = None,
    role: Annotated[str | None, typer.Option(help="The role of the speaker, for example Manager.")] = None,
    asks: Annotated[bool | None, typer.Option("--asks/--answers", help="The interviewer asks.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the speakers' labels; with a table or --label, say whom they stand for."""
    given = [value for value in (source, participant, role, asks) if value is not None]
    if given and label is None:
        raise UsageError("Which label? --label is missing.", "For example --label I --role Interviewer --asks")
    if label is not None and (table is not None or given in ([], [source])):
        raise UsageError(
            "--label needs --participant, --role, --asks or --answers, and no table.",
            "For example --label I --role Interviewer --asks",
        )
    with cmo.open_study(study, coder=coder) as opened:
        if table is not None:
            answer_table_report(opened.map_speakers(table), one="row", as_json=as_json)
        elif label is not None:
            mapped = opened.set_speaker(label, source=source, participant=participant, role=role, asks=asks)
            if as_json:
                answer_json({"label": label, "sources": mapped})
            else:
                answer(f"'{label}' is mapped in {counted(mapped, 'source')}.")
        elif as_json:
            answer_json(opened.speakers())
        else:
            _list(opened.speakers())


def _list(found: list[Speaker]) -> None:
    if not found:
        answer("No speakers: no source has labelled turns.")
        return
    answer_table(
        ["source", "label", "participant", "role", "asks", "turns", "characters"],
        [[s.source, s.label, s.participant, s.role, _ASKS[s.asks], f"{s.turns:,}", f"{s.characters:,}"] for s in found],
        numbers=["turns", "characters"],
    )
