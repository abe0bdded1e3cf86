"""`cmo code`: open the workbench."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import Coder, StudyPath

if TYPE_CHECKING:
    from cmo import Study

FRAMES_A_SECOND = "120"
"""How often Textual may paint at most, unless ``TEXTUAL_FPS`` says otherwise: a key waits for the next time."""

Blind = Annotated[bool, typer.Option("--blind", help="Begin with other coders' work hidden; V shows it.")]


def code(study: StudyPath, coder: Coder = None, blind: Blind = False) -> None:
    """Open the workbench on a study, to read and code in it."""
    if not is_terminal():
        raise UsageError(
            "The workbench needs a terminal, and this is none.",
            "In scripts use cmo show, cmo codings, cmo matrix and cmo quotes.",
        )
    with _nothing_is_garbage(), cmo.open_study(study, coder=coder) as opened:
        if blind:
            opened.hide_others()
        open_workbench(opened)


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """All that is made until the first text stays: a look for garbage finds none. From then on the workbench looks."""
    usual = gc.get_threshold()
    gc.set_threshold(0)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def is_terminal() -> bool:
    """Whether there is a terminal, or a program such as textual-serve that stands in for one and says so."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) or (sys.stdin.isatty() and sys.stdout.isatty())


def open_workbench(study: Study) -> None:
    """Stay in the workbench until the coder leaves it. Raises BadFile: the coder's own keys cannot be used."""
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)  # read when Textual is imported
    from tui import run
    from workbench.keys.key_file import load_keymap

    run(study, load_keymap())
