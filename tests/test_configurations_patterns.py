"""Configurations over cases: patterns with their counter-cases, suggestions, and one case from within."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from builders import copied
from configuration_samples import coded_study, coding

from cmo.configurations.records import COUNTER_CASE, NOT_IN_PLAY, OPEN, PARTLY_SHOWS, SHOWS
from cmo.study import Study
from store.errors import InputError, UnknownName
from store.schema import PRESENCES


@pytest.fixture(scope="module")
def coded(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded_study(full_file, tmp_path_factory.mktemp("coded"))


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(coded, tmp_path) as study:
        yield study


@pytest.fixture
def pattern(study: Study) -> Study:
    """1: Værftet in full. 2: Ældrecentret without an outcome. 3: the pattern over both."""
    for name in ("work", "together", "long queue", "busy", "fixed time"):
        study.collect(coding(name))
    study.group_configurations([1, 2], "Faste pauser", "Ro giver lån", point="#1")
    return study


def standings(study: Study, number: int) -> dict[str, str]:
    return {row.case: row.standing for row in study.cross_case(number).rows}


def test_a_pattern_has_the_configurations_that_specialise_it_and_the_cases_that_show_it(pattern: Study) -> None:
    (found,) = pattern.demi_regularities()
    assert (found.configuration.number, found.configuration.level) == (3, "cross-case")
    assert [member.number for member in found.members] == [1, 2]
    assert (found.cases, found.counter_cases) == (("Værftet",), ())
    assert found.table == pattern.cross_case(3)
    assert standings(pattern, 3) == {"Værftet": SHOWS, "Ældrecentret": OPEN, "Skolen": OPEN}
    assert pattern.log(1)[0].summary == "configuration 3 is specialised by 1, 2"


def test_a_counter_case_has_everything_but_the_outcome_and_a_person_says_so(pattern: Study) -> None:
    pattern.set_presence(3, "Ældrecentret", "outcome", "absent", "ingen lånte")
    (found,) = pattern.demi_regularities()
    assert found.counter_cases == ("Ældrecentret",)
    row = next(row for row in found.table.rows if row.case == "Ældrecentret")
    assert [(cell.said, cell.follows) for cell in row.cells.values()] == [
        (None, "present"),
        (None, "present"),
        ("absent", None),
    ]
    assert row.cells["O"].note == "ingen lånte"
    assert row.cells["M"].codings == (coding("fixed time"),)
    assert pattern.log(1)[0].summary == "configuration 3 in 'Ældrecentret': outcome absent"


@pytest.mark.parametrize("said", list(product([*PRESENCES, None], repeat=3))[::7])
def test_every_standing_follows_its_definition(study: Study, said: tuple[str | None, str | None, str | None]) -> None:
    study.new_configuration(level="cross-case")
    for element, presence in zip("CMO", said, strict=True):
        study.set_presence(1, "Skolen", element, presence)
    *before, outcome = said
    if set(said) == {"present"}:
        expected = SHOWS
    elif set(before) == {"present"} and outcome == "absent":
        expected = COUNTER_CASE
    elif "absent" in before:
        expected = NOT_IN_PLAY
    elif None in said or "not known" in said:
        expected = OPEN
    else:
        expected = PARTLY_SHOWS
    assert standings(study, 1)["Skolen"] == expected


def test_what_a_person_says_goes_before_what_follows_and_both_are_shown(pattern: Study) -> None:
    pattern.set_presence(3, "Værftet", "M", "absent")
    cell = pattern.cross_case(3).rows[0].cells["M"]
    assert (cell.presence, cell.said, cell.follows, cell.is_disputed) == ("absent", "absent", "present", True)
    assert standings(pattern, 3)["Værftet"] == NOT_IN_PLAY
    pattern.set_presence(3, "Værftet", "M", None)
    assert standings(pattern, 3)["Værftet"] == SHOWS
    state = pattern.info().state
    pattern.set_presence(3, "Værftet", "M", None)
    assert pattern.info().state == state


def test_only_what_somebody_stated_makes_an_element_present(study: Study) -> None:
    study.new_configuration(case="Værftet")
    study.add_part(1, element="C", wording="tænkt")
    study.add_part(1, coding=coding("together"), stated=False)
    study.add_part(1, coding=coding("long queue"), element="")
    assert all(cell.follows is None for row in study.cross_case(1).rows for cell in row.cells.values())


def test_a_configuration_of_one_case_does_not_speak_for_the_other_case_of_a_source(study: Study) -> None:
    study.new_configuration(case="Skolen")
    study.add_part(1, coding=coding("nobody said"))
    study.add_part(1, coding=coding("work"))
    study.new_configuration()
    study.add_part(2, coding=coding("nobody said"))
    assert [row.case for row in study.cross_case(1).rows if row.cells["M"].follows] == ["Skolen"]
    assert not any(row.cells["C"].follows for row in study.cross_case(1).rows)
    assert [row.case for row in study.cross_case(2).rows if row.cells["M"].follows] == ["Værftet", "Skolen"]


def test_evidence_comes_up_through_several_levels_and_fills_what_these_wait_for(pattern: Study) -> None:
    above = pattern.group_configurations([3], "Tid", level="middle range")
    assert (above.level, above.waiting) == ("middle range", "")
    assert standings(pattern, above.number)["Værftet"] == SHOWS
    alone = pattern.new_configuration(level="middle range")
    assert alone.waiting == "waiting for a context, a mechanism and an outcome"


def test_presences_are_said_of_main_elements_of_cases_and_configurations_that_there_are(pattern: Study) -> None:
    for wrong in ((9, "Skolen", "C", "present"), (3, "Fabrik", "C", "present"), (3, "Skolen", "Z", "present")):
        with pytest.raises(UnknownName):
            pattern.set_presence(*wrong)
    with pytest.raises(InputError, match="not a presence"):
        pattern.set_presence(3, "Skolen", "C", "maybe")


def test_a_pattern_needs_members_and_a_level_above_a_case(study: Study) -> None:
    study.new_configuration()
    with pytest.raises(InputError):
        study.group_configurations([])
    with pytest.raises(InputError):
        study.group_configurations([1], level="case")
    with pytest.raises(UnknownName):
        study.group_configurations([1, 7])
    assert len(study.configurations()) == 1


def test_configurations_with_the_same_codes_are_suggested_until_they_are_grouped(study: Study) -> None:
    for name in ("work", "together", "busy", "fixed time"):
        study.collect(coding(name))
    study.new_configuration()
    study.add_part(3, coding=coding("work"))
    (suggested,) = study.similar_configurations()
    assert (suggested.configurations, suggested.why) == ((1, 2), "the same codes, point #1")
    study.group_configurations([1, 2])
    assert study.similar_configurations() == []


def test_restatements_that_are_alike_are_suggested_the_most_alike_first(study: Study) -> None:
    for words in ("Faste pauser giver ro til lån", "Ro til lån giver faste pauser", "Faste pauser giver ro", "Andet"):
        study.new_configuration(restatement=words)
    study.new_configuration(restatement="Andet", level="cross-case")
    found = study.similar_configurations()
    assert found[0].configurations == (1, 2)
    assert found[0].score == 100
    assert {suggestion.configurations for suggestion in found} == {(1, 2), (1, 3), (2, 3)}
    assert study.similar_configurations(alike=100) == found[:1]
    study.link_configurations(1, 3, "specialises")
    assert {suggestion.configurations for suggestion in study.similar_configurations()} == {(1, 2), (2, 3)}


def test_a_case_is_seen_from_within(study: Study) -> None:
    for name in ("work", "together"):
        study.collect(coding(name))
    study.new_configuration("Rival", case="Værftet")
    study.new_configuration("Af en anden", case="Skolen")
    study.link_configurations(1, 2, "rival", "køen")
    study.link_configurations(1, 3, "contradicts")
    seen = study.case_view("værftet")
    assert seen.case == "Værftet"
    assert [one.number for one in seen.configurations] == [1, 2]
    assert [one.waiting for one in seen.partial] == [
        "waiting for an outcome",
        "waiting for a context, a mechanism and an outcome",
    ]
    assert seen.silent_points == ("H",)
    (contradiction,) = seen.contradictions
    assert contradiction.point == "#1"
    assert contradiction.supporting == (coding("work"), coding("together"))
    assert contradiction.opposing == (coding("long queue"),)
    assert [(link.source, link.target, link.kind) for link in seen.conflicts] == [(1, 2, "rival")]
    counted = {label: cell.total.excerpts for label, cell in seen.evidence.items()}
    assert counted == {
        label: len({quote.excerpt_id for quote in study.quotes(case="Værftet", point=label)}) for label in counted
    }
    assert seen.total.total.excerpts == 6
    with pytest.raises(UnknownName):
        study.case_view("Fabrik")


def test_a_case_with_a_single_voice_contradicts_nothing(study: Study) -> None:
    seen = study.case_view("Skolen")
    assert (seen.contradictions, seen.configurations) == ((), ())
    assert seen.silent_points == ("H", "#1")
