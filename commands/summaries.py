"""`cmo summaries`: cases in the analyst's words, as a whole and theme by theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_text
from store.phrases import counted

if TYPE_CHECKING:
    from cmo.casework.records import Summary


def summaries(
    study: StudyPath,
    case: Annotated[str | None, typer.Option(help="The case.")] = None,
    point: Annotated[str | None, typer.Option(help="As to this PT point, for example '#7'.")] = None,
    code: Annotated[str | None, typer.Option(help="As to this code.")] = None,
    write: Annotated[str | None, typer.Option(metavar="TEXT", help="Write this summary of --case.")] = None,
    file: Annotated[Path | None, typer.Option(help="Write the summary from a text file in UTF-8.")] = None,
    quote: Annotated[
        list[int] | None,
        typer.Option(metavar="ID", help="A coding that it leans on; can be repeated. Those there were are replaced."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the summary of --case away.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Show the summaries of cases; with --write, --file or --remove change one."""
    if sum((write is not None, file is not None, remove)) > 1:
        raise UsageError("--write, --file and --remove are three different things.", "Give one of them.")
    changing = write is not None or file is not None or remove
    if changing and case is None:
        raise UsageError("A summary is of a case.", "cmo summaries STUDY --case North --write 'What it is like.'")
    if quote and (remove or not changing):
        raise UsageError("--quote goes with --write or --file.", "It says what the summary leans on.")
    if (write is not None or file is not None) and not (body := _body(write, file)).strip():
        raise UsageError("There are no words to write.", "--remove takes a summary away.")
    with cmo.open_study(study, coder=coder) as opened:
        if changing and case is not None:
            opened.set_summary(case, "" if remove else body, point=point, code=code, quotes=quote or None)
        found = opened.summaries(case=case, point=point, code=code)
    answer_json(found) if as_json else _print(found)


def _body(write: str | None, file: Path | None) -> str:
    if file is None:
        return write or ""
    try:
        return file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"{file.name} cannot be read as text in UTF-8.", "Save it as plain text.") from exc


def _print(found: list[Summary]) -> None:
    if not found:
        answer("No summaries: cmo summaries STUDY --case NAME --write TEXT writes one.")
    for summary in found:
        quotes = counted(len(summary.quotes), "quote") if summary.quotes else ""
        heading = (summary.case, summary.theme or "as a whole", summary.coder, quotes)
        answer_text(" · ".join(filter(None, heading)), style="bold")
        answer_text(summary.body, indent=2)
        answer()
