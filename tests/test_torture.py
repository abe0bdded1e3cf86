"""The torture chamber in short; ``make torture`` does the same at length."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from torture.chambers import CHAMBERS
from torture.result import Broken, Line, require, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed and stopped as on Unix")

IN_SHORT = {
    "bits": 12,
    "pages": 8,
    "full": 1,
    "read-only": 1,
    "moved": 3,
    "locks": 1,
    "clock": 4,
    "crowd": 1,
    "sleep": 1,
}
"""How often; the chambers that are tests of the suite themselves are short there."""


@pytest.mark.parametrize("name", IN_SHORT)
def test_what_a_chamber_does_is_stood(name: str, tmp_path: Path) -> None:
    chamber, _ = CHAMBERS[name]
    line = run(chamber, tmp_path / name, IN_SHORT[name])
    assert line.broken == []
    assert line.result
    assert line.times > 0 or "not tried" in line.result


def test_what_does_not_hold_is_told_and_the_next_goes_on() -> None:
    line = Line("trying")
    for number in range(3):
        with line.once(f"{number}"):
            require(number != 1, "it fell over")
    assert (line.times, line.broken) == (3, ["1: it fell over"])
    with pytest.raises(Broken):
        require([], "nothing there")
