"""Tables from spreadsheets: values as typed, rows numbered as a person sees them, problems told by place."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadFile, BadTable
from transcripts.readers.tables import Table, TableProblems, TableRow, column, column_letter, read_table
from transcripts.text import normalise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def csv_table(folder: Path, content: str | bytes, name: str = "cases.csv") -> Table:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path)


def xlsx_table(folder: Path, *rows: list[object]) -> Table:
    return read_table(workbook_of(folder, *rows))


def workbook_of(folder: Path, *rows: list[object]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("First", 0)
    for row in rows:
        sheet.append(row)
    path = folder / "cases.xlsx"
    workbook.save(path)
    return path


def rewritten(path: Path, part: str, change: tuple[str, str]) -> Path:
    """The workbook with one part's XML changed by hand."""
    source = zipfile.ZipFile(BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, content.replace(*change) if name == part else content)
    return path


# -- delimited text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "Case,Size\nSkovly,12\nEngbo,7\n",
        "Case;Size\r\nSkovly;12\r\nEngbo;7\r\n",
        "Case\tSize\rSkovly\t12\rEngbo\t7",
        "\ufeffCase;Size\nSkovly;12\nEngbo;7",
        " Case ; Size \n Skovly ;\u00a012\nEngbo;7 ;;\n",
        "sep=|\nCase|Size\nSkovly|12\nEngbo|7\n",
    ],
)
def test_delimiters_line_ends_and_outer_space_do_not_matter(folder: Path, content: str) -> None:
    table = csv_table(folder, content)
    assert table.columns == ("Case", "Size")
    assert table.rows == (TableRow(2, ("Skovly", "12")), TableRow(3, ("Engbo", "7")))


def test_rows_are_numbered_as_rows_and_not_as_lines(folder: Path) -> None:
    table = csv_table(folder, 'Case;Note\nSkovly;"to\r\nlinjer"\n;\n\nEngbo;"et "" tegn; og et"\n')
    assert table.rows == (TableRow(2, ("Skovly", "to\nlinjer")), TableRow(5, ("Engbo", 'et " tegn; og et')))


def test_headings_may_stand_below_empty_rows(folder: Path) -> None:
    assert csv_table(folder, "\n;;\nCase;Size\nSkovly;12\n").rows == (TableRow(4, ("Skovly", "12")),)


def test_a_short_row_is_filled_up(folder: Path) -> None:
    assert csv_table(folder, "Case;Size;Note\nSkovly\n").rows == (TableRow(2, ("Skovly", "", "")),)


def test_commas_in_text_do_not_make_columns(folder: Path) -> None:
    table = csv_table(folder, "Point;Context\n#1;Travlhed, støj og kulde\n#2;Ro, og tid, og lys\n")
    assert table.rows[0].values == ("#1", "Travlhed, støj og kulde")


def test_a_table_of_one_column_is_a_table(folder: Path) -> None:
    assert csv_table(folder, "Case\nSkovly, afdeling B\nEngbo\n").rows[0].values == ("Skovly, afdeling B",)


def test_a_guessed_encoding_is_told(folder: Path) -> None:
    table = csv_table(folder, "Case;Størrelse\nÅlykke;12\n".encode("cp1252"))
    assert (table.columns[1], table.rows[0].values[0]) == ("Størrelse", "Ålykke")
    assert [finding.code for finding in table.findings] == ["encoding-guessed"]


def test_values_are_normalised(folder: Path) -> None:
    assert csv_table(folder, "Case;Size\nA\u030alykke;12\n").rows[0].values[0] == "Ålykke"


def test_a_value_under_no_heading_is_told_by_its_place(folder: Path) -> None:
    with pytest.raises(BadTable) as caught:
        csv_table(folder, "Case;Size;\nSkovly;12;\nEngbo;7;mangler\nBy;1;;for langt\n")
    assert [problem.split(";")[0] for problem in caught.value.problems] == [
        'row 3, column C: "mangler" stands under no heading',
        'row 4, column D: "for langt" stands under no heading',
    ]


def test_a_heading_that_stands_twice_is_told(folder: Path) -> None:
    with pytest.raises(BadTable, match='row 1, column C: the heading "CASE" stands twice'):
        csv_table(folder, "Case;Size;CASE\nSkovly;12;x\n")


@pytest.mark.parametrize("content", ["", "\n;;\n", "   "])
def test_an_empty_table_is_refused(folder: Path, content: str) -> None:
    with pytest.raises(BadTable, match="empty"):
        csv_table(folder, content)


def test_a_quotation_mark_that_does_not_close_is_told_with_its_row(folder: Path) -> None:
    with pytest.raises(BadTable, match="row 3, line 5: a quotation mark"):
        csv_table(folder, 'Case;Note\nSkovly;"fin"\nEngbo;"glemt\nBy;x\nLy;y\n')


def test_text_after_a_closing_quotation_mark_is_told_and_not_swallowed(folder: Path) -> None:
    with pytest.raises(BadTable, match="row 2"):
        csv_table(folder, 'Case;Note\nSkovly;"Ja" sagde hun\n')


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cases.csv", b"PK\x03\x04rest", "zip archive"),
        ("cases.csv", b"Case\x00;Size", "not text"),
        ("cases.xlsx", b"Case;Size", "something else"),
        ("cases.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("cases.xlsx", b"PK\x03\x04 cut off", "cut off"),
        ("cases.ods", b"PK\x03\x04", "must end in .csv, .tsv, .xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_refused(folder: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        csv_table(folder, content, name)


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        read_table(folder / "nowhere.csv")


def test_a_folder_named_as_a_table_is_told(folder: Path) -> None:
    (folder / "cases.csv").mkdir()
    with pytest.raises(BadFile, match="cannot be opened"):
        read_table(folder / "cases.csv")


def test_a_table_beyond_the_limit_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.readers.tables.MAX_TABLE_BYTES", 10)
    with pytest.raises(BadFile, match="limit"):
        csv_table(folder, "Case;Size\nSkovly;12\n")


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).map(
    lambda text: f"x{text}".replace('"', "'").replace(";", "").strip()
)


@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_as_csv_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    lines = [";".join(f'"{cell}"' for cell in row) for row in [["a", "b", "c"], *rows]]
    table = csv_table(tmp_path_factory.mktemp("csv"), "\n".join(lines))
    assert [list(row.values) for row in table.rows] == [[normalise(cell).strip() for cell in row] for row in rows]


# -- workbooks ------------------------------------------------------------------------------------------


def test_cells_are_read_as_a_person_reads_them(folder: Path) -> None:
    table = xlsx_table(
        folder,
        ["Case", "Size", "Share", "Sum", "Started", "At", "Seen", "Shifts", "Empty", "Big"],
        [" Skovly\u00a0", 12.0, 0.25, 0.1 + 0.2, date(2025, 1, 20), datetime(2025, 1, 20, 7, 30), time(7, 30), True,
         None, 12345678901],
    )  # fmt: skip
    assert table.rows[0].values == (
        "Skovly", "12", "0.25", "0.3", "2025-01-20", "2025-01-20T07:30:00", "07:30:00", "yes", "", "12345678901",
    )  # fmt: skip


def test_rows_of_a_workbook_keep_their_numbers(folder: Path) -> None:
    table = xlsx_table(folder, ["Case"], ["Skovly"], [None], ["Engbo"])
    assert [row.number for row in table.rows] == [2, 4]


def test_the_sheet_with_data_is_read_and_others_are_told(folder: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Cases").append(["Case"])
    workbook["Cases"].append(["Skovly"])
    workbook.create_sheet("Old").append(["Case"])
    workbook.create_sheet("Secret").append(["Case"])
    workbook["Secret"].sheet_state = "hidden"
    workbook.save(folder / "cases.xlsx")
    table = read_table(folder / "cases.xlsx")
    assert table.rows == (TableRow(2, ("Skovly",)),)
    assert [(f.code, f.where, f.message) for f in table.findings] == [
        ("other-sheets", "cases.xlsx", "only the sheet 'Cases' was read, not 'Old'.")
    ]


def test_an_error_in_a_cell_is_told_by_its_place(folder: Path) -> None:
    with pytest.raises(BadTable, match='row 2, column B: found the error "#REF!"'):
        xlsx_table(folder, ["Case", "Size"], ["Skovly", "#REF!"])


def test_a_formula_that_was_never_calculated_is_not_read_as_empty(folder: Path) -> None:
    with pytest.raises(BadFile, match="never calculated"):
        xlsx_table(folder, ["Case", "Size"], ["Skovly", "=6*2"])


def test_the_result_of_a_formula_is_its_value(folder: Path) -> None:
    path = workbook_of(folder, ["Case", "Size"], ["Skovly", "=6*2"])
    path = rewritten(path, "xl/worksheets/sheet1.xml", ("<v />", "<v>12</v>"))
    path = rewritten(path, "xl/worksheets/sheet1.xml", ("<v></v>", "<v>12</v>"))
    assert read_table(path).rows[0].values == ("Skovly", "12")


def test_a_workbook_without_data_is_refused(folder: Path) -> None:
    with pytest.raises(BadTable, match="empty"):
        xlsx_table(folder)


def test_a_damaged_workbook_is_refused(folder: Path) -> None:
    path = rewritten(workbook_of(folder, ["Case"], ["Skovly"]), "xl/worksheets/sheet1.xml", ("</row>", "</rov>"))
    with pytest.raises(BadFile, match="cannot be read as an Excel workbook"):
        read_table(path)


def test_a_workbook_with_a_document_type_is_refused(folder: Path) -> None:
    bomb = ("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    path = rewritten(workbook_of(folder, ["Case"], ["Skovly"]), "xl/worksheets/sheet1.xml", bomb)
    with pytest.raises(BadFile, match="document type"):
        read_table(path)


@pytest.mark.parametrize("place", ["A99999999999", "ABCDEFG2", "&#65;BCDEFG2"])
def test_a_cell_beyond_the_edge_of_every_sheet_is_refused(folder: Path, place: str) -> None:
    path = rewritten(workbook_of(folder, ["Case"], ["Skovly"]), "xl/worksheets/sheet1.xml", ('r="A2"', f'r="{place}"'))
    with pytest.raises(BadFile, match="cells where Excel has none"):
        read_table(path)


@pytest.mark.parametrize(
    ("limit", "number", "words"),
    [
        ("MAX_ROWS", 1, "more than 1 rows"),
        ("MAX_COLUMNS", 1, "more than 1 columns"),
        ("MAX_CELLS", 3, "more than 3 cells"),
    ],
)
def test_a_table_beyond_the_limits_is_refused_by_what_it_has_too_much_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, number: int, words: str
) -> None:
    monkeypatch.setattr(f"transcripts.readers.raw_table.{limit}", number)
    with pytest.raises(BadFile, match=f"the sheet 'First' has {words}"):
        xlsx_table(folder, ["Case", "Size"], ["Skovly", 12])
    with pytest.raises(BadFile, match=f"the table has {words}"):
        csv_table(folder, "Case;Size\nSkovly;12\n")


def test_a_line_of_nothing_but_delimiters_is_refused_before_it_is_made_a_row(folder: Path) -> None:
    path = folder / "wide.csv"
    path.write_text("Case;Size\n" + ";" * 3_000_000, encoding="utf-8")
    with pytest.raises(BadFile, match="more than 16,384 columns"):
        read_table(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(folder: Path) -> None:
    padded = ("</row>", "</row>" + " " * 3_000_000)
    path = rewritten(workbook_of(folder, ["Case"], ["Skovly"]), "xl/worksheets/sheet1.xml", padded)
    with pytest.raises(BadFile, match="unpacks to more"):
        read_table(path)


# -- columns and problems -------------------------------------------------------------------------------


def test_columns_are_found_whatever_their_case_spaces_and_signs() -> None:
    table = Table(Path("t.csv"), ("PT-punkt #", "Kontekst", "#", "source name"), ())
    assert column(table, "number", "PT punkt") == 0
    assert column(table, "KONTEKST ") == 1
    assert column(table, "#") == 2
    assert column(table, "Source_Name") == 3
    assert column(table, "outcome") is None


def test_the_first_name_that_the_table_has_wins() -> None:
    table = Table(Path("t.csv"), ("name", "case"), ())
    assert column(table, "case", "name") == 1


def test_problems_are_collected_and_raised_together() -> None:
    problems = TableProblems(Path("cases.csv"), "Mend them.")
    problems.raise_if_any()
    problems.add(4, "Case", "Cse 1", "a case of this study: Case 1, Case 2")
    problems.add(7, "Kind", "", "one of interview, focus group")
    with pytest.raises(BadTable) as caught:
        problems.raise_if_any()
    assert caught.value.problems == [
        'row 4, column "Case": found "Cse 1"; expected a case of this study: Case 1, Case 2',
        'row 7, column "Kind": found nothing; expected one of interview, focus group',
    ]
    assert caught.value.hint == "Mend them."


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letter(index) == letters


def test_the_reference_tables_are_read(reference: Path) -> None:
    theory = read_table(reference / "spredning" / "programme_theory.csv")
    (fourteen,) = (row for row in theory.rows if row.values[0] == "#14")
    assert (len(theory.rows), fourteen.values[column(theory, "kontekst") or 0]) == (16, "")
    assert len(read_table(reference / "spredning" / "cases.csv").rows) == 13


@pytest.mark.parametrize(
    "titles", [[["Theory of the bus, draft 3"]], [["Theory"], [None, "made in March"], [None]]], ids=["one", "two"]
)
def test_headings_may_stand_below_lines_of_a_title_which_are_told(folder: Path, titles: list[list[object]]) -> None:
    table = xlsx_table(folder, *titles, ["Case", "Size"], ["Skovly", 12], ["Engbo", 8], ["A note below"])
    assert table.columns == ("Case", "Size")
    assert [row.values for row in table.rows] == [("Skovly", "12"), ("Engbo", "8"), ("A note below", "")]
    assert {finding.code for finding in table.findings} == {"title-row"}
    assert "Theory" in table.findings[0].message


@pytest.mark.parametrize(
    "rows", [[["Skovly", "by the wood"], ["Engbo"]], [["Skovly", 12], ["Engbo", 8]], [["Skovly", "by the wood"]]]
)
def test_a_heading_is_no_title_where_the_rows_below_are_no_table(folder: Path, rows: list[list[object]]) -> None:
    with pytest.raises(BadTable, match=r"row 2, column B: .* stands under no heading"):
        xlsx_table(folder, ["Case"], *rows)


def test_what_a_heading_says_in_brackets_counts_only_where_a_name_has_it() -> None:
    table = Table(Path("t.csv"), ("Context (where?)", "Mechanism (resource)", "Mechanism"), ())
    assert column(table, "context") == 0
    assert column(table, "context", in_full=True) is None
    assert column(table, "mechanism resource") == 1
    assert column(table, "mechanism") == 2
