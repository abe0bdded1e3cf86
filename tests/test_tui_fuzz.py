"""Whatever is pressed, the study stays sound and undo leads back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from workbench_samples import code_screen, codings_in, small_study, workbench

from workbench.key_names import BINDABLE

LEAVING = {"q", "ctrl+q"}
OFTEN = ["j", "k", "c", "m", "o", "1", "2", "3", "plus", "minus", "u", "ctrl+r", "x", "shift+right", "enter", "escape"]


@pytest.mark.parametrize(("seed", "size"), [(1, (80, 24)), (2, (120, 40))])
async def test_random_keys_leave_a_sound_study_and_can_all_be_undone(
    tmp_path: Path, seed: int, size: tuple[int, int]
) -> None:
    chosen = random.Random(seed)
    keys = [*OFTEN * 4, *(key for key in BINDABLE if key not in LEAVING), "f2", "delete", "left", "right", "å", "home"]
    with small_study(tmp_path) as study:
        async with workbench(study, size) as pilot:
            for _ in range(60):
                await pilot.press(*chosen.choices(keys, k=5))
                assert pilot.app.return_code is None
            while len(pilot.app.screen_stack) > 2:
                await pilot.press("escape")
                await pilot.pause()
            screen = code_screen(pilot)
            assert {c.id for c in screen.desk.codings} == (
                {c.id for c in study.codings(screen.desk.source.id)} if screen.desk.source else set()
            )
        assert study.check() == []
        while any(entry.coder == "AB" and entry.kind == "do" for entry in study.log()) and any(
            codings_in(study, source.name) for source in study.sources()
        ):
            study.undo(mine=True)
        assert study.check() == []
