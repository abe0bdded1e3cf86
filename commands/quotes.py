"""`cmo quotes`: the evidence itself, quote by quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from cmo.records import OUTSIDE
from commands.options import AsJson, StudyPath, Where, conditions
from commands.output import answer, answer_json, answer_text, say
from workbench.text.words import counted, quote_place

if TYPE_CHECKING:
    from cmo.records import Quote


def quotes(
    study: StudyPath,
    point: Annotated[str | None, typer.Option(help="Of this PT point, for example '#7'.")] = None,
    element: Annotated[str | None, typer.Option(help="Of this element, for example M.")] = None,
    code: Annotated[str | None, typer.Option(help="With this code.")] = None,
    case: Annotated[str | None, typer.Option(help="From this case.")] = None,
    role: Annotated[str | None, typer.Option(help="From speakers of this role.")] = None,
    stance: Annotated[str | None, typer.Option(help="supports, refutes, refines, extends or rival.")] = None,
    source: Annotated[str | None, typer.Option(help="From this source.")] = None,
    coder: Annotated[str | None, typer.Option(metavar="NAME", help="Coded by this coder.")] = None,
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """List quotes with where they come from."""
    asked = conditions(
        where, point=point, element=element, code=code, case=case, role=role, stance=stance, source=source, coder=coder
    )
    with cmo.open_study(study) as opened:
        found = opened.quotes(asked)
    if as_json:
        answer_json(found)
        return
    print_quotes(found)
    say(f"{counted(len(found), 'row')} of evidence, {counted(len({q.excerpt_id for q in found}), 'excerpt')}.")


def print_quotes(found: Iterable[Quote]) -> None:
    """Each quote in full, under a line that says what it is held to be and where it comes from."""
    for quote in found:
        answer_text(_heading(quote), style="bold")
        answer_text(f"“{quote.quote}”", indent=4)
        for name, words in (("Because", quote.rationale), ("Memo", quote.memo)):
            if words:
                answer_text(f"{name}: {words}", style="italic", indent=4)
        answer()


def _heading(quote: Quote) -> str:
    held = quote.stance or ("not judged" if quote.point else OUTSIDE)
    ratings = {"strength": quote.strength, "relevance": quote.relevance, "rigour": quote.rigour}
    held += "".join(f", {name} {rating}" for name, rating in ratings.items() if rating is not None)
    if quote.undecided:
        held = f"{held}, undecided between {' and '.join(quote.undecided)}"
    if quote.stale:
        held = f"{held}, of an older wording: look again"
    turn = f"turn {quote.turn}" if quote.turn is not None else ""
    if not quote.is_placed:
        turn = f"{turn} of an older version".strip()
    corrected = f"after correction: {quote.anchor}" if quote.anchor in ("needs review", "lost") else ""
    who = quote.coder if quote.judge in (None, quote.coder) else f"{quote.coder}, judged by {quote.judge}"
    numbers = f"coding {quote.coding_id}"
    numbers += f", judgement {quote.judgement_id}" if quote.judgement_id is not None else ""
    best = "best quote" if quote.is_best else ""
    parts = (f"{quote.code}: {held}", quote_place(quote), turn, who, corrected, best, numbers)
    return " · ".join(part for part in parts if part)
