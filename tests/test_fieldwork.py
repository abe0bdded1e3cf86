"""Rounds, days, plans and the sample table; and tables that are rehearsed before they are brought in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import CASES, SOURCES, SPEAKERS, code, full_study, new_study, table, write_texts
from command_line import call, head

from store.errors import BadTable, UnknownName
from transcripts.fieldwork.sample import Held

PLAN = [
    ["Rolle", "Arbejdsplads", "Planlagt", "Afslag", "Bemærkning"],
    ["Leder", "Værftet", "2", "1", "Syg"],
    ["Leder", "Skolen", "1", "", ""],
    ["Medarbejder", "", "4", "0", ""],
]


def bound(folder: Path, name: str, *rows: list[str]) -> Path:
    return table(folder / name, [["fil", "runde", "dato", "rolle", "deltager"], *rows])


def test_rounds_and_days_come_from_the_sources_table(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.bind_sources(bound(tmp_path, "b.xlsx", ["leder", "Runde 2", "14. april 2026", "Leder", ""]))
    source = study.source("leder")
    assert (source.round, source.held_on, source.language) == ("Runde 2", "2026-04-14", "da")
    study.bind_sources(table(tmp_path / "again.csv", [["fil", "runde"], ["leder", ""]]))
    assert (study.source("leder").round, study.source("leder").held_on) == (None, "2026-04-14")


def test_a_day_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    with pytest.raises(BadTable, match=r'row 2, column "dato": found "31\.2\.2026"; expected a day such as'):
        study.bind_sources(bound(tmp_path, "b.csv", ["leder", "", "31.2.2026", "", ""]))
    assert study.source("leder").held_on is None


def test_evidence_can_be_arranged_by_round_in_natural_order(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.bind_sources(
        bound(tmp_path, "b.csv", ["leder", "Runde 10", "", "Leder", ""], ["ansat", "Runde 9", "", "Medarbejder", ""])
    )
    code(study, "leder", "Køen var lang", "#1 M")
    code(study, "ansat", "En fast tid", "#1 M")
    code(study, "gruppe", "mine børn", "#1 M")
    matrix = study.matrix("point", "round")
    assert matrix.columns == ("Runde 9", "Runde 10", None)
    assert [quote.round for quote in study.quotes(round="runde 9")] == ["Runde 9"]


# -- the sample ---------------------------------------------------------------------------------------------


def test_a_person_in_two_rounds_is_two_interviews_and_one_person(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    files = write_texts(tmp_path / "in", {"a.txt": "R: Før.", "b.txt": "R: Efter.", "c.txt": "R: Alene."})
    rows = [["a", "1", "Leder", "Bo", "Havnen"], ["b", "2", "Leder", "Bo", "Havnen"], ["c", "2", "Leder", "", "Havnen"]]
    head_row = ["fil", "runde", "rolle", "deltager", "sag"]
    study.import_files([files], sources=table(tmp_path / "s.csv", [head_row, *rows]))
    assert study.sample().total == Held(3, 2, None, 0)
    assert study.sample(round="1").total == Held(1, 1, None, 0)
    assert study.sample().cells == {("Leder", "Havnen"): Held(3, 2, None, 0)}


def test_a_focus_group_is_counted_under_each_role_that_speaks_and_once_in_all(tmp_path: Path) -> None:
    sample = full_study(tmp_path).sample()
    assert sample.of_roles == {
        "Leder": Held(1, 1, None, 0),
        "Medarbejder": Held(2, 2, None, 0),
        "Tillidsvalgt": Held(1, 1, None, 0),
    }
    assert sample.total == Held(3, 4, None, 0)
    assert sample.cells["Tillidsvalgt", "Skolen"] == sample.cells["Tillidsvalgt", "Værftet"] == Held(1, 1, None, 0)
    assert "Interviewer" not in sample.of_roles, "who asks is not interviewed"


def test_notes_and_documents_are_no_interviews(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.bind_sources(table(tmp_path / "b.csv", [["fil", "art"], ["leder", "dokument"]]))
    assert study.sample().total.interviews == 2


def test_cases_are_grouped_by_what_they_have_of_an_attribute(tmp_path: Path) -> None:
    sample = full_study(tmp_path).sample("sektor")
    assert sample.of_groups == {"Privat": Held(2, 3, None, 0), "Offentlig": Held(2, 3, None, 0)}
    assert sample.total == Held(3, 4, None, 0)


def test_an_attribute_that_is_none_is_named_with_its_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no attribute 'sektr'"):
        full_study(tmp_path).sample("sektr")


def test_the_plan_is_held_against_what_was_held(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    report = study.import_plan(table(tmp_path / "plan.csv", PLAN))
    assert (report.rows, report.added) == (3, 3)
    sample = study.sample()
    assert sample.cells["Leder", "Værftet"] == Held(1, 1, 2, 1)
    assert sample.cells["Leder", "Værftet"].missing == 1
    assert sample.cells["Leder", "Skolen"] == Held(0, 0, 1, 0)
    assert sample.of_roles["Medarbejder"] == Held(2, 2, 4, 0)
    assert sample.total == Held(3, 4, 7, 1)


def test_another_plan_takes_the_place_of_the_first_and_can_be_undone(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.import_plan(table(tmp_path / "plan.csv", PLAN))
    first = study.plan()
    study.import_plan(table(tmp_path / "plan.csv", PLAN[:2]))
    assert study.plan() == first[:1]
    study.undo()
    assert study.plan() == first
    acts = len(study.log())
    assert study.import_plan(table(tmp_path / "same.csv", PLAN)).unchanged == 3
    assert len(study.log()) == acts, "the same plan again is no act"
    assert study.check() == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "", "1", "", ""], 'column "Rolle": found nothing; expected a role'),
        (["Leder", "Verftet", "1", "", ""], 'column "Arbejdsplads": found "Verftet"; expected a case of this study'),
        (["Leder", "", "mange", "", ""], 'column "Planlagt": found "mange"; expected a whole number'),
        (["Leder", "", "1", "-1", ""], 'column "Afslag": found "-1"; expected a whole number'),
    ],
)
def test_a_bad_cell_of_a_plan_is_named_and_nothing_is_kept(tmp_path: Path, row: list[str], problem: str) -> None:
    study = full_study(tmp_path)
    with pytest.raises(BadTable) as caught:
        study.import_plan(table(tmp_path / "plan.csv", [*PLAN, row]))
    assert f"row 5, {problem}" in caught.value.problems[0]
    assert study.plan() == []


# -- rehearsals ---------------------------------------------------------------------------------------------

TABLES: dict[str, tuple[str, list[list[str]], list[str]]] = {
    "cases": (
        "cases",
        [CASES[0], ["Værftet", "Privat", "130"], ["Havnen", "", "9"]],
        ["case 'Værftet': Ansatte 120 → 130", "case 'Havnen' is new", "case 'Havnen': Ansatte 9"],
    ),
    "sources": (
        "sources",
        [SOURCES[0], ["leder", "", "Skolen", "", "", ""]],
        ["source 'leder': case Værftet → Skolen"],
    ),
    "speakers": (
        "speakers",
        [SPEAKERS[0], ["leder", "R", "", "Formand", "nej"]],
        ["speaker 'R in leder': role Formand", "speaker 'R in leder': asks no"],
    ),
    "theory": (
        "theory",
        [["nr", "kontekst", "mekanisme", "udfald"], ["#1", "Pauserne er lange.", "x", "Bøger bliver lånt."]],
        [
            "point '#1': context Pauserne er lange nok. → Pauserne er lange.",
            "point '#1': mechanism Kolleger går derned sammen. → x",
        ],
    ),
    "plan": ("plan", PLAN[:2], ["plan 'Leder, Værftet': expected 2", "plan 'Leder, Værftet': refused 1"]),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_preview_says_what_would_change_and_changes_nothing(tmp_path: Path, name: str) -> None:
    command, rows, expected = TABLES[name]
    study = full_study(tmp_path)
    study.close()
    before = head(study.path)
    path = table(tmp_path / "edited.csv", rows)
    answer = call(command, study.path, path, "--preview")
    assert set(expected) <= set(answer.out.splitlines())
    assert "would change. Nothing was changed." in answer.out
    assert head(study.path) == before
    told = call(command, study.path, path, "--preview", "--json").json
    assert [d["after"] for d in told["differences"]] and told["answer"]["rows"] == len(rows) - 1
    call(command, study.path, path)
    assert head(study.path) != before
    assert "0 values would change." in call(command, study.path, path, "--preview").out


def test_a_study_is_changed_again_after_a_rehearsal(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    path = table(tmp_path / "c.csv", [CASES[0], ["Havnen", "", "9"]])
    rehearsal: Any = study.rehearse(lambda: study.import_cases(path))
    assert rehearsal.answer.added == 1
    with pytest.raises(BadTable):
        study.rehearse(lambda: study.import_cases(table(tmp_path / "bad.csv", [["sag"], ["x"], ["x"]])))
    assert "Havnen" not in [case.name for case in study.cases()]
    study.import_cases(path)
    assert "Havnen" in [case.name for case in study.cases()]
    assert study.check() == []


def test_the_sample_is_printed_with_its_margins(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.import_plan(table(tmp_path / "plan.csv", PLAN))
    study.close()
    answer = call("sample", study.path)
    assert answer.code == 0
    assert "1 of 2 (1) -1" in answer.out
    assert "3 of 7 (4) -1" in answer.out
    told = call("sample", study.path, "--json").json
    assert told["total"] == {"interviews": 3, "persons": 4, "planned": 7, "refused": 1}
    assert call("plan", study.path, "--json").json[0]["note"] == "Syg"
