"""`cmo new`: make a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.options import AsJson, Coder
from commands.output import answer, answer_json


def new(
    study: Annotated[
        Path, typer.Argument(metavar="STUDY", help="The study file to make; .cmo is added if it has no ending.")
    ],
    name: Annotated[str | None, typer.Option(help="What the study is called; the file's name if not given.")] = None,
    language: Annotated[str, typer.Option(help="The language mostly spoken in the sources, as da, en, de, ...")] = "da",
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Make a new study file."""
    path = study if study.suffix else study.with_suffix(".cmo")
    with cmo.new_study(path, name=name, language=language, coder=coder) as made:
        info = made.info()
    if as_json:
        answer_json({"study": path, "info": info})
        return
    answer(f"Made the study '{info.name}' in {path}.")
    answer(f"Next: cmo import {path} FOLDER")
