"""`cmo report`: a report of the study in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import cmo
from commands.export import chosen_template
from commands.options import AsJson, Coder, Language, StudyPath, TemplatePath
from commands.output import answer, answer_json


def report(
    study: StudyPath,
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT.docx]", help="Where the report is to stand.", show_default=False)
    ] = None,
    template: TemplatePath = None,
    language: Language = None,
    attribution: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="Keep how quotes are attributed, for example '({role}, {case})'."),
    ] = None,
    house_language: Annotated[
        str | None, typer.Option(metavar="en|da", help="Keep the language that tables and reports are written in.")
    ] = None,
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Write the study as a Word report, or keep the house style of its tables and reports."""
    with cmo.open_study(study, coder=coder) as opened:
        if attribution is not None or house_language is not None:
            opened.set_house_style(language=house_language, attribution=attribution)
        style = opened.house_style()
        written = None
        if out is not None:
            from exports.word_report import write_report

            written = write_report(opened, out, chosen_template(template, language))
    if as_json:
        answer_json({"written": written, "style": style})
    elif written is not None:
        answer(f"Written: {written.path} with {len(written.tables)} tables.")
    else:
        answer(f"Tables and reports are in '{style.language}'; quotes are attributed as {style.attribution}")
