"""Interview guides: brought in, found in what interviewers said, and read across sources."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import full_study, table, write_texts
from command_line import call
from hypothesis import given
from hypothesis import strategies as st

from cmo.study import Study
from store.errors import BadTable, InputError, UnknownName
from transcripts.fieldwork.questions import NEAR, closeness

GUIDE = [
    ["Nr.", "Spørgsmål", "Formål", "PT-punkter"],
    ["1", "Hvad ændrede sig, da bogbussen begyndte at komme?", "Virkning", "#1, #2"],
    ["2", "Bruger I bogbussen?", "", "1; Tid"],
    ["3", "Hvad tænkte ledelsen om det i begyndelsen?", "Ledelse", "#2"],
    ["4", "Hvorfor ikke?", "", ""],
]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = full_study(tmp_path)
    made.new_code("Tid")
    made.import_guide(table(tmp_path / "guide.xlsx", GUIDE))
    return made


def test_a_guide_is_brought_in_with_what_it_is_about(study: Study) -> None:
    questions = study.questions()
    assert [(q.guide, q.number, q.points, q.codes) for q in questions] == [
        ("guide", "1", ("#1", "#2"), ()),
        ("guide", "2", ("#1",), ("Tid",)),
        ("guide", "3", ("#2",), ()),
        ("guide", "4", (), ()),
    ]
    assert questions[0].purpose == "Virkning"
    assert study.check() == []


def test_questions_are_found_by_close_wording_in_the_interviewers_turns(study: Study) -> None:
    assert study.find_questions() == 3
    assert {q.number: q.sources for q in study.questions()} == {
        "1": ("leder",),
        "2": ("ansat", "gruppe"),
        "3": (),
        "4": (),
    }


def test_answers_are_read_across_sources_up_to_the_next_question(study: Study) -> None:
    study.find_questions()
    (leader,) = study.answers("1")
    assert (leader.source, leader.case, leader.role, leader.turn) == ("leder", "Værftet", "Leder", 1)
    assert leader.text.startswith("R: Folk gik ned")
    assert leader.text.endswith("Ingen blev sure 😀.")
    assert study.transcript("leder").text[leader.start : leader.end] == leader.text
    study.judge_question("3", "leder", 3, True)
    (leader,) = study.answers("1")
    assert leader.text.endswith("Det havde jeg ikke ventet.")
    (said,) = study.answers("3")
    assert (said.score, said.is_confirmed, said.text) == (0, True, "R: Køen var lang om mandagen. Ingen blev sure 😀.")


def test_what_a_person_denies_stays_denied(study: Study) -> None:
    study.find_questions()
    study.judge_question("2", "gruppe", 1, False)
    study.find_questions()
    assert study.questions()[1].sources == ("ansat",)
    assert [answer.source for answer in study.answers("2")] == ["ansat"]
    study.undo()
    assert study.questions()[1].sources == ("ansat", "gruppe")


def test_finding_again_is_no_act_where_nothing_is_new(study: Study) -> None:
    study.find_questions()
    acts = len(study.log())
    study.find_questions()
    assert len(study.log()) == acts
    assert study.check() == []


def test_points_about_which_nobody_was_asked_are_told(study: Study) -> None:
    study.find_questions()
    coverage = study.coverage()
    assert coverage.asked == {"H": 0, "#1": 3, "#2": 1, "#3": 0}
    assert coverage.unasked_points == ("H", "#3")
    assert [question.number for question in coverage.never_asked] == ["3", "4"]


def test_a_guide_for_one_role_is_looked_for_where_that_role_speaks(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    rows = [["nr", "spørgsmål", "rolle"], ["1", "Bruger I bussen?", "Leder"], ["1", "Bruger I bussen?", "Medarbejder"]]
    study.import_guide(table(tmp_path / "g.csv", rows))
    study.find_questions()
    assert [(q.guide, q.role, q.sources) for q in study.questions()] == [
        ("g, Leder", "Leder", ()),
        ("g, Medarbejder", "Medarbejder", ("ansat", "gruppe")),
    ]
    with pytest.raises(UnknownName, match="2 guides have a question 1"):
        study.answers("1")
    assert len(study.answers("1", guide_name="g, medarbejder")) == 2


def test_without_a_word_on_who_asks_turns_with_a_question_mark_are_looked_at(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.import_files([write_texts(tmp_path / "n", {"ny.txt": "A: Bruger I bussen her?\nB: Bruger I bussen, ja.\n"})])
    study.import_guide(table(tmp_path / "g.csv", [["spørgsmål"], ["Bruger I bussen?"]]))
    study.find_questions()
    assert [answer.turn for answer in study.answers("1") if answer.source == "ny"] == [1]


def test_a_new_form_of_a_guide_changes_what_it_says_and_can_be_undone(study: Study, tmp_path: Path) -> None:
    study.find_questions()
    before = study.questions()
    report = study.import_guide(
        table(tmp_path / "guide.csv", [GUIDE[0], GUIDE[2], ["3", "Hvad tænkte chefen?", "", ""]])
    )
    assert (report.added, report.changed, report.unchanged) == (0, 2, 0)
    assert [(q.number, q.points) for q in study.questions()] == [("2", ("#1",)), ("3", ())]
    assert study.check() == []
    study.undo()
    assert study.questions() == before


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["5", "", "", ""], 'column "Spørgsmål": found nothing; expected a question'),
        (["1", "Igen?", "", ""], 'column "Nr.": found "1"; expected each number once in a guide'),
        (["5", "Hvad?", "", "#77"], 'column "PT-punkter": found "#77"; expected a point of the theory'),
    ],
)
def test_a_bad_cell_of_a_guide_is_named_and_nothing_is_kept(tmp_path: Path, row: list[str], problem: str) -> None:
    study = full_study(tmp_path)
    study.new_code("Tid")
    with pytest.raises(BadTable) as caught:
        study.import_guide(table(tmp_path / "guide.csv", [*GUIDE, row]))
    assert f"row 6, {problem}" in caught.value.problems[0]
    assert study.questions() == []


def test_a_theme_that_is_no_code_is_told_and_left_out(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    report = study.import_guide(table(tmp_path / "guide.csv", GUIDE))
    assert [(finding.code, finding.where) for finding in report.findings] == [("theme-without-code", "guide.csv row 3")]
    assert study.questions()[1].points == ("#1",)


def test_a_turn_that_is_not_there_is_refused(study: Study) -> None:
    with pytest.raises(InputError, match="'leder' has no turn 9"):
        study.judge_question("1", "leder", 9, True)
    with pytest.raises(UnknownName, match="no question '9'"):
        study.answers("9")


def word_document(path: Path, rows: list[list[str]]) -> Path:
    """A Word document with one table, as small as it can be."""
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p/><w:tbl>{cells}</w:tbl><w:p/></w:body></w:document>'
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
    return path


def test_a_guide_and_a_theory_come_from_a_table_in_a_word_document(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.new_code("Tid")
    report = study.import_guide(word_document(tmp_path / "guide.docx", GUIDE))
    assert (report.added, report.findings) == (4, ())
    theory = [["nr", "kontekst", "mekanisme", "udfald"], ["#9", "a", "b", "c"]]
    study.import_theory(word_document(tmp_path / "t.docx", theory))
    assert study.theory().points[-1].wording == {"C": "a", "M": "b", "O": "c"}
    with pytest.raises(BadTable, match="no column for the question"):
        study.import_guide(word_document(tmp_path / "x.docx", theory))


def test_the_command_line_finds_lists_reads_and_covers(study: Study) -> None:
    study.close()
    assert "3 sources" not in call("guide", study.path, "--find").out
    assert call("guide", study.path, "--json").json[1]["sources"] == ["ansat", "gruppe"]
    read = call("guide", study.path, "--answers", "2")
    assert "R: Nej. Den holder der, når vi har travlt." in read.out
    assert "(nobody was asked)" in call("guide", study.path, "--coverage").out
    assert call("guide", study.path, "--not-asked", "2", "--source", "gruppe", "--turn", "1").code == 0
    assert call("guide", study.path, "--json").json[1]["sources"] == ["ansat"]
    assert call("guide", study.path, "--asked", "2").code == 2
    assert call("guide", study.path, "--find", "--coverage").code == 2


@given(st.text(alphabet="abc ", max_size=40), st.text(alphabet="abc ", max_size=40))
def test_closeness_is_full_for_the_same_words_and_never_for_fewer(question: str, said: str) -> None:
    assert closeness(question, question) == (100 if question else 0)
    assert 0 <= closeness(question, said) <= 100
    assert closeness("hvad skete der så bagefter på arbejdspladsen", "hvad så") < NEAR
