"""`cmo similar`: what to read next, passages like the evidence that nobody has coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_text
from store.phrases import counted

if TYPE_CHECKING:
    from cmo.disconfirming.records import ReadingList


def similar(
    study: StudyPath,
    point: Annotated[
        str | None, typer.Argument(metavar="[POINT]", help="A PT point, for example '#7'.", show_default=False)
    ] = None,
    code: Annotated[str | None, typer.Option(help="Like what was given this code.")] = None,
    coding: Annotated[int | None, typer.Option(metavar="ID", help="Like the quote of this coding.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many passages.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List uncoded passages like the evidence of a point, to read next; nothing is coded."""
    if sum(given is not None for given in (point, code, coding)) != 1:
        raise UsageError("Like what?", "Give a point, --code or --coding, for example cmo similar STUDY '#7'.")
    with cmo.open_study(study) as opened:
        found = opened.read_next(point=point, code=code, coding=coding, limit=limit)
    answer_json(found) if as_json else _print(found)


def _print(found: ReadingList) -> None:
    against = f"{counted(found.quotes, 'quote')} of {found.about}" if found.quotes else f"the wording of {found.about}"
    if not found.passages:
        answer(f"Nothing uncoded shares a telling word with {against}.")
        return
    for passage in found.passages:
        place = (passage.source, passage.case or "(no case)", passage.role, f"turn {passage.turn}")
        answer_text(" · ".join(filter(None, place)), style="bold")
        answer_text(passage.text, indent=2)
        answer_text(f"shares: {', '.join(passage.shared)}", style="dim", indent=4)
        answer()
    answer(f"{counted(len(found.passages), 'passage')} to read, held against {against}. Nothing was coded.")
