"""What is wrong with configurations is found: by `cmo check` where no act leaves it behind, else as a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import copied, table
from configuration_samples import coded_study, coding
from sqlalchemy import select

import cmo
from cmo.study import Study
from store import schema
from store.work import Work


@pytest.fixture(scope="module")
def coded(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return coded_study(full_file, tmp_path_factory.mktemp("coded"))


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Iterator[Study]:
    with copied(coded, tmp_path) as study:
        for _ in range(2):
            study.new_configuration(restatement="Ro")
        yield study


def spoil(study: Study, change: Callable[[Work], object]) -> None:
    """Write rows past the calls that look after them, as an act."""
    with study.file.act("AB", "spoil") as work:
        change(work)


def link(work: Work, source: int, target: int, kind: str) -> int:
    return work.insert(schema.configuration_links, {"from_id": source, "to_id": target, "kind": kind, "note": ""})


def other_element(work: Work) -> int:
    """An element of a second theory."""
    theory = work.insert(schema.theories, {"name": "Other", "position": 9})
    values = {"theory_id": theory, "letter": "B", "name": "barrier", "position": 1}
    return work.insert(schema.elements, values)


def test_a_link_of_a_configuration_to_itself_is_found(study: Study) -> None:
    spoil(study, lambda work: link(work, 1, 1, "rival"))
    assert [(finding.code, finding.where) for finding in study.check()] == [
        ("link-to-itself", "configuration link 1"),
    ]


def test_an_element_of_another_grammar_is_found_in_parts_and_presences(study: Study) -> None:
    study.add_part(1, coding=coding("work"))
    study.set_presence(1, "Skolen", "C", "present")

    def change(work: Work) -> None:
        foreign = other_element(work)
        for one in (schema.configuration_parts, schema.configuration_cases):
            work.update(one, work.conn.execute(select(one.c.id)).scalar_one(), element_id=foreign)

    spoil(study, change)
    found = {(finding.code, finding.where) for finding in study.check()}
    assert found == {("element-foreign", "configuration part 1"), ("element-foreign", "configuration case 1")}
    assert study.configuration(1).parts[0].element is None


def codes(study: Study, number: int) -> set[str]:
    where = f"configuration {number}"
    return {finding.code for finding in study.configuration_findings() if finding.where == where}


def test_a_circle_that_undo_has_closed_is_doubted_and_walked_once(study: Study) -> None:
    study.link_configurations(1, 2, "specialises")
    spoil(study, lambda work: link(work, 2, 1, "specialises"))
    assert {"configuration-circle"} <= codes(study, 1) & codes(study, 2)
    assert study.check() == []
    assert len(study.cross_case(1).rows) == 3


def test_a_case_above_the_level_of_a_case_and_an_empty_part_are_doubted(study: Study) -> None:
    part = {"configuration_id": 1, "wording": "", "is_stated": True, "position": 1}

    def change(work: Work) -> None:
        work.update(schema.configurations, 2, level="cross-case", case_id=1)
        work.insert(schema.configuration_parts, part)

    spoil(study, change)
    assert "configuration-level" in codes(study, 2)
    assert {"configuration-empty-part", "configuration-inferred"} <= codes(study, 1)


def test_a_mechanism_split_in_resource_and_reasoning_is_there_where_one_of_them_is(tmp_path: Path) -> None:
    with cmo.new_study(tmp_path / "s.cmo", coder="AB") as study:
        rows = [["nr", "kontekst", "ressource", "ræsonnement", "udfald"], ["#1", "a", "b", "c", "d"]]
        study.import_theory(table(tmp_path / "theory.csv", rows))
        study.new_configuration()
        assert study.configuration(1).waiting == "waiting for a context, a mechanism and an outcome"
        for element in ("udfald", "reasoning", "R"):
            study.add_part(1, element=element, wording=element)
        made = study.configuration(1)
        assert made.waiting == "waiting for a context"
        assert [part.element_name for part in made.parts] == ["resource", "reasoning", "outcome"]
        assert [element.letter for element in study.cross_case(1).elements] == ["C", "M", "O"]
        assert study.configurations(waiting_for="M") == []
