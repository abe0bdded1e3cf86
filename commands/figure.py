"""`cmo figure`: the figures of realist reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.options import Language, StudyPath
from commands.output import answer, answer_table


def figure(
    study: StudyPath,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which figure; without one, they are listed.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Draw it to a .svg or .png file.")
    ] = None,
    language: Language = None,
) -> None:
    """Draw one of the figures of realist reports, or show it in the terminal."""
    from exports.figures import FIGURES, figure_lines, write_figure

    if name is None:
        answer_table(["name", "figure"], [[known, found.title] for known, found in FIGURES.items()])
        return
    with cmo.open_study(study) as opened:
        if out is None:
            for line in figure_lines(opened, name, language=language):
                answer(line)
            return
        write_figure(opened, name, out, language=language)
    answer(f"Drawn: {out}")
