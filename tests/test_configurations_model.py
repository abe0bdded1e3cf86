"""Random acts on configurations by two coders, with undo and redo: the study stays sound and forgets nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import copied
from configuration_samples import CODINGS, coded_study
from depth import examples
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

import cmo
from cmo.configurations.records import Configuration
from cmo.study import Study
from store import schema
from store.errors import InputError, NothingToRedo, NothingToUndo, UndoConflict, UnknownName
from store.schema import LEVELS, LINK_KINDS, PRESENCES

WHO = st.integers(0, 1)
NUMBERS = st.integers(1, 6)
PARTS = st.integers(1, 12)
CODING_IDS = st.integers(1, len(CODINGS))
ELEMENTS = st.sampled_from([None, "", "C", "M", "O"])
WORDS = st.sampled_from(["", "Ro", "Travlhed"])
CASES = st.sampled_from(["", "Værftet", "Skolen"])
REFUSALS = (InputError, UnknownName)


def told(study: Study) -> tuple[list[Configuration], object]:
    """Everything that is kept of configurations."""
    with study.file.read() as conn:
        return study.configurations(), conn.execute(select(schema.configuration_cases)).all()


class TwoCoders(RuleBasedStateMachine):
    """Each act either is refused and changes nothing, or is one entry that undo takes back as a whole."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="cmo-configurations-")
        first = copied(self.file, Path(self.folder.name))
        self.studies = [first, cmo.open_study(first.path, coder="CD")]
        self.numbers_seen: dict[int, str] = {}

    def teardown(self) -> None:
        self.look_at_everything()
        for study in self.studies:
            study.close()
        self.folder.cleanup()

    def _try(self, who: int, act: Callable[[Study], object]) -> None:
        study = self.studies[who]
        before, entries = told(study), study.log()
        try:
            act(study)
        except REFUSALS:
            assert study.log() == entries
            return
        grown = len(study.log()) - len(entries)
        assert grown in (0, 1)
        if grown:
            after = told(study)
            study.undo()
            assert told(study) == before
            study.redo()
            assert told(study) == after

    @rule(who=WHO, level=st.sampled_from(LEVELS), case=CASES)
    def begin(self, who: int, level: str, case: str) -> None:
        self._try(who, lambda study: study.new_configuration(level=level, case=case or None))

    @rule(who=WHO, coding=CODING_IDS, begin=st.booleans())
    def collect(self, who: int, coding: int, begin: bool) -> None:
        self._try(who, lambda study: study.collect(coding, begin=begin))

    @rule(who=WHO, number=NUMBERS, coding=st.none() | CODING_IDS, element=ELEMENTS, wording=WORDS)
    def put_in(self, who: int, number: int, coding: int | None, element: str | None, wording: str) -> None:
        self._try(who, lambda study: study.add_part(number, coding=coding, element=element, wording=wording))

    @rule(who=WHO, part=PARTS, element=ELEMENTS, wording=st.none() | WORDS, stated=st.sampled_from([None, True, False]))
    def change(self, who: int, part: int, element: str | None, wording: str | None, stated: bool | None) -> None:
        self._try(who, lambda study: study.change_part(part, element=element, wording=wording, stated=stated))

    @rule(who=WHO, part=PARTS, place=st.integers(0, 3))
    def move(self, who: int, part: int, place: int) -> None:
        self._try(who, lambda study: study.move_part(part, place))

    @rule(who=WHO, part=PARTS)
    def take_out(self, who: int, part: int) -> None:
        self._try(who, lambda study: study.remove_part(part))

    @rule(who=WHO, number=NUMBERS, level=st.sampled_from([None, *LEVELS]), case=st.none() | CASES)
    def edit(self, who: int, number: int, level: str | None, case: str | None) -> None:
        self._try(who, lambda study: study.edit_configuration(number, level=level, case=case))

    @rule(who=WHO, number=NUMBERS)
    def remove(self, who: int, number: int) -> None:
        self._try(who, lambda study: study.remove_configuration(number))

    @rule(who=WHO, first=NUMBERS, second=NUMBERS, kind=st.sampled_from(LINK_KINDS), gone=st.booleans())
    def link(self, who: int, first: int, second: int, kind: str, gone: bool) -> None:
        if gone:
            self._try(who, lambda study: study.unlink_configurations(first, second, kind))
        else:
            self._try(who, lambda study: study.link_configurations(first, second, kind))

    @rule(who=WHO, number=NUMBERS)
    def ripple(self, who: int, number: int) -> None:
        self._try(who, lambda study: study.ripple(number))

    @rule(who=WHO, members=st.lists(NUMBERS, max_size=3))
    def group(self, who: int, members: list[int]) -> None:
        self._try(who, lambda study: study.group_configurations(members))

    @rule(who=WHO, number=NUMBERS, element=st.sampled_from("CMO"), presence=st.none() | st.sampled_from(PRESENCES))
    def say_presence(self, who: int, number: int, element: str, presence: str | None) -> None:
        self._try(who, lambda study: study.set_presence(number, "Skolen", element, presence))

    @rule(who=WHO, coding=CODING_IDS)
    def remove_coding(self, who: int, coding: int) -> None:
        self._try(who, lambda study: study.remove_coding(coding))

    @rule()
    def look(self) -> None:
        self.look_at_everything()

    @rule(who=WHO, mine=st.booleans(), again=st.booleans())
    def go_back_or_on(self, who: int, mine: bool, again: bool) -> None:
        study = self.studies[who]
        before = told(study)
        try:
            study.redo(mine=mine) if again else study.undo(mine=mine)
        except (NothingToUndo, NothingToRedo, UndoConflict):
            assert told(study) == before

    @invariant()
    def a_number_means_one_configuration_for_ever(self) -> None:
        for one in self.studies[0].configurations():
            assert self.numbers_seen.setdefault(one.number, one.uuid) == one.uuid

    def look_at_everything(self) -> None:
        study = self.studies[1]
        assert study.check() == []
        patterns = {found.configuration.number: found for found in study.demi_regularities()}
        above = [one for one in study.configurations() if one.level != "case"]
        assert [found.configuration for found in patterns.values()] == above
        assert all(found.table == study.cross_case(number) for number, found in patterns.items())
        study.similar_configurations()
        study.configuration_findings()
        shown = [one for one in study.configurations() if "Skolen" in one.cases]
        assert list(study.case_view("Skolen").configurations) == shown


def test_random_acts_of_two_coders_leave_a_sound_study(
    full_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    TwoCoders.file = coded_study(full_file, tmp_path_factory.mktemp("coded"))
    run_state_machine_as_test(
        TwoCoders,
        settings=settings(
            max_examples=examples(3, 5), stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
