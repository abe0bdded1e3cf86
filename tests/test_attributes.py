"""Attributes of cases whose kind a person has settled, and tables that go out and come in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import CASES, THEORY, full_study, table
from command_line import call
from openpyxl import load_workbook

from cmo.demo.build import build
from cmo.study import Study
from exports.study_tables import TABLES, write_table
from store.errors import BadFile, BadTable, InputError, UnknownName
from transcripts.records import Attribute


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return full_study(tmp_path)


def sector(study: Study) -> Attribute:
    return study.attributes()[0]


def test_a_pick_list_is_kept_to_and_spells_the_values(study: Study, tmp_path: Path) -> None:
    study.settle_attribute("sektor", "choice", ["privat", "Offentlig", "Selvejende", "privat "])
    assert sector(study) == Attribute("Sektor", "choice", ("privat", "Offentlig", "Selvejende"), True)
    assert [case.attributes["Sektor"] for case in study.cases()] == ["privat", "Offentlig", "Offentlig"]
    study.import_cases(table(tmp_path / "c.csv", [CASES[0], ["Skolen", "SELVEJENDE", "uoplyst"]]))
    assert study.cases()[2].attributes == {"Sektor": "Selvejende", "Ansatte": "uoplyst"}
    with pytest.raises(BadTable, match=r'row 2, column "Sektor": found "Kommunal"; expected one of privat, Offentlig'):
        study.import_cases(table(tmp_path / "d.csv", [CASES[0], ["Skolen", "Kommunal", ""]]))
    study.undo()
    study.undo()
    assert sector(study) == Attribute("Sektor", "choice")
    assert study.cases()[0].attributes["Sektor"] == "Privat"


def test_a_settled_number_refuses_words_but_not_that_nobody_said(study: Study, tmp_path: Path) -> None:
    study.settle_attribute("Ansatte", "number")
    study.import_cases(table(tmp_path / "c.csv", [CASES[0], ["Skolen", "", "ikke oplyst"]]))
    with pytest.raises(BadTable, match='found "mange"; expected a number'):
        study.import_cases(table(tmp_path / "d.csv", [CASES[0], ["Skolen", "", "mange"]]))
    study.settle_attribute("Ansatte", None)
    study.import_cases(table(tmp_path / "d.csv", [CASES[0], ["Skolen", "", "mange"]]))
    assert study.attributes()[1] == Attribute("Ansatte", "text")


def test_a_kind_that_present_values_do_not_have_is_refused(study: Study) -> None:
    with pytest.raises(InputError, match="Cases have 'Privat', 'Offentlig'; expected a number"):
        study.settle_attribute("Sektor", "number")
    with pytest.raises(InputError, match="Only a choice has a pick-list"):
        study.settle_attribute("Sektor", "text", ["a"])
    with pytest.raises(InputError, match="no kind of attribute"):
        study.settle_attribute("Sektor", "colour")
    with pytest.raises(UnknownName):
        study.settle_attribute("Sektr", "text")
    assert not sector(study).is_settled


def test_an_attribute_is_settled_from_the_command_line(study: Study) -> None:
    study.close()
    answer = call("cases", study.path, "--attribute", "Sektor", "--choices", "Privat; Offentlig")
    assert answer.out == "'Sektor' is a choice of Privat, Offentlig.\n"
    assert call("cases", study.path, "--attribute", "Sektor", "--kind", "auto", "--json").json["is_settled"] is False
    assert call("cases", study.path, "--kind", "text").code == 2
    assert call("cases", study.path, "--attribute", "Sektor").code == 2


# -- out and in again ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "ten-minutes.cmo"
    build(path)
    return path


@pytest.mark.parametrize("name", [name for name in TABLES if name != "plan"])
def test_a_table_that_comes_in_as_it_went_out_changes_nothing(demo_path: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.xlsx"
    assert call("export", demo_path, out, "--table", name).code == 0
    answer = call(name, demo_path, out, "--preview")
    assert answer.out == "0 values would change. Nothing was changed.\n", answer.err


def test_a_label_of_which_nobody_said_whether_it_asks_goes_out_and_comes_in_as_that(
    study: Study, tmp_path: Path
) -> None:
    assert None in [speaker.asks for speaker in study.speakers()]
    write_table(study, "speakers", tmp_path / "out.xlsx")
    assert study.rehearse(lambda: study.map_speakers(tmp_path / "out.xlsx")).differences == ()


def test_a_plan_goes_out_and_comes_in_again(study: Study, tmp_path: Path) -> None:
    study.import_plan(table(tmp_path / "p.csv", [["role", "case", "expected"], ["Leder", "Skolen", "2"]]))
    assert write_table(study, "plan", tmp_path / "plan.xlsx") == 1
    assert study.import_plan(tmp_path / "plan.xlsx").unchanged == 1


def test_text_that_looks_like_a_formula_goes_out_as_text_and_comes_in_as_it_was(study: Study, tmp_path: Path) -> None:
    wording = "=1+1 er ikke nok _x0041_"
    study.import_theory(table(tmp_path / "t.csv", [THEORY[0], ["#1", wording, "-ro", "@alle"]]))
    write_table(study, "theory", tmp_path / "out.xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert study.rehearse(lambda: study.import_theory(tmp_path / "out.xlsx")).differences == ()


def test_cells_offer_the_values_to_pick_from(study: Study, tmp_path: Path) -> None:
    study.settle_attribute("Sektor", "choice", ["Privat", "Offentlig"])
    write_table(study, "cases", tmp_path / "out.xlsx")
    (offered,) = load_workbook(tmp_path / "out.xlsx").worksheets[0].data_validations.dataValidation
    assert (offered.formula1, str(offered.sqref)) == ('"Privat,Offentlig"', "B2:B204")


def test_a_table_is_the_same_bytes_every_time_and_only_a_workbook(study: Study, tmp_path: Path) -> None:
    write_table(study, "cases", tmp_path / "a.xlsx")
    write_table(study, "cases", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(BadFile):
        write_table(study, "cases", tmp_path / "a.csv")
    assert call("export", study.path, tmp_path / "c.xlsx", "--table", "codings").code == 2


def test_attributes_are_set_one_case_at_a_time_and_a_slip_makes_no_number_a_text(study: Study) -> None:
    case = study.cases()[0].name
    assert study.set_attributes(case.lower(), {"ansatte": "55", "Ejer": "kommunen"}).attributes["Ansatte"] == "55"
    assert study.attributes()[-1] == Attribute("Ejer", "text")
    with pytest.raises(InputError, match="Ansatte '5o': expected a number"):
        study.set_attributes(case, {"Ejer": "", "Ansatte": "5o"})
    assert study.cases()[0].attributes["Ejer"] == "kommunen"
    study.set_attributes(case, {"Ansatte": "uoplyst", "Ejer": ""})
    assert study.cases()[0].attributes["Ansatte"] == "uoplyst"
    assert "Ejer" not in study.cases()[0].attributes
    with pytest.raises(UnknownName, match="no case 'Nowhere'"):
        study.set_attributes("Nowhere", {"Ejer": "staten"})
    with pytest.raises(InputError, match="needs a name"):
        study.set_attributes(case, {" ": "x"})


def test_a_source_is_bound_without_a_table_and_a_slip_is_refused(study: Study) -> None:
    source = study.sources()[0]
    bound = study.bind_source(source.id, cases=[study.cases()[1].name], role="Tillidsvalgt", held_on="14.4.2026")
    assert (bound.case, bound.role, bound.held_on) == (study.cases()[1].name, "Tillidsvalgt", "2026-04-14")
    assert bound.kind == source.kind
    for wrong in ({"kind": "poem"}, {"cases": ["Nowhere"]}, {"held_on": "some day"}):
        with pytest.raises(InputError):
            study.bind_source(source.id, **wrong)
    assert study.source(source.id) == bound
    study.undo()
    assert study.source(source.id) == source


def test_a_case_that_is_let_go_by_its_only_source_stays_until_it_is_removed(study: Study) -> None:
    made, source = study.add_case(" New  school "), study.sources()[0]
    assert made.name == "New school"
    study.bind_source(source.id, cases=["new school"])
    with pytest.raises(InputError, match="in use"):
        study.remove_case("New school")
    study.rename_case("new school", "Old school")
    assert study.source(source.id).case == "Old school"
    study.bind_source(source.id, cases=list(source.cases))
    assert study.cases()[-1].name == "Old school"
    study.remove_case("old school")
    assert study.log(1)[0].summary == "remove case 'Old school'"
    for refused in ("", "a;b", source.cases[0]):
        with pytest.raises(InputError):
            study.add_case(refused)
