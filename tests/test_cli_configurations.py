"""Configurations on the command line, from the first passage to the pattern over cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import copied
from command_line import call, head
from configuration_samples import coded_study, coding


@pytest.fixture(scope="module")
def coded(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded_study(full_file, tmp_path_factory.mktemp("coded"))


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Path:
    with copied(coded, tmp_path) as study:
        return study.path


def test_a_configuration_is_made_filled_and_shown_with_its_quotes(study: Path) -> None:
    made = call("cmoc", study, "--point", "1", "--case", "Værftet", "--restatement", "Ro giver lån", "--coder", "CD")
    assert "Configuration 1 · case · point #1 · Værftet · CD" in made.out
    call("part", study, "1", "--coding", str(coding("work")))
    call("part", study, "1", "--wording", "Det føles tilladt", "--element", "M")
    shown = call("configurations", study, "1")
    assert "context · leder · Leder · Værftet · part 1" in shown.out
    assert "“Folk gik ned og hentede bøger i pausen.”" in shown.out
    assert "mechanism · inferred · part 2" in shown.out
    assert "Waiting for an outcome." in shown.out
    assert call("configurations", study, "1", "--json").json["parts"][1]["wording"] == "Det føles tilladt"


def test_the_list_says_what_is_missing_and_can_be_asked_for_it(study: Path) -> None:
    assert "No configurations" in call("configurations", study).out
    call("cmoc", study, "--name", "Pause")
    listed = call("configurations", study, "--waiting-for", "outcome")
    assert "Pause" in listed.out
    assert "for a context, a mechanism and an outcome" in listed.words
    assert "1 configuration, 1 partial" in listed.err
    doubts = call("configurations", study, "--findings")
    assert "configuration 1: is not restated in the analyst's words [configuration-not-restated]" in doubts.out
    assert doubts.err == "2 findings.\n"
    assert call("configurations", study, "--level", "case", "--json").json[0]["name"] == "Pause"


def test_configurations_are_changed_and_removed_with_words_for_what_went_along(study: Path) -> None:
    call("cmoc", study, "--name", "Pause")
    call("part", study, "1", "--coding", "1", "--wording", "a", "--inferred")
    assert "inferred" in call("part", study, "1", "--change", "1", "--element", "").out
    assert "undecided" in call("configurations", study, "1").out
    assert call("cmoc", study, "1", "--name", "", "--point", "#2", "--json").json["point"] == "#2"
    assert "part" not in call("part", study, "1", "--take-out", "1").out
    call("part", study, "1", "--coding", "1")
    assert call("cmoc", study, "1", "--remove").out == "Remove configuration 1 with 1 part.\n"
    assert call("configurations", study, "--json").json == []


def test_links_and_ripples_are_told_from_the_end_that_is_shown(study: Path) -> None:
    call("cmoc", study)
    call("part", study, "1", "--coding", str(coding("long queue")))
    rippled = call("ripple", study, "1", "--name", "Videre")
    assert "Its context is the outcome of 1" in rippled.out
    assert "Its outcome is the context of 2" in call("configurations", study, "1").out
    assert "Embedded in 1" not in call("link", study, "2", "embedded", "1", "--note", "ugen").out
    assert "Is embedded in 1 · ugen" in call("configurations", study, "2").out
    assert "embedded" not in call("link", study, "2", "embedded", "1", "--remove").out


def test_patterns_are_suggested_made_and_held_against_every_case(study: Path) -> None:
    for number, names in ((1, ("work", "together")), (2, ("busy", "fixed time"))):
        call("cmoc", study, "--point", "1")
        for name in names:
            call("part", study, str(number), "--coding", str(coding(name)))
    assert "the same codes, point #1" in call("configurations", study, "--similar").words
    assert "No patterns yet" in call("crosscase", study).out
    call("cmoc", study, "--over", "1,2", "--name", "Faste pauser")
    said = call(
        "crosscase", study, "3", "--case", "Værftet", "--element", "O", "--presence", "absent", "--note", "ingen lån"
    )
    assert "Værftet present * present * absent: ingen lån counter-case" in said.words
    patterns = call("crosscase", study)
    assert "3 Faste pauser cross-case 1, 2 (no case) Værftet" in patterns.words
    assert call("crosscase", study, "3", "--json").json["rows"][0]["standing"] == "counter-case"
    back = call("crosscase", study, "3", "--case", "Værftet", "--element", "O", "--presence", "")
    assert "Værftet present * present * open" in back.words


def test_a_case_is_shown_from_within(study: Path) -> None:
    call("cmoc", study, "--case", "Værftet", "--name", "Pause")
    within = call("within", study, "værftet")
    assert "6 excerpts in 2 sources." in within.out
    assert "Pause" in within.out
    assert "Speaks both for and against #1: 2 for, 1 against." in within.out
    assert "Says nothing of: H" in within.out
    assert call("within", study, "Værftet", "--json").json["silent_points"] == ["H"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("cmoc", "--remove"),
        ("cmoc", "--over", "1,x"),
        ("cmoc", "1", "--over", "1"),
        ("part", "1", "--coding", "1", "--take-out", "1"),
        ("part", "1", "--take-out", "1"),
        ("crosscase", "--case", "Skolen"),
        ("crosscase", "--case", "Skolen", "--element", "C", "--presence", "present"),
        ("link", "1", "causes", "1"),
        ("configurations", "9"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(study: Path, arguments: tuple[str, ...]) -> None:
    call("cmoc", study)
    before = head(study)
    command, *rest = arguments
    answer = call(command, study, *rest)
    assert answer.code != 0
    assert answer.err.startswith("cmo: ")
    assert head(study) == before
