"""Codings in bulk, from a table: every row lands on its words, or is reported with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import code, copied, new_study, only, span, table, write_texts

from cmo.study import Study
from codebook.records import CodingsReport
from exports.csv_tables import write_quotes
from store.errors import BadTable

HEAD = ["source", "quote", "point", "element"]


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    return copied(full_file, tmp_path)


def bring_in(study: Study, *rows: Sequence[object], ending: str = "csv") -> CodingsReport:
    return study.import_codings(table(study.path.parent / f"codings.{ending}", rows))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_row_gives_its_words_a_code_a_stance_a_memo_and_a_coder(study: Study, ending: str) -> None:
    head = ["Kilde", "Citat", "PT-punkt", "Element", "Koder", "Holdning", "Notat"]
    report = bring_in(
        study, head, ["leder.txt", "Køen var lang", 1, "Mekanisme", "CD", "imod", "Set før"], ending=ending
    )
    assert (report.rows, report.added, report.unchanged, report.problems) == (1, 1, 0, ())
    quote = only(study.quotes())
    assert (quote.quote, quote.code, quote.stance, quote.memo) == ("Køen var lang", "#1 M", "refutes", "Set før")
    assert (quote.coder, quote.judge) == ("CD", "CD")
    assert (quote.start, quote.end) == span(study, "leder", "Køen var lang")
    assert study.check() == []


def test_each_row_tells_which_coding_it_is(study: Study) -> None:
    head = ["source", "quote", "point", "element", "stance", "judge"]
    first = ["leder", "Køen var lang", 1, "M", "for", ""]
    rows = [first, ["leder", "Det står her ikke", 1, "M", "", ""], ["leder", "Folk gik ned", 1, "O", "", ""]]
    ids = bring_in(study, head, *rows).coding_ids
    quotes = {quote.coding_id: (quote.quote, quote.code) for quote in study.quotes()}
    assert [quotes.get(found or 0) for found in ids] == [("Køen var lang", "#1 M"), None, ("Folk gik ned", "#1 O")]
    again = bring_in(study, head, first, [*first[:4], "imod", ""], [*first[:4], "imod", "CD"])
    assert again.coding_ids == (ids[0], None, None)
    assert len(again.problems) == 2


def test_columns_that_say_nothing_known_are_named_and_the_rows_come_in(study: Study) -> None:
    head = ["source", "quote", "code", "Tillid", "styrkke"]
    report = bring_in(study, head, ["leder", "Køen var lang", "A", "høj", "3"])
    assert (report.added, report.problems) == (1, ())
    finding = only(report.not_used)
    assert (finding.code, finding.where) == ("column-not-used", "codings.csv")
    assert "'Tillid', 'styrkke'" in finding.message
    assert "strength" in finding.message
    assert bring_in(study, head[:3], ["leder", "Køen var lang", "A"]).not_used == ()


def test_quotes_that_were_exported_come_in_again_without_a_word_about_their_other_columns(
    study: Study, tmp_path: Path
) -> None:
    bring_in(study, ["source", "quote", "code"], ["leder", "Køen var lang", "A"])
    write_quotes(study, tmp_path / "quotes.csv")
    report = study.import_codings(tmp_path / "quotes.csv")
    assert (report.unchanged, report.not_used, report.problems) == (1, (), ())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_passage_is_given_by_start_and_end_or_by_start_and_quote(study: Study, ending: str) -> None:
    start, end = span(study, "leder", "Køen var lang")
    head = ["source", "start", "end", "quote", "code"]
    rows = [
        ["leder", start, end, "", "A"],
        ["leder", start, end, "Køen var lang", "B"],
        ["leder", start, "", "Køen var", "C"],
    ]
    assert bring_in(study, head, *rows, ending=ending).problems == ()
    assert [(coding.code, coding.quote) for coding in study.codings("leder")] == [
        ("C", "Køen var"),
        ("A", "Køen var lang"),
        ("B", "Køen var lang"),
    ]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["0", "4", "Køen"], 'column "quote": found "Køen"; expected the words at 0 to 4, which are \'I: H\''),
        (["0", "9999", ""], 'column "end": found "9999"; expected a passage inside the'),
        (["9", "9", ""], 'column "end": found "9"; expected a passage inside the'),
        (["9999", "", "Køen"], 'column "start": found "9999"; expected a passage inside the'),
        (["-1", "4", ""], 'column "start": found "-1"; expected a position in code points'),
        (["1" * 5000, "4", ""], 'column "start"'),
        (["4", "", ""], 'column "quote": found nothing; expected the words of the passage, or its start and end'),
        (["", "4", ""], 'column "quote": found nothing; expected the words of the passage, or its start and end'),
        (
            ["", "", "R:"],
            'column "quote": found "R:"; expected words that stand in \'leder\' once; these stand there 2',
        ),
        (
            ["", "", "bussen kørte"],
            'column "quote": found "bussen kørte"; expected words that stand in \'leder\' exactly',
        ),
    ],
)
def test_a_passage_that_is_not_sure_is_reported_and_not_guessed(study: Study, cells: list[str], problem: str) -> None:
    report = bring_in(study, ["source", "start", "end", "quote", "code"], ["leder", *cells, "Ny kode"])
    assert report.problems[0].startswith("row 2, " + problem)
    assert (report.added, study.info().counts["codings"]) == (0, 0)


def test_words_with_other_spaces_are_not_taken_but_their_place_is_told(study: Study) -> None:
    start, end = span(study, "leder", "Og køen?\nR: Køen")
    report = bring_in(study, ["source", "quote", "code"], ["leder", "Og køen? R: Køen", "A"])
    assert report.problems[0].endswith(f"exactly like this; with other spaces they stand at {start} to {end}")


def test_a_row_that_cannot_be_used_leaves_nothing_behind(study: Study) -> None:
    counts, acts = study.info().counts, study.info().acts
    head = ["source", "quote", "code", "stance", "coder", "memo"]
    rows = [
        ["leder", "står der ikke", "Ny A", "", "NN", "x"],
        ["ingen", "Køen var lang", "Ny B", "", "NN", "x"],
        ["leder", "Køen var lang", "Ny C", "måske", "NN", "x"],
        ["leder", "Køen var lang", "Ny D", "for", "NN", "x"],
        ["leder", "Køen var lang", "#9 M", "for", "NN", "x"],
        ["leder", "Køen var lang", "", "", "NN", "x"],
    ]
    assert len(bring_in(study, head, *rows).problems) == 6
    assert (study.info().counts, study.info().acts) == (counts, acts)
    assert study.dimension_labels("coder") == ["AB"]


def test_rows_that_can_be_used_come_in_beside_those_that_cannot(study: Study) -> None:
    rows = [
        ["leder", "Køen var lang", "1", "M"],
        ["leder", "står der ikke", "1", "M"],
        ["ansat", "En fast tid", "2", "C"],
    ]
    report = bring_in(study, HEAD, *rows)
    assert (report.rows, report.added, len(report.problems)) == (3, 2, 1)
    assert [(quote.point, quote.quote) for quote in study.quotes()] == [("#1", "Køen var lang"), ("#2", "En fast tid")]


@pytest.mark.parametrize(
    ("point", "element", "expected"),
    [
        ("1", "M", "#1 M"),
        ("#1", "mechanism", "#1 M"),
        ("PT 1", "Mekanisme", "#1 M"),
        ("1", "kontekst", "#1 C"),
        ("1", "k", "#1 C"),
        ("1", "UDFALD", "#1 O"),
        ("1", "", "#1"),
        ("H", "O", "H O"),
        ("overordnet hypotese", "c", "H C"),
        ("Overall hypothesis", "context", "H C"),
    ],
)
def test_points_and_elements_are_understood_in_both_languages(
    study: Study, point: str, element: str, expected: str
) -> None:
    assert bring_in(study, HEAD, ["leder", "Køen var lang", point, element]).problems == ()
    assert only(study.quotes()).code == expected


@pytest.mark.parametrize(
    ("point", "element", "problem"),
    [
        ("9", "M", 'column "point": found "9"; expected a point of this study\'s programme theory'),
        ("Pauser", "M", 'column "point": found "Pauser"; expected a point'),
        ("1", "X", 'column "element": found "X"; expected an element of the theory (C, M, O), by letter or name'),
        ("", "M", 'column "element": found "M"; expected nothing, because an element needs a PT point'),
        ("", "", 'column "point": found nothing; expected a code, or a PT point and an element'),
    ],
)
def test_a_point_or_element_that_is_none_is_reported(study: Study, point: str, element: str, problem: str) -> None:
    assert bring_in(study, HEAD, ["leder", "Køen var lang", point, element]).problems[0].startswith("row 2, " + problem)


def test_a_new_code_is_made_once_and_found_again_in_any_capitals(study: Study) -> None:
    rows = [
        ["leder", "Køen var lang", "Kø ved  bussen"],
        ["ansat", "En fast tid", "kø VED bussen"],
        ["leder", "Folk", "#1 m"],
    ]
    assert bring_in(study, ["source", "quote", "code"], *rows).added == 3
    assert [code.name for code in study.codes() if code.point is None] == ["Kø ved bussen"]
    assert only(study.quotes(code="#1 M")).point == "#1"


def test_code_and_point_must_say_the_same(study: Study) -> None:
    study.new_code("Pauser")
    head = ["source", "quote", "code", "point", "element"]
    rows = [
        ["leder", "Køen", "#1 M", "1", "M"],
        ["leder", "Folk gik", "Pauser", "1", "M"],
        ["leder", "Folk gik", "Ny", "1", "M"],
    ]
    report = bring_in(study, head, ["leder", "Køen var lang", "#1 M", "1", "M"], *rows[1:])
    assert (report.added, len(report.problems)) == (1, 2)
    assert 'column "code": found "Pauser"; expected nothing, or \'#1 M\'' in report.problems[0]
    assert "Ny" not in [code.name for code in study.codes()]


def test_an_unknown_source_is_reported_with_the_nearest(study: Study) -> None:
    report = bring_in(study, HEAD, ["ledder", "Køen var lang", "1", "M"], ["", "Køen var lang", "1", "M"])
    assert report.problems[0].startswith(
        'row 2, column "source": found "ledder"; expected a source of this study. Did you'
    )
    assert report.problems[1].startswith('row 3, column "source": found nothing; expected a source of this study.')


@pytest.mark.parametrize(
    ("written", "stance"),
    [
        ("supports", "supports"),
        ("For", "supports"),
        ("+", "supports"),
        ("understøtter", "supports"),
        ("imod", "refutes"),
        ("AGAINST", "refutes"),
        ("-", "refutes"),
        ("−", "refutes"),
        ("~", "refines"),
        ("nuancerer", "refines"),
        ("udvider", "extends"),
        ("rival", "rival"),
        ("", None),
    ],
)
def test_stances_are_understood_however_they_are_written(study: Study, written: str, stance: str | None) -> None:
    assert bring_in(study, [*HEAD, "stance"], ["leder", "Køen var lang", "1", "M", written]).problems == ()
    assert only(study.quotes()).stance == stance


def test_a_stance_without_a_point_is_reported(study: Study) -> None:
    report = bring_in(study, ["source", "quote", "code", "stance"], ["leder", "Køen var lang", "Kø", "for"])
    assert 'column "stance": found "for"; expected nothing here: a stance needs a PT point' in report.problems[0]


def test_the_same_table_again_adds_nothing(study: Study) -> None:
    rows = [["leder", "Køen var lang", "1", "M", "for", "a"], ["leder", "Køen var lang", "1", "C", "", ""]]
    bring_in(study, [*HEAD, "stance", "memo"], *rows)
    state = study.info().state
    report = bring_in(study, [*HEAD, "stance", "memo"], *rows)
    assert (report.added, report.unchanged, report.problems, study.info().state) == (0, 2, (), state)


def test_a_row_twice_in_a_table_is_one_coding(study: Study) -> None:
    row = ["leder", "Køen var lang", "1", "M"]
    report = bring_in(study, HEAD, row, row)
    assert (report.added, report.unchanged) == (1, 1)


def test_a_row_that_disagrees_with_the_study_is_reported_and_changes_nothing(study: Study) -> None:
    code(study, "leder", "Køen var lang", "#1 M", "supports", "mit")
    state = study.info().state
    rows = [["leder", "Køen var lang", "1", "M", "imod", ""], ["leder", "Køen var lang", "1", "M", "", "andet"]]
    report = bring_in(study, [*HEAD, "stance", "memo"], *rows)
    assert [problem.split(":")[0] for problem in report.problems] == ["row 2", "row 3"]
    assert "and is judged or noted otherwise; it was left as it was" in report.problems[0]
    assert study.info().state == state


def test_another_judges_stance_is_no_disagreement(study: Study, tmp_path: Path) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M", "supports")
    Study(study.file, "CD").set_stance(coding.id, "refutes")
    report = bring_in(study, [*HEAD, "stance"], ["leder", "Køen var lang", "1", "M", "for"])
    assert (report.unchanged, report.problems) == (1, ())


def test_coders_are_known_in_any_capitals_and_new_ones_are_added(study: Study) -> None:
    head = [*HEAD, "coder"]
    rows = [
        ["leder", "Køen var lang", "1", "M", "ab"],
        ["leder", "Folk gik", "1", "M", "Ny  Koder"],
        ["ansat", "Nej", "1", "M", ""],
    ]
    bring_in(study, head, *rows)
    assert study.dimension_labels("coder") == ["AB", "Ny Koder"]
    assert [quote.coder for quote in study.quotes()] == ["Ny Koder", "AB", "AB"]


def test_a_quote_in_other_letters_and_line_ends_lands_on_the_same_words(study: Study) -> None:
    words = "Køen var lang om mandagen. Ingen blev sure 😀."
    several = "om mandagen. Ingen blev sure 😀.\n"
    quotes = [unicodedata.normalize("NFD", words), f"Og køen?\r\nR: {words}", several.strip()]
    report = bring_in(study, ["source", "quote", "code"], *([["leder", quote, "A"] for quote in quotes]))
    assert report.problems == ()
    assert {coding.quote for coding in study.codings("leder")} == {words, f"Og køen?\nR: {words}", several.strip()}


def test_one_undo_takes_a_whole_table_back_and_redo_brings_it_again(study: Study) -> None:
    before = study.info()
    bring_in(
        study, ["source", "quote", "code", "coder"], ["leder", "Køen", "A", "CD"], ["ansat", "En fast tid", "B", ""]
    )
    report = bring_in(study, ["source", "quote", "code"], ["leder", "Folk gik ned", "A"], ["ansat", "En fast tid", "C"])
    assert report.added == 2
    study.undo()
    assert study.info().counts["codings"] == 2
    study.undo()
    assert (study.info().counts, study.info().state) == (before.counts, before.state)
    study.redo()
    study.redo()
    assert study.info().counts["codings"] == 4
    assert study.check() == []


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        (["quote", "code"], "the source (source, file, kilde)"),
        (["source", "code"], "the passage (quote; or start and end)"),
        (["source", "start", "code"], "the passage (quote; or start and end)"),
        (["source", "quote", "element"], "the code (code; or point and element)"),
    ],
)
def test_a_table_without_a_column_it_needs_is_refused(study: Study, head: list[str], missing: str) -> None:
    with pytest.raises(BadTable) as caught:
        bring_in(study, head, ["x"] * len(head))
    assert caught.value.problems[0].startswith(f"no column for {missing}; found ")


def test_a_theory_code_in_a_study_without_a_theory_is_not_made_by_mistake(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in")])
    report = bring_in(study, ["source", "quote", "code"], ["leder", "Køen var lang", "#1 M"])
    assert "expected a code of this study; those of the theory are written like '#7' or '#7 M'" in report.problems[0]
    assert study.codes() == []


def test_a_row_gives_a_whole_judgement_by_any_judge_and_what_is_undecided_or_best(study: Study) -> None:
    head = ["kilde", "citat", "punkt", "element", "koder", "bedømt af", "holdning", "styrke", "relevans", "rigour"]
    head += ["begrundelse", "i tvivl", "bedste", "memo"]
    row = ["leder", "Køen var lang", "1", "M", "AB", "", "for", "4", "5", "", "Klart.", "", "ja", ""]
    again = ["leder", "Køen var lang", "1", "M", "AB", "CD", "imod", "", "", "2", "", "", "", ""]
    whole = ["ansat", "En fast tid", "1", "", "AB", "", "", "", "", "", "", "c/m", "", ""]
    report = bring_in(study, head, row, again, whole)
    assert (report.added, report.problems) == (2, ())
    assert [(q.judge, q.stance, q.strength, q.relevance, q.rigour, q.rationale) for q in study.quotes(element="M")] == [
        ("AB", "supports", 4, 5, None, "Klart."),
        ("CD", "refutes", None, None, 2, ""),
    ]
    assert [q.is_best for q in study.quotes(element="M")] == [True, True]
    assert only(study.quotes(source="ansat")).undecided == "CM"
    same = bring_in(study, head, row, again, whole)
    assert (same.added, same.unchanged, same.problems) == (0, 3, ())
    other = bring_in(study, head, [*row[:7], "3", *row[8:]], [*again[:5], "EF", *again[6:]])
    assert [problem.split(":")[0] for problem in other.problems] == ["row 2", "row 3"]
    assert study.check() == []


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("strength", "6", 'column "strength": found "6"; expected a number from 1 to 5, or nothing'),
        ("rationale", "fordi", 'column "rationale": found "fordi"; expected nothing, because the row has no stance'),
        ("best", "måske", 'column "best": found "måske"; expected yes, no or nothing'),
        ("undecided", "CM", 'column "undecided": found "CM"; expected letters of two or more elements, of a whole'),
    ],
)
def test_a_judgement_that_cannot_be_is_reported(study: Study, column: str, value: str, problem: str) -> None:
    stance = "for" if column == "strength" else ""
    report = bring_in(study, [*HEAD, "stance", column], ["leder", "Køen var lang", "1", "M", stance, value])
    assert problem in report.problems[0]
    assert study.info().counts["codings"] == 0


def test_a_code_outside_the_theory_is_not_made_for_a_row_that_cannot_be_used(study: Study) -> None:
    report = bring_in(study, ["source", "quote", "code", "undecided"], ["leder", "Køen var lang", "Ny", "CM"])
    assert "nothing here: an element needs a PT point" in report.problems[0]
    assert "Ny" not in [found.name for found in study.codes()]
