"""Memos on sources, cases, codes, points, codings and the study: written, found, changed, taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import code, copied

from cmo.study import Study
from store.errors import InputError, UnknownName


@pytest.fixture
def study(full_file: Path, tmp_path: Path) -> Study:
    return copied(full_file, tmp_path)


def test_a_memo_is_on_one_thing_or_on_the_study(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M")
    written = [
        study.add_memo("Om kilden.", source="leder.txt"),
        study.add_memo("Om sagen.", case="værftet"),
        study.add_memo("Om koden.", code="#1 m"),
        study.add_memo("Om punktet.", point="#2"),
        study.add_memo("Om kodningen.", coding=coding.id),
        study.add_memo(" Om det hele. "),
    ]
    assert [(memo.thing, memo.name, memo.body) for memo in written] == [
        ("source", "leder", "Om kilden."),
        ("case", "Værftet", "Om sagen."),
        ("code", "#1 M", "Om koden."),
        ("point", "#2", "Om punktet."),
        ("coding", "#1 M: Køen var lang", "Om kodningen."),
        ("study", "", "Om det hele."),
    ]
    assert study.memos() == written
    assert study.memos(point="2") == [written[3]]
    assert study.memos(coding=coding.id) == [written[4]]
    assert study.codings("leder")[0].memo == "Om kodningen."
    assert study.log(1)[0].summary == "memo on study: “Om det hele.”"
    assert study.check() == []


def test_a_memo_is_changed_and_taken_away_and_comes_back(study: Study) -> None:
    memo = study.add_memo("Først.", source="leder")
    acts = study.info().acts
    study.edit_memo(memo.id, "Først. ")
    assert study.info().acts == acts
    changed = study.edit_memo(memo.id, "Så.")
    assert (changed.body, changed.created_at) == ("Så.", memo.created_at)
    study.remove_memo(memo.id)
    assert study.log(1)[0].summary == "remove memo on source leder: “Så.”"
    assert study.memos() == []
    study.undo()
    assert study.memos() == [changed]
    with pytest.raises(UnknownName, match="There is no memo 99"):
        study.edit_memo(99, "x")
    with pytest.raises(UnknownName, match="There is no memo 99"):
        study.remove_memo(99)


def test_several_memos_may_be_on_a_thing_but_one_on_a_coding(study: Study) -> None:
    coding = code(study, "leder", "Køen var lang", "#1 M", memo="Én.")
    with pytest.raises(InputError, match="This coding has a memo already"):
        study.add_memo("To.", coding=coding.id)
    study.add_memo("Én.", case="Skolen")
    study.add_memo("To.", case="Skolen")
    assert [memo.body for memo in study.memos(case="Skolen")] == ["Én.", "To."]


@pytest.mark.parametrize(
    "on", [{"source": "lederen"}, {"case": "Værft"}, {"code": "#1M"}, {"point": "#9"}, {"coding": 99}, {"case": 99}]
)
def test_a_thing_that_is_not_there_is_told(study: Study, on: dict[str, str | int]) -> None:
    with pytest.raises(UnknownName, match="There is no"):
        study.add_memo("x", **on)
    with pytest.raises(UnknownName, match="There is no"):
        study.memos(**on)


@pytest.mark.parametrize("on", [{"turn": 3}, {"source": "leder", "case": "Skolen"}])
def test_a_memo_on_two_things_or_none_that_we_know_is_refused(study: Study, on: dict[str, str | int]) -> None:
    with pytest.raises(InputError, match="A memo is on one thing"):
        study.add_memo("x", **on)


def test_a_memo_needs_words(study: Study) -> None:
    with pytest.raises(InputError, match="A memo needs words"):
        study.add_memo(" \n")
    memo = study.add_memo("x")
    with pytest.raises(InputError, match="A memo needs words"):
        study.edit_memo(memo.id, "")
