"""Puts the workbook together: every sheet in its place, written in the order in which they know of each other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from cmo.records import Matrix
from exports import workbook_lists as lists
from exports import workbook_theory as theory
from exports.evidence_rows import Material, n, stance_words, stances_in_use
from exports.workbook_cover import Content, cover_sheet, write_cover
from exports.workbook_file import discard, save
from exports.workbook_matrix import GLYPHS, CountsSheet, RowHead, list_sheet, sheet_for, write_counts, write_list
from exports.workbook_quotes import NAME as QUOTES
from exports.workbook_quotes import Blocks, QuotesSheets, utc
from exports.workbook_sheet import LINK_LIMIT, Link, Sheet, place
from exports.workbook_styles import set_default_face
from store.findings import Finding

MATRIX, MATRIX_ROWS, CODES = "Matrix", "Matrix rows", "Codes x cases"


class Built(NamedTuple):
    """``rows`` counts rows of evidence."""

    sheets: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]


def build(material: Material, path: Path) -> Built:
    """Write the workbook of a study to ``path``."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cmo"
    set_default_face(workbook)
    try:
        builder = _Builder(workbook, material)
        built = builder.write()
        save(workbook, path, utc(material.info.changed_at))
    except BaseException:
        discard(workbook)
        raise
    return built


class _Builder:
    """Makes all sheets first, because their order is the order of making, and then fills them."""

    def __init__(self, workbook: Workbook, material: Material) -> None:
        self.workbook, self.material = workbook, material
        self.cover = cover_sheet(workbook)
        self.theory = theory.theory_sheet(workbook, material)
        self.matrix = sheet_for(workbook, MATRIX, material.points_by_case)
        self.matrix_rows = list_sheet(workbook, MATRIX_ROWS)
        self.codes = sheet_for(workbook, CODES, material.codes_by_case)
        self.quotes = QuotesSheets(workbook, material, index=len(workbook.worksheets))
        self.codebook = lists.list_sheet(workbook, lists.CODEBOOK, lists.CODEBOOK_HEADS)
        self.cases = lists.list_sheet(workbook, lists.CASES, lists.case_heads(material))
        self.sources = lists.list_sheet(workbook, lists.SOURCES, lists.SOURCE_HEADS)
        self.gaps = lists.gaps_sheet(workbook)

    def write(self) -> Built:
        material, blocks = self.material, self.quotes.blocks
        in_theory = theory.point_rows(material)
        self.quotes.write(in_theory, theory.NAME)
        sourceless = frozenset(case.name for case in material.cases if not case.sources)
        points = _points_spec(material, blocks, in_theory)
        in_matrix = write_counts(self.matrix, material.points_by_case, points, sourceless)
        in_codes = write_counts(self.codes, material.codes_by_case, _codes_spec(material, blocks), sourceless)
        write_list(self.matrix_rows, material.points_by_case, blocks)
        theory.write_theory(self.theory, material, blocks, in_matrix)
        lists.write_codebook(self.codebook, material, in_codes, CODES)
        places = {f"point {label}": Link(place(theory.NAME, row)) for label, row in in_theory.items()}
        for kind, sheet, rows in (
            ("case", self.cases, lists.write_cases(self.cases, material)),
            ("source", self.sources, lists.write_sources(self.sources, material)),
        ):
            places |= {f"{kind} '{name}'": Link(place(sheet.title, row)) for name, row in rows.items()}
        lists.write_gaps(self.gaps, material.gaps, self._replaced(), places)
        write_cover(self.cover, material, self._contents(), self._remarks())
        titles = tuple(sheet.title for sheet in self.workbook.worksheets)
        return Built(titles, self.quotes.rows, tuple(self._replaced()))

    def _sheets(self) -> list[Sheet]:
        fixed = [self.cover, self.theory, self.matrix, self.matrix_rows, self.codes]
        return [*fixed, *self.quotes.sheets, self.codebook, self.cases, self.sources, self.gaps]

    def _replaced(self) -> list[Finding]:
        return [finding for sheet in self._sheets() for finding in sheet.findings]

    def _contents(self) -> list[Content]:
        material = self.material
        cells = f"{len(material.points_by_case.rows)} × {len(material.points_by_case.columns)}"
        more = [Content(sheet.title, "The quotes go on", "") for sheet in self.quotes.sheets[1:]]
        return [
            Content(theory.NAME, "The theory in full words and its evidence", n(len(material.theory.points), "point")),
            Content(MATRIX, "Points × cases: how many excerpts for and against; each number opens its quotes", cells),
            Content(MATRIX_ROWS, "The same numbers as a list, with rows and excerpts apart", ""),
            Content(CODES, "Every code × cases, theory and other codes", n(len(material.codes), "code")),
            Content(QUOTES, "Every quote, verbatim, with where it comes from", n(self.quotes.rows, "row")),
            *more,
            Content(lists.CODEBOOK, "Codes with their definitions", n(len(material.codes), "code")),
            Content(lists.CASES, "Cases with their attributes", n(len(material.cases), "case")),
            Content(lists.SOURCES, "Interviews, focus groups, notes, documents", n(len(material.sources), "source")),
            Content(lists.GAPS, "What the audit found missing", n(len(material.gaps), "finding")),
        ]

    def _remarks(self) -> list[str]:
        remarks = ["A quote too long for one cell goes on in the rows below it; the column Part says so."]
        if len(self.quotes.sheets) > 1:
            remarks.append(f"One sheet holds 1,048,576 rows, so the quotes go on in {self.quotes.sheets[-1].title}.")
        if self.quotes.rows >= LINK_LIMIT:
            remarks.append("One sheet holds 65,530 links, so in Quotes only the first row of a block has one.")
        skipped = [f"{sheet.title} ({sheet.links_skipped:,})" for sheet in self._sheets() if sheet.links_skipped]
        if skipped:
            remarks.append(f"Cells left without a link, because a sheet holds 65,530: {', '.join(skipped)}.")
        if self._replaced():
            remarks.append("Some characters cannot stand in a workbook and are shown as signs; Gaps lists where.")
        return remarks


def _points_spec(material: Material, blocks: Blocks, in_theory: dict[str, int]) -> CountsSheet:
    heads = [
        RowHead(p.label, p.label, theory.short(p), Link(place(theory.NAME, in_theory[p.label]), "In full words"))
        for p in material.theory.points
    ]
    if None in material.points_by_case.rows:
        heads.append(RowHead(None, "(no point)", "Codings that are bound to no point"))
    return CountsSheet(
        heading="Points × cases",
        notes=(
            "How many excerpts of each case speak for and against each point. Every number opens its quotes; "
            "empty means none; * means more rows than excerpts (see Cover).",
            _legend(material.points_by_case),
        ),
        label="Point",
        caption="In short",
        heads=heads,
        find=lambda key, case, stance, words: blocks.link(words, "cell", key, case, stance),
        find_row=lambda key, words: blocks.link(words, "point", key),
    )


def _codes_spec(material: Material, blocks: Blocks) -> CountsSheet:
    heads = [RowHead(code.name, code.point or "", code.name) for code in material.codes]
    return CountsSheet(
        heading="Codes × cases",
        notes=(
            "How many excerpts of each case have each code. A code counts what is coded with it, not with the codes "
            "below it. Every number opens its quotes.",
            _legend(material.codes_by_case),
        ),
        label="Point",
        caption="Code",
        heads=heads,
        find=lambda key, case, stance, words: blocks.link(words, "code", key, case, stance),
        find_row=lambda key, words: blocks.link(f"{words}; these are the first", "all of code", key),
    )


def _legend(table: Matrix) -> str:
    return "   ".join(f"{GLYPHS[stance]} {stance_words(stance)}" for stance in stances_in_use(table))
