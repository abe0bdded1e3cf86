"""The commands that change the code frame: `cmo codes rename`, `define`, `move`, `merge`, `split`, `remove`."""

from __future__ import annotations

from typing import Annotated

import typer

import cmo
from commands.acts import DryRun, carry_out, numbers
from commands.exits import UsageError
from commands.options import AsJson, Coder, StudyPath

CodeName = Annotated[str, typer.Argument(metavar="CODE", help="The code, by its name.", show_default=False)]


def rename(
    study: StudyPath,
    code: CodeName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.", show_default=False)],
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Give a code another name."""
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(opened, lambda: opened.rename_code(code, name), preview=preview, as_json=as_json)


def define(
    study: StudyPath,
    code: CodeName,
    definition: Annotated[str, typer.Argument(metavar="TEXT", help="What it means.", show_default=False)],
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Say what a code means."""
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(opened, lambda: opened.define_code(code, definition), preview=preview, as_json=as_json)


def move(
    study: StudyPath,
    code: CodeName,
    under: Annotated[str | None, typer.Option(metavar="CODE", help="Where it is to stand; else at the top.")] = None,
    place: Annotated[int | None, typer.Option(min=1, help="As which one there, from 1; else the last.")] = None,
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Put a code under another one, or at the top."""
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(opened, lambda: opened.move_code(code, under, place), preview=preview, as_json=as_json)


def merge(
    study: StudyPath,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that stays.", show_default=False)],
    others: Annotated[list[str], typer.Argument(metavar="CODES...", help="Those that go.", show_default=False)],
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Make codes part of another, with their codings, memos and the codes below them."""
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(opened, lambda: opened.merge_codes(into, others), preview=preview, as_json=as_json)


def split(
    study: StudyPath,
    code: CodeName,
    into: Annotated[
        list[str] | None,
        typer.Option("--into", metavar="NAME=CODINGS", help="A new code and its codings, as Night=12,15; repeat it."),
    ] = None,
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Make new codes beside a code, each with those of its codings that are named; the others stay."""
    parts = dict(_part(text) for text in into or ())
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(opened, lambda: opened.split_code(code, parts), preview=preview, as_json=as_json)


def remove(
    study: StudyPath,
    code: CodeName,
    with_codings: Annotated[
        bool, typer.Option("--with-codings", help="Take its codings, memos and summaries away as well.")
    ] = False,
    preview: DryRun = False,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Take a code away; the codes below it move up."""
    with cmo.open_study(study, coder=coder) as opened:
        carry_out(
            opened,
            lambda: opened.remove_code(code, with_codings=with_codings),
            preview=preview,
            as_json=as_json,
        )


def _part(text: str) -> tuple[str, list[int]]:
    name, equals, codings = text.rpartition("=")
    if not equals:
        raise UsageError(f"--into {text}: expected NAME=CODINGS.", "For example --into Night=12,15.")
    return name, numbers(codings)
