"""A programme theory from a table: labels, elements, versions, and the code frame it makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import THEORY, code, full_study, new_study, only, table

from cmo.records import Theory
from cmo.study import Study
from cmo.theory import point_label
from store.errors import BadTable, UndoConflict

Rows = list[list[str]]


def changed(label: str, column: int, text: str) -> Rows:
    """The theory with another text in one cell."""
    return [[text if at == column and row[0] == label else cell for at, cell in enumerate(row)] for row in THEORY]


def imported(folder: Path, rows: Rows) -> Theory:
    study = new_study(folder)
    study.import_theory(table(folder / "t.csv", rows))
    return study.theory()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_points_keep_their_places_and_an_empty_element_stays_empty(tmp_path: Path, ending: str) -> None:
    study = new_study(tmp_path)
    report = study.import_theory(table(tmp_path / f"bogbus.{ending}", THEORY))
    assert (report.rows, report.added, report.changed, report.findings) == (4, 4, 0, ())
    theory = study.theory()
    assert theory.name == "bogbus"
    assert [(element.letter, element.name) for element in theory.elements] == [
        ("C", "context"),
        ("M", "mechanism"),
        ("O", "outcome"),
    ]
    assert [(point.label, point.title, point.is_overall, point.version) for point in theory.points] == [
        ("H", "Overordnet hypotese", True, 1),
        ("#1", "", False, 1),
        ("#2", "", False, 1),
        ("#3", "", False, 1),
    ]
    assert theory.points[3].wording == {"C": "", "M": "Børn spørger efter bøger.", "O": "Forældre låner."}


@pytest.mark.parametrize(
    "headings",
    [
        ["number", "context", "mechanism", "outcome"],
        ["PT-punkt #", "Kontekst", "Mekanisme", "Outcome"],
        ["Nr.", "KONTEKST", "mekanisme ", "Udfald"],
        ["#", "C", "M", "O"],
        ["PT", "K", "M", "U"],
        ["Punkt", "Context", "Mechanism", "Effekt"],
    ],
)
def test_headings_are_recognised_in_both_languages(tmp_path: Path, headings: list[str]) -> None:
    point = imported(tmp_path, [headings, ["1", "c", "m", "o"]]).points[0]
    assert (point.label, point.wording) == ("#1", {"C": "c", "M": "m", "O": "o"})


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("7", "#7"),
        ("#7", "#7"),
        ("# 7", "#7"),
        ("PT 7", "#7"),
        ("PT7", "#7"),
        ("pt-punkt #7", "#7"),
        ("Punkt 7.", "#7"),
        ("No. 7", "#7"),
        ("(7)", "#7"),
        ("07", "#7"),
        ("10", "#10"),
        ("0", "#0"),
        ("7a", "#7a"),
        ("7 A", "#7a"),
        ("3.1", "#3.1"),
        ("3,1", "#3.1"),
        ("H", None),
        ("Overordnet hypotese", None),
        ("", None),
        ("7-9", None),
        ("7 and 8", None),
    ],
)
def test_numbers_are_understood_however_they_are_written(written: str, label: str | None) -> None:
    assert point_label(written) == label


def test_an_overall_hypothesis_needs_no_number_and_no_title(tmp_path: Path) -> None:
    points = imported(tmp_path, [THEORY[0], ["", "a", "b", "c"], ["Anden hypotese", "d", "e", "f"], *THEORY[2:]]).points
    assert [(point.label, point.title) for point in points[:3]] == [("H", ""), ("H2", "Anden hypotese"), ("#1", "")]


def test_overall_hypotheses_are_known_again_by_their_titles(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    first, second = ["For ledere", "a", "b", "c"], ["For ansatte", "d", "e", "f"]
    study.import_theory(table(tmp_path / "t.csv", [THEORY[0], first, second]))
    report = study.import_theory(table(tmp_path / "t.csv", [THEORY[0], ["Ny", "g", "", ""], second, first]))
    assert (report.added, report.changed, report.unchanged) == (1, 0, 2)
    assert [(p.label, p.title) for p in study.theory().points] == [
        ("H3", "Ny"),
        ("H2", "For ansatte"),
        ("H", "For ledere"),
    ]


def test_the_only_overall_hypothesis_is_the_same_under_another_title(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    report = study.import_theory(table(tmp_path / "t.csv", [THEORY[0], ["Hovedidé", *THEORY[1][1:]], *THEORY[2:]]))
    assert (report.added, report.changed) == (0, 1)
    assert study.theory().points[0].title == "Hovedidé"


def test_other_elements_make_another_grammar(tmp_path: Path) -> None:
    rows = [
        ["nr", "Strategi", "indsats", "kontekst", "aktør", "mekanisme", "udfald"],
        ["1", "s", "i", "c", "a", "m", "o"],
    ]
    theory = imported(tmp_path, rows)
    assert "".join(element.letter for element in theory.elements) == "SICAMO"
    assert theory.points[0].wording == {"S": "s", "I": "i", "C": "c", "A": "a", "M": "m", "O": "o"}


def test_an_element_that_comes_later_gives_every_point_its_code(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    report = study.import_theory(table(tmp_path / "t.csv", [["nr", "indsats"], ["1", "En bus"]]))
    assert (report.changed, [finding.code for finding in report.findings]) == (1, ["point-not-in-table"] * 3)
    assert [(p.label, p.version) for p in study.theory().points] == [("H", 1), ("#1", 2), ("#2", 1), ("#3", 1)]
    names = [code.name for code in study.codes()]
    assert names[5:12] == ["#1", "#1 C", "#1 I", "#1 M", "#1 O", "#2", "#2 C"]
    assert study.theory().points[1].wording == {"I": "En bus", **dict(zip("CMO", THEORY[2][1:], strict=True))}
    assert study.check() == []


def test_a_column_that_is_no_element_is_reported_and_left_out(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    report = study.import_theory(table(tmp_path / "t.csv", [["nr", "kontekst", "Kilde"], ["1", "c", "bilag 2"]]))
    assert [(f.code, f.where, f.message) for f in report.findings] == [
        ("column-not-used", "t.csv", "the column 'Kilde' is none that is known here; it was left out")
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["nr", "tekst"], ["1", "x"]], "no column for any element; found nr, tekst"),
        ([["tekst", "kontekst"], ["1", "x"]], "no column for a number; found tekst, kontekst"),
        ([["nr", "kontekst"], ["1", "x"], ["#1", "y"]], 'row 3, column "nr": found "#1"; expected each number once'),
        (
            [["nr", "kontekst"], ["1-2", "x"]],
            'row 2, column "nr": found "1-2"; expected a number such as #7, 7a or 3.1',
        ),
        ([["nr", "kontekst"], ["1", ""]], 'row 2, column "kontekst": found nothing; expected at least one element'),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_whole(tmp_path: Path, rows: Rows, problem: str) -> None:
    study = new_study(tmp_path)
    with pytest.raises(BadTable) as caught:
        study.import_theory(table(tmp_path / "t.csv", rows))
    assert caught.value.problems[0].startswith(problem)
    assert study.theory().points == ()


def test_the_theory_is_the_code_frame(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.new_code("Nattevagt")
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    frame = study.codes()
    assert [code.name for code in frame[4:9]] == ["#1", "#1 C", "#1 M", "#1 O", "#2"]
    assert frame[-1].name == "Nattevagt"
    point, mechanism = frame[4], frame[6]
    assert point.definition == "Pauserne er lange nok. → Kolleger går derned sammen. → Bøger bliver lånt."
    assert (mechanism.definition, mechanism.parent_id) == ("Kolleger går derned sammen.", point.id)
    assert (mechanism.point, mechanism.element) == ("#1", "M")


def test_a_code_outside_the_theory_keeps_its_name(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.new_code("#1 m")
    with pytest.raises(BadTable, match="a number that gives no code '#1 m'"):
        study.import_theory(table(tmp_path / "t.csv", THEORY))
    assert study.theory().points == ()


# -- versions --------------------------------------------------------------------------------------------------


def test_the_same_table_again_makes_no_version_nor_does_other_white_space(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    acts = study.info().acts
    assert study.import_theory(tmp_path / "t.csv").unchanged == 4
    study.import_theory(table(tmp_path / "t.csv", changed("#1", 2, "Kolleger går\nderned  sammen. ")))
    assert study.info().acts == acts


def test_another_wording_makes_a_new_version_and_its_judgements_stale(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "leder", "hentede bøger i pausen", "#1 M", "supports")
    code(study, "ansat", "når vi har travlt", "#1 C", "refutes")
    code(study, "leder", "Ingen blev sure", "#2 O", "supports")
    report = study.import_theory(table(tmp_path / "t.csv", changed("#1", 2, "Kolleger går derned to og to.")))
    assert (report.changed, report.unchanged) == (1, 3)
    point = study.theory().point("#1")
    assert point is not None
    assert (point.version, point.wording["M"]) == (2, "Kolleger går derned to og to.")
    frame = {code.name: code.definition for code in study.codes()}
    assert frame["#1 M"] == "Kolleger går derned to og to."
    assert frame["#1"] == "Pauserne er lange nok. → Kolleger går derned to og to. → Bøger bliver lånt."
    assert [(quote.stance, quote.stale) for quote in study.quotes(point="1")] == [("supports", True), ("refutes", True)]
    assert only(study.quotes(point="2")).stale is False
    cell = study.matrix("point", "element").row_totals["#1"]
    assert {stance: counts.excerpts for stance, counts in cell.stances.items()} == {"stale": 2}
    assert [coding.stale for coding in study.codings("leder")] == [True, False]
    assert len(study.quotes(stance="stale")) == 2
    assert study.check() == []


def test_a_judgement_made_anew_counts_and_the_old_one_is_kept(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    coding = code(study, "leder", "hentede bøger i pausen", "#1 M", "supports")
    study.import_theory(table(tmp_path / "t.csv", changed("#1", 2, "Noget andet.")))
    again = study.set_stance(coding.id, "supports")
    assert (again.stance, again.stale) == ("supports", False)
    assert study.info().counts["judgements"] == 2
    assert [(quote.stance, quote.stale) for quote in study.quotes()] == [("supports", False)]
    assert study.check() == []


def test_undoing_the_new_wording_makes_judgements_hold_again(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "leder", "hentede bøger i pausen", "#1 M", "supports")
    study.import_theory(table(tmp_path / "t.csv", changed("#1", 2, "Noget andet.")))
    study.undo()
    assert only(study.quotes()).stale is False
    point = study.theory().point("1")
    assert point is not None
    assert point.version == 1
    study.redo()
    assert only(study.quotes()).stale is True


def test_a_point_that_the_table_leaves_out_stays_and_is_told(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    report = study.import_theory(table(tmp_path / "t.csv", [*THEORY[:3], ["#1a", "x", "y", "z"]]))
    assert [finding.message for finding in report.findings] == [
        "the study's point #2 is not in the table; it stays as it is",
        "the study's point #3 is not in the table; it stays as it is",
    ]
    assert study.dimension_labels("point") == ["H", "#1", "#2", "#3", "#1a"]
    study.import_theory(table(tmp_path / "t.csv", [*THEORY[:3], ["#1a", "x", "y", "z"], *THEORY[3:]]))
    assert study.dimension_labels("point") == ["H", "#1", "#1a", "#2", "#3"]


def test_a_theory_that_is_coded_to_cannot_be_undone_before_its_codings(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "t.csv", THEORY))
    other = Study(study.file, "CD")
    (tmp_path / "x.txt").write_text("R: Vi går derned.", encoding="utf-8")
    other.import_files([tmp_path / "x.txt"])
    other.code("x", 3, 10, "#1 M", stance="supports")
    with pytest.raises(UndoConflict):
        study.undo(mine=True)
    assert len(study.theory().points) == 4


# -- the glossary ----------------------------------------------------------------------------------------------


def test_a_glossary_comes_with_the_theory_and_is_brought_up_to_date(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    theory = table(tmp_path / "t.csv", THEORY)
    study.import_theory(theory, glossary=table(tmp_path / "g.csv", [["Forkortelse", "Betydning"], ["BB", "bogbus"]]))
    study.import_theory(
        theory, glossary=table(tmp_path / "g.csv", [["term", "meaning"], ["bb", "bogbussen"], ["L", "leder"]])
    )
    assert study.theory().glossary == {"bb": "bogbussen", "L": "leder"}


def test_a_bad_glossary_keeps_the_theory_out_as_well(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    glossary = table(tmp_path / "g.csv", [["term", "meaning"], ["BB", "bogbus"], ["bb", "x"], ["L", ""]])
    with pytest.raises(BadTable) as caught:
        study.import_theory(table(tmp_path / "t.csv", THEORY), glossary=glossary)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        'row 3, column "term"',
        'row 4, column "meaning"',
    ]
    assert study.theory().points == ()


def test_a_table_of_a_team_comes_in_with_its_title_its_long_headings_and_its_notes(tmp_path: Path) -> None:
    rows = [
        ["The reading bus, theory of March"],
        ["CMOC no.", "Context (in what circumstances?)", "Mechanism: resources", "Mechanism (reasoning)", "Outcomes"],
        ["1", "Long breaks.", "A bus.", "Going together is allowed.", "Books are lent."],
        ["Theme 2: leaders"],
        ["2", "The leader goes first.", "", "It is allowed.", ""],
        ["", "In winter.", "", "It is cold.", ""],
    ]
    study = new_study(tmp_path)
    report = study.import_theory(table(tmp_path / "theory.xlsx", rows))
    assert [(point.label, point.wording.get("R"), point.wording.get("T")) for point in study.theory().points] == [
        ("#1", "A bus.", "Going together is allowed."),
        ("#2", "", "It is allowed."),
        ("H", "", "It is cold."),
    ]
    assert [(found.code, found.where) for found in report.findings] == [
        ("title-row", "theory.xlsx row 1"),
        ("line-between-points", "theory.xlsx row 4"),
        ("no-number", "theory.xlsx row 6"),
    ]
