"""The sheet of the programme theory: every point in full words, with how much stands for and against it."""

from __future__ import annotations

from cmo.records import Cell
from cmo.report.entries import heading
from cmo.report.glyphs import OF_POINTS, stance_words
from cmo.report.words import Words
from exports.evidence_rows import Material, stances_in_use
from exports.evidence_rows import stance_words as stance_name
from exports.workbook_quotes import Blocks
from exports.workbook_sheet import Binder, Layout, Link, Place, Put, Sheet, rows_needed

NAME = "Theory"
HEAD_ROWS = 3
ELEMENT_WIDTH, COUNT_WIDTH = 44, 10.5
COUNTED = ("Excerpts", "Sources", "Cases")


def theory_sheet(binder: Binder, material: Material) -> Sheet:
    stances = stances_in_use(material.points_by_case)
    widths: list[float] = [9, *[ELEMENT_WIDTH] * len(material.theory.elements), 11, 9]
    widths += [COUNT_WIDTH] * (len(stances) + len(COUNTED))
    layout = Layout(widths, freeze=f"B{HEAD_ROWS + 1}", repeat=f"{HEAD_ROWS}:{HEAD_ROWS}", tab="B08A3E")
    return Sheet(binder, NAME, layout)


def point_places(material: Material) -> dict[str, Place]:
    """Where each point will stand: known before the sheet is written, because quotes link to it."""
    places, row = {}, HEAD_ROWS + 1
    for point in material.theory.points:
        places[point.label] = Place(NAME, row)
        row += rows_needed(point.wording.values())
    return places


def write_theory(sheet: Sheet, material: Material, blocks: Blocks, matrix_rows: dict[str | None, int]) -> None:
    theory, table, say = material.theory, material.points_by_case, sheet.say
    stances = [stance for stance in stances_in_use(table) if stance in OF_POINTS]
    sheet.row([Put(say("Programme theory"), "title")], height=30)
    note = say(
        "Counts are excerpts. One opens the first of its quotes; the point's number opens its row in the matrix, "
        "where each case has its own number."
    )
    sheet.row([Put(note, "note")])
    counted = [heading(stance_words(stance, say)) for stance in stances]
    elements = [heading(say(element.name)) for element in theory.elements]
    left, right = [say("Point"), *elements], [say("State"), say("Version"), *counted, *map(say, COUNTED)]
    sheet.row([*(Put(name, "head") for name in left), *(Put(name, "head centred") for name in right)])
    for point in theory.points:
        cell = table.row_totals.get(point.label, Cell())
        back = Link(Place("Matrix", matrix_rows[point.label]), say("{point} in the matrix", point=point.label))
        puts: list[Put | None] = [Put(point.label, "link bold", back)]
        puts += [_wording(point.wording.get(element.letter, ""), say) for element in theory.elements]
        puts += [Put(say(point.state), "plain" if point.is_held else "absent"), Put(point.version, "count")]
        puts += [_count(point.label, cell, stance, blocks, say) for stance in stances]
        everything = blocks.link(say("All rows of {point}", point=point.label), "point", point.label)
        puts += [
            Put(cell.total.excerpts, "count link" if everything else "count", everything),
            Put(cell.total.sources, "count"),
            Put(cell.total.cases, "count"),
        ]
        sheet.row(puts)
    _write_glossary(sheet, material)


def _wording(text: str, say: Words) -> Put:
    return Put(text, "text") if text else Put(say("(no words for it)"), "absent")


def _count(label: str, cell: Cell, stance: str | None, blocks: Blocks, say: Words) -> Put:
    excerpts = cell.excerpts(stance)
    if not excerpts:
        return Put(0, "count")
    words = {"point": label, "stance": stance_words(stance, say), "n": excerpts}
    link = blocks.link(say("{point} · {stance}: the first of {n} excerpts", **words), "stance", label, stance)
    return Put(excerpts, f"count {stance_name(stance)}", link)


def _write_glossary(sheet: Sheet, material: Material) -> None:
    if not material.theory.glossary:
        return
    sheet.row([])
    sheet.row([Put(sheet.say("Words and abbreviations"), "section")], height=24)
    for term, meaning in material.theory.glossary.items():
        sheet.row([Put(None, "label"), Put(term, "strong"), Put(meaning, "text")])
