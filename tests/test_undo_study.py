"""Undo everything down to an empty study and redo it all: the study says the same as before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, is_dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from builders import (
    CASES,
    SOURCES,
    SPEAKERS,
    THEORY,
    code,
    full_study,
    kept,
    new_study,
    reread,
    span,
    table,
    write_texts,
)

import cmo
from cmo.study import Study
from exports.csv_tables import write_matrix, write_quotes
from exports.workbook import write_workbook
from store.errors import InputError, NothingToRedo, NothingToUndo


def said(study: Study, reading: Callable[[Study], dict[str, Any]] = kept) -> str:
    """What reading calls say, as JSON."""
    return json.dumps(reading(study), sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else list(value)


def steps(act: Callable[[], object]) -> Iterator[int]:
    """Undo or redo, one step at a time, until there is nothing left."""
    for number in count(1):
        try:
            act()
        except (NothingToUndo, NothingToRedo):
            return
        yield number


def everything(folder: Path) -> Study:
    """A study with every kind of act, some of them undone and done again on the way."""
    study = full_study(folder)
    study.import_theory(
        folder / "theory.csv",
        glossary=table(folder / "g.csv", [["term", "meaning"], ["BB", "bogbus 🚌"], ["L", "leder"]]),
    )
    study.new_code("Kø", "Alt om køen", parent="#1")
    coding = code(study, "leder", "Køen var lang", "#1 M", "supports", "første")
    code(study, "leder", "Ingen blev sure 😀", "Kø")
    study.set_stance(coding.id, "refutes")
    study.set_memo(coding.id, "ændret")
    study.undo()
    study.redo()
    with cmo.open_study(study.path, coder="CD") as other:
        other.set_stance(coding.id, "refines")
        gone = code(other, "gruppe", "Jeg låner til mine børn", "#3 M", "extends")
        other.remove_coding(gone.id)
    rows = [["source", "quote", "point", "element", "coder", "stance", "memo"]]
    rows += [
        ["ansat", "En fast tid", "2", "C", "EF", "for", "ny koder"],
        ["leder", "Folk gik ned", "H", "", "", "~", ""],
    ]
    study.import_codings(table(folder / "codings.csv", rows))
    new_wording = [*THEORY[:2], ["#1", "Pauserne er korte.", *THEORY[2][2:]], *THEORY[3:], ["#4", "a", "", "b"]]
    study.import_theory(
        table(folder / "t2.csv", [[*new_wording[0], "indsats"], *([*row, ""] for row in new_wording[1:])])
    )
    study.set_stance(coding.id, "supports")
    study.bind_sources(table(folder / "s2.csv", [SOURCES[0], ["leder", "", "Skolen", "", "Anna", "engelsk"]]))
    study.set_speaker("R", source="leder", participant="Anna", role="Formand", case="Skolen")
    study.set_speaker("I", asks=False)
    study.map_speakers(table(folder / "sp2.csv", [SPEAKERS[0], ["", "I", "", "", "ja"]]))
    study.import_cases(table(folder / "c2.csv", [CASES[0], ["Skolen", "Selvejende", ""], ["Havnen", "", "9"]]))
    study.import_files([write_texts(folder / "more", {"sen.txt": "R: Sent svar."})], language="en")
    study.set_turn_speaker("sen", 1, "Ida")
    study.set_turn_speaker("ansat", 2, None)
    study.merge_speakers(None, "Ida", "R")
    study.new_code("Til sidst")
    return study


def test_undoing_everything_leaves_an_empty_study_and_redoing_it_the_same_one(tmp_path: Path) -> None:
    study = everything(tmp_path)
    before = said(study, reread)
    assert len({entry.act for entry in study.log()}) >= 14
    assert study.check() == []
    undone = len(list(steps(study.undo)))
    assert study.check() == []
    assert not any(study.info().counts.values())
    (tmp_path / "empty").mkdir()
    of_empty, of_undone = reread(new_study(tmp_path / "empty")), reread(study)
    assert of_undone | {"state": ""} == of_empty | {"state": ""}
    study.close()
    with cmo.open_study(study.path, coder="AB") as again:
        assert len(list(steps(again.redo))) == undone
        assert said(again, reread) == before
        assert again.check() == []


def test_every_step_back_and_forth_says_what_it_said_before(tmp_path: Path) -> None:
    study = everything(tmp_path)
    trail = [said(study), *(said(study) for _ in steps(study.undo))]
    assert len(set(trail)) == len(trail)
    assert [said(study) for _ in steps(study.redo)] == trail[-2::-1]


def test_nothing_of_an_act_that_fails_is_kept(tmp_path: Path) -> None:
    study = full_study(tmp_path)
    before = said(study)
    start, end = span(study, "leder", "Køen")
    with pytest.raises(InputError):
        study.code("leder", start, end, "#1 M", stance="maybe")
    with pytest.raises(InputError):
        study.import_theory(
            table(tmp_path / "t.csv", [THEORY[0], ["#9", "a", "b", "c"]]),
            glossary=table(tmp_path / "g.csv", [["x"], ["y"]]),
        )
    assert said(study) == before
    assert study.check() == []


def test_exports_are_the_same_bytes_after_undoing_and_redoing_everything(demo: Path, tmp_path: Path) -> None:
    with cmo.open_study(demo, coder="AB") as study:
        before = exported(study, tmp_path / "before")
        undone = len(list(steps(study.undo)))
        assert undone > 4
        assert exported(study, tmp_path / "empty") != before
        assert len(list(steps(study.redo))) == undone
        assert exported(study, tmp_path / "after") == before


def exported(study: Study, folder: Path) -> dict[str, bytes]:
    """Every file that a study can be exported to, by its name."""
    folder.mkdir()
    write_workbook(study, folder / "study.xlsx")
    write_quotes(study, folder / "quotes.csv")
    write_matrix(study, folder / "matrix.csv")
    return {path.name: path.read_bytes() for path in folder.iterdir()}
