"""Puts the workbook together: every sheet in its place, written in the order in which they know of each other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from cmo.records import Matrix
from cmo.report import TABLES, report_table
from cmo.report.entries import in_short
from cmo.report.glyphs import OF_POINTS, named, outside_note
from cmo.report.words import Words
from exports import workbook_lists as lists
from exports import workbook_theory as theory
from exports.evidence_rows import Material, stances_in_use
from exports.table_sheets import table_sheet, write_table
from exports.template import Template
from exports.workbook_cover import NAME as COVER
from exports.workbook_cover import Content, cover_sheet, write_cover
from exports.workbook_file import discard, save
from exports.workbook_matrix import (
    CountsSheet,
    RowHead,
    count_place,
    list_sheet,
    sheet_for,
    write_counts,
    write_list,
)
from exports.workbook_numbers import NAME as NUMBERS
from exports.workbook_numbers import NumbersSheets
from exports.workbook_quotes import NAME as QUOTES
from exports.workbook_quotes import Blocks, QuotesSheets, utc
from exports.workbook_sheet import Binder, Link, Place, Sheet
from exports.workbook_styles import set_default_face
from store.errors import UnknownName
from store.findings import Finding

MATRIX, MATRIX_ROWS, CODES = "Matrix", "Matrix rows", "Codes x cases"
BEFORE_TABLES = (COVER, theory.NAME, MATRIX, MATRIX_ROWS, CODES)
AFTER_TABLES = (QUOTES, NUMBERS, lists.CASES, lists.SOURCES, lists.GAPS)
SHEETS = (*BEFORE_TABLES, *(listed.title for listed in TABLES.values()), *AFTER_TABLES)
"""Every sheet by its English name, in the order of the workbook."""

REFERRED_TO = ("codebook", "configurations")
"""Tables that others have links to, and so are written first."""


class Built(NamedTuple):
    """``rows`` counts rows of evidence."""

    sheets: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...]


def build(material: Material, path: Path, template: Template) -> Built:
    """Write the workbook of a study to ``path``. Raises UnknownName: there is no such sheet or language."""
    say = Words(template.language or material.house.language)
    wanted = chosen_sheets(template.sheets, say)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cmo"
    set_default_face(workbook, template.look)
    try:
        built = _Builder(Binder(workbook, template.look, say, wanted), material, template.attribution).write()
        save(workbook, path, utc(material.info.changed_at))
    except BaseException:
        discard(workbook)
        raise
    return built


def chosen_sheets(asked: tuple[str, ...] | None, say: Words) -> frozenset[str] | None:
    """The English names of the sheets that are asked for by either name; None for all. The cover is always there.

    Raises:
        UnknownName: there is no such sheet.
    """
    if asked is None:
        return None
    names = {written.casefold(): name for name in SHEETS for written in (name, say(name))}
    for name in asked:
        if name.strip().casefold() not in names:
            raise UnknownName(f"There is no sheet '{name.strip()}'.", "Sheets are " + ", ".join(map(say, SHEETS)) + ".")
    return frozenset({COVER, *(names[name.strip().casefold()] for name in asked)})


class _Builder:
    """Makes the sheets in their order, and then fills them; the tables of reports are made when they are filled."""

    def __init__(self, binder: Binder, material: Material, attribution: str | None) -> None:
        self.binder, self.material, self.say = binder, material, binder.say
        self.ground = material.ground(binder.say, attribution)
        self.cover = cover_sheet(binder)
        self.theory = theory.theory_sheet(binder, material)
        self.matrix = sheet_for(binder, MATRIX, material.points_by_case)
        self.matrix_rows = list_sheet(binder, MATRIX_ROWS)
        self.codes = sheet_for(binder, CODES, material.codes_by_case)
        self.tables_at = len(binder.workbook.worksheets)
        self.quotes = QuotesSheets(binder, material, index=self.tables_at)
        self.cases = lists.list_sheet(binder, lists.CASES, lists.case_heads(material))
        self.sources = lists.list_sheet(binder, lists.SOURCES, lists.SOURCE_HEADS)
        self.gaps = lists.gaps_sheet(binder)
        self.tables: dict[str, Sheet] = {}
        self.contents: dict[str, Content] = {}
        self.numbers: NumbersSheets | None = None

    def write(self) -> Built:
        material, blocks, counted = self.material, self.quotes.blocks, self.material.points_by_case
        in_theory = theory.point_places(material)
        self.quotes.write(in_theory, lambda *number: count_place(MATRIX, counted, *number))
        sourceless = frozenset(case.name for case in material.cases if not case.sources)
        points = _points_spec(material, blocks, in_theory, self.say)
        in_matrix = write_counts(self.matrix, counted, points, sourceless)
        write_counts(self.codes, material.codes_by_case, _codes_spec(material, blocks, self.say), sourceless)
        write_list(self.matrix_rows, counted, blocks)
        theory.write_theory(self.theory, material, blocks, in_matrix)
        places = {("point", label): place for label, place in in_theory.items()}
        for kind, sheet, rows in (
            ("case", self.cases, lists.write_cases(self.cases, material)),
            ("source", self.sources, lists.write_sources(self.sources, material)),
        ):
            places |= {(kind, name): Place(sheet.name, row) for name, row in rows.items()}
        self._write_tables(places)
        found = {_as_finding(*about): Link(place) for about, place in places.items()}
        lists.write_gaps(self.gaps, material.gaps, self._replaced(), found)
        write_cover(self.cover, material, self._contents(), self._remarks())
        titles = tuple(sheet.title for sheet in self.binder.workbook.worksheets)
        return Built(titles, self.quotes.rows, tuple(self._replaced()))

    def _write_tables(self, places: dict[tuple[str, str], Place]) -> None:
        """The tables of reports, each made, written and let go, and the numbers they have."""
        before_lists = self.tables_at + sum(sheet.is_wanted for sheet in self.quotes.sheets)
        numbers = self.numbers = NumbersSheets(
            self.binder, self.ground, self.quotes.places, before_lists, self.quotes.rows
        )
        for name in sorted(TABLES, key=lambda name: name not in REFERRED_TO):
            english = TABLES[name].title
            if not self.binder.wants(english):
                continue
            table = report_table(self.ground, name)
            order = list(TABLES)
            index = self.tables_at + sum(order.index(other) < order.index(name) for other in self.tables)
            sheet = self.tables[name] = table_sheet(self.binder, english, table, index)
            home = Link(Place(COVER, 1), self.say("Back to the cover"))
            begun = write_table(sheet, table, home, numbers.link, places)
            if name in REFERRED_TO:
                places.update(begun)
            self.contents[name] = Content(english, table.notes[0], self.say("rows: {n}", n=len(table.rows)))

    def _sheets(self) -> list[Sheet]:
        fixed = [self.cover, self.theory, self.matrix, self.matrix_rows, self.codes, *self.tables.values()]
        numbers = self.numbers.sheets if self.numbers else []
        return [*fixed, *self.quotes.sheets, *numbers, self.cases, self.sources, self.gaps]

    def _replaced(self) -> list[Finding]:
        return [finding for sheet in self._sheets() for finding in sheet.findings]

    def _contents(self) -> list[Content]:
        material, say = self.material, self.say
        cells = f"{len(material.points_by_case.rows)} × {len(material.points_by_case.columns)}"
        listed = [
            Content(
                theory.NAME,
                say("The theory in full words and its evidence"),
                say("points: {n}", n=len(material.theory.points)),
            ),
            Content(
                MATRIX, say("Points × cases: how many excerpts for and against; each number opens its quotes"), cells
            ),
            Content(MATRIX_ROWS, say("The same numbers as a list, with rows and excerpts apart"), ""),
            Content(CODES, say("Every code × cases, theory and other codes"), say("codes: {n}", n=len(material.codes))),
            *(self.contents[name] for name in TABLES if name in self.contents),
            Content(
                QUOTES, say("Every quote, verbatim, with where it comes from"), say("rows: {n}", n=self.quotes.rows)
            ),
            *self._further(self.quotes.sheets),
            Content(NUMBERS, say("What each number of the tables counts, in words, and the way back to it"), ""),
            *self._further(self.numbers.sheets if self.numbers else []),
            Content(lists.CASES, say("Cases with their attributes"), say("cases: {n}", n=len(material.cases))),
            Content(
                lists.SOURCES,
                say("Interviews, focus groups, notes, documents"),
                say("sources: {n}", n=len(material.sources)),
            ),
            Content(lists.GAPS, say("What the audit found missing"), say("findings: {n}", n=len(material.gaps))),
        ]
        return [content for content in listed if self.binder.wants(content.sheet)]

    def _further(self, sheets: list[Sheet]) -> list[Content]:
        return [Content(sheet.name, self.say("The sheet before it goes on"), "") for sheet in sheets[1:]]

    def _remarks(self) -> list[str]:
        say = self.say
        remarks = [say("A quote too long for one cell goes on in the rows below it; the column Part says so.")]
        if len(self.quotes.sheets) > 1:
            last = self.quotes.sheets[-1].title
            remarks.append(say("One sheet holds 1,048,576 rows, so the quotes go on in {sheet}.", sheet=last))
        if self.quotes.links_only_first:
            remarks.append(say("One sheet holds 65,530 links, so in Quotes only the first row of a block has them."))
        skipped = [
            f"{sheet.title} ({self.say.number(sheet.links_skipped)})" for sheet in self._sheets() if sheet.links_skipped
        ]
        if skipped:
            told = ", ".join(skipped)
            remarks.append(say("Cells left without a link, because a sheet holds 65,530: {sheets}.", sheets=told))
        if self._replaced():
            remarks.append(say("Some characters cannot stand in a workbook and are shown as signs; Gaps lists where."))
        return remarks


def _as_finding(kind: str, name: str) -> str:
    """How a finding of the audit names a thing: ``point #7``, ``source 'x'``."""
    return f"{kind} {name}" if kind == "point" else f"{kind} '{name}'"


def _points_spec(material: Material, blocks: Blocks, in_theory: dict[str, Place], say: Words) -> CountsSheet:
    heads = [
        RowHead(p.label, p.label, in_short(p), Link(in_theory[p.label], say("In full words")))
        for p in material.theory.points
    ]
    if None in material.points_by_case.rows:
        heads.append(RowHead(None, say("(no point)"), say("Codings that are bound to no point")))
    return CountsSheet(
        heading=say("Points × cases"),
        notes=(
            say(
                "How many excerpts of each case speak for and against each point. Every number opens its quotes; "
                "empty means none; * means more rows than excerpts (see Cover)."
            ),
            _legend(material.points_by_case, say),
        ),
        label=say("Point"),
        caption=say("In short"),
        total=say("All points"),
        heads=heads,
        find=lambda key, case, stance, words: blocks.link(words, "cell", key, case, stance),
        find_row=lambda key, words: blocks.link(words, "point", key),
    )


def _codes_spec(material: Material, blocks: Blocks, say: Words) -> CountsSheet:
    heads = [RowHead(code.name, code.point or "", code.name) for code in material.codes]
    return CountsSheet(
        heading=say("Codes × cases"),
        notes=(
            say(
                "How many excerpts of each case have each code. A code counts what is coded with it, not with the "
                "codes below it. Every number opens its quotes."
            ),
            _legend(material.codes_by_case, say),
        ),
        label=say("Point"),
        caption=say("Code"),
        total=say("All codes"),
        heads=heads,
        find=lambda key, case, stance, words: blocks.link(words, "code", key, case, stance),
        find_row=lambda key, words: blocks.link(say("{what}; these are the first", what=words), "all of code", key),
    )


def _legend(table: Matrix, say: Words) -> str:
    signs = "   ".join(named(stance, say) for stance in stances_in_use(table) if stance in OF_POINTS)
    return "   ".join((signs, *outside_note(table.grand_total, say)))
