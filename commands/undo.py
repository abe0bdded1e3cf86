"""`cmo undo` and `cmo redo`: take acts back, and do them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, say
from store.errors import CmoError
from workbench.text.words import counted

if TYPE_CHECKING:
    from store.journal import Entry

Steps = Annotated[int, typer.Option(min=1, help="How many acts.")]
Mine = Annotated[bool, typer.Option("--mine", help="Only acts of this coder.")]


def undo(study: StudyPath, steps: Steps = 1, mine: Mine = False, coder: Coder = None, as_json: AsJson = False) -> None:
    """Take back the newest act; an import of many files counts as one."""
    with cmo.open_study(study, coder=coder) as opened:
        _repeat(lambda: opened.undo(mine=mine), "Undone", steps, as_json=as_json)


def redo(study: StudyPath, steps: Steps = 1, mine: Mine = False, coder: Coder = None, as_json: AsJson = False) -> None:
    """Do again what was undone last."""
    with cmo.open_study(study, coder=coder) as opened:
        _repeat(lambda: opened.redo(mine=mine), "Done again", steps, as_json=as_json)


def _repeat(step: Callable[[], list[Entry]], word: str, steps: int, *, as_json: bool) -> None:
    """Take the steps and say which acts they were; what was done before a step that fails stays done."""
    acts: list[list[Entry]] = []
    try:
        for _ in range(steps):
            acts.append(step())
    except CmoError:
        if acts:
            say(f"{counted(len(acts), 'step')} of {steps} taken, then:")
        raise
    finally:
        if as_json:
            answer_json(acts)
        else:
            for entries in acts:
                answer(f"{word}: {_words(entries)}")


def _words(entries: list[Entry]) -> str:
    more = f" and {counted(len(entries) - 1, 'act')} of the same batch" if len(entries) > 1 else ""
    return f"{entries[0].summary}{more}"
