"""`cmo codes`: the code frame, and new codes for it; by the commands below it the frame is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.code_acts import define, merge, move, remove, rename, split
from commands.exits import UsageError
from commands.groups import DEFAULT, WithDefault
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table
from workbench.text.words import clipped

if TYPE_CHECKING:
    from codebook.records import Code

codes = typer.Typer(
    cls=WithDefault,
    no_args_is_help=True,
    help="List the codes and make new ones; rename, define, move, merge, split or remove those outside the theory.",
)
for _command in (rename, define, move, merge, split, remove):
    codes.command()(_command)


@codes.command(DEFAULT)
def show(
    study: StudyPath,
    new: Annotated[str | None, typer.Option(metavar="NAME", help="Make a code of this name.")] = None,
    definition: Annotated[str, typer.Option(help="What the new code means.")] = "",
    parent: Annotated[str | None, typer.Option(metavar="NAME", help="The code that the new one stands under.")] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """List the codes; with --new, make one outside the theory. `cmo codes STUDY` is the same."""
    if new is None and (definition or parent):
        raise UsageError("--definition and --parent go with --new NAME.")
    with cmo.open_study(study, coder=coder) as opened:
        if new is not None:
            made = opened.new_code(new, definition, parent)
            if as_json:
                answer_json(made)
            else:
                answer(f"Made the code '{made.name}'.")
        elif as_json:
            answer_json(opened.codes())
        else:
            _list(opened.codes())


def _list(found: list[Code]) -> None:
    if not found:
        answer("No codes yet: a programme theory brings its own, and --new NAME makes one.")
        return
    parents = {code.id: code.parent_id for code in found}
    answer_table(
        ["code", "definition", "codings"],
        [["  " * _depth(code.id, parents) + code.name, clipped(code.definition, 100), code.codings] for code in found],
        numbers=["codings"],
    )


def _depth(code_id: int, parents: dict[int, int | None]) -> int:
    depth, above = 0, parents.get(code_id)
    while above is not None:
        depth, above = depth + 1, parents.get(above)
    return depth
