"""Which keys are named on the bottom line, by what the coder is doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmo.records import Element
    from workbench.keys.keymap import Keymap

Hints = list[tuple[str, str]]

IN_LIST: Hints = [
    ("↑ ↓", "choose"),
    ("Enter", "open"),
    ("esc", "back to the text"),
    ("tab", "next pane"),
    ("?", "all keys"),
]
IN_FIND: Hints = [("Enter ↓", "next"), ("↑", "previous"), ("esc", "stay here")]


def in_text(keymap: Keymap, elements: Mapping[str, Element], *, selecting: bool, on_coding: bool) -> Hints:
    """The keys that are useful next, the most useful first."""

    def hint(words: str, *commands: str) -> tuple[str, str]:
        return " ".join(keymap.printed(command) for command in commands), words

    coding: Hints = [(" ".join(elements) + " + number", "code")] if elements else []
    judging: Hints = []
    if on_coding:
        judging = [hint("for, against, refines", "supports", "refutes", "refines"), hint("memo", "memo")]
        judging += [hint("remove", "remove"), hint("rate", "rate"), hint("link", "link")]
    reading = [hint("sentence", "next_sentence", "previous_sentence"), ("shift+arrows", "select")]
    if selecting:
        reading = [("shift+arrows", "extend"), hint("other end", "switch_end"), hint("let go", "let_go")]
    rest = [hint("any code", "pick"), hint("undo", "undo"), hint("panes", "next_pane"), hint("matrix", "matrix")]
    rest.append(hint("all keys", "help"))
    return [*judging, *coding, *reading, *rest] if on_coding else [*reading, *coding, *rest]
