"""Keys in the order in which they were typed, where some go to a field and others past it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen


def after_typing(screen: Screen[Any], act: Callable[[], object]) -> None:
    """Act once the field that has the focus has taken the letters typed before, and the screen has heard of them.

    A key that a screen takes with priority overtakes letters that still wait for their field: they do where many keys
    come in one packet, over a slow line or from a program that types.
    """
    field = screen.focused
    if field is None or not field.call_later(lambda: screen.call_later(act)):
        act()
