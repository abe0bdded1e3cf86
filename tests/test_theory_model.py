"""Random work on a theory, undone and done again: a plain model agrees, and nothing that was made is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import full_study, span
from depth import examples
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from theory_samples import WHY

from cmo.theory.records import Draft

Words = dict[str, str]
WORDS = st.dictionaries(st.sampled_from("CMO"), st.sampled_from(["ro", "tid", "nåde", "støj"]), min_size=1)
PASSAGES = ("Køen var lang", "Ingen blev sure", "hentede bøger", "Det havde jeg ikke ventet")
PICK = st.integers(0, 1000)


@dataclass
class Model:
    """The theory as a person would keep it on paper."""

    wordings: dict[str, list[Words]] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    judged: dict[int, tuple[str, int, str]] = field(default_factory=dict)
    """By coding: the point, the number of the version that was current when it was judged, the stance."""
    kept: dict[tuple[int, int], str] = field(default_factory=dict)
    """Every judgement, by coding and the number of the version that it was made against."""
    decisions: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    frozen: dict[str, list[str]] = field(default_factory=dict)

    def name(self, label: str) -> str:
        return f"{label} v{len(self.wordings[label])}"

    def held(self) -> list[str]:
        return [label for label, state in self.state.items() if state == "held"]

    def is_stale(self, coding: int) -> bool:
        label, number, _ = self.judged[coding]
        return number != len(self.wordings[label])


class TheoryWork(RuleBasedStateMachine):
    """Every rule does the same to the study and to the model; undo and redo go through copies of the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.study = full_study(Path(self.folder.name))
        self.model = Model()
        for point in self.study.theory().points:
            self.model.wordings[point.label], self.model.state[point.label] = [dict(point.wording)], "held"
        self.done: list[Model] = []
        self.undone: list[Model] = []

    def teardown(self) -> None:
        self.study.close()
        self.folder.cleanup()

    @contextmanager
    def act(self) -> Iterator[Model]:
        before = deepcopy(self.model)
        yield self.model
        self.done.append(before)
        self.undone.clear()

    def pick(self, labels: list[str], at: int) -> str | None:
        return labels[at % len(labels)] if labels else None

    def add(self, model: Model, label: str, words: Words) -> None:
        model.wordings[label], model.state[label] = [{"C": "", "M": "", "O": "", **words}], "held"

    @rule(at=PICK, words=WORDS)
    def refine(self, at: int, words: Words) -> None:
        label = self.pick(self.model.held(), at)
        if label is None or {**self.model.wordings[label][-1], **words} == self.model.wordings[label][-1]:
            return
        with self.act() as model:
            before = model.name(label)
            self.study.refine_point(label, words, why=WHY, evidence=list(model.judged)[:2])
            model.wordings[label].append({**model.wordings[label][-1], **words})
            model.decisions.append(("refine", [before], [model.name(label)]))

    @rule(at=PICK, first=WORDS, second=WORDS)
    def split(self, at: int, first: Words, second: Words) -> None:
        label = self.pick(self.model.held(), at)
        if label is None or len(self.model.state) > 12:
            return
        with self.act() as model:
            decision = self.study.split_point(label, [Draft(first), Draft(second)], why=WHY)
            for made, words in zip(decision.after, (first, second), strict=True):
                assert made.point not in model.wordings
                self.add(model, made.point, words)
            model.state[label] = "split"
            model.decisions.append(("split", [model.name(label)], [model.name(v.point) for v in decision.after]))

    @rule(at=PICK, further=st.integers(1, 5), words=WORDS)
    def merge(self, at: int, further: int, words: Words) -> None:
        held = self.model.held()
        into, other = self.pick(held, at), self.pick(held, at + further)
        if into is None or other is None or into == other:
            return
        with self.act() as model:
            before = [model.name(into), model.name(other)]
            self.study.merge_points([into, other], words, why=WHY)
            model.wordings[into].append({**model.wordings[into][-1], **words})
            model.state[other] = "merged"
            model.decisions.append(("merge", before, [model.name(into)]))

    @rule(at=PICK)
    def abandon(self, at: int) -> None:
        label = self.pick(self.model.held(), at)
        if label is None:
            return
        with self.act() as model:
            self.study.abandon_point(label, why=WHY)
            model.state[label] = "abandoned"
            model.decisions.append(("abandon", [model.name(label)], []))

    @rule(at=PICK)
    def restore(self, at: int) -> None:
        label = self.pick([label for label, state in self.model.state.items() if state != "held"], at)
        if label is None:
            return
        with self.act() as model:
            self.study.restore_point(label, why=WHY)
            model.state[label] = "held"
            model.decisions.append(("restore", [model.name(label)], [model.name(label)]))

    @rule(at=PICK, passage=st.sampled_from(PASSAGES), stance=st.sampled_from(["supports", "refutes"]))
    def judge(self, at: int, passage: str, stance: str) -> None:
        label = self.pick(list(self.model.state), at)
        assert label is not None
        start, end = span(self.study, "leder", passage)
        acts = self.study.info().acts
        coding = self.study.code("leder", start, end, f"{label} M", stance=stance)
        if self.study.info().acts == acts:
            return  # the same as before is no act
        with self.act() as model:
            model.judged[coding.id] = (label, len(model.wordings[label]), stance)
            model.kept[coding.id, len(model.wordings[label])] = stance

    @rule()
    def freeze(self) -> None:
        held = self.model.held()
        name = f"state {len(self.model.frozen) + 1}"
        if not held:
            return
        with self.act() as model:
            self.study.freeze_theory(name)
            model.frozen[name] = [model.name(label) for label in held]

    @rule()
    def undo(self) -> None:
        if self.done:
            self.study.undo()
            self.undone.append(deepcopy(self.model))
            self.model = self.done.pop()

    @rule()
    def redo(self) -> None:
        if self.undone:
            self.study.redo()
            self.done.append(deepcopy(self.model))
            self.model = self.undone.pop()

    @invariant()
    def study_and_model_agree(self) -> None:
        study, model = self.study, self.model
        assert {point.label: point.state for point in study.theory().points} == model.state
        found: dict[str, list[Words]] = {}
        for version in study.lineage().versions:
            found.setdefault(version.point, []).append(dict(version.wording))
            assert version.number == len(found[version.point])
        assert found == model.wordings
        assert [
            (decision.kind, [*map(str, decision.before)], [*map(str, decision.after)]) for decision in study.decisions()
        ] == model.decisions
        assert {q.coding_id: (q.point, q.stance, q.stale) for q in study.quotes()} == {
            coding: (label, stance, model.is_stale(coding)) for coding, (label, _, stance) in model.judged.items()
        }
        assert study.info().counts["judgements"] == len(model.kept)
        assert {state.name: sorted(str(v.name) for v in state.versions) for state in study.theory_states()} == {
            name: sorted(versions) for name, versions in model.frozen.items()
        }

    @rule()
    def check(self) -> None:
        assert self.study.check() == []


TestTheoryWork = TheoryWork.TestCase
TestTheoryWork.settings = settings(max_examples=examples(4, 6), stateful_step_count=16, deadline=None)
