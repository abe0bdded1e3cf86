"""A study with codings to put together."""

from __future__ import annotations

from pathlib import Path

from builders import code, copied

CODINGS = {
    "work": ("leder", "Folk gik ned og hentede bøger i pausen.", "#1 C", "supports"),
    "together": ("leder", "Ingen blev sure", "#1 M", "supports"),
    "long queue": ("leder", "Køen var lang om mandagen.", "#1 O", "refutes"),
    "busy": ("ansat", "Den holder der, når vi har travlt.", "#1 C", "refutes"),
    "fixed time": ("ansat", "En fast tid.", "#1 M", None),
    "more": ("ansat", "Så ville flere gå derned.", "#1 O", "supports"),
    "children": ("gruppe", "Jeg låner til mine børn.", "#3 O", "supports"),
    "nobody said": ("gruppe", "Ingen har sagt, at vi må gå.", "#2 M", "refutes"),
    "whole": ("gruppe", "Jeg har aldrig været der.", "#2", None),
}
"""Each with source, words, code and stance. The source ``gruppe`` belongs to two cases, the others to one each."""


def coded_study(full: Path, folder: Path) -> Path:
    """The full study with these codings, made in their order, so that the first has the id 1."""
    with copied(full, folder) as study:
        for source, words, name, stance in CODINGS.values():
            code(study, source, words, name, stance)
        return study.path


def coding(name: str) -> int:
    """The id of a coding by its name."""
    return list(CODINGS).index(name) + 1
