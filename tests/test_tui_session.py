"""A scripted hour: a whole interview coded as an expert would, and how many keys that takes."""

from __future__ import annotations

from pathlib import Path

import expert_session
from expert_session import SESSION
from workbench_samples import code_screen, workbench

import cmo

MOST_KEYS = 4.0
"""Keys for a coding on average: to select, to code and to judge."""


async def test_a_whole_interview_is_coded_with_at_most_four_keys_a_coding(demo: Path) -> None:
    with cmo.open_study(demo, coder="Expert") as study:
        before = {coding.id for coding in study.codings(expert_session.SOURCE)}
        pressed = 0
        async with workbench(study, (120, 40), source=expert_session.SOURCE) as pilot:
            for step in SESSION:
                reading = code_screen(pilot).desk.reading
                assert reading is not None
                number = next(
                    n for n, s in enumerate(reading.sentences) if reading.text.startswith(step.begins, s.start)
                )
                assert number >= reading.number, f"'{step.begins}' is read after what comes before it"
                await pilot.press(*["j"] * (number - reading.number), *step.keys.split())
                pressed += len(step.keys.split())
            await pilot.pause()
        made = [coding for coding in study.codings(expert_session.SOURCE) if coding.id not in before]
        text = study.transcript(expert_session.SOURCE).text
        assert [(c.code, c.stance) for c in sorted(made, key=lambda c: c.id)] == [(s.code, s.stance) for s in SESSION]
        assert all(coding.quote == text[coding.start : coding.end] for coding in made)
        assert pressed / len(made) <= MOST_KEYS
        assert study.check() == []
