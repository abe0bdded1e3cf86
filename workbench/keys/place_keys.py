"""The keys of the screens beside the text: one table a screen, for bindings, bottom line and key card alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.keys.key_names import printed


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """What some keys do on one screen. ``action`` is the name of a method of the screen, without its ``action_``.

    One that comes ``first`` is done before the keys typed after it are looked at: they are meant for a field it opens.
    """

    keys: tuple[str, ...]
    action: str
    words: str
    first: bool = False

    @property
    def shown(self) -> str:
        """The keys as they are printed, with a space between them."""
        return " ".join(printed(key) for key in self.keys)


FIND = PlaceKey(("slash",), "find", "only those with some words", first=True)
UNDO = PlaceKey(("u",), "undo", "undo your last act")
REDO = PlaceKey(("ctrl+r",), "redo", "redo")
PLACES = PlaceKey(("f5",), "places", "another screen")
PALETTE = PlaceKey(("ctrl+p",), "palette", "all acts and screens")
BLIND = PlaceKey(("V",), "blind", "hide or show other coders' work")
HELP = PlaceKey(("question_mark", "f1"), "help", "the keys of this place")
BACK = PlaceKey(("escape", "q"), "leave", "back")
DOWN = PlaceKey(("ctrl+d",), "scroll_details(1)", "the details further down")
UP = PlaceKey(("ctrl+u",), "scroll_details(-1)", "the details further up")
WAYS = (PLACES, PALETTE, BLIND, HELP, BACK)
"""What keys do on every screen beside the text."""
ALWAYS = (FIND, DOWN, UP, UNDO, REDO, *WAYS)
"""What they do in every list there."""

OPEN = ("enter",)
"""Enter, and with it e in all lists."""

THEORY = (
    PlaceKey(OPEN, "open", "its quotes"),
    PlaceKey(("r",), "refine", "reword it"),
    PlaceKey(("a",), "add", "add a point"),
    PlaceKey(("s",), "split", "split it in two"),
    PlaceKey(("m",), "merge", "merge others into it"),
    PlaceKey(("x",), "abandon", "give it up, or take it up again"),
    PlaceKey(("v",), "verdict", "what the study says of it in the end"),
    PlaceKey(("h",), "history", "its wordings, and what led to them"),
    PlaceKey(("w",), "sentence", "its sentence in your own words"),
    PlaceKey(("t",), "arrange", "its title, what it is part of, whose rival it is"),
    PlaceKey(("f",), "freeze", "keep the whole theory under a name"),
    PlaceKey(("d",), "states", "what has changed since a kept state"),
)

HISTORY = (PlaceKey(OPEN, "open", "the quotes that led to it"),)

CONFIGURATIONS = (
    PlaceKey(OPEN, "open", "its parts and their quotes"),
    PlaceKey(("r",), "restate", "in your own words"),
    PlaceKey(("n",), "new", "a new one"),
    PlaceKey(("c",), "change", "its name, point, case and level"),
    PlaceKey(("l",), "link", "link it to another one"),
    PlaceKey(("L",), "unlink", "take a link away"),
    PlaceKey(("w",), "ripple", "a ripple: its outcome is the next one's context"),
    PlaceKey(("t",), "table", "hold it against all cases"),
    PlaceKey(("f",), "filter", "only some point, case, level; only waiting ones"),
    PlaceKey(("space",), "mark", "mark it"),
    PlaceKey(("p",), "pattern", "a pattern over the marked ones"),
    PlaceKey(("x",), "remove", "remove it"),
)

PARTS = (
    PlaceKey(OPEN, "open", "read it in the transcript"),
    PlaceKey(("a",), "add", "add words that you infer"),
    PlaceKey(("r",), "reword", "its words, its element, said or inferred"),
    PlaceKey(("J",), "later", "further down among its element"),
    PlaceKey(("K",), "earlier", "further up"),
    PlaceKey(("x",), "remove", "take it out; the coding stays"),
)

CROSS_CASE = (
    PlaceKey(("p",), "present", "say whether an element was there"),
    PlaceKey(OPEN, "open", "the case from within"),
)

CODEBOOK = (
    PlaceKey(OPEN, "open", "its quotes"),
    PlaceKey(("n",), "new", "a new code"),
    PlaceKey(("r",), "rename", "rename it"),
    PlaceKey(("d",), "define", "say what it means"),
    PlaceKey(("p",), "move", "put it under another code"),
    PlaceKey(("J",), "later", "further down"),
    PlaceKey(("K",), "earlier", "further up"),
    PlaceKey(("m",), "merge", "merge it into another; first what that would do"),
    PlaceKey(("s",), "split", "split off a new code with some of its codings"),
    PlaceKey(("x",), "remove", "remove it"),
)

QUOTES = (
    PlaceKey(OPEN, "open", "read it in its transcript"),
    PlaceKey(("space",), "mark", "mark it"),
    PlaceKey(("a",), "mark_all", "mark all, or none"),
    PlaceKey(("c",), "recode", "re-code the marked ones"),
    PlaceKey(("plus",), "judge('supports')", "they support the point"),
    PlaceKey(("minus",), "judge('refutes')", "they speak against it"),
    PlaceKey(("tilde", "equals_sign"), "judge('refines')", "they refine it"),
    PlaceKey(("greater_than_sign",), "judge('extends')", "they extend it"),
    PlaceKey(("exclamation_mark",), "judge('rival')", "they speak for a rival explanation"),
    PlaceKey(("asterisk",), "rate", "how strong, relevant and rigorous, and why"),
    PlaceKey(("b",), "best", "best quote, or no longer"),
    PlaceKey(("n",), "memo", "its memo"),
    PlaceKey(("s",), "sort", "sort by something else"),
    PlaceKey(("f",), "filter", "only some point, case, stance, ..."),
    PlaceKey(("x",), "remove", "remove the marked ones"),
)

STALE = (
    PlaceKey(OPEN, "open", "open it in the transcript"),
    PlaceKey(("y",), "confirm", "it stands against the new wording as well"),
    PlaceKey(("plus",), "judge('supports')", "it supports the new wording"),
    PlaceKey(("minus",), "judge('refutes')", "it speaks against it"),
    PlaceKey(("tilde", "equals_sign"), "judge('refines')", "it refines it"),
    PlaceKey(("x",), "withdraw", "no judgement any more"),
)

SOURCES = (
    PlaceKey(OPEN, "open", "read it"),
    PlaceKey(("n",), "next_uncoded", "the next one without your codings"),
    PlaceKey(("o",), "arrange", "by case, or by role"),
    PlaceKey(("c",), "bind", "its kind, cases, role, person, round and date"),
)

CASES = (
    PlaceKey(OPEN, "open", "its quotes"),
    PlaceKey(("s",), "summary", "the case in your own words"),
    PlaceKey(("t",), "theme", "what it says to a point, in your own words"),
    PlaceKey(("a",), "attributes", "its attributes"),
    PlaceKey(("A",), "new_attribute", "a new attribute"),
    PlaceKey(("K",), "kind", "what kind an attribute is, and its pick-list"),
    PlaceKey(("c",), "configurations", "its configurations"),
    PlaceKey(("m",), "measures", "its measures on ladders"),
    PlaceKey(("n",), "new", "a new case"),
    PlaceKey(("r",), "rename", "rename it"),
    PlaceKey(("x",), "remove", "remove it, where nothing refers to it"),
)

MEASURES = (
    PlaceKey(("a",), "add", "add a measure"),
    PlaceKey(("r",), "change", "its name and note"),
    PlaceKey(("p",), "place", "put it on a step of a ladder"),
    PlaceKey(("x",), "remove", "remove it"),
)

JOURNAL = (PlaceKey(("U",), "undo_back_to", "undo all acts from this one on"),)

FINDINGS = (
    PlaceKey(OPEN, "open", "go to the place"),
    PlaceKey(("c",), "check", "look whether the whole study is sound"),
)

REPORTS = (
    PlaceKey(OPEN, "open", "read the table"),
    PlaceKey(("w",), "write", "write it to a file: .csv, .md, .xlsx, .docx"),
)

TABLE = (
    PlaceKey(OPEN, "open", "its quotes, or what it is about"),
    PlaceKey(("w",), "write", "write it to a file: .csv, .md, .xlsx, .docx"),
)

MATRIX = (
    PlaceKey(OPEN, "enter", "the quotes of the cell"),
    PlaceKey(("r",), "arrange('rows')", "choose the rows"),
    PlaceKey(("c",), "arrange('columns')", "choose the columns"),
    PlaceKey(("s",), "swap", "swap them"),
    PlaceKey(("f",), "filter", "only some point, case, stance, ..."),
    PlaceKey(("w",), "write", "write what is seen to a .csv file"),
)

FIRST_STEPS = (PlaceKey(OPEN, "open", "do this step"),)

BY_PLACE: Mapping[str, tuple[PlaceKey, ...]] = {
    "On every screen beside the text": ALWAYS,
    "Programme theory": THEORY,
    "Wordings of a point": HISTORY,
    "Configurations": CONFIGURATIONS,
    "Parts of a configuration": PARTS,
    "A configuration and all cases": CROSS_CASE,
    "Codebook": CODEBOOK,
    "Quotes": QUOTES,
    "Look again": STALE,
    "Sources": SOURCES,
    "Cases": CASES,
    "Measures": MEASURES,
    "Journal": JOURNAL,
    "Findings": FINDINGS,
    "Reports": REPORTS,
    "A table": TABLE,
    "Matrix": MATRIX,
    "First steps": FIRST_STEPS,
}
"""The keys of all these screens, as the card and the docs list them."""
