"""`cmo code`: open the workbench."""

from __future__ import annotations

import sys
from pathlib import Path

from commands.exits import UsageError
from commands.options import Coder, StudyPath


def code(study: StudyPath, coder: Coder = None) -> None:
    """Open the workbench on a study, to read and code in it."""
    if not is_terminal():
        raise UsageError(
            "The workbench needs a terminal, and this is none.",
            "In scripts use cmo show, cmo codings, cmo matrix and cmo quotes.",
        )
    open_workbench(study, coder)


def is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_workbench(study: Path, coder: str | None) -> None:
    from tui import run

    run(study, coder=coder)
