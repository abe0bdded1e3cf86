"""Marks in a study: what a person says of them, one or all of a form, and quotes bound by their attributions."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import THEORY, code, new_study, span, table, write_texts
from command_line import call

from cmo.study import Study
from store.errors import BadPosition, InputError, UnknownName
from transcripts.conventions.marked import form_of

TALK = """I: Hvad sker der i [enhed]?
R: Altså … det er [Arbejdstilsynet] (griner), der kommer. Vi bor i [enhed].
"""
QUOTES = """Folk gik ned i pausen.

”R: Køen var lang.

I: Hvor tit?

R: Hver mandag. Det vænnede vi os til.”

(Leder, case 3)

”Den holder der, når vi har travlt.” (Medarbejder, Skolen)

”Jeg låner til mine børn.”
(Kok, Kroen)
"""
CASES = [["case", "by"], ["Case 3", "Ro"], ["Skolen", "Vig"]]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = new_study(tmp_path)
    study.import_theory(table(tmp_path / "theory.csv", THEORY))
    study.import_cases(table(tmp_path / "cases.csv", CASES))
    study.import_files([write_texts(tmp_path / "texts", {"talk.txt": TALK, "quotes.txt": QUOTES})])
    return study


def written(study: Study, source: str = "talk") -> list[tuple[str, str]]:
    text = study.transcript(source).text
    return [(text[mark.start : mark.end], mark.kind) for mark in study.marks(source)]


def test_an_imported_source_has_its_marks(study: Study) -> None:
    assert written(study) == [
        ("[enhed]", "redaction"),
        ("…", "pause"),
        ("[Arbejdstilsynet]", "clarification"),
        ("(griner)", "non-speech"),
        ("[enhed]", "redaction"),
    ]


def test_a_person_says_what_a_mark_is_and_takes_it_back(study: Study) -> None:
    place, before = span(study, "talk", "(griner)"), study.marks("talk")
    study.set_mark("talk", *place, "none")
    assert "(griner)" not in dict(written(study))
    study.set_mark("talk", *place, "inaudible")
    assert dict(written(study))["(griner)"] == "inaudible"
    study.set_mark("talk", *place, None)
    assert study.marks("talk") == before


def test_what_a_person_says_is_an_act_that_can_be_undone(study: Study) -> None:
    before = study.marks("talk")
    study.set_mark("talk", *span(study, "talk", "(griner)"), "none")
    assert study.log(limit=1)[0].summary == "“(griner)” in 'talk' is plain speech"
    study.undo()
    assert study.marks("talk") == before


def test_a_person_can_mark_what_no_rule_knows_and_the_newest_word_on_a_stretch_holds(study: Study) -> None:
    study.set_mark("talk", *span(study, "talk", "der kommer"), "inaudible")
    study.set_mark("talk", *span(study, "talk", "(griner), der"), "crosstalk")
    assert written(study)[3:] == [("(griner), der", "crosstalk"), ("[enhed]", "redaction")]


def test_a_way_of_writing_is_set_in_the_whole_study_in_one_act(study: Study) -> None:
    assert study.set_mark_form("[Enhed]", "clarification") == 2
    assert [kind for form, kind in written(study) if form == "[enhed]"] == ["clarification"] * 2
    assert study.set_mark_form("[enhed]", "none", "talk") == 2
    assert "[enhed]" not in dict(written(study))
    assert study.set_mark_form("[enhed]", None) == 2
    study.undo()
    study.undo()
    study.undo()
    assert [kind for form, kind in written(study) if form == "[enhed]"] == ["redaction"] * 2
    assert study.set_mark_form("[findes ikke]", "none") == 0


def test_what_is_said_of_a_form_in_the_whole_study_holds_for_sources_that_come_in_later(
    study: Study, tmp_path: Path
) -> None:
    study.set_mark_form("[ENHED]", "clarification")
    study.set_mark_form("(griner)", "none", "talk")
    later = write_texts(tmp_path / "later", {"later.txt": "R: Vi bor i [enhed] (griner) og i [Enhed]."})
    assert study.preview([later]).files[0].marks == {"clarification": 2, "non-speech": 1}
    study.import_files([later])
    assert [kind for _, kind in written(study, "later")] == ["clarification", "non-speech", "clarification"]
    assert study.house_forms() == {"[ENHED]": "clarification"}
    study.set_mark_form("[enhed]", None)
    assert study.house_forms() == {}
    assert [kind for _, kind in written(study, "later")] == ["redaction", "non-speech", "redaction"]
    assert study.check() == []


def test_a_correction_keeps_what_was_said_of_a_place_and_asks_the_forms_about_new_ones(study: Study) -> None:
    study.set_mark_form("[enhed]", "clarification")
    first = study.marks("talk")[0]
    study.set_mark("talk", first.start, first.end, None)
    study.set_mark("talk", *span(study, "talk", "(griner)"), "crosstalk")
    study.correct_text("talk", study.transcript("talk").text + "R: Ja, i [enhed]. Sådan er [enhed].\n")
    assert [kind for form, kind in written(study) if form != "…"] == [
        *("redaction", "clarification", "crosstalk", "clarification", "clarification", "clarification"),
    ]
    assert study.check() == []


def test_a_mark_that_cannot_be_set_changes_nothing(study: Study) -> None:
    before = study.info().state
    with pytest.raises(InputError, match="no kind of mark"):
        study.set_mark("talk", 3, 5, "laughter")
    with pytest.raises(BadPosition):
        study.set_mark("talk", 3, 5000, "pause")
    with pytest.raises(UnknownName):
        study.marks("nobody")
    assert study.info().state == before


def test_the_forms_of_a_study_are_counted_by_kind(study: Study) -> None:
    forms = {(one.kind, one.form): (one.places, one.sources) for one in study.mark_forms()}
    assert forms["redaction", "[enhed]"] == (2, 1)
    assert forms["attribution", "(Leder, case 3)"] == (1, 1)
    assert [one.kind for one in study.mark_forms("talk")] == ["pause", "redaction", "clarification", "non-speech"]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("[enhed]", "[enhed]"),
        ("[uhørligt  00:12:03]", "[uhørligt 00:00:00]"),
        ("#00:01:02-3#", "#00:00:00-0#"),
        ("XXXXXXX", "XXX"),
        ("XX", "XX"),
        (".....", "..."),
        ("[Navn 1]", "[Navn 1]"),
    ],
)
def test_what_is_written_alike_is_one_form(written: str, form: str) -> None:
    assert form_of(written) == form


def test_all_times_are_set_by_naming_one(study: Study, tmp_path: Path) -> None:
    study.import_files([write_texts(tmp_path / "more", {"timed.txt": "R: Ja [00:01:02] nej [00:12:03] jo."})])
    assert study.set_mark_form("[00:12:03]", "pause", "timed") == 2
    assert [kind for _, kind in written(study, "timed")] == ["pause", "pause"]


def test_an_attribution_names_role_and_case_of_the_quote_it_stands_under(study: Study) -> None:
    first, second, third = study.attributions("quotes")
    text = study.transcript("quotes").text
    assert (first.role, first.case, first.unknown) == (None, "Case 3", ("Leder",))
    assert text[slice(*first.quote)].startswith("”R: Køen var lang.")
    assert text[slice(*first.quote)].endswith("vænnede vi os til.”")
    assert text[slice(*second.quote)] == "”Den holder der, når vi har travlt.”"
    assert second.case == "Skolen"
    assert third.case is None
    assert third.unknown == ("Kok", "Kroen")


def test_excerpts_in_an_attributed_quote_get_its_case_and_the_speaker_its_role(study: Study, tmp_path: Path) -> None:
    study.bind_sources(table(tmp_path / "s.csv", [["file", "role"], ["talk.txt", "Leder"]]))
    above = code(study, "quotes", "Folk gik ned", "#1 C")
    inside = code(study, "quotes", "Hver mandag.", "#1 M")
    report = study.attribute_by_marks("quotes")
    assert (report.attributions, report.excerpts, report.speakers) == (3, 1, 1)
    cases = {quote.quote: quote.case for quote in study.quotes()}
    assert cases == {above.quote: None, inside.quote: "Case 3"}
    roles = {one.label: one.role for one in study.speakers() if one.source == "quotes"}
    assert roles == {"R": "Leder", "I": None}
    assert [finding.code for finding in report.findings] == ["attribution-unknown"]
    state = study.info().state
    assert study.attribute_by_marks("quotes").excerpts == 0
    assert study.info().state == state
    study.undo()
    assert {quote.case for quote in study.quotes()} == {None}


def test_two_roles_for_one_label_are_a_finding_and_no_role_is_given(study: Study, tmp_path: Path) -> None:
    text = "R: Den ene.\n(Leder, Case 3)\n\nR: Den anden.\n(Kok, Case 3)\n"
    study.import_files([write_texts(tmp_path / "more", {"two.txt": text})])
    roles = [["file", "role"], ["talk.txt", "Leder"], ["quotes.txt", "Kok"]]
    study.bind_sources(table(tmp_path / "s.csv", roles))
    report = study.attribute_by_marks("two")
    assert report.speakers == 0
    assert "several roles here (Kok, Leder)" in str(report.findings[0])


def test_the_command_lists_marks_and_sets_a_form(study: Study) -> None:
    path = study.path
    study.close()
    assert "[Arbejdstilsynet]" in call("marks", path).out
    assert call("marks", path, "talk", "--json").json[0] == {"kind": "pause", "form": "…", "places": 1, "sources": 1}
    said = call("marks", path, "--form", "[enhed]", "--kind", "none")
    assert said.out.startswith("[enhed] is plain speech now, in 2 places")
    assert call("marks", path).out.count("[enhed]") == 1
    assert "of those that come in later: [enhed] is plain speech." in call("marks", path).words
    assert (
        "yet; in sources that come in later it is pause" in call("marks", path, "--form", "~~", "--kind", "pause").out
    )
    assert call("marks", path, "--form", "[enhed]").code == 2
    assert call("marks", path, "--form", "x", "--kind", "laughter").code != 0
    assert "Attributions: 3." in call("marks", path, "quotes", "--attribute").out
