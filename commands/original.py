"""`cmo original`: give the file back that a source came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json


def original(
    study: StudyPath,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name or file name.")],
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="A file that is not there yet, or a folder.")
    ] = None,
    version: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="The file of this version; of the current one if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the file that a source was imported from, byte for byte. Nothing is ever written over."""
    with cmo.open_study(study) as opened:
        data, about = opened.original(source, version), opened.provenance(source, version)
    target = out or Path()
    if target.is_dir():
        target /= about.file_name
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError as exc:
        raise UsageError(f"{target} is there already.", "Name another file, or move that one away.") from exc
    if as_json:
        answer_json({"file": target, "bytes": len(data), "sha256": about.file_sha256, "source": about.source})
    else:
        answer(f"Written: {target}, {len(data):,} bytes as they came.")
