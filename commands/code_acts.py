"""The commands that change the code frame: `cmo codes rename`, `define`, `move`, `merge`, `split`, `remove`."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.acts import Act, act_options, numbers
from commands.exits import UsageError
from commands.option_blocks import takes
from commands.options import StudyPath

CodeName = Annotated[str, typer.Argument(metavar="CODE", help="The code, by its name.", show_default=False)]


@takes(act=act_options)
def rename(
    study: StudyPath,
    code: CodeName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Give a code another name."""
    act.on(study, lambda opened: opened.rename_code(code, name))


@takes(act=act_options)
def define(
    study: StudyPath,
    code: CodeName,
    definition: Annotated[str, typer.Argument(metavar="TEXT", help="What it means.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Say what a code means."""
    act.on(study, lambda opened: opened.define_code(code, definition))


@takes(act=act_options)
def move(
    study: StudyPath,
    code: CodeName,
    under: Annotated[str | None, typer.Option(metavar="CODE", help="Where it is to stand; else at the top.")] = None,
    place: Annotated[int | None, typer.Option(min=1, help="As which one there, from 1; else the last.")] = None,
    *,
    act: Act,
) -> None:
    """Put a code under another one, or at the top."""
    act.on(study, lambda opened: opened.move_code(code, under, place))


@takes(act=act_options)
def merge(
    study: StudyPath,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that stays.", show_default=False)],
    others: Annotated[list[str], typer.Argument(metavar="CODES...", help="Those that go.", show_default=False)],
    *,
    act: Act,
) -> None:
    """Make codes part of another, with their codings, memos and the codes below them."""
    act.on(study, lambda opened: opened.merge_codes(into, others))


@takes(act=act_options)
def split(
    study: StudyPath,
    code: CodeName,
    into: Annotated[
        list[str] | None,
        typer.Option("--into", metavar="NAME=CODINGS", help="A new code and its codings, as Night=12,15; repeat it."),
    ] = None,
    *,
    act: Act,
) -> None:
    """Make new codes beside a code, each with those of its codings that are named; the others stay."""
    parts = dict(_part(text) for text in into or ())
    act.on(study, lambda opened: opened.split_code(code, parts))


@takes(act=act_options)
def remove(
    study: StudyPath,
    code: CodeName,
    with_codings: Annotated[
        bool, typer.Option("--with-codings", help="Take its codings, memos and summaries away as well.")
    ] = False,
    *,
    act: Act,
) -> None:
    """Take a code away; the codes below it move up."""
    act.on(study, lambda opened: opened.remove_code(code, with_codings=with_codings))


def _part(text: str) -> tuple[str, list[int]]:
    name, equals, codings = text.rpartition("=")
    if not equals:
        raise UsageError(f"--into {text}: expected NAME=CODINGS.", "For example --into Night=12,15.")
    return name, numbers(codings)
