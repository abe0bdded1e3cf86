"""The keys of the screens beside the text: one table a screen, for bindings, bottom line and key card alike."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.key_names import printed


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """What some keys do on one screen. ``action`` is the name of a method of the screen, without its ``action_``."""

    keys: tuple[str, ...]
    action: str
    words: str

    @property
    def shown(self) -> str:
        """The keys as they are printed, with a space between them."""
        return " ".join(printed(key) for key in self.keys)


UNDO = PlaceKey(("u",), "undo", "undo your last act")
REDO = PlaceKey(("ctrl+r",), "redo", "redo")
HELP = PlaceKey(("question_mark", "f1"), "help", "the keys of this place")
BACK = PlaceKey(("escape", "q"), "leave", "back")
ALWAYS = (UNDO, REDO, HELP, BACK)
"""What the keys of every list do."""

THEORY = (
    PlaceKey(("enter",), "open", "the quotes of the point"),
    PlaceKey(("r",), "refine", "refine: reword it, with a reason"),
    PlaceKey(("a",), "add", "add a point"),
    PlaceKey(("s",), "split", "split it in two"),
    PlaceKey(("m",), "merge", "merge it with another"),
    PlaceKey(("x",), "abandon", "give it up, or take it up again"),
    PlaceKey(("v",), "verdict", "what the study says of it in the end"),
    PlaceKey(("h",), "history", "its wordings, and what led to them"),
    PlaceKey(("f",), "freeze", "keep the whole theory under a name"),
)
