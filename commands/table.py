"""`cmo table`: the tables of realist reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import UsageError
from commands.options import AsJson, Language, StudyPath
from commands.output import answer, answer_json, answer_table, console
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo.report.table import ReportTable


def table(
    study: StudyPath,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which table; without one, they are listed.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write it to a .csv, .md, .xlsx or .docx file.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print it as CSV.")] = False,
    as_md: Annotated[bool, typer.Option("--md", help="Print it as Markdown.")] = False,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show or write one of the tables of realist reports."""
    if name is None:
        _list(as_json)
        return
    if sum((as_csv, as_md, as_json, out is not None)) > 1:
        raise UsageError("--csv, --md, --json and --out exclude each other.", "Ask for one of them.")
    with cmo.open_study(study) as opened:
        if out is not None:
            from exports.report_tables import write_report_table

            rows = write_report_table(opened, name, out, language=language)
            answer(f"Written: {out} with {counted(rows, 'row')}.")
            return
        found = opened.report_table(name, language=language)
    if as_json:
        answer_json(found)
    elif as_csv or as_md:
        from exports.table_text import as_csv as csv_of
        from exports.table_text import as_markdown

        answer((csv_of(found) if as_csv else as_markdown(found)).rstrip("\n"))
    else:
        _print(found)


def _list(as_json: bool) -> None:
    from cmo.report import TABLES

    if as_json:
        answer_json([{"name": name, "title": listed.title} for name, listed in TABLES.items()])
    else:
        answer_table(["name", "table"], [[name, listed.title] for name, listed in TABLES.items()])


def _print(found: ReportTable) -> None:
    """The table for people; in several, one below the other, where the screen is too narrow for one."""
    from commands.layout import GAP, blocks_of, word_width_of

    answer(found.title)
    answer()
    heads = [column.head for column in found.columns]
    numbers = [column.head for column in found.columns if column.kind in ("count", "number")]
    rows = [["" if entry.value is None else str(entry.value) for entry in row] for row in found.rows]
    names, *columns = zip(heads, *rows, strict=True)
    for block in blocks_of(columns, console().width - word_width_of(names) - GAP):
        first, *others = zip(names, *block, strict=True)
        answer_table(first, others, numbers=numbers, lines=any(column.kind == "quote" for column in found.columns))
        answer()
    if not rows:
        answer("Nothing yet.")
    for note in found.notes:
        answer(note)
