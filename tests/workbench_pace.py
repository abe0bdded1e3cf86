"""What workbenches under test share or leave out, because nobody sits before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import textual._wait
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

PAINT = Compositor.render_update


def wait_less() -> None:
    """Let a test wait less for nothing.

    Textual's pilot takes a program to be at rest when it has done next to nothing for 20 ms, and waits that twice after
    every key: half the time of these tests. A shorter while sees the same.
    """
    textual._wait.SLEEP_GRANULARITY, textual._wait.SLEEP_IDLE = 1 / 200, 1 / 2000


def read_style_sheets_once() -> None:
    """Let all workbenches of a process share what Textual makes of a style sheet: a tenth of what a start takes."""
    read_anew: Callable[..., Any] = Stylesheet._parse_rules
    known: dict[tuple[object, ...], Any] = {}

    def read(sheet: Stylesheet, *given: Any, **named: Any) -> Any:
        what = given, *named.items(), *sheet._variables.items()
        if what not in known:
            known[what] = read_anew(sheet, *given, **named)
        return known[what]

    Stylesheet._parse_rules = read  # type: ignore[method-assign, assignment]


def paint_when_looked_at() -> None:
    """Let a workbench paint the whole screen when a test looks, and nothing between: that was a third of the tests.

    Where painting itself is on trial, the fixture ``every_frame`` paints what changes as on a terminal.
    """

    def paint(screen: Compositor, full: bool = False, *given: Any, **named: Any) -> Any:
        if full:
            return PAINT(screen, full, *given, **named)
        screen._dirty_regions.clear()
        _ = screen.full_map  # painting a widget asks where it is, which tells the next layout what was there before it
        return None

    Compositor.render_update = paint  # type: ignore[method-assign]
