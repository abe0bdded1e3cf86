"""`cmo ask`: what to ask in the next interviews, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_text
from store.phrases import counted

if TYPE_CHECKING:
    from cmo.disconfirming.records import Ask, AskRole

_GAPS = {
    "silent": "nobody of them has said anything to it",
    "only for": "they have only spoken for it",
    "only against": "they have only spoken against it",
}


def ask(
    study: StudyPath,
    role: Annotated[str | None, typer.Option(help="Only for interviews with this role.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what to ask next, and whom: points on which a role is silent, or has spoken on one side only."""
    with cmo.open_study(study) as opened:
        found = opened.ask_next(role)
    if as_json:
        answer_json(found)
    elif found:
        for one in found:
            _print(one)
    else:
        answer("Every role that was interviewed has spoken for and against every point, or nobody was interviewed yet.")


def _print(found: AskRole) -> None:
    planned = [] if found.planned is None else [f"{counted(found.planned, 'planned interview')} still to be held"]
    cases = [f"in {', '.join(found.cases)}"] if found.cases else []
    answer_text(" · ".join([found.role, *planned, *cases]), style="bold reverse")
    for one in found.asks:
        answer_text(f"{one.point}: {_why(one)}", style="bold", indent=2)
        answer_text(one.wording, indent=4)
        if one.guide is not None:
            answer_text(f"{one.guide}, question {one.number}", style="dim", indent=4)
    answer()


def _why(one: Ask) -> str:
    told = f" ({counted(one.excerpts, 'excerpt')})" if one.excerpts else ""
    return f"{_GAPS[one.gap]}{told}"
