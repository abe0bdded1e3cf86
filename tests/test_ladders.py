"""Ladders and measures: made, placed, counted, brought in from tables, and written out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import copied, new_study, reread, table
from command_line import call, head
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmo
from cmo.casework.ladder_tables import step_number
from cmo.casework.records import LadderCounts, Step
from cmo.study import Study
from exports.study_tables import write_table
from store.errors import BadTable, CmoError, InputError, NameTaken, UnknownName

MEASURES = [
    ["Sag", "Tiltag", "Stige", "Trin", "Bemærkning"],
    ["Værftet", "Skilt ved porten", "Læsestigen", "1", ""],
    ["Værftet", "Fast tid", "Læsestigen", "Trin 3", "fra maj"],
    ["Skolen", "Fast tid", "læsestigen", "3", ""],
    ["Skolen", "Højtlæsning", "Læsestigen", "", ""],
    ["", "Plakat", "", "", ""],
]
LADDERS = [
    ["Stige", "Trin", "Navn", "Definition"],
    ["Læsestigen", "", "", "Fra at vide til at gøre"],
    ["Læsestigen", "1", "Oplysning", "Folk ved det"],
    ["Læsestigen", "3", "Rammer", ""],
]


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(full_file, tmp_path) as study:
        yield study


def placed(study: Study) -> list[tuple[str | None, str, str | None, int | None]]:
    return [(one.case, one.name, one.ladder, one.step) for one in study.measures()]


def steps(counts: LadderCounts) -> list[tuple[int | None, int, int]]:
    return [(step.number, step.measures, step.cases) for step in counts.steps]


# -- tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["m.csv", "m.xlsx"])
def test_measures_come_in_from_a_table_and_steps_without_a_name_are_told(
    study: Study, tmp_path: Path, name: str
) -> None:
    report = study.import_measures(table(tmp_path / name, MEASURES))
    assert (report.rows, report.added, report.changed) == (5, 5, 0)
    assert [(finding.code, finding.where) for finding in report.findings] == [
        ("step-without-name", "ladder 'Læsestigen'")
    ]
    assert "steps 1, 3" in report.findings[0].message
    assert placed(study) == [
        ("Værftet", "Skilt ved porten", "Læsestigen", 1),
        ("Værftet", "Fast tid", "Læsestigen", 3),
        ("Skolen", "Fast tid", "Læsestigen", 3),
        ("Skolen", "Højtlæsning", "Læsestigen", None),
        (None, "Plakat", None, None),
    ]
    assert [measure.note for measure in study.measures()][1] == "fra maj"
    assert study.check() == []


def test_numbers_of_a_spreadsheet_are_steps_too(study: Study, tmp_path: Path) -> None:
    rows = [["Case", "Measure", "Ladder", "Step"], ["Skolen", "Fast tid", "Læsestigen", 2]]
    study.import_measures(table(tmp_path / "m.xlsx", rows))
    assert placed(study) == [("Skolen", "Fast tid", "Læsestigen", 2)]


def test_a_step_may_be_called_by_its_name(study: Study, tmp_path: Path) -> None:
    study.import_ladders(table(tmp_path / "l.csv", LADDERS))
    rows = [["case", "measure", "ladder", "step"], ["Skolen", "Fast tid", "Læsestigen", "rammer"]]
    report = study.import_measures(table(tmp_path / "m.csv", rows))
    assert (placed(study)[0][3], report.findings) == (3, ())


def test_a_table_brought_in_again_places_anew_and_leaves_alone_what_it_does_not_name(
    study: Study, tmp_path: Path
) -> None:
    study.import_measures(table(tmp_path / "m.csv", MEASURES))
    assert study.import_measures(tmp_path / "m.csv").unchanged == 5
    again = study.import_measures(
        table(tmp_path / "m.csv", [MEASURES[0][:4], ["Skolen", "fast tid", "Læsestigen", "1"]])
    )
    assert (again.added, again.changed) == (0, 1)
    assert [(f.code, f.message) for f in again.findings] == [
        ("measure-not-in-table", "measures of the study that are not in the table: 4; they stay as they are")
    ]
    assert placed(study)[2] == ("Skolen", "Fast tid", "Læsestigen", 1)
    assert study.measures()[1].note == "fra maj"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Skollen", "Fast tid", "Læsestigen", "1"], "a case of this study"),
        (["Skolen", "", "Læsestigen", "1"], "the name of a measure"),
        (["Skolen", "Fast tid", "Læsestigen", "højt"], "the number of a step, 0 to 999"),
        (["Skolen", "Fast tid", "Læsestigen", "-1"], "the number of a step, 0 to 999"),
        (["Skolen", "Fast tid", "", "1"], "the ladder that the step belongs to"),
        (["Skolen", "Højtlæsning", "Læsestigen", "2"], "each measure of a case once on a ladder"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_nothing_comes_in(
    study: Study, tmp_path: Path, row: list[str], expected: str
) -> None:
    before = study.info().state
    rows = [MEASURES[0][:4], ["skolen", "højtlæsning", "Læsestigen", "1"], row]
    with pytest.raises(BadTable) as refused:
        study.import_measures(table(tmp_path / "m.csv", rows))
    assert "row 3" in str(refused.value)
    assert expected in str(refused.value)
    assert study.info().state == before


def test_a_table_without_a_column_for_measures_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="no column for measure"):
        study.import_measures(table(tmp_path / "m.csv", [["Sag", "Trin"], ["Skolen", "1"]]))
    with pytest.raises(BadTable, match="no column for ladder and step"):
        study.import_ladders(table(tmp_path / "l.csv", [["Sag", "Navn"], ["Skolen", "1"]]))


def test_ladders_come_in_with_their_steps_and_again_without_a_change(study: Study, tmp_path: Path) -> None:
    report = study.import_ladders(table(tmp_path / "l.csv", LADDERS))
    assert (report.rows, report.added) == (3, 3)
    (ladder,) = study.ladders()
    assert (ladder.name, ladder.definition) == ("Læsestigen", "Fra at vide til at gøre")
    assert ladder.steps == (Step(1, "Oplysning", "Folk ved det"), Step(3, "Rammer", ""))
    assert study.import_ladders(tmp_path / "l.csv").unchanged == 3
    changed = study.import_ladders(table(tmp_path / "l.csv", [LADDERS[0], ["Læsestigen", "3", "Vaner", ""]]))
    assert (changed.added, changed.changed) == (0, 1)
    assert study.ladders()[0].step_name(3) == "Vaner"


@pytest.mark.parametrize("row", [["", "1", "x", ""], ["Læsestigen", "lav", "x", ""], ["læsestigen", "3", "x", ""]])
def test_a_row_of_ladders_that_cannot_be_used_is_refused(study: Study, tmp_path: Path, row: list[str]) -> None:
    with pytest.raises(BadTable, match="row 5"):
        study.import_ladders(table(tmp_path / "l.csv", [*LADDERS, row]))
    assert study.ladders() == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *[("2", 2), ("2.0", 2), ("2,", 2), (" Trin 2 ", 2), ("step 10", 10), ("0", 0)],
        *[(written, None) for written in ("", "2.5", "to", "-1", "1000", "2-3")],
    ],
)
def test_steps_are_read_as_people_write_them(written: str, number: int | None) -> None:
    assert step_number(written) == number


@pytest.mark.parametrize("name", ["ladders", "measures"])
def test_a_table_written_and_brought_in_again_changes_nothing(study: Study, tmp_path: Path, name: str) -> None:
    study.import_ladders(table(tmp_path / "l.csv", LADDERS))
    study.import_measures(table(tmp_path / "m.csv", MEASURES))
    write_table(study, name, tmp_path / "out.xlsx")
    before = study.info().state
    report = (study.import_ladders if name == "ladders" else study.import_measures)(tmp_path / "out.xlsx")
    assert (report.added, report.changed, report.findings, study.info().state) == (0, 0, (), before)
    (tmp_path / "other").mkdir()
    with new_study(tmp_path / "other") as fresh:
        (fresh.import_ladders if name == "ladders" else fresh.import_measures)(tmp_path / "out.xlsx")
        if name == "ladders":
            assert [one.steps for one in fresh.ladders()] == [one.steps for one in study.ladders()]
        else:
            assert placed(fresh) == placed(study)


def test_a_preview_says_what_would_change_and_changes_nothing(study: Study, tmp_path: Path) -> None:
    before = study.info().state
    told = study.rehearse(lambda: study.import_measures(table(tmp_path / "m.csv", MEASURES)))
    lines = [str(difference) for difference in told.differences]
    assert "measure 'Fast tid, Skolen, Læsestigen': step 3" in lines
    assert "ladder 'Læsestigen': step 1 (no name)" in lines
    assert study.info().state == before


# -- one by one ---------------------------------------------------------------------------------------------------


def test_counts_are_by_ladder_step_and_case_with_cases_counted_once_apart(study: Study, tmp_path: Path) -> None:
    study.import_ladders(table(tmp_path / "l.csv", [*LADDERS, ["Læsestigen", "2", "Tilbud", ""]]))
    study.import_measures(table(tmp_path / "m.csv", MEASURES))
    ladder, nowhere = study.measures_by_step()
    assert steps(ladder) == [(1, 1, 1), (2, 0, 0), (3, 2, 2), (None, 1, 1)]
    assert ladder.steps[2].by_case == {"Værftet": 1, "Skolen": 1}
    assert (ladder.measures, ladder.cases) == (4, 2)
    assert (nowhere.ladder, steps(nowhere), nowhere.cases) == (None, [(None, 1, 0)], 0)


def test_a_measure_is_added_changed_placed_and_removed_and_all_of_it_undone(study: Study) -> None:
    start = reread(study)
    study.new_ladder("Læsestigen", steps=[Step(1, "Oplysning", "")])
    measure = study.add_measure("Fast tid", case="skolen", ladder="læsestigen", step=4, note="n")
    assert (measure.case, measure.ladder, measure.step, measure.step_name) == ("Skolen", "Læsestigen", 4, "")
    assert [step.number for step in study.ladders()[0].steps] == [1, 4]
    assert study.edit_measure(measure.id, name="Fast dag", case="Værftet", note="").name == "Fast dag"
    assert study.place_measure(measure.id, "Læsestigen", 1).step_name == "Oplysning"
    assert study.place_measure(measure.id, None).ladder is None
    study.remove_measure(measure.id)
    assert study.measures() == []
    assert study.check() == []
    for _ in range(6):
        study.undo()
    assert study.ladders() == []
    assert reread(study)["sources"] == start["sources"]


def test_a_ladder_is_renamed_and_its_steps_named_and_taken_away(study: Study) -> None:
    study.new_ladder("Stigen")
    study.edit_ladder("stigen", name="Læsestigen", definition="d")
    study.set_step("Læsestigen", 2, "To", "d2")
    study.set_step("Læsestigen", 2, definition="d3")
    assert study.ladders()[0].steps == (Step(2, "To", "d3"),)
    measure = study.add_measure("Fast tid", ladder="Læsestigen", step=2)
    for refused in (lambda: study.remove_step("Læsestigen", 2), lambda: study.remove_ladder("Læsestigen")):
        with pytest.raises(InputError, match="1 measure stands"):
            refused()
    study.remove_measure(measure.id)
    study.remove_step("Læsestigen", 2)
    assert study.ladders()[0].steps == ()
    study.remove_ladder("Læsestigen")
    assert study.ladders() == []


def refusals() -> list[object]:
    def two_alike(study: Study) -> None:
        study.edit_measure(study.add_measure("B", case="Skolen").id, name="A")

    calls = [
        ("no such ladder", UnknownName, lambda s: s.add_measure("A", ladder="Nej", step=1)),
        ("no such case", UnknownName, lambda s: s.add_measure("A", case="Nej")),
        ("no ladder for a step", InputError, lambda s: s.add_measure("A", step=1)),
        ("no name", InputError, lambda s: s.add_measure(" ")),
        ("there already", NameTaken, lambda s: s.add_measure("a", case="Skolen")),
        ("becoming another", NameTaken, two_alike),
        ("no such measure", UnknownName, lambda s: s.remove_measure(99)),
        ("a ladder twice", NameTaken, lambda s: s.new_ladder("STIGEN")),
        ("a ladder without a name", InputError, lambda s: s.new_ladder("")),
        ("a rename to nothing", InputError, lambda s: s.edit_ladder("Stigen", name=" ")),
        ("a step twice", InputError, lambda s: s.new_ladder("X", steps=[Step(1, "", ""), Step(1, "", "")])),
        ("a step below the ground", InputError, lambda s: s.set_step("Stigen", -1)),
        ("a step out of reach", InputError, lambda s: s.add_measure("C", ladder="Stigen", step=1000)),
        ("no such step", UnknownName, lambda s: s.remove_step("Stigen", 7)),
    ]
    return [pytest.param(error, refused, id=what) for what, error, refused in calls]


@pytest.mark.parametrize(("error", "refused"), refusals())
def test_what_makes_no_sense_is_refused(study: Study, error: type[CmoError], refused: object) -> None:
    study.new_ladder("Stigen")
    study.add_measure("A", case="Skolen")
    assert callable(refused)
    before = study.measures(), study.ladders()
    with pytest.raises(error):
        refused(study)
    assert ([one for one in study.measures() if one.name != "B"], study.ladders()) == before


row = st.tuples(
    st.sampled_from(["Værftet", "Skolen", "Ældrecentret", ""]),
    st.sampled_from("abcdefgh"),
    st.sampled_from(["Nord", "Syd", ""]),
    st.sampled_from(["", "0", "1", "2", "7"]),
)


@given(st.lists(row, max_size=15, unique_by=lambda cells: cells[:3]))
@settings(max_examples=examples(10, 15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_are_those_of_a_plain_count_of_the_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str]]
) -> None:
    rows = [(*cells[:3], cells[3] if cells[2] else "") for cells in rows]
    folder = tmp_path_factory.mktemp("counts")
    with new_study(folder) as study:
        study.import_measures(table(folder / "m.csv", [["case", "measure", "ladder", "step"], *rows]))
        found = {
            (ladder.ladder or "", "" if step.number is None else str(step.number), case or ""): count
            for ladder in study.measures_by_step()
            for step in ladder.steps
            for case, count in step.by_case.items()
        }
        assert found == Counter((ladder, step, case) for case, _, ladder, step in rows)
        for ladder in study.measures_by_step():
            own = [cells for cells in rows if cells[2] == (ladder.ladder or "")]
            assert (ladder.measures, ladder.cases) == (len(own), len({cells[0] for cells in own} - {""}))
            for step in ladder.steps:
                here = [cells for cells in own if cells[3] == ("" if step.number is None else str(step.number))]
                assert (step.measures, step.cases) == (len(here), len({cells[0] for cells in here} - {""}))


# -- on the command line, and the real table -----------------------------------------------------------------------


def test_the_commands_bring_in_change_count_and_list(study: Study, tmp_path: Path) -> None:
    path = study.path
    study.close()
    ladders, measures = table(tmp_path / "l.csv", LADDERS), table(tmp_path / "m.csv", MEASURES)
    before = head(path)
    assert "would change" in call("measures", path, measures, "--preview").words
    assert head(path) == before
    assert call("ladders", path, ladders).code == 0
    assert call("measures", path, measures).code == 0
    assert call("ladders", path, "--ladder", "Læsestigen", "--step", "2", "--name", "Tilbud").code == 0
    assert "Tilbud" in call("ladders", path).words
    assert "Læsestigen: 4 measures in 2 cases" in call("measures", path, "--by-step").words
    (added,) = call("measures", path, "--add", "Kort", "--case", "Skolen", "--json").json
    placed = call("measures", path, "--place", added["id"], "--ladder", "Læsestigen", "--step", "2", "--json").json
    assert placed[0]["step_name"] == "Tilbud"
    left = call("measures", path, "--remove", added["id"], "--case", "Skolen", "--json").json
    assert [one["name"] for one in left] == ["Fast tid", "Højtlæsning"]


@pytest.mark.parametrize(
    "words",
    [
        ["ladders", "--step", "1"],
        ["ladders", "--new", "A", "--ladder", "B"],
        ["ladders", "--ladder", "A"],
        ["measures", "--by-step", "--add", "A"],
    ],
)
def test_a_command_that_makes_no_sense_is_refused(study: Study, words: list[str]) -> None:
    path = study.path
    study.close()
    assert call(words[0], path, *words[1:]).code == 2


def test_the_audit_tells_steps_without_a_name_until_they_have_one(study: Study) -> None:
    def told() -> list[str]:
        return [finding.message for finding in study.audit().findings if finding.code == "step-without-name"]

    study.new_ladder("Stigen", steps=[Step(1, "En", ""), Step(2, "", "")])
    study.add_measure("A", ladder="Stigen", step=1)
    assert told() == []
    study.add_measure("B", ladder="Stigen", step=3)
    assert told() == ["measures stand on steps without a name: 3"]
    study.set_step("Stigen", 3, "Tre")
    assert told() == []


def test_the_measures_of_the_real_evaluation_stand_where_its_report_puts_them(reference: Path, tmp_path: Path) -> None:
    material = reference / "spredning"
    with cmo.new_study(tmp_path / "spredning.cmo", coder="AB") as study:
        study.import_cases(material / "cases.csv")
        study.import_measures(material / "measures.csv")
        physical, psychosocial = study.measures_by_step()
        assert [(number, measures) for number, measures, _ in steps(physical)] == [(2, 6), (3, 2), (4, 2)]
        assert [(number, measures) for number, measures, _ in steps(psychosocial)] == [(2, 1), (3, 2), (4, 2)]
        assert (physical.measures, physical.cases) == (10, 3)
        assert (psychosocial.measures, psychosocial.cases) == (5, 1)
