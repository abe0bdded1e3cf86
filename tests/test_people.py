"""Which source has which case, role and participant; whom labels stand for; and whose words an excerpt is."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import GROUP, LEADER, SOURCES, code, full_study, new_study, only, table, write_texts

from cmo.study import Study
from store.errors import BadTable, InputError, UnknownName


def labels(study: Study) -> dict[tuple[str, str], tuple[str | None, str | None, bool | None]]:
    return {(s.source, s.label): (s.participant, s.role, s.asks) for s in study.speakers()}


def bind(study: Study, folder: Path, *rows: list[str]) -> list[tuple[str, str]]:
    report = study.bind_sources(table(folder / "bind.csv", rows))
    return [(finding.code, finding.where) for finding in report.findings]


@pytest.fixture
def imported(tmp_path: Path) -> Study:
    """Three sources that are bound to nothing."""
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in")])
    return study


# -- the sources table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        ["file", "kind", "case", "role", "participant", "language"],
        ["Fil", "Art", "Sag", "Rolle", "Deltager", "Sprog"],
        ["Filnavn", "Kildetype", "Arbejdsplads", "Stilling", "Interviewperson", "sprog"],
        ["source", "type", "workplace", "position", "person", "lang"],
        ["Kilde", "Metode", "Skole", "Informant", "Respondent", "Language"],
        ["Datei", "Art (wie?)", "Schule", "Rolle", "Teilnehmer", "Sprache"],
    ],
)
def test_headings_are_recognised_in_several_languages(imported: Study, tmp_path: Path, headings: list[str]) -> None:
    assert bind(imported, tmp_path, headings, ["leder", "Samtale", "Værftet", "Leder", "Anna", "engelsk"]) == []
    found = imported.source("leder")
    assert (found.kind, found.cases, found.role, found.participant, found.language) == (
        "interview",
        ("Værftet",),
        "Leder",
        "Anna",
        "en",
    )


def test_a_table_from_excel_says_the_same(imported: Study, tmp_path: Path) -> None:
    report = imported.bind_sources(table(tmp_path / "s.xlsx", SOURCES))
    assert (report.rows, report.changed, report.findings) == (3, 3, ())
    assert imported.source("gruppe").cases == ("Værftet", "Skolen")
    again = imported.bind_sources(table(tmp_path / "s.xlsx", SOURCES))
    assert (again.changed, again.unchanged) == (0, 3)


def test_a_later_table_moves_a_source_to_another_case(imported: Study, tmp_path: Path) -> None:
    bind(imported, tmp_path, ["file", "case"], ["gruppe", "Værftet;Skolen"])
    bind(imported, tmp_path, ["file", "case"], ["gruppe", " skolen ; Havnen;"])
    assert imported.source("gruppe").cases == ("Skolen", "Havnen")
    bind(imported, tmp_path, ["file", "case"], ["gruppe", ""])
    assert imported.source("gruppe").cases == ()
    assert imported.check() == []


def test_a_mistyped_case_goes_when_a_later_table_sets_it_right(imported: Study, tmp_path: Path) -> None:
    bind(imported, tmp_path, ["file", "case"], ["leder", "Værfet"], ["ansat", "Centret"])
    bind(imported, tmp_path, ["file", "case"], ["leder", "Værftet"])
    assert imported.dimension_labels("case") == ["Centret", "Værftet"]


def test_a_case_with_attributes_stays_when_its_last_source_goes(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    bind(study, tmp_path, ["file", "case"], ["ansat", "Skolen"])
    assert study.dimension_labels("case") == ["Værftet", "Ældrecentret", "Skolen"]


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_takes_away(
    imported: Study, tmp_path: Path
) -> None:
    bind(imported, tmp_path, ["file", "case", "role"], ["leder", "Værftet", "Leder"])
    bind(imported, tmp_path, ["file", "case"], ["leder", "Værftet"])
    assert imported.source("leder").role == "Leder"
    bind(imported, tmp_path, ["file", "role"], ["leder", ""])
    assert imported.source("leder").role is None


def test_names_that_differ_in_capitals_and_spaces_are_one(imported: Study, tmp_path: Path) -> None:
    headings = ["file", "case", "role", "participant"]
    bind(
        imported,
        tmp_path,
        headings,
        ["leder", "Nord  Havn", "LEDER", "Anna B"],
        ["ansat", "nord havn", "leder", "anna  b"],
    )
    assert [case.name for case in imported.cases()] == ["Nord Havn"]
    assert imported.source("ansat").role == "LEDER"
    assert imported.info().counts["participants"] == 1


def test_rows_for_unknown_sources_are_findings_with_the_nearest_name(imported: Study, tmp_path: Path) -> None:
    report = imported.bind_sources(table(tmp_path / "s.csv", [["file", "role"], ["ledre.txt", "x"], ["leder", "y"]]))
    assert (report.findings[0].code, report.findings[0].where) == ("unknown-source", "s.csv row 2")
    assert "Did you mean 'leder'" in report.findings[0].message
    assert imported.source("leder").role == "y"


def test_a_file_name_that_two_sources_share_binds_neither(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in", {"a/leder.txt": "R: Fra a.", "b/leder.txt": "R: Fra b."})])
    found = bind(study, tmp_path, ["file", "role"], ["leder.txt", "Leder"], ["b/leder.txt", "Mester"])
    assert found == [("unknown-source", "bind.csv row 2")]
    assert (study.source("a/leder").role, study.source("b/leder").role) == (None, "Mester")


def test_an_interview_with_a_case_or_role_has_one_participant_of_its_own(imported: Study, tmp_path: Path) -> None:
    bind(imported, tmp_path, ["file", "kind", "case"], ["leder", "", "Værftet"], ["gruppe", "fokusgruppe", "Værftet"])
    assert imported.source("leder").participant == "leder"
    assert imported.source("ansat").participant is None
    assert imported.source("gruppe").participant is None


def test_an_interview_that_turns_out_a_group_loses_the_participant_taken_for_granted(
    imported: Study, tmp_path: Path
) -> None:
    bind(imported, tmp_path, ["file", "case"], ["gruppe", "Værftet"])
    assert imported.source("gruppe").participant == "gruppe"
    bind(imported, tmp_path, ["file", "kind"], ["gruppe", "focus group"])
    assert imported.source("gruppe").participant is None
    assert imported.info().counts["participants"] == 0


def test_a_participant_and_a_role_that_nobody_stands_for_any_more_are_gone(imported: Study, tmp_path: Path) -> None:
    headings = ["file", "role", "participant"]
    bind(imported, tmp_path, headings, ["leder", "Ledre", "Ana"], ["ansat", "Ledre", "Bo"])
    bind(imported, tmp_path, headings, ["leder", "Leder", "Anna"])
    assert imported.dimension_labels("participant") == ["Bo", "Anna"]
    assert imported.dimension_labels("role") == ["Ledre", "Leder"]
    bind(imported, tmp_path, headings, ["ansat", "Leder", ""])
    assert imported.dimension_labels("participant") == ["Anna", "ansat"]
    assert imported.dimension_labels("role") == ["Leder"]
    for _ in range(3):
        imported.undo()
    assert imported.dimension_labels("role") == []


def test_several_persons_in_one_cell_are_refused(imported: Study, tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="expected one person; map the labels of a group with `cmo speakers`"):
        bind(imported, tmp_path, ["file", "participant"], ["gruppe", "Bo; Ida"])


def test_another_language_finds_the_sentences_anew_and_leaves_codings_where_they_are(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in", {"x.txt": "R: Det er f.eks. Bo. Mr. Hansen kom."})])
    coding = study.code("x", 3, 14, study.new_code("Hvem").id)
    danish = study.transcript("x")
    bind(study, tmp_path, ["file", "language"], ["x", "Deutsch"])
    german = study.transcript("x")
    assert german.sentences != danish.sentences
    assert german.source.sentences == len(german.sentences)
    assert study.codings("x")[0].quote == coding.quote
    assert study.check() == []
    study.undo()
    assert study.transcript("x") == danish


# -- labels ----------------------------------------------------------------------------------------------------


def test_a_speakers_table_maps_labels_of_one_source_and_of_all(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    assert labels(study) == {
        ("leder", "I"): (None, "Interviewer", True),
        ("leder", "R"): (None, None, None),
        ("ansat", "I"): (None, "Interviewer", True),
        ("ansat", "R"): (None, None, None),
        ("gruppe", "MO"): (None, "Interviewer", True),
        ("gruppe", "IP1"): ("Bo", "Medarbejder", False),
        ("gruppe", "IP2"): ("Ida", "Tillidsvalgt", False),
    }
    assert study.check() == []


def test_what_is_said_of_one_source_holds_there_in_whatever_order_the_rows_stand(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    rows = [
        ["file", "label", "asks"],
        ["leder.txt", "I", "no"],
        ["leder.txt", "R", "yes"],
        ["", "I", "yes"],
        ["", "R", "no"],
    ]
    study.map_speakers(table(tmp_path / "sp.csv", rows))
    found = labels(study)
    assert (found["leder", "I"][2], found["leder", "R"][2]) == (False, True)
    assert (found["ansat", "I"][2], found["ansat", "R"][2]) == (True, False)


def test_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    acts = study.info().acts
    report = study.map_speakers(tmp_path / "speakers.csv")
    assert (report.rows, report.changed, report.unchanged) == (4, 0, 4)
    assert study.info().acts == acts


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["ledre", "R", "", "", ""], 'column "file": found "ledre"; expected a source of this study. Did you mean'),
        (["leder", "IP1", "", "", ""], 'column "label": found "IP1"; expected a speaker\'s label that stands there'),
        (["leder", "R", "", "måske", ""], 'column "asks": found "måske"; expected yes, no or not said'),
        (["leder", "R", "Bo", "", "Værfet"], 'column "case": found "Værfet"; expected a case of this study, such as'),
        (["leder", "R", "", "", "Værftet"], 'column "case": found "Værftet"; expected nothing, because'),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_mapped(tmp_path: Path, row: list[str], problem: str) -> None:
    study = full_study(tmp_path)
    before = labels(study)
    rows = [["file", "label", "participant", "asks", "case"], ["gruppe", "IP1", "Carl", "", ""], row]
    with pytest.raises(BadTable) as caught:
        study.map_speakers(table(tmp_path / "sp.csv", rows))
    assert caught.value.problems[0].startswith("row 3, " + problem)
    assert labels(study) == before


def test_a_speakers_table_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="no column for the label; found file, role"):
        full_study(tmp_path).map_speakers(table(tmp_path / "sp.csv", [["file", "role"], ["leder", "x"]]))


def test_one_label_twice_for_a_source_is_refused(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    with pytest.raises(BadTable, match="each label of a source once"):
        study.map_speakers(
            table(tmp_path / "sp.csv", [["file", "label", "role"], ["leder", "R", "x"], ["leder", "r", "y"]])
        )


def test_a_label_is_set_in_one_source_or_in_all(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    assert study.set_speaker("r", source="leder", role="Direktør") == 1
    assert (labels(study)["leder", "R"][1], labels(study)["ansat", "R"][1]) == ("Direktør", None)
    assert study.set_speaker("R", role="Svarer", asks=False) == 2
    assert labels(study)["leder", "R"] == labels(study)["ansat", "R"] == (None, "Svarer", False)
    assert study.set_speaker("R", role="") == 2
    assert labels(study)["leder", "R"][1] is None
    assert "Direktør" not in study.dimension_labels("role")


def test_an_unknown_label_or_case_is_refused_with_those_there_are(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    with pytest.raises(UnknownName, match=r"No speaker is labelled 'IP1'\. Labels there: I, R"):
        study.set_speaker("IP1", source="leder", role="x")
    with pytest.raises(UnknownName, match="Labels there: I, IP1, IP2, MO, R"):
        study.set_speaker("IP3", role="x")
    with pytest.raises(UnknownName, match="There is no case 'Værfet'"):
        study.set_speaker("IP1", participant="Bo", case="Værfet")
    with pytest.raises(InputError, match="stands for nobody"):
        study.set_speaker("R", source="leder", case="Værftet")


def test_a_participant_in_several_sources_is_one_and_keeps_the_role_last_said(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.set_speaker("R", source="ansat", participant="bo")
    assert labels(study)["ansat", "R"] == ("Bo", "Medarbejder", None)
    assert study.dimension_labels("participant").count("Bo") == 1
    study.set_speaker("IP1", role="Mester")
    assert labels(study)["ansat", "R"][1] == "Mester"
    study.set_speaker("IP1", role="")
    assert labels(study)["ansat", "R"][1] is None


# -- whose words are these? ------------------------------------------------------------------------------------


def test_role_and_participant_of_a_source_stand_for_everybody_who_does_not_ask(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "leder", "Køen var lang", "#1 M")
    answer = only(study.quotes())
    assert (answer.speaker, answer.role, answer.participant, answer.case) == ("R", "Leder", "leder", "Værftet")
    code(study, "leder", "Og køen?", "#1 O")
    question = only(study.quotes(element="O"))
    assert (question.speaker, question.role, question.participant, question.case) == (
        "I",
        "Interviewer",
        None,
        "Værftet",
    )


def test_the_speakers_role_comes_before_the_participants_and_that_before_the_sources(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "leder", "Køen var lang", "#1 M")
    study.set_speaker("IP2", participant="Ida", role="Tillidsvalgt")
    study.set_speaker("R", source="leder", participant="Ida")
    assert only(study.quotes()).role == "Tillidsvalgt"
    study.set_speaker("R", source="leder", role="Fungerende leder")
    assert only(study.quotes()).role == "Fungerende leder"
    study.set_speaker("R", source="leder", role="", participant="")
    assert only(study.quotes()).role == "Leder"


def test_a_group_of_two_cases_counts_in_both_until_the_participants_case_is_said(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "gruppe", "låner til mine børn", "#3 M")
    code(study, "gruppe", "aldrig været der", "#3 M")
    assert [(quote.speaker, quote.case) for quote in study.quotes()] == [
        ("IP1", "Værftet"),
        ("IP2", "Værftet"),
        ("IP1", "Skolen"),
        ("IP2", "Skolen"),
    ]
    assert study.set_speaker("IP1", source="gruppe", case="skolen") == 1
    assert [(quote.speaker, quote.case) for quote in study.quotes()] == [
        ("IP2", "Værftet"),
        ("IP1", "Skolen"),
        ("IP2", "Skolen"),
    ]
    study.set_speaker("IP1", source="gruppe", case="")
    assert len(study.quotes()) == 4


def test_a_table_says_the_case_of_a_participant_once_for_all_their_rows(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    code(study, "gruppe", "låner til mine børn", "#3 M")
    rows = [["file", "label", "participant", "case"], ["gruppe", "IP1", "Bo", "Skolen"], ["ansat", "R", "Bo", ""]]
    study.map_speakers(table(tmp_path / "sp.csv", rows))
    assert only(study.quotes()).case == "Skolen"
    study.map_speakers(table(tmp_path / "sp.csv", [rows[0], ["gruppe", "IP1", "Bo", ""], rows[2]]))
    assert len(study.quotes()) == 2


def test_a_source_bound_to_another_case_takes_its_evidence_along(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    study.set_speaker("R", source="leder", participant="Anna")
    code(study, "leder", "Køen var lang", "#1 M")
    bind(study, tmp_path, ["file", "case", "participant"], ["leder", "Skolen", "Anna"])
    assert only(study.quotes()).case == "Skolen"


def test_one_participant_in_sources_of_two_cases_counts_in_each_where_they_spoke(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    for source in ("leder", "ansat"):
        study.set_speaker("R", source=source, participant="Tilsynet", role="Tilsyn")
    code(study, "leder", "Køen var lang", "#1 M")
    code(study, "ansat", "En fast tid", "#1 M")
    assert [(quote.case, quote.participant) for quote in study.quotes()] == [
        ("Værftet", "Tilsynet"),
        ("Ældrecentret", "Tilsynet"),
    ]
    assert study.matrix().cell("#1", "Værftet").total.participants == 1
    assert study.matrix().row_totals["#1"].total.participants == 1


def test_without_a_case_evidence_is_counted_under_no_case(imported: Study, tmp_path: Path) -> None:
    imported.new_code("Kø")
    code(imported, "leder", "Køen var lang", "Kø")
    assert only(imported.quotes(case=None)).case is None
    assert imported.matrix("code", "case").columns == (None,)


def test_an_excerpt_over_question_and_answer_belongs_to_who_answers(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in", {"leder.txt": LEADER, "gruppe.txt": GROUP})])
    study.new_code("Kø")
    # Most of its characters are the label I's: nobody has said yet that I asks.
    code(study, "leder", "Hvad ændrede sig, da bogbussen kom?\nR: Folk", "Kø")
    assert only(study.quotes()).speaker == "I"
    study.set_speaker("I", asks=True)
    assert only(study.quotes()).speaker == "R"
    study.set_speaker("I", source="leder", asks=False)
    assert only(study.quotes()).speaker == "I"
    study.undo()
    assert only(study.quotes()).speaker == "R"
    assert study.check() == []


def test_a_table_that_says_who_asks_moves_excerpts_too(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "in")])
    study.new_code("Kø")
    code(study, "gruppe", "Hvorfor ikke?\nIP2: Ingen", "Kø")
    study.map_speakers(table(tmp_path / "sp.csv", [["file", "label", "asks"], ["gruppe", "IP2", "ja"]]))
    assert only(study.quotes()).speaker == "MO"
    study.map_speakers(table(tmp_path / "sp.csv", [["label", "asks"], ["MO", "ja"], ["IP2", "nej"]]))
    assert only(study.quotes()).speaker == "IP2"


def test_a_name_is_that_of_the_person_where_another_column_names_the_file(imported: Study, tmp_path: Path) -> None:
    rows = [["Filename", "Name", "Job", "Interviewed by"], ["leder.txt", "Ms Grey", "Head", "AB"]]
    report = imported.bind_sources(table(tmp_path / "s.csv", rows))
    assert (imported.source("leder").participant, imported.source("leder").role) == ("Ms Grey", "Head")
    assert report.findings == ()
