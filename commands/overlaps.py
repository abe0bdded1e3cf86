"""`cmo overlaps`: codes that stand together in the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_table

if TYPE_CHECKING:
    from cmo.overlaps import Overlap, SharedPassage


def overlaps(
    study: StudyPath,
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE]...", help="Show the passages that bear all of these; without, all pairs."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show which codes stand together and how often, or the passages that bear several codes at once."""
    with cmo.open_study(study) as opened:
        if codes:
            passages = opened.coded_with(codes)
            answer_json(passages) if as_json else _print_passages(passages)
        else:
            pairs = opened.overlaps()
            answer_json(pairs) if as_json else _print_pairs(pairs)


def _print_passages(passages: list[SharedPassage]) -> None:
    if not passages:
        answer("No passage bears all of these codes.")
        return
    answer_table(
        ["source", "start", "end", "quote"],
        [[passage.source, passage.start, passage.end, passage.quote] for passage in passages],
        numbers=["start", "end"],
    )


def _print_pairs(pairs: list[Overlap]) -> None:
    if not pairs:
        answer("No two codes stand together anywhere.")
        return
    answer_table(
        ["code", "and", "places", "characters"],
        [[pair.code, pair.other, pair.places, pair.characters] for pair in pairs],
        numbers=["places", "characters"],
    )
    answer("A place is a stretch of text that bears both; it counts once, whoever coded it.")
