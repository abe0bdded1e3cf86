"""Whatever is pressed on the demo study, it stays sound and undo takes every act back.

``CMO_FUZZ_KEYS`` says how many keys are pressed at least (default 400), at a small and at a middling size by turns.
"""

from __future__ import annotations

import math
import os
import random
from pathlib import Path

import pytest
from textual.pilot import Pilot
from workbench_samples import SIZES, code_screen, workbench

import cmo
from cmo.study import Study
from store.errors import NothingToUndo
from workbench.keys.key_names import BINDABLE
from workbench.parts.places import PLACES

KEYS = int(os.environ.get("CMO_FUZZ_KEYS", "400"))
KEYS_OF_A_SESSION = 200
KEYS_AT_ONCE = 5
LEAVING = {"q", "ctrl+q"}
OFTEN = [
    "j",
    "k",
    "c",
    "m",
    "o",
    "w",
    "1",
    "2",
    "3",
    "plus",
    "minus",
    "u",
    "ctrl+r",
    "x",
    "shift+right",
    "enter",
    "escape",
]
IN_FORMS = ["tab", "ctrl+s", "down", "space", "y"]
PRESSED = [*OFTEN * 8, *IN_FORMS * 4, *(key for key in BINDABLE if key not in LEAVING)]

WAYS: list[tuple[str, ...]] = [(), (), (), *(("f5", place.letter) for place in PLACES if place.name != "Journal")]
"""To another screen, or none; not to the journal, from where other people's acts can be undone as well."""


def sessions() -> list[tuple[int, tuple[int, int]]]:
    """Seed and size of each time that the workbench is opened."""
    return [(seed, SIZES[seed % len(SIZES)]) for seed in range(math.ceil(KEYS / KEYS_OF_A_SESSION))]


async def to_the_text(pilot: Pilot[None]) -> None:
    """Close what lies over the text."""
    while len(pilot.app.screen_stack) > 2:
        await pilot.press("escape")
        await pilot.pause()


def tables(study: Study) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the study that undo can take back."""
    from store.schema import journalled_tables

    with study.file.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(table.select().order_by(table.c.id))]
            for table in journalled_tables()
        }


@pytest.mark.usefixtures("every_frame")
@pytest.mark.parametrize(("seed", "size"), sessions())
@pytest.mark.timeout(600)
async def test_random_keys_leave_a_sound_study_and_undo_takes_every_act_back(
    demo: Path, seed: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo.parent)
    chosen = random.Random(seed)
    with cmo.open_study(demo, coder="ZZ") as study:
        before = tables(study)
        source = chosen.choice(study.sources()).name
        async with workbench(study, size, source=source) as pilot:
            for _ in range(KEYS_OF_A_SESSION // KEYS_AT_ONCE):
                await pilot.press(*chosen.choice(WAYS), *chosen.choices(PRESSED, k=KEYS_AT_ONCE))
                assert pilot.app.return_code is None
            await to_the_text(pilot)
            desk = code_screen(pilot).desk
            known = {coding.id for coding in study.codings(desk.source.id)} if desk.source else set()
            own = {coding.id for coding in desk.codings}
            assert own == known
        study.show_others()
        assert study.check() == []
        acts = sum(entry.coder == "ZZ" for entry in study.log())
        with pytest.raises(NothingToUndo):
            for _ in range(acts + 1):
                study.undo(mine=True)
        # The coder's own row comes with the first act and goes with it.
        assert tables(study) == before
        assert study.check() == []
