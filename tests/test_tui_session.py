"""A scripted hour: a whole interview coded as an expert would, and how many keys that takes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from workbench_samples import code_screen, workbench

import cmo

DOCS = Path(__file__).resolve().parent.parent / "docs"

MOST_KEYS = 4.0
"""Keys for a coding on average: to select, to code and to judge."""


async def test_a_whole_interview_is_coded_with_at_most_four_keys_a_coding(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    session = import_module("expert_session")
    with cmo.open_study(demo, coder="Expert") as study:
        before = {coding.id for coding in study.codings(session.SOURCE)}
        pressed = 0
        async with workbench(study, (120, 40), source=session.SOURCE) as pilot:
            for step in session.SESSION:
                reading = code_screen(pilot).desk.reading
                assert reading is not None
                number = next(
                    n for n, s in enumerate(reading.sentences) if reading.text.startswith(step.begins, s.start)
                )
                assert number >= reading.number, f"'{step.begins}' is read after what comes before it"
                await pilot.press(*["j"] * (number - reading.number), *step.keys.split())
                pressed += len(step.keys.split())
            await pilot.pause()
        made = [coding for coding in study.codings(session.SOURCE) if coding.id not in before]
        text = study.transcript(session.SOURCE).text
        meant = [(step.code, step.stance) for step in session.SESSION]
        assert [(coding.code, coding.stance) for coding in sorted(made, key=lambda coding: coding.id)] == meant
        assert all(coding.quote == text[coding.start : coding.end] for coding in made)
        assert pressed / len(made) <= MOST_KEYS
        assert study.check() == []
