"""How a command that changes a study tells what it did: in the words of the journal, or as a preview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Coder
from commands.output import answer, answer_json
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study

CodingId = Annotated[
    int, typer.Argument(metavar="CODING", help="The number of a coding; `cmo quotes` tells it.", show_default=False)
]
CodingIds = Annotated[
    str, typer.Argument(metavar="CODINGS", help="Numbers of codings, as 12 or 12,15.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--preview", "--dry-run", help="Say what would change, and change nothing.")]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """How a command is to change a study: only rehearsed or made, by whom, and told how."""

    preview: bool
    coder: str | None
    as_json: bool

    def on(self, path: Path, call: Callable[[Study], T], tell: Callable[[T], None] | None = None) -> None:
        """Open a study and make a change, or rehearse it, and say so; see :func:`carry_out`."""
        with cmo.open_study(path, coder=self.coder) as study:
            carry_out(study, lambda: call(study), preview=self.preview, as_json=self.as_json, tell=tell)


def act_options(preview: DryRun = False, coder: Coder = None, as_json: AsJson = False) -> Act:
    """The options of a command whose change can be seen first."""
    return Act(preview, coder, as_json)


def at_once_options(coder: Coder = None, as_json: AsJson = False) -> Act:
    """The options of a command that changes what a preview would not show, such as where a coding ends."""
    return Act(preview=False, coder=coder, as_json=as_json)


def carry_out(
    study: Study,
    call: Callable[[], T],
    *,
    preview: bool = False,
    as_json: bool = False,
    tell: Callable[[T], None] | None = None,
) -> None:
    """Make a change and say what was done, in the words of the journal or by ``tell``; or only say what it would
    change, value by value.
    """
    if preview:
        _rehearse(study, call, as_json=as_json)
        return
    before = study.info().acts
    made = call()
    if as_json:
        answer_json(made)
        return
    if tell is not None:
        tell(made)
        return
    newest = study.log(1)[0]
    answer(f"{newest.summary[:1].upper()}{newest.summary[1:]}." if study.info().acts > before else "Nothing changed.")


def _rehearse(study: Study, call: Callable[[], object], *, as_json: bool) -> None:
    rehearsal = study.rehearse(call)
    if as_json:
        answer_json(rehearsal)
        return
    for difference in rehearsal.differences:
        answer(str(difference))
    answer(f"{counted(len(rehearsal.differences), 'value')} would change. Nothing was changed.")


def numbers(text: str) -> list[int]:
    """The numbers in ``12,15`` or ``12 15``. Raises UsageError: something else stands there."""
    try:
        return [int(piece) for piece in text.replace(",", " ").split()]
    except ValueError:
        raise UsageError(f"{text}: expected numbers of codings.", "For example 12,15.") from None
