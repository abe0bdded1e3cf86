"""Cases and their typed attributes, from a table that may come again."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import CASES, full_study, new_study, table

from store.errors import BadTable
from transcripts.fieldwork.attributes import attribute_kind


def kinds(study: object) -> dict[str, str]:
    return {attribute.name: attribute.kind for attribute in study.attributes()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_column_but_the_name_is_an_attribute(tmp_path: Path, ending: str) -> None:
    study = new_study(tmp_path)
    report = study.import_cases(table(tmp_path / f"cases.{ending}", CASES))
    assert (report.rows, report.added, report.findings) == (3, 3, ())
    assert [(case.name, case.attributes) for case in study.cases()] == [
        ("Værftet", {"Sektor": "Privat", "Ansatte": "120"}),
        ("Ældrecentret", {"Sektor": "Offentlig", "Ansatte": "45"}),
        ("Skolen", {"Sektor": "Offentlig", "Ansatte": "60"}),
    ]
    assert kinds(study) == {"Sektor": "choice", "Ansatte": "number"}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2,5", "-3", "+4.25"], "number"),
        (["35-99", "+100", "35-99"], "choice"),
        (["2026-01-31", "2025-12-01"], "date"),
        (["Offentlig", "offentlig", "Privat"], "choice"),
        (["En lang forklaring", "En anden"], "text"),
        ([str(n) + " år" for n in range(13)] * 2, "text"),
    ],
)
def test_an_attribute_has_the_narrowest_kind_that_all_its_values_have(values: list[str], kind: str) -> None:
    assert attribute_kind(values) == kind


def test_what_is_not_stated_does_not_widen_a_kind(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_cases(table(tmp_path / "c.csv", [["case", "staff"], ["A", "12"], ["B", "uoplyst"], ["C", ""]]))
    assert kinds(study) == {"staff": "number"}
    assert study.dimension_labels("attribute:staff") == ["12", "uoplyst"]


def test_a_table_that_comes_again_updates_empties_and_keeps(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_cases(table(tmp_path / "c.csv", CASES))
    rows = [
        ["case", "sektor", "By"],
        ["VÆRFTET", "Offentlig", "Aarhus"],
        ["Skolen", "", "Vejle"],
        ["Havnen", "Privat", ""],
    ]
    report = study.import_cases(table(tmp_path / "c.csv", rows))
    assert (report.added, report.changed, report.unchanged) == (1, 2, 0)
    assert [(finding.code, finding.message) for finding in report.findings] == [
        ("case-not-in-table", "the study's case 'Ældrecentret' is not in the table; it stays as it is")
    ]
    assert [(case.name, case.attributes) for case in study.cases()] == [
        ("Værftet", {"Sektor": "Offentlig", "Ansatte": "120", "By": "Aarhus"}),
        ("Ældrecentret", {"Sektor": "Offentlig", "Ansatte": "45"}),
        ("Skolen", {"Ansatte": "60", "By": "Vejle"}),
        ("Havnen", {"Sektor": "Privat"}),
    ]
    assert study.check() == []


def test_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    cases = table(tmp_path / "c.csv", CASES)
    study.import_cases(cases)
    acts = study.info().acts
    assert study.import_cases(cases).unchanged == 3
    assert study.info().acts == acts


def test_a_table_that_names_all_cases_gives_their_order_and_another_does_not(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_cases(table(tmp_path / "c.csv", CASES))
    study.import_cases(table(tmp_path / "c.csv", [CASES[0], ["Skolen", "", ""], ["Havnen", "", ""]]))
    assert study.dimension_labels("case") == ["Værftet", "Ældrecentret", "Skolen", "Havnen"]
    study.import_cases(table(tmp_path / "c.csv", [["sag"], ["Havnen"], ["Skolen"], ["Ældrecentret"], ["Værftet"]]))
    assert study.dimension_labels("case") == ["Havnen", "Skolen", "Ældrecentret", "Værftet"]


def test_a_case_twice_or_without_a_name_is_refused_with_its_row(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    with pytest.raises(BadTable) as caught:
        study.import_cases(
            table(tmp_path / "c.csv", [["case", "x"], ["A", "1"], ["", "2"], [" a", "3"], ["B; C", "4"]])
        )
    assert caught.value.problems == [
        'row 3, column "case": found nothing; expected the name of a case',
        'row 4, column "case": found "a"; expected each case once',
        'row 5, column "case": found "B; C"; expected a name without \';\', which parts cases elsewhere',
    ]
    assert study.cases() == []


def test_a_first_column_taken_for_the_names_is_told(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    report = study.import_cases(table(tmp_path / "c.csv", [["Afdeling", "Etage"], ["Nord", "1"]]))
    assert [finding.code for finding in report.findings] == ["case-column-guessed"]
    assert [case.name for case in study.cases()] == ["Nord"]


def test_cases_know_their_sources_and_keep_them_when_their_table_comes_again(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.import_cases(tmp_path / "cases.csv")
    assert {case.name: case.sources for case in study.cases()} == {
        "Værftet": ("gruppe", "leder"),
        "Ældrecentret": ("ansat",),
        "Skolen": ("gruppe",),
    }


def test_undo_takes_cases_and_attributes_back(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_cases(table(tmp_path / "c.csv", CASES))
    study.undo()
    assert (study.cases(), study.attributes()) == ([], [])
