"""Which keys are named on the bottom line, by what the coder is doing."""

from __future__ import annotations

from cmo.records import Element

Hints = list[tuple[str, str]]

IN_LIST: Hints = [
    ("↑ ↓", "choose"),
    ("Enter", "open"),
    ("esc", "back to the text"),
    ("tab", "next pane"),
    ("?", "all keys"),
]
IN_FIND: Hints = [("Enter ↓", "next"), ("↑", "previous"), ("esc", "stay here")]


def in_text(elements: dict[str, Element], *, selecting: bool, on_coding: bool) -> Hints:
    """The keys that are useful next, the most useful first."""
    coding: Hints = [(" ".join(elements) + " + number", "code")] if elements else []
    judging: Hints = [("+ - ~", "for, against, refines"), ("n", "memo"), ("x", "remove")] if on_coding else []
    reading: Hints = [("j k", "sentence"), ("shift+arrows", "select")]
    if selecting:
        reading = [("shift+arrows", "extend"), ("space", "other end"), ("esc", "let go")]
    rest: Hints = [("/", "any code"), ("u", "undo"), ("tab", "panes"), ("M", "matrix"), ("?", "all keys")]
    return [*judging, *coding, *reading, *rest] if on_coding else [*reading, *coding, *rest]
