"""`cmo cmoc`, `part`, `link`, `ripple`: make configurations, and change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.configurations import Name, OnlyPoint, Restatement, print_configuration
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json

if TYPE_CHECKING:
    from cmo.configurations.records import Configuration

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The configuration.", show_default=False)]


def cmoc(
    study: StudyPath,
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="Which one; without it, a new one.", show_default=False)
    ] = None,
    name: Name = None,
    restatement: Restatement = None,
    level: Annotated[str | None, typer.Option(help="case, cross-case or 'middle range'.")] = None,
    point: OnlyPoint = None,
    case: Annotated[str | None, typer.Option(help="The case it is of.")] = None,
    over: Annotated[
        str | None, typer.Option("--over", metavar="NUMBERS", help="A new one that these specialise, as 1,4,5.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away with its parts; the codings stay.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Make a configuration, or change one: its name, its words, its point; an empty text takes each away."""
    if over is not None and (number is not None or case is not None):
        raise UsageError("--over makes a new one over cases.", "cmo cmoc STUDY --over 1,4 --restatement TEXT")
    if remove and number is None:
        raise UsageError("--remove needs a NUMBER.", "For example cmo cmoc STUDY 3 --remove.")
    with cmo.open_study(study, coder=coder) as opened:
        if remove and number is not None:
            opened.remove_configuration(number)
            answer_json({"removed": number}) if as_json else answer(f"{opened.log(1)[0].summary}.".capitalize())
            return
        if over is not None:
            made = opened.group_configurations(
                _numbers(over), name or "", restatement or "", level or "cross-case", point
            )
        elif number is None:
            made = opened.new_configuration(name or "", restatement or "", level or "case", point, case)
        else:
            made = opened.edit_configuration(
                number, name=name, restatement=restatement, level=level, point=point, case=case
            )
    _answer(made, as_json=as_json)


def part(
    study: StudyPath,
    number: Number,
    coding: Annotated[
        int | None, typer.Option("--coding", metavar="ID", help="Put in this coding; cmo quotes --json has ids.")
    ] = None,
    wording: Annotated[
        str | None, typer.Option("--wording", metavar="TEXT", help="Your words for it; alone, what you infer.")
    ] = None,
    element: Annotated[
        str | None, typer.Option(help="Its element, as M; '': undecided. Not given: that of the coding's code.")
    ] = None,
    inferred: Annotated[bool, typer.Option("--inferred", help="The coding does not state it: you infer it.")] = False,
    change: Annotated[int | None, typer.Option("--change", metavar="PART", help="Change this part.")] = None,
    take_out: Annotated[int | None, typer.Option("--take-out", metavar="PART", help="Take this part out.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Put a coding, or what you infer, into a configuration; or change a part of it."""
    if (change is not None) + (take_out is not None) + (coding is not None) > 1:
        raise UsageError("Either --coding, --change or --take-out.", "Each is an act of its own.")
    known = change if change is not None else take_out
    with cmo.open_study(study, coder=coder) as opened:
        if known is not None and known not in {one.id for one in opened.configuration(number).parts}:
            raise UsageError(f"Configuration {number} has no part {known}.", f"cmo configurations STUDY {number}")
        if take_out is not None:
            made = opened.remove_part(take_out)
        elif change is not None:
            stated = False if inferred else None
            made = opened.change_part(change, element=element, wording=wording, stated=stated)
        else:
            made = opened.add_part(
                number, coding=coding, element=element, wording=wording or "", stated=False if inferred else None
            )
    _answer(made, as_json=as_json)


def link(
    study: StudyPath,
    number: Number,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="ripple, rival, specialises, contradicts or embedded.")],
    other: Annotated[int, typer.Argument(metavar="OTHER", help="The configuration that it is linked to.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the link away.")] = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Say how a configuration stands to another: cmo link STUDY 3 specialises 7."""
    with cmo.open_study(study, coder=coder) as opened:
        if remove:
            opened.unlink_configurations(number, other, kind)
        else:
            opened.link_configurations(number, other, kind, note)
        made = opened.configuration(number)
    _answer(made, as_json=as_json)


def ripple(
    study: StudyPath,
    number: Number,
    name: Name = None,
    restatement: Restatement = None,
    point: OnlyPoint = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Make the next configuration: the outcome of this one is its context."""
    with cmo.open_study(study, coder=coder) as opened:
        made = opened.ripple(number, name=name or "", restatement=restatement or "", point=point)
    _answer(made, as_json=as_json)


def _numbers(text: str) -> list[int]:
    try:
        return [int(piece) for piece in text.replace(",", " ").split()]
    except ValueError:
        raise UsageError(f"--over {text}: expected numbers.", "For example --over 1,4,5.") from None


def _answer(made: Configuration, *, as_json: bool) -> None:
    answer_json(made) if as_json else print_configuration(made)
