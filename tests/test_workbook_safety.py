"""The workbook keeps every quote whole, runs nothing that people said, and replaces a file whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest
from workbook_samples import Book, evidence_study, span

import cmo
from cmo.study import Study
from exports import evidence_rows, workbook_build, workbook_quotes, workbook_sheet
from exports.excel_text import CELL_LIMIT, utf16_length
from exports.replacing import replacing
from exports.workbook import write_workbook
from store.errors import BadFile, CmoError, DamagedStudy, StudyFull

FORMULAS = ("=1+1", "+45 20", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0")
LOOKALIKES = ("#N/A", "TRUE", "1e5", "2026-01-01", "0012", "_x000D_", " ", "Æ ø å 😀", "a\r\nb", "<b>&amp;</b>")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with evidence_study(tmp_path) as made:
        yield made


def with_memos(study: Study, memos: tuple[str, ...]) -> list[int]:
    """Codings with these memos, in the order of the text."""
    text = study.transcript("leder").text
    return [study.code("leder", i, i + 3, "Humour", memo=memo).id for i, memo in enumerate(memos) if text]


# -- what people said is text -------------------------------------------------------------------------------


def test_no_text_becomes_a_formula(study: Study, tmp_path: Path) -> None:
    with_memos(study, FORMULAS)
    study.new_code("=2+2", "@definition")
    book = Book(write_workbook(study, tmp_path / "out.xlsx").path)
    sheets = [text for name, text in book.parts() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(book.names)
    for text in sheets:
        assert not re.search(r"<f[ >/]", text)
        assert set(re.findall(r'<c [^>]*?t="([^"]*)"', text)) <= {"inlineStr"}


def test_text_that_looks_like_a_formula_is_marked_as_text_and_is_all_there(study: Study, tmp_path: Path) -> None:
    with_memos(study, FORMULAS)
    sheet = Book(write_workbook(study, tmp_path / "out.xlsx").path).book["Quotes"]
    memos = {cell.value: cell for cell in sheet["F"] if cell.value is not None}
    for memo in FORMULAS:
        assert memos[memo].data_type == "s"
        assert memos[memo].quotePrefix
    assert not memos["+ godt sagt"].value.startswith("'")


def test_text_that_looks_like_something_else_stays_text(study: Study, tmp_path: Path) -> None:
    ids = with_memos(study, LOOKALIKES)
    book = Book(write_workbook(study, tmp_path / "out.xlsx").path)
    found = {row["Coding"]: row["Memo"] for row in book.quotes()}
    stored = {coding.id: coding.memo for coding in study.codings("leder")}
    assert [found[i] for i in ids] == [stored[i] or None for i in ids]
    assert {cell.data_type for cell in book.book["Quotes"]["F"] if cell.value is not None} == {"s"}


def test_a_character_that_a_workbook_cannot_hold_is_shown_and_listed(study: Study, tmp_path: Path) -> None:
    [coding] = with_memos(study, ("ding\x07dong",))
    report = write_workbook(study, tmp_path / "out.xlsx")
    book = Book(report.path)
    [row] = [row for row in book.quotes() if row["Coding"] == coding]
    assert row["Memo"] == "ding␇dong"
    assert [(f.code, f.where) for f in report.findings] == [("character-replaced", f"Quotes F{row['_row']}")]
    gaps = [cell.value for cell in book.book["Gaps"]["B"] if cell.value]
    assert any("U+0007" in text for text in gaps)


# -- no quote is cut ----------------------------------------------------------------------------------------


def test_a_quote_longer_than_a_cell_goes_on_below_without_losing_a_character(tmp_path: Path) -> None:
    text = "😀 æøå " * 12_000 + "slut"
    with cmo.new_study(tmp_path / "long.cmo", coder="AB") as study:
        (tmp_path / "lang.txt").write_text(text, encoding="utf-8")
        study.import_files([tmp_path / "lang.txt"])
        study.new_code("Lang")
        study.new_code("Ordret")
        kept = study.transcript("lang").text.rstrip()
        study.code("lang", 0, len(kept), "Lang")
        study.code("lang", 0, 7, "Ordret")
        book = Book(write_workbook(study, tmp_path / "long.xlsx").path)
    rows = [row for row in book.quotes() if row["Code"] == "Lang"]
    assert len(rows) == 3
    assert "".join(row["Quote"] for row in rows) == kept
    assert all(utf16_length(row["Quote"]) <= CELL_LIMIT for row in rows)
    assert [row["Part"] for row in rows] == ["part 1 of 3", "part 2 of 3", "part 3 of 3"]
    assert [bool(row["Coding"]) for row in rows] == [True, False, False]
    assert {(row["Point"], row["Case"], row["Stance"], row["Source"]) for row in rows} == {
        ("(no point)", "(no case)", "outside the theory", "lang")
    }
    assert ("Quotes", rows[0]["_row"], rows[-1]["_row"]) in book.links("Codes x cases").values()
    [line] = [line for line in book.table("Matrix rows") if line["Case"] == line["Point"] == "(no case)"] or [None]
    assert line is None
    assert book.table("Matrix rows")[-1]["Rows"] == 2


def test_more_rows_than_a_sheet_holds_go_on_in_a_second_one(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Book(write_workbook(study, tmp_path / "whole.xlsx").path)
    monkeypatch.setattr(workbook_quotes, "MOST_ROWS", 6)
    report = write_workbook(study, tmp_path / "parted.xlsx")
    book = Book(report.path)
    first = report.sheets.index("Quotes")
    assert report.sheets[first : first + 3] == ("Quotes", "Quotes 2", "Quotes 3")
    assert all(book.book[name].max_row <= 6 for name in ("Quotes", "Quotes 2", "Quotes 3"))
    assert [row["Coding"] for row in book.quotes()] == [row["Coding"] for row in whole.quotes()]
    leads = {target for target, *_ in book.links("Matrix").values()}
    assert {"Quotes", "Quotes 2", "Quotes 3"} <= leads
    assert {"Quotes 2", "Quotes 3"} <= {target for target, *_ in book.links("Cover").values()}
    by_place = {(row["_sheet"], row["_row"]): row for row in book.quotes()}
    for coordinate, (target, row, _) in book.links("Matrix").items():
        if target.startswith("Quotes"):
            point = book.book["Matrix"].cell(book.book["Matrix"][coordinate].row, 1).value
            assert by_place[target, row]["Point"] == point


def test_no_sheet_gets_more_links_than_excel_reads_and_the_cover_says_so(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (workbook_sheet, workbook_quotes):
        monkeypatch.setattr(module, "LINK_LIMIT", 4)
    book = Book(write_workbook(study, tmp_path / "out.xlsx").path)
    assert [len(book.links(name)) for name in ("Quotes", "Matrix", "Theory")] == [4, 4, 4]
    words = " ".join(str(cell.value) for cell in book.book["Cover"]["C"])
    assert "only the first row of a block" in words
    assert "Matrix (" in words
    assert len(book.quotes()) == study.matrix().grand_total.total.rows


def test_a_workbook_whose_matrix_and_quotes_differ_is_not_written(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = evidence_rows.each_quote
    monkeypatch.setattr(evidence_rows, "each_quote", lambda conn, where: islice(original(conn, where), 1, None))
    with pytest.raises(DamagedStudy, match="disagree"):
        write_workbook(study, tmp_path / "out.xlsx")
    assert not list(tmp_path.glob("*out.xlsx*"))


# -- the file -----------------------------------------------------------------------------------------------


def folder_missing(tmp_path: Path) -> Path:
    return tmp_path / "nowhere" / "out.xlsx"


def other_suffix(tmp_path: Path) -> Path:
    return tmp_path / "out.xls"


def is_a_folder(tmp_path: Path) -> Path:
    (tmp_path / "out.xlsx").mkdir()
    return tmp_path / "out.xlsx"


def write_protected(tmp_path: Path) -> Path:
    (tmp_path / "out.xlsx").write_bytes(b"before")
    (tmp_path / "out.xlsx").chmod(0o444)
    return tmp_path / "out.xlsx"


def open_in_excel(tmp_path: Path) -> Path:
    (tmp_path / "out.xlsx").write_bytes(b"before")
    (tmp_path / "~$out.xlsx").touch()
    return tmp_path / "out.xlsx"


def open_in_libreoffice(tmp_path: Path) -> Path:
    (tmp_path / "out.xlsx").write_bytes(b"before")
    (tmp_path / ".~lock.out.xlsx#").touch()
    return tmp_path / "out.xlsx"


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (folder_missing, "there is no folder"),
        (other_suffix, "must end in .xlsx"),
        (is_a_folder, "is a folder"),
        (write_protected, "is write-protected"),
        (open_in_excel, "is open in Excel"),
        (open_in_libreoffice, "is open in LibreOffice"),
    ],
)
def test_a_place_that_cannot_take_the_file_is_named_with_its_cure(
    study: Study, tmp_path: Path, arrange: Callable[[Path], Path], words: str
) -> None:
    target = arrange(tmp_path)
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(BadFile, match=words) as caught:
        write_workbook(study, target)
    assert target.name in caught.value.message
    assert caught.value.hint
    assert (target.read_bytes() if target.is_file() else None) == before


def test_a_lock_that_a_crash_left_does_not_keep_a_new_name_from_being_used(study: Study, tmp_path: Path) -> None:
    (tmp_path / "~$out.xlsx").touch()
    assert write_workbook(study, tmp_path / "out.xlsx").path.exists()


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, StudyFull), (errno.EACCES, BadFile), (errno.EIO, BadFile)]
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[CmoError]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"before")

    def fail(workbook: object, path: Path, at: object) -> None:
        path.write_bytes(b"half")
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(workbook_build, "save", fail)
    with pytest.raises(error, match=r"out\.xlsx"):
        write_workbook(study, target)
    assert target.read_bytes() == b"before"
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]
    assert list(scratch.iterdir()) == []


def test_an_older_workbook_is_replaced(study: Study, tmp_path: Path) -> None:
    target = tmp_path / "out.XLSX"
    target.write_bytes(b"before")
    write_workbook(study, target)
    assert Book(target).names[0] == "Cover"


def test_the_parts_of_a_sheet_stand_in_the_order_that_excel_demands(study: Study, tmp_path: Path) -> None:
    order = (
        "sheetPr",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "autoFilter",
        "mergeCells",
        "hyperlinks",
        "pageMargins",
        "pageSetup",
        "headerFooter",
    )
    for name, text in Book(write_workbook(study, tmp_path / "out.xlsx").path).parts():
        if name.startswith("xl/worksheets/"):
            places = [found.start() for part in order if (found := re.search(rf"<{part}[ >/]", text))]
            assert all(a < b for a, b in pairwise(places))
            assert len(places) >= 8


def test_exporting_changes_nothing_in_the_study(study: Study, tmp_path: Path) -> None:
    before = study.log()
    write_workbook(study, tmp_path / "out.xlsx")
    assert study.log() == before
    assert span(study, "leder", "alle")


def test_what_a_killed_export_left_is_removed_by_the_next_and_what_another_is_writing_is_not(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f".out.xlsx.{ended.pid}.new"
    others = [
        tmp_path / f".out.xlsx.{os.getppid()}.new",
        tmp_path / f".out2.xlsx.{ended.pid}.new",
        tmp_path / ".out.xlsx.x.new",
    ]
    for path in (left, *others):
        path.write_bytes(b"half")
    with replacing(tmp_path / "out.xlsx", ".xlsx") as building:
        building.write_bytes(b"whole")
    assert not left.exists()
    assert (tmp_path / "out.xlsx").read_bytes() == b"whole"
    if os.name != "nt":  # there, who writes a file has it open
        assert all(path.exists() for path in others)
