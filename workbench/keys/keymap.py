"""The keys of the workbench: one table, from which bindings, hints, palette, key card and docs are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import TYPE_CHECKING

from workbench.keys.key_names import printed

if TYPE_CHECKING:
    from cmo.records import Element


@dataclass(frozen=True, slots=True)
class Key:
    """What some keys do. ``keys`` are the names of :mod:`workbench.keys.key_names`.

    ``command`` is the name of a method of the code screen, without its ``do_``. ``anywhere`` keys work in every pane;
    the others where the text is. An element of the theory may have the letter of a key that ``yields``: the command
    has another key, or is reached by the palette. ``counts``: a number before it says how often.
    """

    keys: tuple[str, ...]
    command: str
    words: str
    group: str
    anywhere: bool = False
    yields: bool = False
    counts: bool = False

    @property
    def shown(self) -> str:
        """The keys as they are printed, with a space between them."""
        if self.command == "recent":
            return "1–9"
        return " ".join(printed(key) for key in self.keys)


READ, SELECT, CODE, WEIGH, GO = "Read", "Select", "Code", "Weigh", "Go"

KEYS: tuple[Key, ...] = (
    Key(("j", "down"), "next_sentence", "next sentence", READ, counts=True),
    Key(("k", "up"), "previous_sentence", "previous sentence", READ, counts=True),
    Key(("right_curly_bracket", "ctrl+down"), "next_turn", "next turn", READ, counts=True),
    Key(("left_curly_bracket", "ctrl+up"), "previous_turn", "start of the turn, turn before", READ, counts=True),
    Key(("pagedown", "ctrl+d"), "page_down", "a page on", READ, counts=True),
    Key(("pageup", "ctrl+u"), "page_up", "a page back", READ, counts=True),
    Key(("g", "home"), "first_sentence", "first sentence", READ, yields=True),
    Key(("G", "end"), "last_sentence", "last sentence; with a number, that sentence", READ),
    Key(("right_parenthesis",), "next_coding", "next coding in this source", READ, counts=True),
    Key(("left_parenthesis",), "previous_coding", "coding before", READ, counts=True),
    Key(("f",), "find", "find in this source", READ, yields=True),
    Key(("0",), "count", "a number for the next key: 0 3 j", READ),
    Key(("f9",), "wider", "longer lines", READ),
    Key(("f8",), "narrower", "shorter lines", READ),
    Key(("shift+down", "J"), "extend_sentence", "extend by a sentence", SELECT, counts=True),
    Key(("shift+up", "K"), "extend_sentence_back", "the same, backwards", SELECT, counts=True),
    Key(("shift+right", "L"), "extend_word", "extend by a word", SELECT, counts=True),
    Key(("shift+left", "H"), "extend_word_back", "the same, backwards", SELECT, counts=True),
    Key(("right",), "extend_character", "extend by a character", SELECT, counts=True),
    Key(("left",), "extend_character_back", "the same, backwards", SELECT, counts=True),
    Key(("t",), "extend_turn", "take the whole turn, then the next", SELECT, yields=True, counts=True),
    Key(("T",), "extend_turn_back", "the same, backwards", SELECT, counts=True),
    Key(("ctrl+right",), "other_end_word", "the other end, by a word", SELECT, counts=True),
    Key(("ctrl+left",), "other_end_word_back", "the same, backwards", SELECT, counts=True),
    Key(("space",), "switch_end", "change the end that moves", SELECT),
    Key(("v",), "select_coding", "select what the coding has", SELECT, yields=True),
    Key(("escape",), "let_go", "select nothing; back to the text", SELECT, anywhere=True),
    Key(("w",), "whole_point", "the point as a whole, or undecided: w c m 7", CODE, yields=True),
    Key(("slash",), "pick", "any code, by typing part of its name", CODE),
    Key(("full_stop",), "repeat", "the last code again", CODE),
    Key(tuple("123456789"), "recent", "a recent code", CODE),
    Key(("quotation_mark", "i"), "in_vivo", "a code named by the selected words", CODE, yields=True),
    Key(("percent_sign", "r"), "recode", "re-code: the next code takes its place", CODE, yields=True),
    Key(("z",), "resize", "re-size: the coding gets the selection", CODE, yields=True),
    Key(("S",), "split", "split the coding here", CODE),
    Key(("U",), "unite", "make one of the codings here with one code", CODE),
    Key(("x",), "remove", "remove the coding", CODE),
    Key(("right_square_bracket", "comma"), "choose_next", "next of the codings here", CODE),
    Key(("left_square_bracket", "semicolon"), "choose_previous", "previous of the codings here", CODE),
    Key(("d",), "codings_here", "the codings here as a list", CODE, yields=True),
    Key(("u",), "undo", "undo your last act", CODE, anywhere=True),
    Key(("ctrl+r",), "redo", "redo", CODE, anywhere=True),
    Key(("plus",), "supports", "this passage supports the point", WEIGH),
    Key(("minus",), "refutes", "it speaks against the point", WEIGH),
    Key(("tilde", "equals_sign"), "refines", "it refines the point", WEIGH),
    Key(("greater_than_sign",), "extends", "it extends the point", WEIGH),
    Key(("exclamation_mark",), "rival", "it speaks for a rival explanation", WEIGH),
    Key(("asterisk",), "rate", "strength, relevance, rigour, best quote", WEIGH),
    Key(("n",), "memo", "memo on the coding", WEIGH),
    Key(("l",), "link", "into the open configuration", WEIGH, yields=True),
    Key(("underscore",), "new_link", "begin a configuration with it", WEIGH),
    Key(("ampersand",), "ripple", "a ripple: this outcome is the next context", WEIGH),
    Key(("colon",), "restate", "the configuration in your own words", WEIGH),
    Key(("e",), "evidence", "quotes of the point; Enter opens one", GO, yields=True),
    Key(("E",), "next_evidence", "to the next quote of the point", GO, counts=True),
    Key(("ctrl+e",), "previous_evidence", "to the quote before", GO, counts=True),
    Key(("p",), "points", "another point beside the text", GO, yields=True),
    Key(("b", "ctrl+o"), "back", "back to where you jumped from", GO, anywhere=True, yields=True, counts=True),
    Key(("ctrl+f",), "forward", "forward again", GO, anywhere=True, counts=True),
    Key(("N",), "next_uncoded", "next source without your codings", GO, anywhere=True),
    Key(("P",), "previous_uncoded", "source without your codings before", GO, anywhere=True),
    Key(("B",), "bookmark", "set a bookmark here, or take it away", GO),
    Key(("apostrophe",), "bookmarks", "your bookmarks", GO, anywhere=True),
    Key(("W",), "undecided", "codings that are undecided", GO, anywhere=True),
    Key(("y",), "copy", "copy the passage with its reference", GO, yields=True),
    Key(("V",), "blind", "hide or show other coders' work", GO, anywhere=True),
    Key(("tab",), "next_pane", "next pane", GO, anywhere=True),
    Key(("shift+tab",), "previous_pane", "previous pane", GO, anywhere=True),
    Key(("s", "f5"), "screens", "another screen: theory, quotes, cases, ...", GO, anywhere=True, yields=True),
    Key(("M", "f2"), "matrix", "matrix of points and cases", GO, anywhere=True),
    Key(("F", "f3"), "search", "search in all sources", GO, anywhere=True),
    Key(("I", "f4"), "import", "bring interviews in", GO, anywhere=True),
    Key(("R",), "review", "what corrections left to your eye", GO, anywhere=True),
    Key(("ctrl+p",), "palette", "command palette", GO, anywhere=True),
    Key(("question_mark", "f1"), "help", "all keys", GO, anywhere=True),
    Key(("q", "ctrl+q"), "quit", "quit (everything is saved)", GO, anywhere=True),
)

LIST_KEYS = {"up", "down", "j", "k", "g", "G", "e", "enter", "home", "end", "pageup", "pagedown"}
"""Keys that lists use themselves."""

USUAL_ELEMENTS = "cmo"
"""Keys that coders know from other studies, for when a study has no theory yet."""


class Keymap:
    """Which key does what: the table above, or a coder's own changes to it."""

    def __init__(self, keys: Iterable[Key] = KEYS) -> None:
        self.keys = tuple(keys)
        self.by_key: Mapping[str, Key] = {name: key for key in self.keys for name in key.keys}

    def rebound(self, changes: Mapping[str, tuple[str, ...]]) -> Keymap:
        """The same with other keys for some commands; a key that is given to one is taken from the others."""
        given = {name for names in changes.values() for name in names}
        return Keymap(
            replace(key, keys=changes[key.command])
            if key.command in changes
            else replace(key, keys=tuple(name for name in key.keys if name not in given))
            for key in self.keys
        )

    def printed(self, command: str) -> str:
        """The first key of a command as it is printed; nothing for a command without one."""
        found = next((key for key in self.keys if key.command == command), None)
        return found.shown.split(" ")[0] if found is not None else ""

    def element_keys(self, elements: Iterable[Element]) -> dict[str, Element]:
        """The key for each element of a theory: its letter, or the first letter of its name that is free.

        An element takes its key before the commands that yield. One for which no letter is left has none: its letter
        in the prompt of another element leads to it.
        """
        kept = {name for key in self.keys if not key.yields for name in key.keys}
        found: dict[str, Element] = {}
        for element in elements:
            wanted = (letter for letter in (element.letter + element.name).lower() if letter in ascii_letters)
            key = next((letter for letter in wanted if letter not in kept and letter not in found), None)
            if key is not None:
                found[key] = element
        return found
