"""Every command that changes something, by its effect on the study."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from command_line import call, files_in, head

import cmo
from cmo.demo import build as demo_build
from transcripts.reading import Reading, read_file

DEMO = Path(demo_build.__file__).parent


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.cmo"
    assert call("new", path, "--name", "Tiny", "--language", "en").code == 0
    return path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def interview(path: Path, words: str) -> Path:
    return write(path, f"I: And then?\nR: {words}\n")


# -- new ----------------------------------------------------------------------------------------------------


def test_new_makes_a_study_with_the_name_and_the_language_given(study: Path) -> None:
    info = call("info", study, "--json").json
    assert (info["name"], info["language"]) == ("Tiny", "en")


def test_new_adds_the_ending_that_studies_have(tmp_path: Path) -> None:
    assert call("new", tmp_path / "spredning").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["spredning.cmo"]


def test_new_says_who_made_the_study(tmp_path: Path) -> None:
    call("new", tmp_path / "a.cmo", "--coder", "AB")
    call("new", tmp_path / "b.cmo", CMO_CODER="MK")
    made_by = [call("log", tmp_path / name, "--json").json[0]["coder"] for name in ("a.cmo", "b.cmo")]
    assert made_by == ["AB", "MK"]


# -- import -------------------------------------------------------------------------------------------------


def test_a_folder_is_imported_in_natural_order(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    for number in (10, 9, 1):
        interview(folder / f"case{number}.txt", f"We are number {number}.")
    assert call("import", study, folder).code == 0
    assert [source["name"] for source in call("sources", study, "--json").json] == ["case1", "case9", "case10"]


def test_what_is_in_the_study_already_is_not_imported_again(study: Path, tmp_path: Path) -> None:
    file = interview(tmp_path / "a.txt", "Yes.")
    call("import", study, file)
    before = head(study)
    answer = call("import", study, file)
    assert answer.code == 0
    assert "0 sources imported." in answer.out
    assert "a.txt is in the study already, as 'a'" in answer.err
    assert head(study) == before


def test_one_bad_file_is_reported_and_the_others_are_imported(study: Path, tmp_path: Path) -> None:
    good = [interview(tmp_path / f"{name}.txt", f"I am {name}.") for name in ("anna", "bo")]
    bad = write(tmp_path / "broken.docx", "this is no Word document")
    answer = call("import", study, good[0], bad, good[1], "--json")
    assert answer.code == 1
    assert [source["name"] for source in answer.json["import"]["imported"]] == ["anna", "bo"]
    assert [Path(failure["file"]).name for failure in answer.json["import"]["failed"]] == ["broken.docx"]


def test_a_table_of_sources_and_one_of_speakers_go_with_the_import(study: Path, tmp_path: Path) -> None:
    call("cases", study, DEMO / "cases.csv")
    answer = call(
        "import", study, DEMO / "interviews", "--sources", DEMO / "sources.csv", "--speakers", DEMO / "speakers.csv"
    )
    assert answer.code == 0, answer.err
    assert "14 sources imported." in answer.out
    by_name = {source["name"]: source for source in call("sources", study, "--json").json}
    assert (by_name["b4_leder"]["case"], by_name["b4_leder"]["role"]) == ("Afsnit B4", "Manager")
    told = {(speaker["source"], speaker["label"]): speaker for speaker in call("speakers", study, "--json").json}
    assert told["b4_leder", "I"]["asks"] is True
    assert told["solbakken_medarbejder_nat", "I"]["asks"] is False


def test_ctrl_c_stops_after_the_file_under_way_and_says_what_was_imported(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transcripts.intake import importing

    def interrupted(path: Path, data: bytes, **how: Any) -> Reading:
        if path.stem == "file2":
            os.kill(os.getpid(), signal.SIGINT)
        return read_file(path, data, **how)

    monkeypatch.setattr(importing, "read_file", interrupted)
    files = [interview(tmp_path / f"file{number}.txt", f"Number {number}.") for number in (1, 2, 3)]
    before = signal.getsignal(signal.SIGINT)
    answer = call("import", study, *files)
    assert answer.code == 130
    assert "2 sources imported." in answer.out
    assert "Stopped as asked." in answer.err
    assert [source["name"] for source in call("sources", study, "--json").json] == ["file1", "file2"]
    assert signal.getsignal(signal.SIGINT) is before


def test_an_import_that_only_tells_how_it_read_a_file_ends_with_no_findings(study: Path, tmp_path: Path) -> None:
    rows = write(tmp_path / "chat.csv", "speaker,text\nI,What changed here?\nR,We talk in the mornings now.\n")
    answer = call("import", study, rows)
    assert answer.code == 0, answer.err
    assert "table-columns" in answer.err + answer.out
    doubtful = write(tmp_path / "b.txt", "\u2013 Hvad?\n\u2013 Det.\n\u2013 Og?\n\u2013 Nej.\n")
    answer = call("import", study, doubtful)
    assert (answer.code, "speakers-unknown" in answer.err + answer.out) == (1, True)


# -- tables -------------------------------------------------------------------------------------------------


def test_cases_come_in_with_their_attributes_and_again_as_they_were(study: Path) -> None:
    assert "5 added" in call("cases", study, DEMO / "cases.csv").out
    before = head(study)
    assert "5 as before" in call("cases", study, DEMO / "cases.csv").out
    assert head(study) == before
    found = {case["name"]: case["attributes"] for case in call("cases", study, "--json").json}
    assert found["Nordkøl"]["employees"] == "140"


def test_a_case_is_made_renamed_described_and_removed_by_commands(study: Path) -> None:
    assert "New case 'Ward'" in call("cases", "add", study, "Ward").out
    before = head(study)
    assert "would change" in call("cases", "rename", study, "Ward", "North", "--preview").out
    assert head(study) == before
    call("cases", "rename", study, "ward", "North = far")
    assert call("cases", "describe", study, "North = far", "Staff=12", "Sum=a=b").code == 0
    assert call("cases", study, "--json").json[0]["attributes"] == {"Staff": "12", "Sum": "a=b"}
    in_use = call("cases", "remove", study, "North = far")
    assert (in_use.code, "in use" in in_use.err) == (4, True)
    call("cases", "describe", study, "North = far", "Staff=", "Sum=")
    assert call("cases", "remove", study, "North = far").code == 0
    assert call("cases", study, "--json").json == []
    assert "Sector=public" in call("cases", "describe", study, "Ward", "Sector").err


def test_a_theory_becomes_the_code_frame(study: Path) -> None:
    answer = call("theory", study, DEMO / "theory.csv", "--glossary", DEMO / "glossary.csv")
    assert answer.code == 0
    assert "9 added" in answer.out
    assert "#7 M" in {code["name"] for code in call("codes", study, "--json").json}
    assert "AMR" in call("theory", study, "--json").json["glossary"]


def test_sources_are_bound_after_their_import(study: Path) -> None:
    call("cases", study, DEMO / "cases.csv")
    call("import", study, DEMO / "interviews")
    assert call("sources", study, DEMO / "sources.csv").code == 0
    by_name = {source["name"]: source["case"] for source in call("sources", study, "--json").json}
    assert by_name["nordkoel_manager"] == "Nordkøl"


def test_a_label_is_mapped_everywhere_or_in_one_source(study: Path, tmp_path: Path) -> None:
    call("import", study, interview(tmp_path / "a.txt", "Yes."), interview(tmp_path / "b.txt", "No."))
    assert "in 2 sources" in call("speakers", study, "--label", "I", "--role", "Interviewer", "--asks").out
    assert call("speakers", study, "--label", "R", "--source", "b", "--participant", "Bo", "--answers").code == 0
    told = {(s["source"], s["label"]): s for s in call("speakers", study, "--json").json}
    assert [told[source, "I"]["asks"] for source in "ab"] == [True, True]
    assert [told[source, "R"]["participant"] for source in "ab"] == [None, "Bo"]


def test_a_quote_that_occurs_twice_or_never_is_reported_and_the_other_rows_come_in(study: Path, tmp_path: Path) -> None:
    call("theory", study, DEMO / "theory.csv")
    call("import", study, interview(tmp_path / "a.txt", "We tried. We tried. It worked."))
    table = write(
        tmp_path / "codings.csv",
        "source,quote,point,element,stance\na,It worked.,#1,O,supports\na,We tried.,#1,M,\na,Never said.,#1,M,\n",
    )
    answer = call("codings", study, table)
    assert answer.code == 1
    assert "1 added" in answer.out
    assert "row 3" in answer.err and "row 4" in answer.err
    assert [quote["quote"] for quote in call("quotes", study, "--json").json] == ["It worked."]


def test_a_new_code_is_there_and_can_stand_under_another(study: Path) -> None:
    call("codes", study, "--new", "Surprises", "--definition", "Not in the theory")
    assert call("codes", study, "--new", "Humour", "--parent", "Surprises").code == 0
    codes = {code["name"]: code for code in call("codes", study, "--json").json}
    assert codes["Humour"]["parent_id"] == codes["Surprises"]["id"]
    assert "  Humour" in call("codes", study).out


# -- undo, redo, backup ---------------------------------------------------------------------------------------


def test_undo_takes_a_whole_import_back_and_redo_does_it_again(demo: Path) -> None:
    before = call("quotes", demo, "--json").out
    acts = [entry["act"] for entry in call("log", demo, "--json").json]
    steps = str(acts.index("import") + 1)
    answer = call("undo", demo, "--steps", steps)
    assert answer.code == 0
    assert "13 acts of the same batch" in answer.out
    assert call("sources", demo, "--json").json == []
    assert call("redo", demo, "--steps", steps).code == 0
    assert call("quotes", demo, "--json").out == before


def test_undo_of_mine_leaves_what_others_did(study: Path) -> None:
    call("codes", study, "--new", "Mine", "--coder", "AB")
    call("codes", study, "--new", "Theirs", "--coder", "MK")
    assert "Mine" in call("undo", study, "--mine", "--coder", "AB").out
    assert [code["name"] for code in call("codes", study, "--json").json] == ["Theirs"]


def test_more_steps_than_there_are_take_what_there_is_and_say_so(study: Path) -> None:
    call("codes", study, "--new", "One")
    answer = call("undo", study, "--steps", "5")
    assert answer.code == 6
    assert "new code 'One'" in answer.out
    assert "1 step of 5 taken" in answer.err
    assert call("codes", study, "--json").json == []


def test_a_backup_is_a_study_with_everything_in_it(demo: Path, tmp_path: Path) -> None:
    made = Path(call("backup", demo, "--json").json["backup"])
    elsewhere = Path(call("backup", demo, "--to", tmp_path / "safe", "--json").json["backup"])
    assert elsewhere.parent == tmp_path / "safe"
    quotes = call("quotes", demo, "--json").out
    assert [call("quotes", copy, "--json").out for copy in (made, elsewhere)] == [quotes, quotes]


def test_a_study_that_is_up_to_date_is_left_alone_by_upgrade(demo: Path) -> None:
    before = files_in(demo.parent)
    answer = call("upgrade", demo)
    assert (answer.code, answer.out) == (0, "ten-minutes.cmo is up to date.\n")
    assert files_in(demo.parent) == before


# -- demo -----------------------------------------------------------------------------------------------------


def test_the_demo_leaves_a_study_and_a_workbook_and_prints_the_matrix(tmp_path: Path) -> None:
    answer = call("demo", tmp_path / "made" / "ten-minutes.cmo")
    assert answer.code == 0, answer.err
    assert sorted(files_in(tmp_path)) == ["made/ten-minutes.cmo", "made/ten-minutes.xlsx"]
    assert "Nordkøl" in answer.out
    assert "made/ten-minutes.xlsx" in answer.out


def test_the_demo_study_is_sound_and_everything_in_its_tables_was_taken(demo_file: Path) -> None:
    assert call("check", demo_file).code == 0
    with cmo.open_study(demo_file) as study:
        assert study.info().counts["sources"] == len(list((DEMO / "interviews").iterdir()))
        assert [point.rival_of for point in study.theory().points if point.rival_of] == ["#6"]
        assert {one.is_partial for one in study.configurations()} == {True, False}
        assert all(decision.evidence for decision in study.decisions())
        assert {quote.coder for quote in study.quotes()} == {"AB", "MK"}
        assert {quote.stance for quote in study.quotes()} >= {"supports", "refutes", "refines"}


def test_a_demo_study_with_work_in_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ten-minutes.cmo"
    call("demo", path)
    call("codes", path, "--new", "My own code")
    before = head(path)
    answer = call("demo", path)
    assert answer.code == 0
    assert "kept as it is" in answer.out
    assert head(path) == before


def test_a_demo_that_fails_leaves_no_half_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cmo.study.Study.import_codings", stopped)
    assert call("demo", tmp_path / "ten-minutes.cmo").code == 130
    assert list(tmp_path.iterdir()) == []
