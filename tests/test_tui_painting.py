"""What is painted after a key: as little as has changed, and nothing that is not so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.geometry import Region
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from workbench_samples import small_study, until_shown, workbench

from cmo.study import Study
from workbench.text.transcript_view import TranscriptView

pytestmark = pytest.mark.usefixtures("every_frame")

KEYS = (
    "j",
    "G",
    "g",
    "J",
    "m",
    "escape",
    "m",
    "2",
    "plus",
    "u",
    "question_mark",
    "escape",
    "tab",
    "escape",
    "pagedown",
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with small_study(tmp_path) as made:
        yield made


def watch_frames(pilot: Pilot[None], wrong: list[str]) -> list[int]:
    """From now on compare each frame with the whole screen; returns the list to which each adds its number of rows."""
    app, rows = pilot.app, list[int]()
    display = app._display

    def watched(screen: Any, update: Any) -> None:
        display(screen, update)
        if isinstance(update, ChopsUpdate):
            whole = screen._compositor.render_strips()
            rows.append(len({y for y, _, _ in update.spans}))
            for y, left, right in update.spans:
                painted = _row(update, y).crop(left, right)
                if painted.text != whole[y].crop(left, right).text:
                    wrong.append(f"{painted.text!r} on row {y}, which is {whole[y].text!r}")

    app._display = watched  # type: ignore[method-assign]
    return rows


def _row(update: ChopsUpdate, y: int) -> Strip:
    """What a frame has of a row; ▒ where it has nothing."""
    ends = zip(update.chop_ends[y], update.chops[y].items(), strict=False)
    return Strip.join([strip or Strip([Segment("▒" * (end - x))]) for end, (x, strip) in ends])


async def test_what_a_key_paints_is_what_the_whole_screen_shows(study: Study) -> None:
    wrong: list[str] = []
    async with workbench(study, (200, 60)) as pilot:
        rows = watch_frames(pilot, wrong)
        for key in KEYS:
            await pilot.press(key)
        await until_shown(pilot, "1 of 2 coded")
    assert len(rows) > len(KEYS) / 2
    assert wrong == []


async def test_the_list_of_sources_follows_what_is_coded_and_opened(study: Study) -> None:
    async with workbench(study, (200, 60)) as pilot:
        assert "▸ ○ leder" in await until_shown(pilot, "▸ ○ leder")
        await pilot.press("m", "2")
        assert "▸ ● leder" in await until_shown(pilot, "▸ ● leder")
        await pilot.press("N")
        assert "  ● leder" in await until_shown(pilot, "  ● leder")
        assert "▸ ○ amr" in await until_shown(pilot, "▸ ○ amr")


@pytest.mark.parametrize("theme", ["cmo-dark", "cmo-light"])
async def test_the_scroll_bar_looks_and_works_as_one_whose_rows_are_made_anew(study: Study, theme: str) -> None:
    async with workbench(study, (80, 24)) as pilot:
        pilot.app.theme = theme
        await pilot.pause()
        text = pilot.app.screen.query_one(TranscriptView)
        bar = text.vertical_scrollbar
        bar.window_virtual_size, bar.window_size = 400, bar.size.height
        for position in (0, 7, 100, 133.5, 399):
            bar.position = position
            whole = Region(0, 0, *bar.size)
            ours = bar.render_lines(whole)
            bar._styles_cache.clear()
            theirs = ScrollBar.render_lines(bar, whole)
            assert [_looks(strip) for strip in ours] == [_looks(strip) for strip in theirs]
            assert bar.render_lines(Region(0, 3, bar.size.width, 2)) == ours[3:5]


def _looks(strip: Strip) -> list[tuple[str, Any, Any, bool | None, Any]]:
    """Each piece of a strip with its colours, and what a click on it does."""
    return [
        (text, style.color, style.bgcolor, style.reverse, style.meta) for text, style, _ in strip if style is not None
    ]
