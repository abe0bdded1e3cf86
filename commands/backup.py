"""`cmo backup`: a verified copy of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json


def backup(
    study: StudyPath,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where to put it; a folder beside the study if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a verified copy, also while somebody works in the study."""
    with cmo.open_study(study) as opened:
        made = opened.backup(to)
    if as_json:
        answer_json({"backup": made})
    else:
        answer(f"Backup: {made}")
