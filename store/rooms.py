"""Modules of the house that are loaded when something in them is first asked for.

The front door stands before every room of the house, and a session goes into few of them. So a module that begins there
imports others for the type checker alone, and lets rooms stand in for them when the program runs::

    if TYPE_CHECKING:
        from cmo.casework import ladders
    else:
        ladders = Room("cmo.casework.ladders")

docs/decisions/0013-rooms-are-loaded-when-used.md says where that is done, and why so.
"""

from __future__ import annotations

from importlib import import_module


class Room:
    """Stands in for a module: has all that the module has, and loads it when first asked.

    Raises ImportError when asked: there is no such module.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self._name), name)
