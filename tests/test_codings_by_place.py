"""Codings that are read when they are asked for are those that reading all at once would have found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbench_samples import small_study

import cmo
from codebook.records import Coding
from store.errors import CmoError, StudyBusy
from workbench.desk import codings_by_place
from workbench.desk.codings_by_place import CodingsByPlace
from workbench.desk.desk import Desk
from workbench.text.spans import SpanIndex

LENGTH, ROW = 300, 10
"""Of the invented text, and of one of its rows on screen."""


def coding_at(number: int, start: int, length: int) -> Coding:
    judged = {"judgement_id": None, "stance": None, "strength": None, "relevance": None, "rigour": None}
    named = {"code_id": 1, "code": "#7 M", "point": "#7", "element": "M", "coder": "AB", "created_at": ""}
    rest = {"undecided": None, "is_best": False, "rationale": "", "judge": None, "stale": False, "memo": ""}
    end = min(start + length, LENGTH)
    return Coding(number, "u", number, 1, start, end, "x" * (end - start), "ok", **named, **judged, **rest)


def are_on_different_rows(reach: int, begin: int) -> bool:
    return max(reach - 1, 0) // ROW < begin // ROW


places = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 60))
looks = st.tuples(st.sampled_from(["touching", "together", "change", "more", "all"]), places)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codings_by_place, "BLOCK", 25)
    monkeypatch.setattr(codings_by_place, "BLOCKS_IN_A_REST", 2)


@settings(max_examples=examples(40, 80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(places, max_size=25, unique=True), st.lists(looks, max_size=10))
def test_every_look_finds_what_an_index_of_all_finds(
    small_blocks: None, coded: list[tuple[int, int]], asked: list[tuple[str, tuple[int, int]]]
) -> None:
    stored = {number: coding_at(number, *place) for number, place in enumerate(coded)}
    later = CodingsByPlace(LENGTH, lambda start, end: [c for c in stored.values() if c.start < end and c.end > start])
    whole = SpanIndex(stored.values(), lambda coding: (coding.start, coding.end))
    for number, (look, (start, length)) in enumerate(asked, start=100):
        end = min(start + length, LENGTH)
        if look == "touching":
            assert as_set(later.touching(start, end)) == as_set(whole.touching(start, end))
        elif look == "together":
            row, beyond = start // ROW * ROW, (start // ROW + 1) * ROW
            found = later.hanging_together(row, beyond, are_on_different_rows)
            assert as_set(found) == as_set(whole.hanging_together(row, beyond, are_on_different_rows))
        elif look == "change":
            gone = whole.touching(start, start + 1)
            new = coding_at(number, start, length)
            for coding in gone:
                del stored[coding.id]
            stored[new.id] = new
            known = [later.by_id[coding.id] for coding in gone if coding.id in later.by_id]
            later, whole = later.changed(known, [new]), whole.changed(gone, [new])
        elif look == "more":
            later.read_more()
        else:
            assert as_set(later.items) == as_set(whole.items)
    assert as_set(later.items) == as_set(whole.items)
    assert [(c.start, -c.end) for c in later.items] == sorted((c.start, -c.end) for c in later.items)


def as_set(codings: list[Coding]) -> set[tuple[int, int, int]]:
    found = [(coding.id, coding.start, coding.end) for coding in codings]
    assert len(set(found)) == len(found)
    return set(found)


def test_what_cannot_be_read_just_now_is_read_at_the_next_look() -> None:
    answers: list[list[Coding] | CmoError] = [
        StudyBusy("The study is busy."),
        StudyBusy("The study is busy."),
        [coding_at(1, 5, 9)],
    ]

    def read(_start: int, _end: int) -> list[Coding]:
        answer = answers.pop(0)
        if isinstance(answer, CmoError):
            raise answer
        return answer

    later = CodingsByPlace(LENGTH, read)
    assert later.touching(0, 20) == []
    with pytest.raises(StudyBusy):
        _ = later.items
    assert [coding.id for coding in later.touching(0, 20)] == [1]
    assert later.is_whole


# -- on the desk ------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def coded_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study whose one interview is coded by two coders, now and then on the same passage."""
    folder = tmp_path_factory.mktemp("coded")
    with small_study(folder) as study:
        path, random = study.path, Random(7)
        turns = "\n\n".join(
            f"R: Det er sætning nummer {n}. Og den næste. Så sagde jeg noget om {n}." for n in range(60)
        )
        (folder / "lang.txt").write_text(turns, encoding="utf-8")
        study.import_files([folder / "lang.txt"])
        sentences = study.transcript("lang").sentences
        for coder in ("AB", "KL"):
            with cmo.open_study(path, coder=coder) as own:
                for _ in range(60):
                    at = random.randrange(len(sentences) - 3)
                    start, end = sentences[at].start, sentences[at + random.randrange(3)].end
                    own.code_point("lang", start, end, random.choice(["#1", "#2"]), random.choice("CMO"))
    return path


@contextmanager
def opened(path: Path, folder: Path) -> Iterator[Desk]:
    with cmo.open_study(copy(path, folder), coder="AB") as study:
        desk = Desk(study)
        desk.open(study.source("lang").id, 0)
        yield desk


def others_code(desk: Desk) -> str:
    """Another coder codes and removes while this one works, and it is looked for."""
    source, reading = desk.opened()
    before = desk.study.file.data_version()
    with cmo.open_study(desk.study.path, coder="KL") as other:
        at = (reading.number * 7 + 20) % len(reading.sentences)
        other.code_point(source.id, *reading.sentences[at], "#2", "C")
        mine = [coding for coding in other.codings(source.id) if coding.coder == "KL"]
        other.remove_coding(mine[len(mine) // 2].id)
    return desk.take_over(desk.study.log(desk.study.file.data_version() - before, whole=True)[::-1])


ACTS: dict[str, Callable[[Desk], object]] = {
    "go on": lambda desk: desk.opened()[1].move(40),
    "to the end": lambda desk: desk.opened()[1].go_to_number(10_000),
    "next coding": lambda desk: desk.go_to_coding(1),
    "coding before": lambda desk: desk.go_to_coding(-1),
    "choose": lambda desk: desk.choose(1),
    "code": lambda desk: desk.code_point("#1", "M"),
    "digit": lambda desk: desk.code_digit(1),
    "last digit": lambda desk: desk.code_digit(4),
    "judge": lambda desk: desk.judge("refutes"),
    "re-code": lambda desk: (desk.begin_recode(), desk.code_point("#2", "O")),
    "split": lambda desk: desk.split(),
    "unite": lambda desk: desk.unite(),
    "remove": lambda desk: desk.remove([desk.active_or_error("").id]),
    "remove those here": lambda desk: desk.remove([coding.id for coding in desk.here]),
    "undo": lambda desk: desk.undo(),
    "redo": lambda desk: desk.redo(),
    "blind": lambda desk: desk.switch_blind(),
    "rest": lambda desk: desk.read_more(),
    "others": others_code,
}


def told(desk: Desk, act: str) -> str:
    try:
        return str(ACTS[act](desk)) if act != "rest" else ""
    except CmoError as error:
        return f"{error.message} {error.hint}"


def state(desk: Desk) -> list[object]:
    assert desk.reading is not None
    active = desk.active
    here = [looks(coding) for coding in desk.here]
    return [
        desk.reading.passage,
        sorted(map(str, here)),
        active and looks(active),
        desk.recent.slots,
        desk.spot is None,
    ]


def looks(coding: Coding) -> tuple[object, ...]:
    return coding.id, coding.start, coding.end, coding.code, coding.coder, coding.stance, coding.memo


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(8))
def test_keys_pressed_right_after_opening_do_what_they_do_when_all_was_read_first(
    coded_study: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    (tmp_path / "whole").mkdir()
    with opened(coded_study, tmp_path) as later, opened(coded_study, tmp_path / "whole") as whole:
        for _ in range(25):
            act = random.choice(sorted(ACTS))
            _ = whole.codings
            assert told(later, act) == told(whole, act), act
            assert state(later) == state(whole), act
        assert [looks(coding) for coding in later.codings] == [looks(coding) for coding in whole.codings]
        stored = later.study.codings("lang")
        assert sorted(map(looks, later.codings)) == sorted(map(looks, stored))


@pytest.mark.usefixtures("small_blocks")
def test_a_source_is_opened_before_all_its_codings_are_read_and_counted_when_they_are(
    coded_study: Path, tmp_path: Path
) -> None:
    with opened(coded_study, tmp_path) as desk:
        count = next(listed.codings for listed in desk.sources if listed.name == "lang")
        assert not desk.placed.is_whole
        desk.code_point("#2", "M")
        rests = 1
        while desk.read_more():
            rests += 1
        assert rests > 3
        assert (
            next(listed.codings for listed in desk.sources if listed.name == "lang") == count + 1 == len(desk.codings)
        )
