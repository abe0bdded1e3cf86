"""The tables of reports: every number is counted again from the quotes, and every quote is what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workbook_samples import evidence_study

import cmo
from cmo.records import Quote
from cmo.report import TABLES
from cmo.report.glyphs import GLYPHS
from cmo.report.house import attributed
from cmo.report.table import Entry, ReportTable
from cmo.study import Study
from store.errors import InputError, UnknownName

UNITS = {"Excerpts": "excerpt_id", "Sources": "source_id", "Participants": "participant", "Cases": "case"}
SIGNED = re.compile(rf"(\d+)([{re.escape(''.join(GLYPHS.values()))}])")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with evidence_study(tmp_path_factory.mktemp("study")) as made:
        yield made


@pytest.fixture(scope="module", params=["sample", "demo"])
def any_study(request: pytest.FixtureRequest) -> Iterator[Study]:
    if request.param == "sample":
        yield request.getfixturevalue("study")
    else:
        with cmo.open_study(request.getfixturevalue("demo_file")) as opened:
            yield opened


def entries(table: ReportTable) -> Iterator[tuple[str, str, Entry]]:
    """Every entry with its column's head and kind."""
    for row in table.rows:
        for column, entry in zip(table.columns, row, strict=True):
            yield column.head, column.kind, entry


def distinct(quotes: list[Quote], field: str) -> int:
    return len({getattr(quote, field) for quote in quotes} - {None})


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_title_notes_and_as_many_entries_as_columns(any_study: Study, name: str) -> None:
    table = any_study.report_table(name)
    assert table.name == name
    assert 0 < len(table.title) <= 31
    assert table.notes
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", TABLES)
def test_every_number_is_counted_again_from_the_quotes_it_names(any_study: Study, name: str) -> None:
    quotes = any_study.quotes()
    for head, kind, entry in entries(any_study.report_table(name)):
        if kind != "count":
            continue
        behind = [quote for quote in quotes if quote.coding_id in entry.codings]
        assert {quote.coding_id for quote in behind} == set(entry.codings)
        if head == "Codings":
            assert entry.value == len(entry.codings)
        elif isinstance(entry.value, int):
            assert entry.value == distinct(behind, UNITS.get(head, "excerpt_id")), (name, head)
        else:
            shown = {sign: int(count) for count, sign in SIGNED.findall(str(entry.value or ""))}
            assert shown == by_sign(behind), (name, head)


def by_sign(quotes: list[Quote]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for quote in quotes:
        found.setdefault(GLYPHS["stale" if quote.stale else quote.stance], set()).add(quote.excerpt_id)
    return {sign: len(excerpts) for sign, excerpts in found.items()}


def test_the_evidence_matrix_has_what_the_matrix_of_the_study_has(any_study: Study) -> None:
    table, matrix, quotes = any_study.report_table("evidence-matrix"), any_study.matrix(), any_study.quotes()
    assert [row[0].value for row in table.rows] == [*(label or "(no point)" for label in matrix.rows), "All points"]
    for row, label in zip(table.rows, matrix.rows, strict=False):
        for entry, case in zip(row[2:], matrix.columns, strict=False):
            held = {quote.coding_id for quote in quotes if (quote.point, quote.case) == (label, case)}
            assert set(entry.codings) == held


def test_each_element_of_a_point_has_what_was_coded_to_it_in_the_case(any_study: Study) -> None:
    quotes, letters = any_study.quotes(), [element.letter for element in any_study.theory().elements]
    rows = any_study.report_table("cmo-matrix").rows
    assert len(rows) == len({(quote.point, quote.case) for quote in quotes if quote.point})
    for row in rows:
        point, case = row[0].value, row[2].value
        for letter, entry in zip([*letters, None], row[3:], strict=True):
            held = [q for q in quotes if (q.point, q.case or "(no case)", q.element) == (point, case, letter)]
            assert set(entry.codings) == {quote.coding_id for quote in held}


def test_the_codebook_has_every_code_with_its_codings(any_study: Study) -> None:
    rows = any_study.report_table("codebook").rows
    assert [(row[0].value, row[5].value) for row in rows] == [(code.name, code.codings) for code in any_study.codes()]


def test_frames_count_excerpts_that_share_text_with_a_point(any_study: Study) -> None:
    table, quotes, codes = any_study.report_table("frames"), any_study.quotes(), any_study.codes()
    names = {code.id: code.name for code in codes}
    parent = {code.name: names.get(code.parent_id or 0) for code in codes}

    def top(name: str) -> str:
        above = parent[name]
        return top(above) if above is not None else name

    for row in table.rows:
        under = [quote for quote in quotes if quote.point is None and top(quote.code) == row[0].value]
        for column, entry in list(zip(table.columns, row, strict=True))[1:-2]:
            shared = {
                quote.excerpt_id
                for quote in under
                for other in quotes
                if other.point == column.head
                and other.source_id == quote.source_id
                and quote.start < other.end
                and other.start < quote.end
            }
            assert entry.value == len(shared)
        assert row[-2].value == len({quote.excerpt_id for quote in under})


def test_the_log_has_every_act_in_force_and_nothing_that_was_undone(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "log.cmo", coder="AB") as study:
        study.new_code("Kept")
        study.new_code("Undone")
        study.undo()
        rows = study.report_table("log").rows
    assert sum(int(row[3].value or 0) for row in rows) == 2
    told = " ".join(str(row[4].value) for row in rows)
    assert "Kept" in told
    assert "Undone" not in told


def test_a_table_nobody_has_heard_of_is_refused_with_the_names_there_are(study: Study) -> None:
    with pytest.raises(UnknownName, match="no table 'matrixx'"):
        study.report_table("matrixx")
    with pytest.raises(UnknownName, match="'xx'"):
        study.report_table("codebook", language="xx")


def test_a_table_as_a_pandas_frame_has_its_heads_and_values(study: Study) -> None:
    pytest.importorskip("pandas")
    table = study.report_table("codebook")
    frame: Any = table.to_pandas()
    assert list(frame.columns) == [column.head for column in table.columns]
    assert frame["Excerpts"].sum() == sum(int(row[6].value or 0) for row in table.rows)


# -- the house style ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("({role}, {case})", "(Leder, Case 3)"),
        ("[{participant} · {case}]", "[Case 3]"),
        ("({role}, {participant})", "(Leder)"),
        ("— {participant}", ""),
    ],
)
def test_an_attribution_leaves_out_what_a_quote_does_not_have(pattern: str, said: str) -> None:
    assert attributed(pattern, {"role": "Leder", "case": "Case 3", "participant": ""}) == said


def test_the_house_style_is_kept_in_the_study_and_can_be_undone(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "style.cmo", coder="AB") as study:
        study.set_house_style(language="da", attribution="[{case}]")
        assert (study.house_style().language, study.house_style().attribution) == ("da", "[{case}]")
        study.set_house_style(language="en")
        assert study.house_style().attribution == "[{case}]"
        study.undo()
        assert study.house_style().language == "da"
        assert study.report_table("sample").title == "Informanter"


@pytest.mark.parametrize("pattern", ["", "{name}", "({role", "plain"])
def test_an_attribution_that_names_nothing_of_a_quote_is_refused(tmp_path: Path, pattern: str) -> None:
    with cmo.new_study(tmp_path / "style.cmo", coder="AB") as study, pytest.raises(InputError):
        study.set_house_style(attribution=pattern)
