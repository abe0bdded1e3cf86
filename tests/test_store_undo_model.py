"""Random acts, undos and redos by two coders, held against a model that knows nothing of SQL, journals or inverses."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from depth import examples
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from store_samples import new_study

from store import schema
from store.check import check_store
from store.errors import NothingToRedo, NothingToUndo, UndoConflict
from store.study_file import StudyFile
from store.work import Work

UNIQUE = {"coders": "name", "roles": "name", "cases": "name", "codes": "name", "participants": "name"}
REFERENCES = {
    "codes": {"parent_id": "codes"},
    "participants": {"role_id": "roles", "case_id": "cases"},
    "memos": {"coder_id": "coders", "code_id": "codes", "case_id": "cases"},
}
TABLES = ("coders", "roles", "cases", "codes", "participants", "memos")
THE_REST = {"position": 1, "definition": "", "created_at": "then", "changed_at": "then"}
CODERS = st.sampled_from(["AB", "CD"])
BATCH = st.sampled_from([None, None, "1", "2"])
ONLY = st.sampled_from([None, "AB", "CD"])
Values = dict[str, Any]
Rows = dict[str, dict[int, Values]]


class Refused(Exception):
    """The model's word for what a step may not do."""


@dataclass
class Step:
    """A change of one row. Without ``before`` it is an insert, without ``after`` a delete."""

    table: str
    row_id: int
    before: Values | None
    after: Values | None


@dataclass
class Act:
    coder: str
    batch: str | None
    steps: list[Step] = field(default_factory=list)
    anything_new_since: bool = False
    own_new_since: bool = False


def carry_out(model: Rows, steps: list[Step]) -> Rows:
    """The rows after these steps, as keys and references allow them. Raises Refused."""
    model = deepcopy(model)
    for step in steps:
        table = model[step.table]
        present = table.pop(step.row_id, None)
        if (present is None) != (step.before is None):
            raise Refused
        if present is not None and any(present[name] != value for name, value in (step.before or {}).items()):
            raise Refused
        if step.after is not None:
            table[step.row_id] = {**(present or {}), **step.after}
        _obey(model)
    return model


def _obey(model: Rows) -> None:
    for table, column in UNIQUE.items():
        named = [row[column] for row in model[table].values()]
        if len(named) != len(set(named)):
            raise Refused
    for table, columns in REFERENCES.items():
        for column, parent in columns.items():
            if any(row[column] is not None and row[column] not in model[parent] for row in model[table].values()):
                raise Refused


def replay(acts: list[Act]) -> Rows:
    """The rows that acts lead to from nothing. Raises Refused where one cannot follow those before it."""
    return carry_out({name: {} for name in TABLES}, [step for act in acts for step in act.steps])


class TwoCoders(RuleBasedStateMachine):
    """Two programs have one study open; each act is in the study and in the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="cmo-undo-")
        self.path = Path(self.folder.name) / "støj.cmo"
        self.studies = [new_study(self.path), StudyFile.open(self.path)]
        self.in_force: list[Act] = []
        self.undone: list[Act] = []
        self.model = replay([])

    def teardown(self) -> None:
        for study in self.studies:
            study.close()
        self.folder.cleanup()

    @rule(which=st.integers(0, 1), coders=st.lists(CODERS, min_size=1, max_size=4), batch=BATCH, data=st.data())
    def acts(self, which: int, coders: list[str], batch: str | None, data: st.DataObject) -> None:
        for coder in coders:
            self._act(which, coder, batch, data)

    def _act(self, which: int, coder: str, batch: str | None, data: st.DataObject) -> None:
        act, model = Act(coder, batch), self.model
        with self.studies[which].act(coder, "act", batch=batch) as work:
            for _ in range(data.draw(st.integers(1, 3), label="changes")):
                step = _draw_step(data, model, work)
                try:
                    model = carry_out(model, [step] if step else [])
                except Refused:
                    continue
                if step:
                    _write(work, step)
                    act.steps.append(step)
        if act.steps:
            self.model = model
            self.in_force.append(act)
            for other in self.undone:
                other.anything_new_since = True
                other.own_new_since |= other.coder == coder

    @rule(which=st.integers(0, 1), coder=CODERS, data=st.data())
    def act_that_fails(self, which: int, coder: str, data: st.DataObject) -> None:
        with pytest.raises(ZeroDivisionError), self.studies[which].act(coder, "fails") as work:
            work.keep_text("the text goes too")
            step = _draw_step(data, self.model, work)
            try:
                carry_out(self.model, [step] if step else [])
            except Refused:
                raise ZeroDivisionError from None
            if step:
                _write(work, step)
            raise ZeroDivisionError

    @rule(which=st.integers(0, 1), coder=CODERS, only=ONLY)
    def undo(self, which: int, coder: str, only: str | None) -> None:
        acts = [act for act in self.in_force if only in (None, act.coder)]
        self._take_back(lambda: self.studies[which].undo(coder, only=only), acts)

    def _take_back(self, undo: Callable[[], object], candidates: list[Act]) -> None:
        if not candidates:
            with pytest.raises(NothingToUndo):
                undo()
            return
        taken = _together(candidates)
        left = [act for act in self.in_force if not any(act is other for other in taken)]
        try:
            model = replay(left)
        except Refused:
            with pytest.raises(UndoConflict):
                undo()
            return
        undo()
        self.model, self.in_force = model, left
        for act in taken:
            act.anything_new_since = act.own_new_since = False
            self.undone.append(act)

    @rule(which=st.integers(0, 1), coder=CODERS, only=ONLY)
    def redo(self, which: int, coder: str, only: str | None) -> None:
        acts = [act for act in self.undone if not act.anything_new_since]
        if only is not None:
            acts = [act for act in self.undone if act.coder == only and not act.own_new_since]
        self._do_again(lambda: self.studies[which].redo(coder, only=only), acts)

    def _do_again(self, redo: Callable[[], object], candidates: list[Act]) -> None:
        if not candidates:
            with pytest.raises(NothingToRedo):
                redo()
            return
        again = _together(candidates)
        try:
            model = carry_out(self.model, [step for act in again for step in act.steps])
        except Refused:
            with pytest.raises(UndoConflict):
                redo()
            return
        redo()
        self.model = model
        self.in_force += again
        self.undone = [act for act in self.undone if not any(act is other for other in again)]

    @rule(which=st.integers(0, 1))
    def open_again(self, which: int) -> None:
        self.studies[which].close()
        self.studies[which] = StudyFile.open(self.path)

    @invariant()
    def the_study_is_sound_and_has_the_rows_of_the_model(self) -> None:
        with self.studies[0].read() as conn:
            assert list(check_store(conn)) == []
            for name in TABLES:
                query = schema.metadata.tables[name].select()
                present = {row.id: row._mapping for row in conn.execute(query)}
                assert present.keys() == self.model[name].keys()
                for row_id, values in self.model[name].items():
                    assert {column: present[row_id][column] for column in values} == values


def _together(candidates: list[Act]) -> list[Act]:
    """The last act with those of its batch directly before it, the last first."""
    taken = [candidates[-1]]
    for act in candidates[-2::-1]:
        if act.batch is None or act.batch != taken[0].batch:
            break
        taken.append(act)
    return taken


def _draw_step(data: st.DataObject, model: Rows, work: Work) -> Step | None:
    """A change that may or may not be allowed; None for one that changes nothing."""
    table = data.draw(st.sampled_from(TABLES), label="table")
    ids = sorted(model[table])
    kind = data.draw(st.sampled_from(["insert", "update", "delete"] if ids else ["insert"]), label="kind")
    values: Values = {UNIQUE.get(table, "body"): data.draw(st.sampled_from("ab"), label="name")}
    for column, parent in REFERENCES.get(table, {}).items():
        values[column] = data.draw(st.sampled_from([None, *sorted(model[parent])]), label=column)
    if values.get("coder_id", 1) is None:  # the one reference here that may not be empty
        return None
    if kind == "insert":
        return Step(table, work._take_ids(schema.metadata.tables[table], 0).start, None, values)
    row_id = data.draw(st.sampled_from(ids), label="row")
    present = model[table][row_id]
    if kind == "delete":
        return Step(table, row_id, dict(present), None)
    changed = {name: value for name, value in values.items() if present[name] != value}
    if not changed:
        work.update(schema.metadata.tables[table], row_id, **values)
        return None
    return Step(table, row_id, {name: present[name] for name in changed}, changed)


def _write(work: Work, step: Step) -> None:
    table = schema.metadata.tables[step.table]
    if step.before is None:
        rest = {name: value for name, value in THE_REST.items() if name in table.c}
        assert work.insert(table, rest | (step.after or {})) == step.row_id
    elif step.after is None:
        work.delete(table, [step.row_id])
    else:
        work.update(table, step.row_id, **step.after)


TestTwoCoders = TwoCoders.TestCase
TestTwoCoders.settings = settings(
    max_examples=examples(8, 15), stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
