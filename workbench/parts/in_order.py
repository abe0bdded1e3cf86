"""Keys in the order in which they were typed, where some go to a field and others past it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual.screen import Screen

LONGEST = 1.0
"""Seconds to wait at most: a field that goes away takes no letters any more."""


async def letters_taken(screen: Screen[Any]) -> None:
    """Return once the field that has the focus has taken the letters typed before; for actions of keys alone.

    A key that a screen takes with priority overtakes letters that still wait for their field: they do where many keys
    come in one packet, over a slow line or from a program that types. The keys that follow wait for the action.
    """
    taken = asyncio.Event()
    if screen.focused is not None and screen.focused.call_later(taken.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(taken.wait(), LONGEST)
