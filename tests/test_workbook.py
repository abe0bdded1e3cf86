"""The workbook: every number can be counted again, every link lands on what was counted, every quote is verbatim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from report_samples import report_study as made_report_study
from workbook_samples import Book, evidence_study, plain, span

import cmo
from cmo.report import TABLES
from cmo.report.table import ReportTable
from cmo.study import Study
from exports import workbook_numbers
from exports.workbook import WorkbookReport, write_workbook
from store.errors import NothingToRedo, NothingToUndo

SHEETS = (
    *("Cover", "Theory", "Matrix", "Matrix rows", "Codes x cases"),
    *(listed.title for listed in TABLES.values()),
    *("Quotes", "Numbers", "Cases", "Sources", "Gaps"),
)
STANCES = {
    "+": "supports",
    "−": "refutes",
    "~": "refines",
    "»": "extends",
    "≠": "rival",
    "○": "not judged",
    "": "outside the theory",
    "!": "stale",
}
HEAD_ROW = 5
MEASURES = {"Excerpts": "Excerpt", "Sources": "Source", "Participants": "Participant", "Cases": "Case"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with evidence_study(tmp_path_factory.mktemp("study")) as made:
        yield made


@pytest.fixture(scope="module")
def report(study: Study) -> WorkbookReport:
    return write_workbook(study, study.path.with_suffix(".xlsx"))


@pytest.fixture(scope="module")
def book(report: WorkbookReport) -> Book:
    return Book(report.path)


@pytest.fixture(scope="module")
def report_study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """An analysis carried through: theory states, decisions, configurations, summaries, ladders."""
    with made_report_study(tmp_path_factory.mktemp("report")) as made:
        yield made


@pytest.fixture(scope="module", params=["report", "demo", "analysed"])
def any_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Book]:
    """Three studies, each with its workbook."""
    if request.param == "report":
        study = request.getfixturevalue("report_study")
    else:
        study = cmo.open_study(request.getfixturevalue(f"{request.param}_file"))
    return study, Book(write_workbook(study, tmp_path_factory.mktemp("book") / "out.xlsx").path)


# -- counting again -----------------------------------------------------------------------------------------


class Counted:
    """A sheet of counts, read back: every number with what it says it counts."""

    def __init__(self, book: Book, sheet: str, label: int) -> None:
        rows = list(book.book[sheet].iter_rows(min_row=HEAD_ROW))
        cases, glyphs = self._cases([cell.value for cell in rows[0]]), [cell.value for cell in rows[1]]
        self.cells: list[tuple[str, str, str, Any]] = []
        self.totals: list[tuple[str, str, str, Any]] = []
        for row in rows[2:]:
            name = row[label].value or row[0].value
            into = self.totals if str(row[0].value).startswith("All ") else self.cells
            for cell, case, glyph in list(zip(row, cases, glyphs, strict=True))[2:]:
                into.append((str(name), case, str(glyph), cell))

    @staticmethod
    def _cases(heads: list[Any]) -> list[str]:
        """The case over each column; a merged heading has its words in its first cell only."""
        found, case = [], ""
        for head in heads:
            case = str(head).removesuffix("\n(no source)") if head is not None else case
            found.append(case)
        return found


def wanted(rows: list[dict[str, Any]], column: str, name: str, case: str, heading: str) -> list[dict[str, Any]]:
    """What a colleague has left after filtering the quotes."""
    return [
        row
        for row in rows
        if row["Coding"] is not None
        and (name.startswith("All ") or row[column] == name)
        and (case == "All cases" or row["Case"] == case)
        and (heading in MEASURES or row["Stance"] == STANCES[heading])
    ]


def distinct(rows: list[dict[str, Any]], heading: str) -> int:
    values = {row[MEASURES.get(heading, "Excerpt")] for row in rows}
    return len(values - {None, "(no case)"})


@pytest.mark.parametrize(("sheet", "label", "column"), [("Matrix", 0, "Point"), ("Codes x cases", 1, "Code")])
def test_every_number_of_the_matrices_is_counted_again_from_the_quotes(
    any_book: tuple[Study, Book], sheet: str, label: int, column: str
) -> None:
    _, book = any_book
    quotes, counted = book.quotes(), Counted(book, sheet, label)
    assert len(counted.cells) > 100
    for name, case, heading, cell in counted.cells + counted.totals:
        assert cell.value == distinct(wanted(quotes, column, name, case, heading), heading), (name, case, heading)


def test_the_column_counts_adds_up_to_each_number_of_the_matrix(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    quotes = book.quotes()
    for name, case, heading, cell in Counted(book, "Matrix", 0).cells:
        if case != "All cases":
            assert cell.value == sum(row["Counts"] for row in wanted(quotes, "Point", name, case, heading))


def test_every_line_of_the_matrix_rows_is_counted_again_from_the_quotes(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    quotes = book.quotes()
    for line in book.table("Matrix rows"):
        rows = [
            row
            for row in quotes
            if line["Point"] in (row["Point"], "(all points)")
            and line["Case"] in (row["Case"], "(all cases)")
            and line["Stance"] in (row["Stance"], "(all stances)")
        ]
        assert line["Rows"] == len(rows)
        for heading in MEASURES:
            assert line[heading] == distinct(rows, heading), line


def test_the_theory_counts_what_the_quotes_hold(any_book: tuple[Study, Book]) -> None:
    study, book = any_book
    quotes = book.quotes()
    lines = book.table("Theory", 3)[: len(study.theory().points)]
    for line in lines:
        rows = [row for row in quotes if row["Point"] == line["Point"]]
        assert [line[name] for name in ("Excerpts", "Sources", "Cases")] == [
            distinct(rows, name) for name in ("Excerpts", "Sources", "Cases")
        ]
        for stance in STANCES.values():
            if stance.capitalize() in line:
                held = [row for row in rows if row["Stance"] == stance]
                assert line[stance.capitalize()] == distinct(held, "Excerpts")


def test_every_quote_is_its_slice_of_the_source(any_book: tuple[Study, Book]) -> None:
    study, book = any_book
    texts = {source.name: study.transcript(source.id).text for source in study.sources()}
    quotes = book.quotes()
    assert len(quotes) == study.matrix().grand_total.total.rows > 9
    for row in quotes:
        assert row["Quote"] == texts[row["Source"]][row["Start"] : row["End"]]


def test_an_excerpt_with_two_rows_in_a_cell_counts_once_and_has_a_star(book: Book) -> None:
    cells = {(name, case, glyph): cell for name, case, glyph, cell in Counted(book, "Matrix", 0).cells}
    starred = cells["#1", "Solbakken", "+"]
    rows = wanted(book.quotes(), "Point", "#1", "Solbakken", "+")
    assert (starred.value, starred.number_format) == (2, '0"*"')
    assert [row["Counts"] for row in rows].count(1) == 2 < len(rows)


def test_a_source_of_two_cases_counts_in_both_and_once_in_all(book: Book) -> None:
    lines = {(line["Point"], line["Case"], line["Stance"]): line for line in book.table("Matrix rows")}
    for case in ("Solbakken", "B4", "(all cases)"):
        assert lines["#3", case, "extends"]["Excerpts"] == 1
    assert lines["#3", "(all cases)", "extends"]["Rows"] == 2


def test_a_judgement_of_an_older_wording_is_stale_and_says_what_it_was(book: Book) -> None:
    [row] = [row for row in book.quotes() if row["Point"] == "#2"]
    assert (row["Stance"], row["Judged before"]) == ("stale", "refines")


def test_two_judges_of_one_coding_are_two_rows(book: Book) -> None:
    judged = [(row["Coding"], row["Judge"]) for row in book.quotes() if row["Judge"] == "CD"]
    assert judged
    assert {row["Judge"] for row in book.quotes() if row["Coding"] == judged[0][0]} == {"AB", "CD"}


# -- links --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "label", "column"), [("Matrix", 0, "Point"), ("Codes x cases", 1, "Code")])
def test_each_number_under_a_case_opens_exactly_its_quotes(
    any_book: tuple[Study, Book], sheet: str, label: int, column: str
) -> None:
    _, book = any_book
    quotes, links = book.quotes(), book.links(sheet)
    for name, case, heading, cell in Counted(book, sheet, label).cells:
        if case == "All cases":
            continue
        rows = wanted(quotes, column, name, case, heading)
        assert (cell.coordinate in links) == bool(rows)
        if rows:
            sheet_name, first, last = links[cell.coordinate]
            assert [row["_row"] for row in rows] == list(range(first, last + 1))
            assert {row["_sheet"] for row in rows} == {sheet_name}


def test_the_excerpts_of_a_point_open_all_its_quotes(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    quotes, links = book.quotes(), book.links("Matrix")
    opened = 0
    for name, case, heading, cell in Counted(book, "Matrix", 0).cells:
        if case == "All cases" and heading == "Excerpts" and cell.value:
            rows = [row["_row"] for row in quotes if row["Point"] == name]
            assert list(range(links[cell.coordinate][1], links[cell.coordinate][2] + 1)) == rows
            opened += 1
    assert opened


def test_counts_in_the_theory_open_quotes_of_that_point_and_stance(book: Book) -> None:
    quotes, links = {row["_row"]: row for row in book.quotes()}, book.links("Theory")
    heads = [cell.value for cell in book.book["Theory"][3]]
    opened = 0
    for coordinate, (sheet, first, last) in links.items():
        cell = book.book["Theory"][coordinate]
        head, point = heads[cell.column - 1], book.book["Theory"].cell(cell.row, 1).value
        if sheet == "Quotes" and head != "Excerpts":
            for row in range(first, last + 1):
                assert (quotes[row]["Point"], quotes[row]["Stance"].capitalize()) == (point, head)
            opened += 1
    assert opened >= 5


def test_links_between_the_sheets_land_on_the_row_of_the_same_name(book: Book) -> None:
    def first(sheet: str, row: int, column: int = 1) -> object:
        return book.book[sheet].cell(row, column).value

    checked = 0
    for sheet, key in (("Theory", 1), ("Matrix", 1), ("Quotes", 1)):
        for coordinate, (target, row, _) in book.links(sheet).items():
            cell = book.book[sheet][coordinate]
            if row == 1 or target == "Quotes":
                continue
            column = 2 if target == "Codes x cases" else 1
            assert first(target, row, column) == first(sheet, cell.row, key)
            checked += 1
    for coordinate, (target, row, _) in book.links("Gaps").items():
        assert str(first(target, row)) in str(book.book["Gaps"][coordinate].value)
        checked += 1
    assert checked > 20


def test_the_cover_leads_to_every_sheet(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    assert [target for target, *_ in book.links("Cover").values()] == [*book.names[1:]]


def test_the_heading_of_each_list_leads_back(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    for sheet in ("Quotes", "Matrix rows"):
        assert book.links(sheet)["A1"] == ("Matrix", 1, 1)
    for sheet in ("Numbers", "Cases", "Sources"):
        assert book.links(sheet)["A1"] == ("Cover", 1, 1)


# -- the tables of reports, and what their numbers count ----------------------------------------------------


class TableSheet:
    """The sheet of a table, read back: every entry with its cell, and where its link is: there or just beside it."""

    def __init__(self, book: Book, table: ReportTable) -> None:
        self.title = table.title
        self.table = table
        self.first = len(table.notes) + 3
        heads = [cell.value for cell in book.book[self.title][self.first - 1]]
        columns = [at for at, head in enumerate(heads, start=1) if head != "→"]
        self.heads = [heads[at - 1] for at in columns]
        self.cells = []
        for row, entries in enumerate(table.rows, start=self.first):
            cells = book.book[self.title][row]
            for at, column, entry in zip(columns, table.columns, entries, strict=False):
                opener = cells[at] if heads[at : at + 1] == ["→"] else cells[at - 1]
                self.cells.append((column, entry, cells[at - 1], opener))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_report_stands_in_its_sheet_as_it_is(any_book: tuple[Study, Book], name: str) -> None:
    study, book = any_book
    sheet = TableSheet(book, study.report_table(name))
    assert sheet.heads == [column.head for column in sheet.table.columns]
    for column, entry, cell, _ in sheet.cells:
        assert plain(cell.value) == entry.value, (column.head, cell.coordinate)


def test_words_of_more_than_a_line_bear_no_link_because_libreoffice_would_not_wrap_them(
    any_book: tuple[Study, Book],
) -> None:
    _, book = any_book
    for name in (listed.title for listed in TABLES.values()):
        for place in book.links(name):
            cell = book.book[name][place]
            assert "\n" not in str(cell.value)
            assert len(str(cell.value)) < book.book[name].column_dimensions[cell.column_letter].width, (name, place)


def test_every_number_of_every_table_leads_to_its_quotes_and_back(any_book: tuple[Study, Book]) -> None:
    """Two clicks there, by way of the sheet Numbers, which tells the words after the first; one click back."""
    study, book = any_book
    quotes, numbers = {(q["_sheet"], q["_row"]): q for q in book.quotes()}, book.links("Numbers")
    followed = 0
    for name in TABLES:
        sheet = TableSheet(book, study.report_table(name))
        links = book.links(sheet.title)
        for column, entry, cell, opener in sheet.cells:
            if column.kind not in ("count", "quote", "words") or not entry.codings or not entry.value:
                continue
            target, first, last = links[opener.coordinate]
            assert target == "Numbers"
            back_to, row, _ = numbers[f"A{first}"]
            assert (back_to, row) == (sheet.title, cell.row)
            found = []
            for line in range(first + 1, last + 1):
                place, begin, end = numbers[f"D{line}"]
                found += [quotes[place, at] for at in range(begin, end + 1)]
                assert book.book["Numbers"].cell(line, 2).value == book.book[place].cell(begin, 5).value
            assert {quote["Coding"] for quote in found} == set(entry.codings)
            if column.kind == "count" and isinstance(entry.value, int):
                unit = UNITS.get(column.head)
                assert unit is None or entry.value == distinct_rows(quotes.values(), entry.codings, unit)
            followed += 1
    assert followed > 100


UNITS = {
    "Codings": "Coding",
    "Excerpts": "Excerpt",
    "Sources": "Source",
    "Participants": "Participant",
    "Cases": "Case",
}


def distinct_rows(quotes: Iterable[dict[str, Any]], codings: tuple[int, ...], unit: str) -> int:
    """How many different things of a column stand in the rows of these codings in Quotes."""
    values = {row[unit] for row in quotes if row["Coding"] in codings}
    return len(values - {None, "(no case)"})


def test_a_quote_leads_back_to_the_number_that_counts_it(any_book: tuple[Study, Book]) -> None:
    _, book = any_book
    numbers = {cell.coordinate: (name, case, glyph) for name, case, glyph, cell in Counted(book, "Matrix", 0).cells}
    stance_column = [cell.value for cell in book.book["Quotes"][1]].index("Stance") + 1
    for quote in book.quotes():
        cell = book.book["Quotes"].cell(quote["_row"], stance_column)
        sheet, place = cell.hyperlink.location.rsplit("!", 1)
        assert sheet == "'Matrix'"
        assert numbers[place] == (quote["Point"], quote["Case"], GLYPH_OF[quote["Stance"]])


GLYPH_OF = {words: glyph for glyph, words in STANCES.items()}


def test_a_large_number_tells_the_stretches_of_quotes_where_its_rows_stand(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_numbers, "LISTED", 1)
    monkeypatch.setattr(workbook_numbers, "MOST_STRETCHES", 1)
    book = Book(write_workbook(study, tmp_path / "stretches.xlsx").path)
    texts = [str(row["In Quotes"]) for row in book.table("Numbers") if row["In Quotes"]]
    assert any("–" in text for text in texts)
    more = [row["Quote"] for row in book.table("Numbers") if str(row["Quote"]).startswith("… and")]
    assert more


# -- what is there ------------------------------------------------------------------------------------------


def test_the_sheets_stand_in_their_order(report: WorkbookReport, book: Book) -> None:
    assert report.sheets == SHEETS == tuple(book.names)
    assert report.rows == len(book.quotes())
    assert all(len(name) <= 31 for name in book.names)


def test_every_point_and_every_case_is_in_the_matrix_also_without_evidence(study: Study, book: Book) -> None:
    counted = Counted(book, "Matrix", 0)
    labels = [point.label for point in study.theory().points]
    assert list(dict.fromkeys(name for name, *_ in counted.cells)) == [*labels, "(no point)"]
    names = [case.name for case in study.cases()]
    assert list(dict.fromkeys(case for _, case, *_ in counted.cells)) == [*names, "(no case)", "All cases"]
    assert {cell.value for name, _, _, cell in counted.cells if name == "H"} == {0}


def test_a_case_without_a_source_is_marked(book: Book) -> None:
    heads = [cell.value for cell in book.book["Matrix"][HEAD_ROW]]
    assert "Tom sag\n(no source)" in heads
    [line] = [line for line in book.table("Cases") if line["Case"] == "Tom sag"]
    assert line["Names of the sources"] == "no source"


def test_there_are_columns_for_and_against_before_anybody_has_judged(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "new.cmo", coder="AB") as study:
        (tmp_path / "theory.csv").write_text("number,context,mechanism\n1,c,m\n")
        study.import_theory(tmp_path / "theory.csv")
        book = Book(write_workbook(study, tmp_path / "new.xlsx").path)
    assert [cell.value for cell in book.book["Matrix"][HEAD_ROW + 1]][2:4] == ["+", "−"]


def test_an_empty_study_gives_a_workbook(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "empty.cmo", coder="AB") as study:
        report = write_workbook(study, tmp_path / "empty.xlsx")
    book = Book(report.path)
    assert report.rows == 0
    assert tuple(book.names) == SHEETS
    assert book.quotes() == []


def test_attributes_are_columns_and_numbers_are_numbers(book: Book) -> None:
    row = next(row for row in book.quotes() if row["Case"] == "Solbakken")
    assert (row["Sektor"], row["Ansatte"], row["role"]) == ("Offentlig", 85, "=1+1")


def test_a_number_attribute_sorts_as_a_number(any_book: tuple[Study, Book]) -> None:
    study, book = any_book
    kinds = {attribute.name: attribute.kind for attribute in study.attributes()}
    for case, line in zip(study.cases(), book.table("Cases"), strict=True):
        for name, value in case.attributes.items():
            is_number = kinds[name] == "number" and value.isdigit()
            assert line[name] == (int(value) if is_number else value)


def test_the_sheets_are_set_up_for_reading_and_printing(book: Book) -> None:
    sheets = {name: book.book[name] for name in book.names}
    assert (sheets["Quotes"].freeze_panes, sheets["Matrix"].freeze_panes) == ("E2", "C7")
    assert sheets["Quotes"].auto_filter.ref.startswith("A1:")
    assert sheets["Matrix"].page_setup.orientation == "landscape"
    assert sheets["Matrix"].print_title_rows == "$5:$6"
    assert all(sheet.page_setup.fitToWidth == 1 and sheet.page_setup.fitToHeight == 0 for sheet in sheets.values())
    assert sheets["Quotes"].column_dimensions["E"].width == 80
    assert sheets["Quotes"]["E2"].alignment.wrap_text
    assert sheets["Quotes"]["E2"].style == "cmo text"


def test_a_long_quote_gets_a_row_as_tall_as_its_text(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "long.cmo", coder="AB") as study:
        (tmp_path / "a.txt").write_text("Det var sådan en dag igen. " * 40)
        study.import_files([tmp_path / "a.txt"])
        study.new_code("Hverdag")
        study.code("a", 0, 1000, "Hverdag")
        book = Book(write_workbook(study, tmp_path / "long.xlsx").path)
    lines = 1000 / 88
    assert 12 * lines < book.book["Quotes"].row_dimensions[2].height < 20 * lines


# -- the same bytes -----------------------------------------------------------------------------------------


def test_exporting_twice_gives_the_same_bytes(study: Study, report: WorkbookReport, tmp_path: Path) -> None:
    again = write_workbook(study, tmp_path / "elsewhere.xlsx")
    assert again.path.read_bytes() == report.path.read_bytes()


def test_nothing_in_the_file_bears_another_time_than_the_newest_act(study: Study, report: WorkbookReport) -> None:
    changed = study.info().changed_at
    with ZipFile(report.path) as archive:
        dates = {f"{m.date_time[0]:04}-{m.date_time[1]:02}-{m.date_time[2]:02}" for m in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()
    assert dates == {changed[:10]}
    assert core.count(f"{changed[:19]}Z") == 2


def test_undoing_everything_and_redoing_it_gives_the_same_bytes(tmp_path: Path) -> None:
    with evidence_study(tmp_path) as study:
        before = write_workbook(study, tmp_path / "before.xlsx").path.read_bytes()
        assert repeat(study.undo, NothingToUndo) == repeat(study.redo, NothingToRedo) > 10
        after = write_workbook(study, tmp_path / "after.xlsx").path.read_bytes()
    assert before == after


def repeat(act: Callable[[], object], end: type[Exception]) -> int:
    count = 0
    while True:
        try:
            act()
        except end:
            return count
        count += 1


def test_coding_that_goes_on_meanwhile_does_not_mix_into_the_workbook(tmp_path: Path) -> None:
    from exports.evidence_rows import material

    with evidence_study(tmp_path) as study, material(study) as found:
        before = [quote.coding_id for quote in found.quotes()]
        with cmo.open_study(study.path, coder="CD") as other:
            other.code("leder", *span(other, "leder", "alle"), "Humour")
        assert [quote.coding_id for quote in found.quotes()] == before
        assert found.points_by_case.grand_total.total.rows == len(before)


def test_the_formulas_of_the_docs_name_the_columns_they_mean(book: Book) -> None:
    page = (Path(__file__).parent.parent / "docs" / "workbook.md").read_text(encoding="utf-8")
    quotes, rows = book.book["Quotes"], book.book["Matrix rows"]
    for pair in re.findall(r"Quotes!([A-Z]):[A-Z],([A-Z])2", page):
        assert quotes[f"{pair[0]}1"].value == rows[f"{pair[1]}1"].value
    assert quotes[re.search(r'Quotes!([A-Z]+):\1,">0"', page)[1] + "1"].value == "Coding"  # type: ignore[index]
    assert quotes[re.search(r"SUMIFS\(Quotes!([A-Z]+):", page)[1] + "1"].value == "Counts"  # type: ignore[index]
