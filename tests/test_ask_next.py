"""What to ask whom: where a role is silent on a point or has spoken on one side only, recounted from the quotes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import code, copied, table
from command_line import call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cmo
from cmo.study import Study
from store.errors import UnknownName

ROLES = ("Leder", "Medarbejder", "Tillidsvalgt")
PLACES = {
    "Leder": ("leder", "Køen"),
    "Medarbejder": ("ansat", "En fast tid"),
    "Tillidsvalgt": ("gruppe", "Ingen har sagt"),
}
GUIDE = [
    ["nr", "spørgsmål", "pt", "rolle"],
    ["1", "Hvem går med derned?", "#1", "Leder"],
    ["2", "Er der tid til det?", "#1", "Medarbejder"],
]


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(full_file, tmp_path) as opened:
        yield opened


def gaps(study: Study) -> dict[tuple[str, str], str]:
    return {(one.role, ask.point): ask.gap for one in study.ask_next() for ask in one.asks}


def test_every_role_that_was_interviewed_is_silent_where_nothing_is_coded(study: Study) -> None:
    assert gaps(study) == {(role, point): "silent" for role in ROLES for point in ("#1", "#2", "#3")}


def test_a_role_that_has_spoken_for_and_against_is_asked_nothing(study: Study) -> None:
    code(study, "leder", "Køen", "#1 M", "supports")
    (ask,) = [one for one in study.ask_next("leder")[0].asks if one.point == "#1"]
    assert (ask.gap, ask.excerpts, ask.guide) == ("only for", 1, None)
    assert "gik anderledes" in ask.wording
    code(study, "leder", "Ingen blev sure", "#1 M", "rival")
    assert ("Leder", "#1") not in gaps(study)


def test_questions_of_the_guide_for_the_role_are_taken_where_it_is_silent(study: Study, tmp_path: Path) -> None:
    study.import_guide(table(tmp_path / "guide.csv", GUIDE))
    asked = {(one.role, ask.wording, ask.number) for one in study.ask_next() for ask in one.asks if ask.point == "#1"}
    composed = "Vi er kommet til at tænke: "
    assert {one for one in asked if not one[1].startswith(composed)} == {
        ("Leder", "Hvem går med derned?", "1"),
        ("Medarbejder", "Er der tid til det?", "2"),
    }
    assert [(role, number) for role, wording, number in asked if wording.startswith(composed)] == [
        ("Tillidsvalgt", None)
    ]


def test_a_question_is_composed_of_the_sentence_of_the_point(study: Study) -> None:
    point = study.theory().point("#2")
    assert point is not None
    (ask,) = [one for one in study.ask_next("Leder")[0].asks if one.point == "#2"]
    assert ask.wording == f"Vi er kommet til at tænke: {point.sentence} Hvordan er det hos jer?"


def test_planned_interviews_still_to_be_held_are_told_with_their_cases(study: Study, tmp_path: Path) -> None:
    plan = [["rolle", "sag", "planlagt"], ["Leder", "Værftet", 1], ["Leder", "Skolen", 2], ["Pedel", "Skolen", 1]]
    study.import_plan(table(tmp_path / "plan.csv", plan))
    told = {one.role: (one.planned, one.cases) for one in study.ask_next()}
    assert told == {
        "Leder": (2, ("Skolen",)),
        "Medarbejder": (None, ()),
        "Tillidsvalgt": (None, ()),
        "Pedel": (1, ("Skolen",)),
    }


def test_a_role_that_nobody_has_is_refused(study: Study) -> None:
    with pytest.raises(UnknownName, match="Ledder"):
        study.ask_next("Ledder")


acts = st.lists(
    st.tuples(
        st.sampled_from(ROLES),
        st.sampled_from(["#1 M", "#2", "#2 O", "#3 C"]),
        st.sampled_from([None, "supports", "refutes", "rival", "refines"]),
    ),
    max_size=10,
)


@given(acts)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gaps_are_those_that_a_plain_look_at_the_quotes_finds(
    full_file: Path, tmp_path_factory: pytest.TempPathFactory, done: list[tuple[str, str, str | None]]
) -> None:
    path = shutil.copy(full_file, tmp_path_factory.mktemp("ask") / "study.cmo")
    with cmo.open_study(path, coder="AB") as study:
        for role, name, stance in done:
            code(study, *PLACES[role], name, stance)
        expected = {}
        for role in ROLES:
            for point in ("#1", "#2", "#3"):
                stances = [quote.stance for quote in study.quotes(role=role, point=point)]
                is_for, is_against = "supports" in stances, bool({"refutes", "rival"} & set(stances))
                if not stances or is_for != is_against:
                    expected[role, point] = "silent" if not stances else "only for" if is_for else "only against"
        assert gaps(study) == expected


def test_the_command_says_what_to_ask_whom(study: Study) -> None:
    code(study, "leder", "Køen", "#1 M", "refutes")
    path = study.path
    study.close()
    answer = call("ask", path, "--role", "leder")
    assert "#1: they have only spoken against it (1 excerpt)" in answer.words
    assert "#2: nobody of them has said anything to it" in answer.words
    assert {one["role"] for one in call("ask", path, "--json").json} == set(ROLES)
    assert call("ask", path, "--role", "Ledder").code == 4
