"""The tables of reports: every number is counted again from the quotes, and every quote is what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import full_study
from report_samples import report_study

import cmo
from cmo.records import Quote
from cmo.report import TABLES
from cmo.report.glyphs import GLYPHS
from cmo.report.house import attributed
from cmo.report.table import Entry, ReportTable
from cmo.study import Study
from store.errors import InputError, UnknownName

UNITS = {"Excerpts": "excerpt_id", "Sources": "source_id", "Participants": "participant", "Cases": "case"}
SIGNED = re.compile(rf"(\d+)([{re.escape(''.join(GLYPHS.values()))}]?)")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with report_study(tmp_path_factory.mktemp("study")) as made:
        yield made


@pytest.fixture(scope="module", params=["sample", "demo", "analysed"])
def any_study(request: pytest.FixtureRequest) -> Iterator[Study]:
    if request.param == "sample":
        yield request.getfixturevalue("study")
    else:
        with cmo.open_study(request.getfixturevalue(f"{request.param}_file")) as opened:
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
        sign = GLYPHS["stale" if quote.stale else quote.stance] if quote.point else ""
        found.setdefault(sign, set()).add(quote.excerpt_id)
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


# -- the theory, its configurations and its cases -----------------------------------------------------------


def by_first(table: ReportTable) -> dict[str, dict[str, Entry]]:
    """The rows by what stands first in them, each by the heads of its columns."""
    heads = [column.head for column in table.columns]
    return {str(row[0].value): dict(zip(heads, row, strict=True)) for row in table.rows}


def test_the_initial_theory_is_the_one_that_was_frozen(study: Study) -> None:
    table = study.report_table("initial-theory")
    assert by_first(table)["#1"]["Mechanism"].value == "Lederen svarer på stedet."
    assert "Initial theory" in table.notes[0]


def test_without_a_frozen_state_the_first_words_of_each_point_are_the_initial_theory(any_study: Study) -> None:
    table = any_study.report_table("initial-theory")
    if not any_study.theory_states():
        assert len(table.rows) == len(any_study.theory().points)
        assert table.notes[0].startswith("No state")


def test_a_refined_point_tells_its_first_words_its_evidence_the_change_and_the_reason(study: Study) -> None:
    row = by_first(study.report_table("refinement"))["#1"]
    assert "svarer på stedet" in str(row["Initial wording"].value)
    assert "samme dag" in str(row["Refined wording"].value)
    assert str(row["Change"].value).startswith("refine: ")
    assert row["Reason"].value == "Et svar på stedet var ikke nok. (retroduction) Dissent: CD ser det anderledes."
    assert str(row["Verdict"].value) == "theory holds: Tre cases viser det."
    assert len(row["Evidence named for it"].codings) == 2


def test_an_abandoned_point_stays_in_the_refinement_table(study: Study) -> None:
    row = by_first(study.report_table("refinement"))["#3"]
    assert str(row["Refined wording"].value).startswith("(abandoned)")
    assert row["Reason"].value == "Ingen natmøder blev holdt."


def test_a_point_given_up_before_the_theory_was_frozen_has_its_first_words_and_a_younger_one_none(
    tmp_path: Path,
) -> None:
    with full_study(tmp_path) as study:
        study.abandon_point("#3", why="Nobody brings children.")
        study.freeze_theory("as interviewed")
        study.add_point({"M": "Rain keeps people in."}, number="9", why="Three cases say so.")
        rows = by_first(study.report_table("refinement"))
    assert (
        rows["#3"]["Initial wording"].value
        == "(no longer in force then) Forældre låner, fordi børn spørger efter bøger."
    )
    assert rows["#9"]["Initial wording"].value == "(came in later)"


@pytest.mark.parametrize(
    ("column", "stances"),
    [
        ("Evidence for", {"supports"}),
        ("Evidence against", {"refutes", "rival"}),
        ("Refining", {"refines", "extends"}),
    ],
)
def test_the_evidence_of_a_refinement_is_counted_again_in_all_units(
    any_study: Study, column: str, stances: set[str]
) -> None:
    quotes = any_study.quotes()
    for label, row in by_first(any_study.report_table("refinement")).items():
        held = [quote for quote in quotes if quote.point == label and quote.stance in stances]
        counts = [(distinct(held, field), unit.lower()) for unit, field in UNITS.items()]
        units = [f"{count} {unit.removesuffix('s') if count == 1 else unit}" for count, unit in counts]
        assert row[column].value == ("\n".join(units) if held else "none")
        assert set(row[column].codings) == {quote.coding_id for quote in held}


def test_how_a_reworded_point_stood_at_first_stays_when_its_evidence_is_judged_anew(tmp_path: Path) -> None:
    with report_study(tmp_path) as study:
        at_first = by_first(study.report_table("refinement"))["#1"]["Evidence at first"]
        judged = {quote.coding_id for quote in study.quotes(point="#1") if quote.stale}
        for coding_id in judged:
            study.judge(coding_id, "extends")
        row = by_first(study.report_table("refinement"))["#1"]
    assert row["Evidence at first"] == at_first
    assert at_first.value == "3+ 3−"
    assert set(at_first.codings) == judged
    assert row["Refining"].value != "none"


def test_a_best_quote_is_shown_where_a_person_chose_one_and_only_there(study: Study) -> None:
    rows = by_first(study.report_table("if-then"))
    assert rows["#1"]["Best quote"].value == "“gik det godt” (Leder, Solbakken)"
    assert rows["#2"]["Best quote"].value == "(none chosen)"
    assert rows["H"]["Best quote"].value is None


def test_the_if_then_table_names_the_configurations_of_a_point(study: Study) -> None:
    linked = by_first(study.report_table("if-then"))["#1"]["Configurations"]
    numbers = [str(one.number) for one in study.configurations(point="#1")]
    assert [line.split()[0] for line in str(linked.value).splitlines()] == numbers
    assert linked.codings


def test_the_register_tells_what_was_said_from_what_is_inferred(study: Study) -> None:
    rows = by_first(study.report_table("configurations"))
    assert rows["1"]["Context"].value == "[ingen lyttede]"
    assert str(rows["1"]["Outcome"].value).startswith("“gik det godt”")
    assert rows["2"]["Waiting for"].value == "mechanism, outcome"
    assert "ripple → 3" in str(rows["1"]["Links"].value)
    assert "ripple ← 1" in str(rows["3"]["Links"].value)


def test_the_cross_case_table_shows_who_shows_it_and_the_counter_case(study: Study) -> None:
    rows = {str(row[1].value): row for row in study.report_table("cross-case").rows}
    assert [entry.value for entry in rows["B4"][2:6]] == ["present", "present", "absent", "counter-case"]
    assert rows["Solbakken"][4].value == "present *"
    assert rows["Solbakken"][4].codings


def test_the_framework_has_every_case_with_its_summaries_and_their_quotes(study: Study) -> None:
    rows = by_first(study.report_table("framework"))
    assert list(rows) == [case.name for case in study.cases()]
    assert rows["Solbakken"]["#1"].value == "Lederen svarede.\n“gik det godt” (Leder, Solbakken)"
    assert rows["B4"]["Silence"].value == "Stille."
    assert rows["Tom sag"]["As a whole"].value is None


def test_measures_are_counted_by_step_and_case(study: Study) -> None:
    steps = {row[1].value: dict(zip("LSN12MCW", row, strict=False)) for row in study.report_table("ladders").rows}
    assert [entry.value for entry in steps[2].values()][3:] == [2, 0, 2, 1, "Lift (Solbakken)\nTavle (Solbakken)"]
    assert [entry.value for entry in steps[1].values()][3:] == [0, 1, 1, 1, "Lift (B4)"]


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
