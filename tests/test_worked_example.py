"""A real analysis made again with the tool: what it holds, what its exports say, and what the page about it says."""

from __future__ import annotations

import csv
import html
import re
import runpy
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import call
from docx import Document
from word_links import WordLinks, first_place

import cmo
from cmo.records import Cell, Quote
from cmo.report import TABLES
from cmo.report.glyphs import GLYPHS, signed
from cmo.study import Study
from exports.figures import figure_lines, figure_svg
from exports.report_tables import write_report_table
from exports.word_report import write_report
from store.errors import InputError

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = REPOSITORY / "examples" / "spredning"
PAGE = REPOSITORY / "docs" / "worked-example.md"


@pytest.fixture(scope="module")
def study(analysed_file: Path) -> Iterator[Study]:
    with cmo.open_study(analysed_file) as opened:
        yield opened


@pytest.fixture(scope="module")
def quotes(study: Study) -> list[Quote]:
    return study.quotes()


def example(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(study: Study) -> list[tuple[str, int, int]]:
    """The excerpts as the evaluation printed them: a source, and where one of its blocks stands."""
    blocks = []
    for source in study.sources():
        found = re.finditer(r"(?:.+\n?)+", study.transcript(source.id).text)
        blocks += [(source.name, block.start(), block.end()) for block in found]
    return blocks


def touched(study: Study, quotes: list[Quote]) -> int:
    """How many of the printed excerpts have a judged passage."""
    held = [quote for quote in quotes if quote.stance]
    return sum(
        any(quote.source == source and quote.start < end and start < quote.end for quote in held)
        for source, start, end in printed(study)
    )


# -- what the analysis holds --------------------------------------------------------------------------------


def test_most_of_the_printed_excerpts_are_coded_and_judged_with_a_reason(study: Study, quotes: list[Quote]) -> None:
    assert len(printed(study)) == 53
    assert touched(study, quotes) >= 50
    judged = [quote for quote in quotes if quote.stance]
    assert {quote.stance for quote in judged} == {"supports", "refutes", "refines", "extends", "rival"}
    assert all(quote.strength and quote.relevance and quote.rigour and quote.rationale for quote in judged)
    assert not any(quote.stale for quote in judged)


def test_every_quote_is_its_slice_and_the_check_finds_nothing(study: Study, quotes: list[Quote]) -> None:
    texts = {source.name: study.transcript(source.id).text for source in study.sources()}
    assert all(texts[quote.source][quote.start : quote.end] == quote.quote for quote in quotes)
    assert call("check", str(study.path)).code == 0


def test_configurations_reach_over_sources_are_partial_ripple_and_have_a_counter_case(study: Study) -> None:
    made = study.configurations()
    assert len(made) >= 6
    assert sum(len(one.sources) > 1 for one in made if one.level == "case") >= 2
    assert [one.name for one in made if one.is_partial] == ["En uvildig rådgiver"]
    assert {link.kind for one in made for link in one.links} == {"ripple", "rival", "specialises"}
    countered = [pattern for pattern in study.demi_regularities() if pattern.counter_cases]
    assert [pattern.configuration.name for pattern in countered] == ["Et tilbud til de villige"]


def test_each_refined_point_has_a_reasoned_decision_with_quotes_between_two_frozen_states(study: Study) -> None:
    refined = [decision for decision in study.decisions() if decision.kind == "refine"]
    assert len(refined) >= 3
    assert all(one.why and one.inference and len(one.evidence) >= 6 for one in refined)
    assert [state.name for state in study.theory_states()] == ["Initial theory", "Refined theory"]
    changed = study.diff_theory("Initial theory", "Refined theory")
    assert {point.point for point in changed.points if not point.is_same} == {"#3", "#9", "#14", "#15", "#16"}
    verdicts = [verdict for verdict in study.verdicts() if verdict.is_current]
    assert len(verdicts) >= 5
    assert not any(verdict.stale for verdict in verdicts)


def test_measures_on_both_ladders_come_out_as_they_were_printed(study: Study) -> None:
    counted = {
        ladder.ladder: {step.number: step.measures for step in ladder.steps if step.measures}
        for ladder in study.measures_by_step()
    }
    assert counted == {
        "Forebyggelsestrappen": {2: 6, 3: 2, 4: 2},
        "Psykosocial forebyggelsestrappe": {2: 1, 3: 2, 4: 2},
    }


def test_how_a_point_stood_at_first_is_what_the_table_of_codings_said_of_it(study: Study) -> None:
    rows = {str(row[0].value): row for row in study.report_table("refinement").rows}
    heads = [column.head for column in study.report_table("refinement").columns]
    for point in ("#3", "#9", "#14", "#15"):
        places = {(row["source"], row["start"], row["end"], row["stance"]) for row in codings_of(point)}
        stances = Counter(stance for *_, stance in places)
        said = " ".join(f"{stances[stance]}{sign}" for stance, sign in GLYPHS.items() if stance and stances[stance])
        assert rows[point][heads.index("Evidence at first")].value == said


def codings_of(point: str) -> list[dict[str, str]]:
    return [row for row in example("codings.csv") if row["point"] == point]


def test_a_source_that_has_changed_is_told_by_name_and_nothing_is_coded(reference: Path, tmp_path: Path) -> None:
    material = Path(shutil.copytree(reference / "spredning", tmp_path / "material"))
    changed = material / "transcripts" / "case4_leder.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("R: ", "R:  ", 1), encoding="utf-8")
    build = runpy.run_path(str(EXAMPLE / "build.py"))["build"]
    with pytest.raises(InputError, match="not the one that was coded: case4_leder"):
        build(material, tmp_path / "study.cmo")
    with cmo.open_study(tmp_path / "study.cmo") as left:
        assert left.quotes() == []


def test_the_example_and_its_page_hold_no_sentence_of_the_material(reference: Path) -> None:
    material = [*(reference / "spredning" / "transcripts").iterdir(), reference / "spredning" / "programme_theory.csv"]
    theirs = set().union(*(runs_of_words(path) for path in material))
    for path in (*EXAMPLE.glob("*.csv"), EXAMPLE / "build.py", PAGE):
        assert not runs_of_words(path) & theirs, path.name


def runs_of_words(path: Path, length: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
    return set(zip(*(words[at:] for at in range(length)), strict=False))


# -- every table in every format ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_every_number_stands_in_every_format_of_a_table(study: Study, tmp_path: Path, name: str) -> None:
    """That the numbers of the table are those of the quotes is counted in test_report_tables and test_workbook."""
    table = study.report_table(name)
    numbers = [
        {at: str(entry.value) for at, entry in enumerate(row) if entry.value is not None and is_number(at, table)}
        for row in table.rows
    ]
    for suffix, read in (("csv", csv_rows), ("xlsx", sheet_rows), ("md", markdown_rows)):
        write_report_table(study, name, tmp_path / f"table.{suffix}")
        found = read(tmp_path / f"table.{suffix}", [column.head for column in table.columns])
        assert [{at: row[at] for at in wanted} for wanted, row in zip(numbers, found, strict=True)] == numbers, suffix
    write_report_table(study, name, tmp_path / "table.docx")
    grids = Document(str(tmp_path / "table.docx")).tables
    cells = Counter(cell.text for grid in grids for row in grid.rows[1:] for cell in row.cells)
    assert Counter(value for row in numbers for value in row.values()) <= cells


def is_number(at: int, table: Any) -> bool:
    return table.columns[at].kind in ("count", "number")


def csv_rows(path: Path, heads: list[str]) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    begun = rows.index(heads) + 1
    return [row for row in rows[begun:] if len(row) == len(heads)]


def sheet_rows(path: Path, heads: list[str]) -> list[list[str]]:
    rows = [list(row) for row in openpyxl.load_workbook(path).worksheets[0].values]
    begun = next(at for at, row in enumerate(rows) if row[: len(heads)] == heads) + 1
    return [[str(value) for value in row] for row in rows[begun:]]


def markdown_rows(path: Path, heads: list[str]) -> list[list[str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]
    return [[cell.replace("\\", "") for cell in row] for row in cells]


def test_the_chains_begin_every_part_so_that_a_long_quote_hides_no_other(study: Study) -> None:
    drawn, told = figure_svg(study, "chains", language="en"), figure_lines(study, "chains", language="en")
    parts = [part for one in study.configurations() for part in one.parts]
    assert max(Counter((one.number, part.element) for one in study.configurations() for part in one.parts).values()) > 2
    for part in parts:
        assert html.escape(" ".join(part.text.split()[:2]), quote=False) in drawn
        assert any(" ".join(part.text.split()) in line for line in told)


def test_the_lineage_tells_what_is_new_in_each_refined_wording(study: Study) -> None:
    drawn = figure_svg(study, "lineage", language="en")
    for row in example("decisions.csv"):
        if not row["rival_of"]:
            letter = next(letter for letter in "CMO" if row[letter])
            assert f"{letter}: {' '.join(row[letter].split()[:2])}" in drawn


# -- from a number of the report to the words, and back ------------------------------------------------------


def test_from_every_number_of_the_report_two_clicks_show_the_words_and_one_leads_back(
    study: Study, quotes: list[Quote], tmp_path: Path
) -> None:
    write_report(study, tmp_path / "report.docx")
    links, said = WordLinks(tmp_path / "report.docx"), {quote.quote for quote in quotes}
    followed = 0
    for (shown, target), marks in zip(links.shown, links.places, strict=True):
        if not target.startswith("list"):
            continue
        named = links.quotes(target)
        assert {links.words(quote) for quote in named} <= said
        assert set(marks) & set(links.of[target])
        assert all(first_place(target) in links.of[quote] for quote in named)
        if re.fullmatch(r"(\d+[+−~»≠○!] ?)+", shown):
            assert 0 < len(named) <= sum(int(count) for count in re.findall(r"\d+", shown))
        followed += 1
    assert followed > 300


# -- the page about it ---------------------------------------------------------------------------------------


def test_the_numbers_of_the_page_are_those_of_the_study(study: Study, quotes: list[Quote]) -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    judged = [quote for quote in quotes if quote.stance]
    against = {quote.coding_id for quote in judged if quote.stance in ("refutes", "rival")}
    matrix = study.matrix()
    cells = [(row, case) for row in matrix.rows if row for case in matrix.columns if case]
    filled = [place for place in cells if matrix.cells.get(place, Cell()).total.rows]
    coders, sources = {quote.coder for quote in quotes}, study.sources()
    several = sum(len(one.sources) > 1 for one in study.configurations() if one.level == "case")
    assert len(coders) == 1
    for sentence in (
        f"{touched(study, quotes)} of the {len(printed(study))} printed excerpts",
        f"{len({quote.coding_id for quote in quotes})} codings",
        f"{len({quote.excerpt_id for quote in quotes})} passages",
        f"{len({quote.coding_id for quote in judged})} of them are judged",
        f"{sum(quote.stance == 'supports' for quote in judged)} support",
        f"{len(against)} speak against",
        f"{len(study.configurations())} configurations",
        f"{len(study.decisions())} decision records",
        f"{len(filled)} of its {len(cells)} cells",
        f"{sum(not case.sources for case in study.cases())} cases have no interview",
        f"{len({quote.excerpt_id for quote in quotes if quote.case is None})} passages stand under no case",
        f"{len(sources)} interview files",
        f"{several} of them over two people",
        sides_of("#9", study, quotes),
    ):
        assert sentence in page


def sides_of(point: str, study: Study, quotes: list[Quote]) -> str:
    """How many codings were for and against a point before and after it was reworded."""
    first = Counter(row["stance"] for row in codings_of(point))
    now = Counter(quote.stance for quote in quotes if quote.point == point)
    told = [f"{held['supports']} for and {held['refutes'] + held['rival']} against" for held in (first, now)]
    return f"{point} went from {told[0]} to {told[1]}"


def test_the_table_of_the_page_is_the_matrix_of_the_study(study: Study, quotes: list[Quote]) -> None:
    heads = [column.head for column in study.report_table("refinement").columns]
    at_first = {str(row[0].value): row for row in study.report_table("refinement").rows}
    totals = study.matrix().row_totals
    wanted = []
    for point in study.theory().points:
        cell = totals.get(point.label, Cell())
        first = at_first[point.label][heads.index("Evidence at first")].value or ""
        roles = len({quote.role for quote in quotes if quote.point == point.label})
        units = (cell.total.excerpts, cell.total.sources, roles, cell.total.cases)
        wanted.append([point.label, str(first), signed(cell), *map(str, units)])
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (#\d+|H) ", line)]
    assert [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines] == wanted
