"""`cmo export`: write a study's evidence to a file for others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError, end_with_findings
from commands.options import AsJson, Language, StudyPath, TemplatePath
from commands.output import answer, answer_json, say_findings
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo import Study
    from exports.template import Template
    from store.findings import Finding


def export(
    study: StudyPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="OUT.xlsx: the workbook. OUT.csv: the quotes.")],
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Write the table of cases, sources, speakers, plan, theory, ladders or measures instead, to edit it.",
        ),
    ] = None,
    sheets: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Only these sheets of the workbook, with commas between them.")
    ] = None,
    template: TemplatePath = None,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Write the workbook (.xlsx), the quotes (.csv) or one table. An older file of that name is replaced."""
    suffix = out.suffix.lower()
    if table is not None:
        _one_table(study, table, out, as_json)
        return
    if suffix not in (".xlsx", ".csv"):
        raise UsageError(f"'{out}' ends in neither .xlsx nor .csv.", "For example cmo export STUDY evidence.xlsx")
    with cmo.open_study(study) as opened:
        if suffix == ".xlsx":
            rows, findings = _workbook(opened, out, chosen_template(template, language, sheets))
        else:
            rows, findings = _table(opened, out)
    if as_json:
        answer_json({"file": out, "rows": rows, "findings": findings})
    else:
        answer(f"Written: {out} with {counted(rows, 'row')} of evidence.")
        say_findings(findings)
    end_with_findings(findings)


def chosen_template(path: Path | None, language: str | None, sheets: str | None = None) -> Template:
    """The template in a file, or ours, with what the options say instead of it."""
    from exports.template import Template, read_template

    template = read_template(path) if path is not None else Template()
    return replace(
        template,
        language=language or template.language,
        sheets=tuple(sheets.split(",")) if sheets is not None else template.sheets,
    )


def _one_table(path: Path, name: str, out: Path, as_json: bool) -> None:
    from exports.study_tables import TABLES, write_table

    if name not in TABLES:
        raise UsageError(f"There is no table '{name}'.", f"Tables are {', '.join(TABLES)}.")
    with cmo.open_study(path) as opened:
        rows = write_table(opened, name, out)
    if as_json:
        answer_json({"file": out, "rows": rows, "findings": []})
    else:
        answer(f"Written: {out} with {counted(rows, 'row')}. Once edited: cmo {name} STUDY {out.name} --preview")


def _workbook(study: Study, out: Path, template: Template) -> tuple[int, tuple[Finding, ...]]:
    from exports.workbook import write_workbook

    report = write_workbook(study, out, template)
    return report.rows, report.findings


def _table(study: Study, out: Path) -> tuple[int, tuple[Finding, ...]]:
    from exports.csv_tables import write_quotes

    return write_quotes(study, out), ()
