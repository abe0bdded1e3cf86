"""A small theory with evidence, for the tests of how a theory changes."""

from __future__ import annotations

from pathlib import Path

from builders import code, full_study

from cmo.records import Point
from cmo.study import Study
from cmo.theory.records import Draft

WHY = "Two leaders told it otherwise."


def judged_study(folder: Path) -> Study:
    """The bookmobile study with three codings that are judged: two of #1, one of #2; their ids are 1, 2 and 3."""
    study = full_study(folder)
    code(study, "leder", "hentede bøger i pausen", "#1 M", "supports")
    code(study, "ansat", "når vi har travlt", "#1 C", "refutes")
    code(study, "leder", "Ingen blev sure", "#2 O", "supports")
    return study


def point(study: Study, label: str) -> Point:
    found = study.theory().point(label)
    assert found is not None
    return found


def states(study: Study) -> dict[str, str]:
    """What has become of each point, in the order of the theory."""
    return {point.label: point.state for point in study.theory().points}


HALVES = (Draft({"C": "Lederen går selv med."}), Draft({"C": "Lederen siger ja.", "O": "Nogle går derned."}))
