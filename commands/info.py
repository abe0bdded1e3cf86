"""`cmo info`: the study in figures."""

from __future__ import annotations

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json


def info(study: StudyPath, as_json: AsJson = False) -> None:
    """Show the study in figures."""
    with cmo.open_study(study) as opened:
        found = opened.info()
    if as_json:
        answer_json(found)
        return
    answer(f"{found.name}")
    answer(f"language {found.language}, made {found.created_at}, changed {found.changed_at}")
    answer(f"schema {found.schema}, {found.acts:,} journal entries, state {found.state}")
    for name, number in found.counts.items():
        answer(f"{number:>8,} {name}")
