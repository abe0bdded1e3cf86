"""The workbench, driven in this process: from a key to the frame that shows what it did.

``python -m benchmarks.desk STUDY LONG SHORT`` opens the two sources and prints one line of JSON, in seconds. A frame is
counted when it has been put into the words of a terminal. The workbench paints at most 120 frames a second, so a key
may wait up to 8.3 ms for its frame whatever the workbench does; that wait is in the figures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual._compositor import CompositorUpdate
from textual.screen import Screen

import cmo
from benchmarks.inside import memory, percentile
from cmo.study import Study
from tui import CmoApp
from workbench.code.code_screen import CodeScreen

KEYS = 60
SIZE = (120, 40)


class Taken(NamedTuple):
    """Seconds by the clock on the wall, and those of them in which the processor worked for what a key waits for.

    That is the thread in which the workbench runs; what it has read beside the work, no key waits for.
    """

    clock: float
    processor: float


class Frames:
    """The frames that an app paints, each put into words as a terminal would be sent them."""

    def __init__(self, app: CmoApp) -> None:
        self._painted = asyncio.Event()
        display = app._display

        def watched(screen: Screen[Any], renderable: Any) -> None:
            display(screen, renderable)
            if isinstance(renderable, CompositorUpdate):
                renderable.render_segments(app.console)
                self._painted.set()

        app._display = watched  # type: ignore[method-assign]

    async def seconds_to_next(self, act: Callable[[], object], is_done: Callable[[], bool] = lambda: True) -> Taken:
        """How long it takes from an act until a frame is painted after it is done; then all is left to settle."""
        await asyncio.sleep(0.1)
        self._painted.clear()
        began, worked = time.perf_counter(), time.thread_time()
        act()
        while True:
            await asyncio.wait_for(self._painted.wait(), 30)
            taken = Taken(time.perf_counter() - began, time.thread_time() - worked)
            self._painted.clear()
            if is_done():
                return taken


async def measured(study: Study, long: str, short: str) -> dict[str, Any]:
    app = CmoApp(study)
    frames = Frames(app)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CodeScreen)

        def opened(source: str) -> Callable[[], None]:
            source_id = study.source(source).id

            def act() -> None:
                screen.desk.open(source_id, 0)
                screen.show_source()

            return act

        opening: dict[str, list[Taken]] = {short: [], long: []}
        for _ in range(5):
            for source, taken in opening.items():
                taken.append(await frames.seconds_to_next(opened(source)))
        lines = [await frames.seconds_to_next(lambda: app.simulate_key("j")) for _ in range(KEYS)]
        pages = [await frames.seconds_to_next(lambda: app.simulate_key("pagedown")) for _ in range(KEYS)]
        selected = [await frames.seconds_to_next(lambda: app.simulate_key("shift+down")) for _ in range(KEYS)]
        coded: list[Taken] = []
        undone: list[Taken] = []
        for _ in range(KEYS):
            await pilot.press("j", "m")  # and 2: analysis.FREE_CODE
            for key, taken in (("2", coded), ("u", undone)):
                is_saved = partial(_is_newer, study, study.file.data_version())
                taken.append(await frames.seconds_to_next(partial(app.simulate_key, key), is_saved))
    return {
        "line": _slow(lines),
        "page": _slow(pages),
        "select": _slow(selected),
        "coding": _slow(coded),
        "undo": _slow(undone),
        "open": sorted(opening[long])[2],
        "open short": sorted(opening[short])[2],
        "memory": memory(),
    }


def _slow(taken: list[Taken]) -> Taken:
    """The 95th percentile of each."""
    return Taken(percentile(one.clock for one in taken), percentile(one.processor for one in taken))


def _is_newer(study: Study, version: int) -> bool:
    return study.file.data_version() > version


def main() -> None:
    path, long, short = sys.argv[1:4]
    with cmo.open_study(Path(path), coder="AB") as study:
        print(json.dumps(asyncio.run(measured(study, long, short))))


if __name__ == "__main__":
    main()
