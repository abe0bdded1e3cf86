"""Codes that stand together: every place is found once, as by looking at each character of the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from builders import full_study
from command_line import call
from hypothesis import given
from hypothesis import strategies as st

from cmo.overlaps import Overlap, _joined, _shared, _with_all
from cmo.study import Study
from store.errors import InputError, UnknownName

passages = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15), st.integers(1, 4)).map(lambda p: (1, p[0], p[0] + p[1], p[2])),
    max_size=25,
).map(sorted)


def characters(rows: list[tuple[int, int, int, int]], code_id: int) -> set[int]:
    return {at for _, start, end, code in rows if code == code_id for at in range(start, end)}


@given(passages)
def test_the_sweep_finds_what_looking_at_each_character_finds(rows: list[tuple[int, int, int, int]]) -> None:
    found: Counter[frozenset[int]] = Counter()
    for one, other, shared in _shared(_joined(rows)):
        found[frozenset((one, other))] += shared
    for one, other in combinations(range(1, 5), 2):
        assert found[frozenset((one, other))] == len(characters(rows, one) & characters(rows, other))


@given(passages)
def test_passages_with_all_codes_are_the_characters_with_all_of_them(rows: list[tuple[int, int, int, int]]) -> None:
    spans = _with_all(_joined(rows), [1, 2, 3])
    expected = characters(rows, 1) & characters(rows, 2) & characters(rows, 3)
    assert {at for start, end in spans for at in range(start, end)} == expected
    assert spans == sorted(spans)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with full_study(tmp_path) as study:
        coded = [(0, 60, "#1", "M"), (20, 90, "#1", "C"), (40, 50, "#2", "O"), (60, 70, "#2", "O")]
        for start, end, point, element in coded:
            study.code_point("leder", start, end, point, element)
        study.code_point("ansat", 5, 25, "#1", "M")
        yield study


def test_pairs_are_told_in_the_order_of_the_code_frame_and_places_counted_once(study: Study) -> None:
    assert study.overlaps() == [
        Overlap("#1 C", "#1 M", 1, 40),
        Overlap("#1 C", "#2 O", 2, 20),
        Overlap("#1 M", "#2 O", 1, 10),
    ]


def test_a_second_coder_of_the_same_words_adds_no_place(study: Study) -> None:
    before = study.overlaps()
    study.coder = "CD"
    study.code_point("leder", 0, 60, "#1", "M")
    assert study.overlaps() == before


def test_passages_that_bear_all_codes_come_with_their_words(study: Study) -> None:
    (found,) = study.coded_with(["#1 M", "#1 C", "#2 O"])
    assert (found.source, found.start, found.end) == ("leder", 40, 50)
    assert found.quote == study.transcript("leder").text[40:50]
    assert study.coded_with(["#3 M", "#1 M"]) == []


def test_passages_of_no_code_or_an_unknown_one_are_refused(study: Study) -> None:
    with pytest.raises(InputError):
        study.coded_with([])
    with pytest.raises(UnknownName):
        study.coded_with(["#1 M", "Månen"])


def test_the_command_shows_pairs_and_passages(study: Study) -> None:
    pairs = call("overlaps", study.path)
    assert "#1 C" in pairs.out
    assert "counts once" in pairs.out
    passages = call("overlaps", study.path, "#1 M", "#2 O")
    assert "40" in passages.out
    assert "No passage" in call("overlaps", study.path, "#1 M", "#3 O").out
