"""Who speaks in a turn can be changed after the import, and the text never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import code, new_study, write_texts
from command_line import call

from cmo.study import Study
from store.errors import InputError, UnknownName

TALK = "Interviewer: Hvad så?\nR: Ja.\nInterviewer: Nå?\nR: Jo.\nInterviewer: Ok.\nInterviever: Og så?\nR: Ikke noget."
OTHER = """I = interviewer (Anders), R = leder, X = AMR

I: Hvad så?
R: Ja.
X: Nej.
Interviever: Hov.
R: Hvad?
Interviever: Nå."""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = new_study(tmp_path)
    study.import_files([write_texts(tmp_path / "texts", {"a.txt": TALK, "b.txt": OTHER})])
    return study


def labels(study: Study, source: str = "a") -> list[str | None]:
    return [turn.label for turn in study.transcript(source).turns]


def test_one_turn_gets_another_speaker_and_undo_gives_it_back(study: Study) -> None:
    before = study.transcript("a")
    changed = study.set_turn_speaker("a", 2, "Interviewer")
    assert (changed.number, changed.label) == (2, "Interviewer")
    assert labels(study)[:3] == ["Interviewer"] * 3
    assert study.transcript("a").text == before.text
    assert study.log(1)[0].summary == "turn 2 of 'a' is spoken by 'Interviewer'"
    assert study.check() == []
    study.undo()
    assert study.transcript("a") == before


def test_a_new_label_makes_a_speaker_of_that_source_alone(study: Study) -> None:
    study.set_turn_speaker("a", 2, " Bo  Ek ")
    assert labels(study)[1] == "Bo Ek"
    assert [speaker.source for speaker in study.speakers() if speaker.label == "Bo Ek"] == ["a"]


def test_a_label_is_found_without_regard_to_capitals(study: Study) -> None:
    assert study.set_turn_speaker("a", 1, "r").label == "R"


def test_a_turn_may_be_nobodys(study: Study) -> None:
    assert study.set_turn_speaker("a", 2, None).label is None
    assert labels(study)[1] is None


def test_a_speaker_without_a_turn_goes_away(study: Study) -> None:
    study.set_speaker("Interviever", source="a", participant="Ida", role="Tolk")
    study.set_turn_speaker("a", 6, "R")
    assert {(s.source, s.label) for s in study.speakers() if s.label == "Interviever"} == {("b", "Interviever")}
    assert study.info().counts["participants"] == 0
    assert study.check() == []


@pytest.mark.parametrize("number", [0, -1, 8])
def test_a_turn_that_there_is_not_is_refused(study: Study, number: int) -> None:
    with pytest.raises(UnknownName, match=f"no turn {number}"):
        study.set_turn_speaker("a", number, "R")


def test_a_passage_keeps_its_words_and_belongs_to_who_answers(study: Study) -> None:
    coding = code(study, "a", "Ja.\nInterviewer: Nå?", study.new_code("Svar").name)
    study.set_speaker("Interviewer", asks=True)
    study.set_turn_speaker("a", 3, "R")
    study.set_turn_speaker("a", 2, "Interviewer")
    (kept,) = study.codings("a")
    assert (kept.quote, kept.start, kept.end) == (coding.quote, coding.start, coding.end)
    assert study.quotes()[0].speaker == "R"


def test_a_label_merged_into_another_hands_its_turns_over(study: Study) -> None:
    study.set_speaker("Interviever", source="a", role="Interviewer", asks=True)
    assert study.merge_speakers("a", "Interviever", "Interviewer") == 1
    assert labels(study) == ["Interviewer", "R"] * 2 + ["Interviewer"] * 2 + ["R"]
    assert "Interviever" in labels(study, "b")
    (merged,) = [s for s in study.speakers() if s.label == "Interviewer"]
    assert (merged.role, merged.asks, merged.turns) == ("Interviewer", True, 4)
    assert study.check() == []


def test_what_is_said_of_a_speaker_holds_when_another_is_merged_into_it(study: Study) -> None:
    study.set_speaker("Interviewer", role="Forsker", asks=True)
    study.set_speaker("Interviever", role="Tolk", asks=False)
    study.merge_speakers("a", "Interviever", "Interviewer")
    (merged,) = [s for s in study.speakers() if s.label == "Interviewer"]
    assert (merged.role, merged.asks) == ("Forsker", True)


def test_merging_in_all_sources_renames_where_there_is_no_such_speaker(study: Study) -> None:
    study.set_speaker("Interviever", source="b", participant="Ida")
    assert study.merge_speakers(None, "Interviever", "Interviewer") == 2
    assert labels(study, "b")[-1] == "Interviewer"
    assert [s.participant for s in study.speakers() if (s.source, s.label) == ("b", "Interviewer")] == ["Ida"]


def test_merging_needs_two_labels_of_which_one_is_there(study: Study) -> None:
    with pytest.raises(UnknownName, match="labelled 'Q'"):
        study.merge_speakers("a", "Q", "R")
    for into in ("R", " ", " R "):
        with pytest.raises(InputError, match="cannot be merged"):
            study.merge_speakers("a", "R", into)


def test_a_legend_is_applied_only_when_somebody_says_so(study: Study) -> None:
    def said() -> dict[str, tuple[str | None, str | None, bool | None]]:
        return {s.label: (s.participant, s.role, s.asks) for s in study.speakers() if s.source == "b"}

    assert [entry.label for entry in study.legend("b")] == ["I", "R", "X"]
    assert set(said().values()) == {(None, None, None)}
    assert study.apply_legend("b") == ["I", "R"]
    assert said() == {
        "I": ("Anders", "interviewer", True),
        "R": (None, "leder", None),
        "X": (None, None, None),
        "Interviever": (None, None, None),
    }
    study.undo()
    assert set(said().values()) == {(None, None, None)}
    assert study.apply_legend("a") == []


def test_turns_and_labels_are_changed_from_the_command_line(study: Study) -> None:
    path = study.path
    study.close()
    assert "Turn 2 is spoken by 'Bo'" in call("speakers", path, "a", "--turn", "2", "--label", "Bo").out
    merged = call("speakers", path, "--label", "Interviever", "--into", "Interviewer", "--json")
    assert merged.json == {"label": "Interviewer", "sources": 2}
    assert call("speakers", path, "b", "--legend").out == "2 labels mapped: I, R.\n"
    told = {(s["source"], s["label"]): s["role"] for s in call("speakers", path, "--json").json}
    assert told["b", "R"] == "leder"
    assert ("a", "Bo") in told
    assert ("a", "Interviever") not in told


@pytest.mark.parametrize(
    "options",
    [
        ["a", "--turn", "2"],
        ["--turn", "2", "--label", "R"],
        ["--legend"],
        ["a", "--legend", "--label", "R"],
        ["a", "--turn", "2", "--label", "R", "--into", "I"],
        ["a", "--turn", "2", "--label", "R", "--role", "Leder"],
        ["a", "--turn", "2", "--label", "R", "--preview"],
        ["a", "--source", "b", "--turn", "2", "--label", "R"],
    ],
)
def test_half_a_command_is_a_mistake_and_changes_nothing(study: Study, options: list[str]) -> None:
    before = study.info().state
    done = call("speakers", study.path, *options)
    assert done.code == 2
    assert study.info().state == before


def test_an_import_is_told_which_labels_are_one_and_which_are_none(tmp_path: Path) -> None:
    study = new_study(tmp_path)
    study.close()
    files = write_texts(tmp_path / "texts", {"c.txt": f"{TALK}\nA: Dette er en note.\nR: Ja."})
    done = call("import", study.path, files, "--label", "Interviever=Interviewer", "--label", "A=")
    assert done.code == 0
    told = {speaker["label"]: speaker["turns"] for speaker in call("speakers", study.path, "--json").json}
    assert told == {"Interviewer": 4, "R": 4}
    assert call("import", study.path, files, "--label", "=R").code == 2
