"""Tables and reports as files: each format as it was agreed on, links that land, words that are what was said."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from command_line import call
from docx import Document
from report_samples import report_study
from word_links import WordLinks, first_place, list_of
from workbook_samples import Book

import cmo
from cmo.records import Quote
from cmo.report import TABLES
from cmo.report.words import Words
from cmo.study import Study
from exports import word_numbers
from exports.figures import figure_svg
from exports.report_tables import SUFFIXES, write_report_table
from exports.table_text import as_csv, as_markdown
from exports.template import Look, Template, read_template
from exports.word_report import write_report
from exports.word_tables import Width, blocks, fitted
from exports.workbook import write_workbook
from exports.workbook_build import SHEETS
from store.errors import BadFile, CmoError, UnknownName

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with report_study(tmp_path_factory.mktemp("study")) as made:
        yield made


@pytest.fixture(scope="module")
def report(study: Study) -> Path:
    path = study.path.with_name("report.docx")
    write_report(study, path)
    return path


def golden(name: str, made: str) -> None:
    """Compare with what was agreed on; ``CMO_GOLDEN=write`` agrees on what is made now."""
    path = GOLDEN / name
    if os.environ.get("CMO_GOLDEN") == "write":
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_text(encoding="utf-8")


# -- golden files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["codebook", "refinement", "evidence-matrix", "configurations"])
def test_a_table_as_markdown_is_as_agreed(study: Study, name: str) -> None:
    golden(f"{name}.md", as_markdown(study.report_table(name)))


@pytest.mark.parametrize("name", ["if-then", "cross-case", "sample"])
def test_a_table_as_csv_is_as_agreed(study: Study, name: str) -> None:
    golden(f"{name}.csv", as_csv(study.report_table(name)))


def test_a_table_in_danish_is_as_agreed(study: Study) -> None:
    golden("framework.da.md", as_markdown(study.report_table("framework", language="da")))


def test_a_table_in_word_is_as_agreed(study: Study, tmp_path: Path) -> None:
    write_report_table(study, "if-then", tmp_path / "table.docx")
    document = Document(str(tmp_path / "table.docx"))
    rows = [" | ".join(cell.text for cell in row.cells) for row in document.tables[0].rows]
    golden("if-then.docx.txt", "\n".join([*(p.text for p in document.paragraphs if p.text), *rows, ""]))


def test_a_table_in_a_sheet_is_as_agreed(study: Study, tmp_path: Path) -> None:
    write_report_table(study, "ladders", tmp_path / "table.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[0]
    rows = ["\t".join("" if value is None else str(value) for value in row) for row in sheet.values]
    golden("ladders.xlsx.txt", "\n".join([sheet.title, *rows, ""]))


def test_a_figure_is_as_agreed(study: Study) -> None:
    golden("chains.svg", figure_svg(study, "chains"))


# -- one table ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_is_written_in_each_format_and_twice_alike(study: Study, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    assert write_report_table(study, "codebook", first) == len(study.codes())
    write_report_table(study, "codebook", second)
    assert first.read_bytes() == second.read_bytes()


def test_a_table_of_no_format_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no format"):
        write_report_table(study, "codebook", tmp_path / "table.pdf")


def test_what_looks_like_markup_or_a_formula_is_kept_as_words(study: Study) -> None:
    assert "Her gik det \\| godt." in as_markdown(study.report_table("framework"))
    assert "'=1+1" in as_csv(study.report_table("sample"))


# -- the workbook's sheets, language and look ---------------------------------------------------------------


def targets(book: Book) -> set[str]:
    return {target for name in book.names for target, *_ in book.links(name).values()}


def test_the_workbook_in_danish_has_danish_sheets_and_its_links_land(study: Study, tmp_path: Path) -> None:
    book = Book(write_workbook(study, tmp_path / "da.xlsx", Template(language="da")).path)
    say = Words("da")
    assert book.names == [say(name) for name in SHEETS]
    assert targets(book) <= set(book.names)
    words = {cell.value for row in book.book["Citater"].iter_rows(max_col=3) for cell in row}
    assert {"Punkt", "Stilling", "forældet", "ikke vurderet"} <= words
    english = {"Point", "Stance", "not judged", "stale", "Excerpts", "Back to the cover"}
    for name in book.names:
        assert not english & {cell.value for row in book.book[name].iter_rows() for cell in row}, name


def test_chosen_sheets_come_alone_and_no_link_leads_to_another(study: Study, tmp_path: Path) -> None:
    template = Template(sheets=("matrix", "Evidence matrix", "Numbers"))
    book = Book(write_workbook(study, tmp_path / "some.xlsx", template).path)
    assert book.names == ["Cover", "Matrix", "Evidence matrix", "Numbers"]
    assert targets(book) <= set(book.names)


def test_a_sheet_can_be_asked_for_in_the_readers_language(study: Study, tmp_path: Path) -> None:
    template = Template(language="da", sheets=("Citater", "Kodebog"))
    assert write_workbook(study, tmp_path / "da.xlsx", template).sheets == ("Forside", "Kodebog", "Citater")


def test_a_sheet_that_there_is_not_is_refused_by_name(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no sheet 'Pie'"):
        write_workbook(study, tmp_path / "pie.xlsx", Template(sheets=("Pie",)))
    assert not (tmp_path / "pie.xlsx").exists()


def test_a_template_sets_face_colours_and_language(study: Study, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(
        'language = "da"\nattribution = "[{case}]"\nsheets = ["Quotes", "Evidence matrix", "Numbers"]\n'
        '[font]\nface = "Georgia"\nsize = 12\n[colours]\nink = "#102030"\n'
    )
    template = read_template(tmp_path / "house.toml")
    book = Book(write_workbook(study, tmp_path / "house.xlsx", template).path)
    cell = book.book["Citater"]["E2"]
    assert (cell.font.name, cell.font.sz, cell.font.color.rgb) == ("Georgia", 12, "00102030")
    assert {"[Solbakken]", "[B4]"} <= {cell.value for cell in book.book["Tal"]["C"]}


@pytest.mark.parametrize(
    "words",
    [
        "language = 3",
        'language = "xx"',
        "sheets = []",
        "fonts = 1",
        "[font]\nsize = 99",
        "[font]\nface = ''",
        '[colours]\nink = "red"',
        '[colours]\npaper = "FFFFFF"',
        'attribution = "nobody"',
        "font = 1",
        "not toml",
    ],
)
def test_a_template_that_asks_for_what_there_is_not_is_refused(tmp_path: Path, words: str) -> None:
    (tmp_path / "bad.toml").write_text(words)
    with pytest.raises(CmoError):
        read_template(tmp_path / "bad.toml")


def test_an_empty_template_is_ours(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("")
    assert read_template(tmp_path / "empty.toml") == Template(Look())


# -- the Word report ----------------------------------------------------------------------------------------


def test_the_report_has_its_parts_in_the_order_of_reading(report: Path) -> None:
    document = Document(str(report))
    assert document.styles["Normal"].font.name == "Arial"
    heads = [p.text for p in document.paragraphs if p.style is not None and (p.style.name or "").startswith("Heading")]
    parts = ["How it was done", "Sample", "Initial theory", "Refined theory", "The evidence for each point"]
    parts += ["Refinement of the theory", "Appendix", "RAMESES II", "What the numbers count", "The quotes"]
    assert [head for head in heads if head in parts] == parts


def test_from_every_number_of_the_report_the_words_are_two_clicks_away_and_the_way_back_is_one(
    study: Study, report: Path
) -> None:
    links, said = WordLinks(report), {quote.quote for quote in study.quotes()}
    assert len(links.marks("number")) > 50
    assert {target for _, target in links.shown} <= set(links.of)
    for number in links.marks("number"):
        listed = list_of(number)
        quotes = links.quotes(listed)
        assert quotes
        assert listed in links.of[number] or quotes == links.of[number], number
        assert number in links.of[listed]
        for quote in quotes:
            assert links.words(quote) in said
            assert first_place(listed) in links.of[quote]


def test_the_report_prints_each_quote_once_under_the_number_of_its_excerpt(study: Study, report: Path) -> None:
    links = WordLinks(report)
    excerpts = {str(quote.excerpt_id): quote.quote for quote in study.quotes()}
    assert {mark.removeprefix("quote") for mark in links.marks("quote")} == set(excerpts)
    for excerpt, quote in excerpts.items():
        assert links.texts[f"quote{excerpt}"].startswith(f"{excerpt}“{quote}”")
    listed = [links.texts[mark] for mark in links.marks("list")]
    assert not any(quote in text for quote in excerpts.values() for text in listed if len(quote) > 12)


def test_a_number_of_a_large_study_names_only_its_first_quotes_and_says_so(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_numbers, "MANY", 1)
    write_report(study, tmp_path / "large.docx")
    links = WordLinks(tmp_path / "large.docx")
    named = [len(links.quotes(mark)) for mark in links.marks("list")]
    assert max(named) == word_numbers.LISTED_OF_MANY
    assert any("the workbook has them all" in links.texts[mark] for mark in links.marks("list"))


def test_a_table_too_wide_for_a_page_goes_on_with_its_first_column_and_loses_none() -> None:
    least = [8.0, *(11.0 for _ in range(60)), 40.0]
    found = blocks(least, 150)
    assert len(found) > 1
    assert all(block[0] == 0 for block in found)
    assert [at for block in found for at in block[1:]] == list(range(1, len(least)))
    assert all(sum(least[at] for at in block) <= 150 for block in found)


@pytest.mark.parametrize("liked", [10.0, 60.0, 200.0])
def test_a_column_has_what_its_longest_word_needs_and_of_the_rest_what_its_text_would_like(liked: float) -> None:
    widths = [Width(8, 8), Width(12, liked), Width(40, 40)]
    short, long, fixed = fitted(widths, 100)
    assert (short, fixed) == (8, 40)
    assert long == min(liked, 52)


def test_every_quote_of_the_report_is_what_somebody_said(study: Study, report: Path) -> None:
    paragraphs = [p.text for p in Document(str(report)).paragraphs]
    said = {quote.quote for quote in study.quotes()}
    quoted = [found[1] for text in paragraphs if (found := re.match(r"\d+\t“(.*)” \(.*\)", text))]
    assert len(quoted) > 10
    assert set(quoted) <= said


def test_the_quotes_of_a_number_are_those_of_its_codings(study: Study, report: Path) -> None:
    links = WordLinks(report)
    listed = next(mark for mark in links.marks("list") if "Quote audit · #2 · " in links.texts[mark])
    held: list[Quote] = study.quotes(point="#2")
    assert {f"quote{quote.excerpt_id}" for quote in held} == set(links.quotes(listed))


def test_quotes_are_attributed_in_the_house_style(study: Study, tmp_path: Path) -> None:
    write_report(study, tmp_path / "house.docx", Template(language="da", attribution="[{case}]"))
    texts = [p.text for p in Document(str(tmp_path / "house.docx")).paragraphs]
    assert any(text.endswith("\t“gik det godt” [Solbakken]") for text in texts)
    assert "Sådan blev det gjort" in texts


def test_the_same_study_gives_the_same_report(study: Study, report: Path, tmp_path: Path) -> None:
    write_report(study, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == report.read_bytes()
    with ZipFile(report) as archive:
        assert len({member.date_time for member in archive.infolist()}) == 1


def test_an_empty_study_gives_a_report(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "empty.cmo", coder="AB") as empty:
        written = write_report(empty, tmp_path / "empty.docx")
    assert "codebook" not in written.tables
    assert Document(str(written.path)).paragraphs


# -- standards ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rameses", "coreq", "srqr"])
def test_a_standard_states_facts_with_their_place_and_leaves_every_item_to_the_author(study: Study, name: str) -> None:
    titles = {listed.title for listed in TABLES.values()}
    for _, _, facts, where, question in study.report_table(name).rows:
        assert str(question.value).endswith("?")
        assert bool(facts.value) == bool(where.value)
        assert set(str(where.value).split("; ")) <= titles or where.value is None


def test_facts_agree_with_the_study(study: Study) -> None:
    facts = " ".join(str(row[2].value) for row in study.report_table("coreq").rows)
    assert f"Codings: {len({quote.coding_id for quote in study.quotes()})};" in facts
    assert "Interviews and focus groups: 3" in facts


# -- on the command line ------------------------------------------------------------------------------------


def test_the_commands_list_show_and_write_tables_figures_and_reports(study: Study, tmp_path: Path) -> None:
    path = str(study.path)
    assert {row["name"] for row in json.loads(call("table", path, "--json").out)} == set(TABLES)
    assert "Kodebog" in call("table", path, "codebook", "--language", "da").out
    assert call("table", path, "codebook", "--csv").out.startswith("Code,Parent")
    assert call("table", path, "codebook", "--md").out.startswith("## Codebook")
    assert json.loads(call("table", path, "codebook", "--json").out)["name"] == "codebook"
    for name in ("t.csv", "t.docx"):
        assert call("table", path, "codebook", "--out", str(tmp_path / name)).code == 0
    assert "#1" in call("figure", path, "heat-map").out
    assert call("figure", path, "lineage", "--out", str(tmp_path / "l.svg")).code == 0
    assert call("report", path, str(tmp_path / "r.docx"), "--language", "da").code == 0
    assert call("export", path, str(tmp_path / "e.xlsx"), "--sheets", "Matrix,Quotes").code == 0
    assert openpyxl.load_workbook(tmp_path / "e.xlsx").sheetnames == ["Cover", "Matrix", "Quotes"]
    assert call("table", path, "codebook", "--csv", "--md").code == 2
    assert call("table", path, "nothing").code == 4
