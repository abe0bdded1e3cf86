"""The sheet of the programme theory: every point in full words, with how much stands for and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmo.records import Cell, Point
from exports.evidence_rows import Material, stance_words, stances_in_use
from exports.workbook_quotes import Blocks
from exports.workbook_sheet import Layout, Link, Put, Sheet, place, rows_needed

if TYPE_CHECKING:
    from openpyxl import Workbook

NAME = "Theory"
HEAD_ROWS = 3
ELEMENT_WIDTH, COUNT_WIDTH = 44, 10.5
COUNTED = ("Excerpts", "Sources", "Cases")
CAPTION = 76
"""Code points of a point's wording beside its number in the matrix."""


def short(point: Point) -> str:
    """What a point is about, in at most :data:`CAPTION` code points: its title, else its mechanism."""
    words = point.title or point.wording.get("M") or next((text for text in point.wording.values() if text), "")
    words = " ".join(words.split())
    return words if len(words) <= CAPTION else words[:CAPTION].rsplit(" ", 1)[0].rstrip(",.;: ") + " …"


def theory_sheet(workbook: Workbook, material: Material) -> Sheet:
    stances = stances_in_use(material.points_by_case)
    widths: list[float] = [9, *[ELEMENT_WIDTH] * len(material.theory.elements), 9]
    widths += [COUNT_WIDTH] * (len(stances) + len(COUNTED))
    layout = Layout(widths, freeze=f"B{HEAD_ROWS + 1}", repeat=f"{HEAD_ROWS}:{HEAD_ROWS}", tab="B08A3E")
    return Sheet(workbook, NAME, layout)


def point_rows(material: Material) -> dict[str, int]:
    """In which row each point will stand: known before the sheet is written, because quotes link to it."""
    rows, row = {}, HEAD_ROWS + 1
    for point in material.theory.points:
        rows[point.label] = row
        row += rows_needed(point.wording.values())
    return rows


def write_theory(sheet: Sheet, material: Material, blocks: Blocks, matrix_rows: dict[str | None, int]) -> None:
    theory, table = material.theory, material.points_by_case
    stances = stances_in_use(table)
    sheet.row([Put("Programme theory", "title")], height=30)
    note = (
        "Counts are excerpts. One opens the first of its quotes; the point's number opens its row in the matrix, "
        "where each case has its own number."
    )
    sheet.row([Put(note, "note")])
    counted = [stance_words(stance).capitalize() for stance in stances]
    elements = [element.name.capitalize() for element in theory.elements]
    left, right = ["Point", *elements], ["Version", *counted, *COUNTED]
    sheet.row([*(Put(name, "head") for name in left), *(Put(name, "head centred") for name in right)])
    for point in theory.points:
        cell = table.row_totals.get(point.label, Cell())
        back = Link(place("Matrix", matrix_rows[point.label]), f"{point.label} in the matrix")
        puts: list[Put | None] = [Put(point.label, "link bold", back)]
        puts += [_wording(point.wording.get(element.letter, "")) for element in theory.elements]
        puts.append(Put(point.version, "count"))
        puts += [_count(point.label, cell, stance, blocks) for stance in stances]
        everything = blocks.link(f"All rows of {point.label}", "point", point.label)
        puts += [
            Put(cell.total.excerpts, "count link" if everything else "count", everything),
            Put(cell.total.sources, "count"),
            Put(cell.total.cases, "count"),
        ]
        sheet.row(puts)
    _write_glossary(sheet, material)


def _wording(text: str) -> Put:
    return Put(text, "text") if text else Put("(no words for it)", "absent")


def _count(label: str, cell: Cell, stance: str | None, blocks: Blocks) -> Put:
    words, excerpts = stance_words(stance), cell.excerpts(stance)
    if not excerpts:
        return Put(0, "count")
    link = blocks.link(f"{label} · {words}: the first of {excerpts} excerpts", "stance", label, stance)
    return Put(excerpts, f"count {words}", link)


def _write_glossary(sheet: Sheet, material: Material) -> None:
    if not material.theory.glossary:
        return
    sheet.row([])
    sheet.row([Put("Words and abbreviations", "section")], height=24)
    for term, meaning in material.theory.glossary.items():
        sheet.row([Put(None, "label"), Put(term, "strong"), Put(meaning, "text")])
