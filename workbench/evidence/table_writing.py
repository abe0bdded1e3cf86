"""Writing what is seen to a file: asked for a path, which tab completes, and told what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import App

from cmo.study import Study
from store.errors import CmoError
from workbench.parts.dialogs import PathQuestion
from workbench.parts.path_line import PathLine
from workbench.text.words import counted


def ask_where(
    app: App[object], title: str, suffixes: Sequence[str], write: Callable[[Path], int], say: Callable[[str], object]
) -> None:
    """Ask for a path, write there, and say how many rows were written, or why none were."""

    def answered(typed: str | None) -> None:
        if not typed or not typed.strip():
            return
        path = Path(typed.strip()).expanduser()
        try:
            rows = write(path)
        except CmoError as error:
            say(f"! {error.message} {error.hint}".strip())
            return
        say(f"✓ {counted(rows, 'row')} written to {path.name}")

    line = PathLine(lambda name: name.lower().endswith(tuple(suffixes)), f"a path that ends in {', '.join(suffixes)}")
    app.push_screen(PathQuestion(title, line), answered)


def write_report(app: App[object], study: Study, name: str, say: Callable[[str], object]) -> None:
    """Ask where to write a table of a report."""
    from exports.report_tables import SUFFIXES, write_report_table

    ask_where(app, f"Write {name} to", SUFFIXES, lambda path: write_report_table(study, name, path), say)
