"""Tables of reports as text: CSV for programs, Markdown for pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cmo.report.table import ReportTable
from exports.csv_tables import plain_field

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
NUMBERS = ("count", "number")


def as_csv(table: ReportTable) -> str:
    """Heads and values, one row a line; what a spreadsheet would take for a formula is guarded as in all our CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([plain_field(column.head) for column in table.columns])
    for row in table.rows:
        writer.writerow([plain_field(entry.value) for entry in row])
    return out.getvalue()


def as_markdown(table: ReportTable) -> str:
    """The title, the table and its notes; signs that Markdown would take for markup stand with a backslash."""
    heads = [column.head for column in table.columns]
    numbers = [column.kind in NUMBERS for column in table.columns]
    rows = ([entry.value for entry in row] for row in table.rows)
    notes = "".join(f"- {_escaped(note)}\n" for note in table.notes)
    return f"## {_escaped(table.title)}\n\n{markdown_rows(heads, rows, numbers)}" + (f"\n{notes}" if notes else "")


def markdown_rows(heads: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[bool]) -> str:
    """A pipe table; line breaks in a cell become ``<br>``."""
    rule = ["---:" if number else "---" for number in numbers]
    lines = [[_cell(head) for head in heads], rule, *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else "<br>".join(_escaped(line) for line in str(value).splitlines())


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
