"""The keys of the workbench: one table, from which bindings, help, palette and hints are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_letters, digits

from cmo.records import Element


@dataclass(frozen=True, slots=True)
class Key:
    """What some keys do. ``keys`` are Textual's names, ``shown`` is how they are printed.

    ``anywhere`` keys work in every pane; the others where the text is. ``command`` is the name of a method
    of the code screen, without its ``do_``.
    """

    keys: tuple[str, ...]
    shown: str
    command: str
    words: str
    group: str
    anywhere: bool = False


MOVE, SELECT, CODE, GO = "Read", "Select", "Code", "Go"

KEYS: tuple[Key, ...] = (
    Key(("j", "down"), "j ↓", "next_sentence", "next sentence", MOVE),
    Key(("k", "up"), "k ↑", "previous_sentence", "previous sentence", MOVE),
    Key(("right_curly_bracket", "ctrl+down"), "} ctrl+↓", "next_turn", "next turn", MOVE),
    Key(("left_curly_bracket", "ctrl+up"), "{ ctrl+↑", "previous_turn", "start of the turn, turn before", MOVE),
    Key(("pagedown", "ctrl+d"), "PgDn ctrl+d", "page_down", "a page on", MOVE),
    Key(("pageup",), "PgUp", "page_up", "a page back", MOVE),
    Key(("g", "home"), "g Home", "first_sentence", "first sentence", MOVE),
    Key(("G", "end"), "G End", "last_sentence", "last sentence", MOVE),
    Key(("f",), "f", "find", "find in this source", MOVE),
    Key(("shift+down", "J"), "shift+↓ J", "extend_sentence", "extend by a sentence", SELECT),
    Key(("shift+up", "K"), "shift+↑ K", "extend_sentence_back", "the same, backwards", SELECT),
    Key(("shift+right", "L"), "shift+→ L", "extend_word", "extend by a word", SELECT),
    Key(("shift+left", "H"), "shift+← H", "extend_word_back", "the same, backwards", SELECT),
    Key(("t",), "t", "extend_turn", "take the whole turn, then the next", SELECT),
    Key(("T",), "T", "extend_turn_back", "the same, backwards", SELECT),
    Key(("space",), "space", "switch_end", "change the end that moves", SELECT),
    Key(("escape",), "esc", "let_go", "select nothing; back to the text", SELECT, anywhere=True),
    Key(("slash",), "/", "pick", "any code, by typing part of its name", CODE),
    Key(("full_stop",), ".", "repeat", "the last code again", CODE),
    Key(tuple("123456789"), "1–9", "recent", "a recent code", CODE),
    Key(("plus",), "+", "supports", "this passage supports the point", CODE),
    Key(("minus",), "-", "refutes", "it speaks against the point", CODE),
    Key(("tilde", "equals_sign"), "~ =", "refines", "it refines the point", CODE),
    Key(("n",), "n", "memo", "memo on the coding", CODE),
    Key(("right_square_bracket", "comma"), "] ,", "choose_next", "next of the codings here", CODE),
    Key(("left_square_bracket", "semicolon"), "[ ;", "choose_previous", "previous of the codings here", CODE),
    Key(("x",), "x", "remove", "remove the coding", CODE),
    Key(("u",), "u", "undo", "undo your last act", CODE, anywhere=True),
    Key(("ctrl+r",), "ctrl+r", "redo", "redo", CODE, anywhere=True),
    Key(("e",), "e", "evidence", "quotes of the point; Enter opens one", GO),
    Key(("b", "ctrl+o"), "b ctrl+o", "back", "back to where you jumped from", GO, anywhere=True),
    Key(("tab",), "tab", "next_pane", "next pane", GO, anywhere=True),
    Key(("shift+tab",), "shift+tab", "previous_pane", "previous pane", GO, anywhere=True),
    Key(("M", "f2"), "M F2", "matrix", "matrix of points and cases", GO, anywhere=True),
    Key(("F", "f3"), "F F3", "search", "search in all sources", GO, anywhere=True),
    Key(("I", "f4"), "I F4", "import", "bring interviews in", GO, anywhere=True),
    Key(("R",), "R", "review", "what corrections left to your eye", GO, anywhere=True),
    Key(("ctrl+p",), "ctrl+p", "palette", "command palette", GO, anywhere=True),
    Key(("question_mark", "f1"), "? F1", "help", "all keys", GO, anywhere=True),
    Key(("q", "ctrl+q"), "q", "quit", "quit (everything is saved)", GO, anywhere=True),
)

BY_KEY: dict[str, Key] = {name: key for key in KEYS for name in key.keys}
PROMPT_KEYS = ("enter", "backspace", "up", "down", "full_stop")
ALL_KEYS = tuple(dict.fromkeys([*BY_KEY, *ascii_letters, *digits, *PROMPT_KEYS]))
"""Every key that the code screen takes for itself where the text has the focus."""

LIST_KEYS = {"up", "down", "j", "k", "g", "G", "e", "enter", "home", "end", "pageup", "pagedown"}
"""Keys that lists use themselves."""

USUAL_ELEMENTS = "cmo"
"""Keys that coders know from other studies, for when a study has no theory yet."""

_RESERVED = {name for name in BY_KEY if len(name) == 1} - {"f", "e", "t", "g", "b"}


def element_keys(elements: Iterable[Element]) -> dict[str, Element]:
    """The key for each element of a theory: its letter, or the first letter of its name that is free.

    An element takes its key before the few commands that can also be reached in another way.
    """
    found: dict[str, Element] = {}
    for element in elements:
        wanted = (character for character in (element.letter + element.name).lower() if character in ascii_letters)
        key = next((character for character in wanted if character not in _RESERVED and character not in found), None)
        if key is not None:
            found[key] = element
    return found
