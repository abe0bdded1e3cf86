"""Random work of two coders on everything that a study has, held against a plain model after each step.

``CMO_EXAMPLES`` says how many runs of 20 steps (default 2).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from builders import copied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import cmo
from cmo.study import Study
from codebook.records import Coding
from store.rescue import rescue

EXAMPLES = int(os.environ.get("CMO_EXAMPLES", "2"))
CODERS = ("AB", "CD")
LINES = 5
FILLERS = ("tja", "jo, jo", "øh 😀", "hm")
POINT_CODES = ("#1 M", "#1 O", "#2 C", "#3 O")
STANCES = (None, "supports", "refutes", "refines")
WHO = st.integers(0, 1)
PICK = st.integers(0, 1000)
Key = tuple[str, int, str, str]
"""A coding by its source, the line of it that was coded, its code and its coder."""


@dataclass
class Said:
    """What was said of a coding: the version of the point that it was judged against, the stance, the memo."""

    version: int = 0
    stance: str | None = None
    memo: str = ""


@dataclass
class Model:
    """The study as a person would keep it on paper."""

    fillers: dict[str, list[str]] = field(default_factory=dict)
    """By source, the word that stands in each of its lines between the passages."""
    coded: dict[Key, Said] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    """Those outside the theory."""
    versions: dict[str, int] = field(default_factory=lambda: {"#1": 1, "#2": 1, "#3": 1})
    configurations: list[list[Key | None]] = field(default_factory=list)
    """The codings in each, in their order; None where the coding was taken away and its words are left."""

    def text(self, source: str) -> str:
        return "".join(
            f"I: {filler}?\nR: Sætning {line} af {source}, og æøå.\n"
            for line, filler in enumerate(self.fillers[source])
        )

    def rename(self, old: str, new: str) -> None:
        """Codings of one code become codings of another; those by one coder of one passage become one."""
        self.coded = {_with_code(key, old, new): said for key, said in self.coded.items()}

    def forget(self, gone: set[Key]) -> None:
        self.coded = {key: said for key, said in self.coded.items() if key not in gone}
        self.configurations = [[None if key in gone else key for key in parts] for parts in self.configurations]


def _with_code(key: Key, old: str, new: str) -> Key:
    source, line, code, coder = key
    return source, line, new if code == old else code, coder


def passage(source: str, line: int) -> str:
    return f"Sætning {line} af {source}, og æøå."


class WholeStudy(RuleBasedStateMachine):
    """Every rule does the same to the study and to the model; undo and redo go through copies of the model."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="cmo-whole-")
        first = copied(self.file, Path(self.folder.name))
        self.studies = [first, cmo.open_study(first.path, coder=CODERS[1])]
        self.model = Model()
        self.done: list[Model] = []
        self.undone: list[Model] = []

    def teardown(self) -> None:
        for study in self.studies:
            study.close()
        self.folder.cleanup()

    @contextmanager
    def act(self) -> Iterator[Model]:
        before = deepcopy(self.model)
        yield self.model
        self.done.append(before)
        self.undone.clear()

    def coding(self, key: Key) -> Coding:
        source, line, code, coder = key
        (found,) = [
            coding
            for coding in self.studies[0].codings(source)
            if (coding.quote, coding.code, coding.coder) == (passage(source, line), code, coder)
        ]
        return found

    def pick_key(self, at: int, keep: Callable[[Key], bool] = lambda key: True) -> Key | None:
        keys = sorted(key for key in self.model.coded if keep(key))
        return keys[at % len(keys)] if keys else None

    # -- sources ----------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def bring_in_a_source(self, who: int) -> None:
        name = f"kilde{len(self.model.fillers)}"
        if len(self.model.fillers) >= 3:
            return
        with self.act() as model:
            model.fillers[name] = [FILLERS[line % len(FILLERS)] for line in range(LINES)]
            file = Path(self.folder.name) / f"{name}.txt"
            file.write_bytes(model.text(name).encode())
            self.studies[who].import_files([file])

    @rule(who=WHO, at=PICK, line=st.integers(0, LINES - 1), filler=st.sampled_from(FILLERS))
    def correct_a_source(self, who: int, at: int, line: int, filler: str) -> None:
        name = f"kilde{at % 3}"
        if name not in self.model.fillers or self.model.fillers[name][line] == filler:
            return
        with self.act() as model:
            model.fillers[name][line] = filler
            self.studies[who].correct_text(name, model.text(name), "hørt igen")

    # -- codes and codings ------------------------------------------------------------------------------------

    @rule(who=WHO, at=PICK, line=st.integers(0, LINES - 1), which=PICK)
    def code(self, who: int, at: int, line: int, which: int) -> None:
        name, codes = f"kilde{at % 3}", [*POINT_CODES, *self.model.codes]
        key = (name, line, codes[which % len(codes)], CODERS[who])
        if name not in self.model.fillers or key in self.model.coded:
            return
        with self.act() as model:
            start = model.text(name).index(passage(name, line))
            self.studies[who].code(name, start, start + len(passage(name, line)), key[2])
            model.coded[key] = Said()

    @rule(who=WHO, at=PICK)
    def remove_a_coding(self, who: int, at: int) -> None:
        key = self.pick_key(at)
        if key is not None:
            with self.act() as model:
                self.studies[who].remove_coding(self.coding(key).id)
                model.forget({key})

    @rule(at=PICK, stance=st.sampled_from(STANCES))
    def judge(self, at: int, stance: str | None) -> None:
        key = self.pick_key(at, lambda key: key[2].startswith("#"))
        if key is None:
            return
        version, said = self.model.versions[key[2].split()[0]], self.model.coded[key]
        if (said.version, said.stance) == (version, stance) or (said.stance is None and stance is None):
            return
        if stance is None and said.version != version:
            return
        with self.act() as model:
            self.studies[CODERS.index(key[3])].set_stance(self.coding(key).id, stance)
            model.coded[key].version, model.coded[key].stance = version, stance

    @rule(at=PICK, words=st.sampled_from(["", "godt", "Nej 😀"]))
    def write_a_memo(self, at: int, words: str) -> None:
        key = self.pick_key(at, lambda key: key[2].startswith("#"))
        if key is not None and self.model.coded[key].memo != words:
            with self.act() as model:
                self.studies[CODERS.index(key[3])].set_memo(self.coding(key).id, words)
                model.coded[key].memo = words

    @rule(who=WHO)
    def make_a_code(self, who: int) -> None:
        with self.act() as model:
            name = f"kode {len(self.done)}"
            self.studies[who].new_code(name)
            model.codes.append(name)

    @rule(who=WHO, at=PICK)
    def rename_a_code(self, who: int, at: int) -> None:
        if self.model.codes:
            with self.act() as model:
                old, new = model.codes[at % len(model.codes)], f"kaldt {len(self.done)}"
                self.studies[who].rename_code(old, new)
                model.codes[model.codes.index(old)] = new
                model.rename(old, new)

    @rule(who=WHO, at=PICK)
    def merge_two_codes(self, who: int, at: int) -> None:
        if len(self.model.codes) >= 2:
            with self.act() as model:
                into, other = model.codes[at % len(model.codes)], model.codes[(at + 1) % len(model.codes)]
                self.studies[who].merge_codes(into, [other])
                model.codes.remove(other)
                model.rename(other, into)

    @rule(who=WHO, at=PICK)
    def remove_a_code(self, who: int, at: int) -> None:
        if self.model.codes:
            with self.act() as model:
                name = model.codes.pop(at % len(model.codes))
                self.studies[who].remove_code(name, with_codings=True)
                model.forget({key for key in model.coded if key[2] == name})

    # -- theory and configurations ----------------------------------------------------------------------------

    @rule(who=WHO, label=st.sampled_from(["#1", "#2", "#3"]), at=PICK)
    def refine(self, who: int, label: str, at: int) -> None:
        with self.act() as model:
            evidence = [self.coding(key).id] if (key := self.pick_key(at)) else []
            words = {"M": f"De fik ro {len(self.done)}."}
            self.studies[who].refine_point(label, words, why="Det sagde de.", evidence=evidence)
            model.versions[label] += 1

    @rule(who=WHO, at=PICK)
    def begin_a_configuration(self, who: int, at: int) -> None:
        key = self.pick_key(at, lambda key: key[2].startswith("#"))
        if key is not None and len(self.model.configurations) < 4:
            with self.act() as model:
                self.studies[who].collect(self.coding(key).id, begin=True)
                model.configurations.append([key])

    # -- back, on, and in between -----------------------------------------------------------------------------

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        if self.done:
            self.studies[who].undo()
            self.undone.append(self.model)
            self.model = self.done.pop()

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        if not self.undone:
            return
        self.studies[who].redo()
        self.done.append(self.model)
        self.model = self.undone.pop()

    @rule(who=WHO, at=PICK)
    def preview(self, who: int, at: int) -> None:
        key, entries = self.pick_key(at), self.studies[who].log()
        if key is not None:
            coding = self.coding(key).id
            self.studies[who].rehearse(lambda: self.studies[who].remove_coding(coding))
            assert self.studies[who].log() == entries

    @rule(who=WHO)
    def open_again(self, who: int) -> None:
        path = self.studies[who].path
        self.studies[who].close()
        self.studies[who] = cmo.open_study(path, coder=CODERS[who])

    @rule()
    def rescue_it_although_it_is_sound(self) -> None:
        new = Path(self.folder.name) / "reddet.cmo"
        assert rescue(self.studies[0].path, new, "AB").findings == ()
        with cmo.open_study(new, coder="AB") as rescued:
            assert rescued.check() == []
            self.is_what_the_model_says(rescued)
            assert rescued.log() == self.studies[0].log()
        new.unlink()

    @invariant()
    def both_see_what_the_model_says(self) -> None:
        assert self.studies[0].check() == []
        for study in self.studies:
            self.is_what_the_model_says(study)

    def is_what_the_model_says(self, study: Study) -> None:
        model = self.model
        names = {source.name for source in study.sources() if source.name.startswith("kilde")}
        assert names == set(model.fillers)
        assert [code.name for code in study.codes() if code.name.startswith("k")] == model.codes
        found: dict[Key, Coding] = {}
        for name in names:
            text = study.transcript(name).text
            assert text == model.text(name)
            for coding in study.codings(name):
                assert text[coding.start : coding.end] == coding.quote
                line = int(coding.quote.split()[1])
                found[(name, line, coding.code, coding.coder)] = coding
                assert coding.anchor in ("ok", "moved")
        assert found.keys() == model.coded.keys()
        for key, said in model.coded.items():
            assert (found[key].stance, found[key].memo) == (said.stance, said.memo)
            if said.stance is not None:
                assert found[key].stale == (said.version != model.versions[key[2].split()[0]])
        for label, number in model.versions.items():
            assert len(study.point_versions(label)) == number
        self._has_the_configurations(study, found)

    def _has_the_configurations(self, study: Study, found: dict[Key, Coding]) -> None:
        expected = [[found[key].id if key else None for key in parts] for parts in self.model.configurations]
        assert [[part.coding_id for part in one.parts] for one in study.configurations()] == expected


def test_whatever_two_coders_do_the_study_is_sound_and_what_they_said(full_file: Path) -> None:
    WholeStudy.file = full_file
    steps = settings(max_examples=EXAMPLES, stateful_step_count=20, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(WholeStudy, settings=steps)
