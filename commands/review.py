"""`cmo review`: the codings that a correction left to a person's eye."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_text
from workbench.text.words import counted

if TYPE_CHECKING:
    from codebook.review import ReviewItem


def review(
    study: StudyPath,
    source: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="Only of this source.")] = None,
    settle: Annotated[
        int | None, typer.Option(metavar="EXCERPT", help="Say that this excerpt stands where it should.")
    ] = None,
    at: Annotated[
        tuple[int, int] | None,
        typer.Option(metavar="START END", help="With --settle: where it stands, in code points of the text as it is."),
    ] = None,
    remove: Annotated[
        int | None, typer.Option(metavar="EXCERPT", help="Take this excerpt away with all its codings.")
    ] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the codings that need an eye after a correction, and settle them."""
    if (settle is not None and remove is not None) or (at is not None and settle is None):
        raise UsageError("Settle an excerpt, at a place or not, or remove one.", "--settle 12 --at 340 362")
    with cmo.open_study(study, coder=coder) as opened:
        if settle is not None:
            opened.settle(settle, *(at or ()))
        if remove is not None:
            opened.remove_excerpt(remove)
        waiting = opened.review_queue(source)
    if as_json:
        answer_json(waiting)
        return
    for item in waiting:
        _tell(item)
    answer(f"{counted(len(waiting), 'excerpt')} to look at." if waiting else "Nothing needs an eye.")


def _tell(item: ReviewItem) -> None:
    turn = f", turn {item.turn}" if item.turn is not None else ""
    place = (
        f"{item.span.start} to {item.span.end}" if item.span else f"version {item.version}, no place in the present one"
    )
    answer_text(f"excerpt {item.excerpt_id} · {item.state} · {item.source}{turn} · {place}", style="bold")
    answer_text(f"was “{item.was}”", indent=4)
    if item.words is not None and item.words != item.was:
        answer_text(f"now “{item.words}”", indent=4)
    answer_text(f"in …{item.before}[{item.words or item.was}]{item.after}…", style="italic", indent=4)
    for coding in item.codings:
        stance = f", {coding.stance}" if coding.stance else ""
        answer_text(f"{coding.code} ({coding.coder}{stance})", indent=4)
    answer()
