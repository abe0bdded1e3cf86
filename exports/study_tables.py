"""A study's tables as spreadsheets to edit and bring in again: cases, sources, speakers, plan, theory,
ladders, measures.

What is exported and imported again without an edit changes nothing. Workbooks only: a CSV would have to guard text
that looks like a formula. Where a value must be one of a few, the cells have a list to pick from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exports.excel_text import escaped, visible
from store.schema import SOURCE_KINDS
from transcripts.fieldwork.speakers import NOT_SAID

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from cmo.study import Study

SUFFIX = ".xlsx"
LONGEST_LIST = 255
"""Characters that Excel takes in a pick-list written into the sheet."""
MOST_WIDTH, LEAST_WIDTH = 60, 10
SPARE_ROWS = 200
"""Rows below the last one that have pick-lists too, for what is added."""

_ASKS = {True: "yes", False: "no", None: NOT_SAID[0]}


@dataclass(frozen=True, slots=True)
class StudyTable:
    """Headings, rows as text, and for some headings the values to pick from."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str | None]]
    choices: Mapping[str, Sequence[str]]


def _cases(study: Study) -> StudyTable:
    attributes = study.attributes()
    names = [attribute.name for attribute in attributes]
    rows = [[case.name, *(case.attributes.get(name) for name in names)] for case in study.cases()]
    return StudyTable(["case", *names], rows, {a.name: a.choices for a in attributes if a.choices})


def _sources(study: Study) -> StudyTable:
    heads = ["file", "kind", "case", "role", "participant", "language", "round", "date"]
    rows = [[s.name, s.kind, s.case, s.role, s.participant, s.language, s.round, s.held_on] for s in study.sources()]
    return StudyTable(heads, rows, {"kind": SOURCE_KINDS})


def _speakers(study: Study) -> StudyTable:
    heads = ["file", "speaker", "participant", "role", "asks"]
    rows = [[s.source, s.label, s.participant, s.role, _ASKS[s.asks]] for s in study.speakers()]
    return StudyTable(heads, rows, {"asks": tuple(_ASKS.values())})


def _plan(study: Study) -> StudyTable:
    heads = ["role", "case", "round", "expected", "refused", "note"]
    rows = [[p.role, p.case, p.round, str(p.expected), str(p.refused), p.note] for p in study.plan()]
    return StudyTable(heads, rows, {})


def _theory(study: Study) -> StudyTable:
    from exports.theory_rows import theory_table

    heads, rows = theory_table(study.theory())
    return StudyTable(heads, rows, {})


def _ladders(study: Study) -> StudyTable:
    rows: list[list[str | None]] = []
    for ladder in study.ladders():
        rows.append([ladder.name, None, None, ladder.definition])
        rows += [[ladder.name, str(step.number), step.name, step.definition] for step in ladder.steps]
    return StudyTable(["ladder", "step", "name", "definition"], rows, {})


def _measures(study: Study) -> StudyTable:
    heads = ["case", "measure", "ladder", "step", "note"]
    rows = [[m.case, m.name, m.ladder, None if m.step is None else str(m.step), m.note] for m in study.measures()]
    return StudyTable(heads, rows, {"ladder": [ladder.name for ladder in study.ladders()]})


TABLES: Mapping[str, Callable[[Study], StudyTable]] = {
    "cases": _cases,
    "sources": _sources,
    "speakers": _speakers,
    "plan": _plan,
    "theory": _theory,
    "ladders": _ladders,
    "measures": _measures,
}


def write_table(study: Study, name: str, path: str | Path) -> int:
    """Write one of ``TABLES`` to ``path``, in place of a file that is there; return how many rows it has.

    Raises:
        BadFile: the name does not end in .xlsx, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
    """
    from openpyxl import Workbook

    from exports.replacing import replacing
    from exports.workbook_file import save

    table = TABLES[name](study)
    at = datetime.fromisoformat(study.info().changed_at).replace(tzinfo=None)
    with replacing(Path(path), SUFFIX) as building:
        workbook = Workbook()
        sheet = workbook.worksheets[0]
        sheet.title = name
        _fill(sheet, table)
        save(workbook, building, at)
    return len(table.rows)


def _fill(sheet: Worksheet, table: StudyTable) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate([table.heads, *table.rows], start=1):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            if value:
                cell.value = escaped(visible(value))
                cell.data_type = "s"  # as text, whatever it begins with
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for at, values in enumerate(zip(table.heads, *table.rows, strict=True), start=1):
        widest = max(len(value or "") for value in values) + 2
        sheet.column_dimensions[get_column_letter(at)].width = min(max(widest, LEAST_WIDTH), MOST_WIDTH)
    sheet.freeze_panes = "B2"
    _offer(sheet, table)


def _offer(sheet: Worksheet, table: StudyTable) -> None:
    """Pick-lists; Excel parts them by commas, so a list with a comma in it cannot be offered."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for head, choices in table.choices.items():
        listed = ",".join(choices)
        if len(listed) <= LONGEST_LIST and not any("," in choice or '"' in choice for choice in choices):
            letter = get_column_letter(list(table.heads).index(head) + 1)
            validation = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            validation.add(f"{letter}2:{letter}{len(table.rows) + 1 + SPARE_ROWS}")
            sheet.add_data_validation(validation)
