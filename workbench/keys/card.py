"""The key card: what all keys do, by place, in words. The card on screen, `cmo keys` and the docs are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cmo.records import Element
from workbench.keys.keymap import CODE, LIST_KEYS, Keymap
from workbench.keys.place_keys import BY_PLACE

Rows = list[tuple[str, str]]
"""Keys as they are printed, and what they do."""

USUAL = {"c": Element("C", "context"), "m": Element("M", "mechanism"), "o": Element("O", "outcome")}
"""The elements on the card of no study in particular."""

IN_PROMPT: Rows = [
    ("… 0 h", "of the overall hypothesis"),
    ("… Enter", "of the point beside the text; ↑ ↓ choose another"),
    ("… letter", "of another element, also of one that no key is left for"),
]

ELSEWHERE: Mapping[str, Rows] = {
    "In lists": [
        ("↑ ↓ j k", "next, previous"),
        ("g G", "first, last"),
        ("Enter e", "open"),
        ("esc", "back"),
    ],
    "Where you type to choose": [
        ("letters", "part of a name, a definition or the theory's words"),
        ("↑ ↓", "choose"),
        ("tab", "mark several codes; space does while nothing is typed"),
        ("Enter", "take it, or all that are marked"),
        ("esc", "leave"),
    ],
    "Rating, after *": [
        ("1–5 0", "how strong; 0: not rated"),
        ("s r g", "strength, relevance, rigour"),
        ("b", "choose it as a best quote, or no longer"),
        ("w", "write why"),
    ],
    "In the list of codings here": [
        ("space", "mark"),
        ("x", "remove the marked ones, or this one"),
        ("Enter", "work on this one"),
    ],
    "In the hits of a search": [
        ("space a", "mark, mark all"),
        ("c", "code the marked"),
        ("w x r", "only some case, role, ...; exact words; regular expression"),
        ("/", "back to the query"),
    ],
    "On the import screen": [
        ("i", "import what is left"),
        ("space a", "leave a file out or take it in again, all of them"),
        ("r l", "how files are read, a label read as another"),
        ("p t", "a profile, a sources table"),
        ("/ x", "another path, start over"),
        ("tab", "complete a path, or from the files to the details and back"),
    ],
    "In the review": [("y", "it stands as it is")],
    "In a form": [
        ("tab", "next field"),
        ("← → space", "another of a few"),
        ("space", "mark one of many"),
        ("ctrl+s f10", "save"),
        ("ctrl+l", "start over"),
        ("esc", "leave; what you typed stays until you come back"),
    ],
    **{place: [(key.shown, key.words) for key in keys] for place, keys in BY_PLACE.items()},
}
"""What keys do where no text is being coded."""


def blocks(keymap: Keymap, elements: Mapping[str, Element]) -> dict[str, Rows]:
    """What the keys of the code screen do, by group."""
    found: dict[str, Rows] = {}
    for key in keymap.keys:
        if key.keys:
            found.setdefault(key.group, []).append((key.shown, key.words))
    if elements:
        letters: Rows = [(f"{key} + number", f"{element.name} of that PT point") for key, element in elements.items()]
        found[CODE] = [*letters, *IN_PROMPT, *found[CODE]]
    return found


def place_blocks(keymap: Keymap, elements: Mapping[str, Element], *, in_text: bool) -> dict[str, Rows]:
    """The same for the place where the coder is: in a list, what works there comes first."""
    if in_text:
        return blocks(keymap, elements)
    anywhere = [(key.shown, key.words) for key in keymap.keys if key.anywhere and not LIST_KEYS & set(key.keys)]
    return {"In lists": ELSEWHERE["In lists"], "Everywhere": anywhere, **blocks(keymap, elements)}


def plain_card(keymap: Keymap, elements: Mapping[str, Element] = USUAL) -> str:
    """The whole card as plain text, to be printed."""
    parts = []
    for group, rows in {**blocks(keymap, elements), **ELSEWHERE}.items():
        width = max(len(shown) for shown, _ in rows)
        parts.append("\n".join([group, *(f"  {shown.ljust(width)}  {words}" for shown, words in rows)]))
    return "\n\n".join(parts)


def markdown_card(keymap: Keymap, elements: Mapping[str, Element] = USUAL) -> str:
    """The whole card as tables, for the docs."""
    return "\n".join(_markdown({**blocks(keymap, elements), **ELSEWHERE}))


def _markdown(groups: Mapping[str, Rows]) -> Iterable[str]:
    for group, rows in groups.items():
        yield from (f"## {group}", "", "| key | does |", "| --- | --- |")
        for shown, words in rows:
            keys = " ".join(
                f"`{name}`" if name not in ("+", "number", "…") or len(rows) == 0 else name for name in shown.split()
            )
            yield f"| {keys} | {words} |"
        yield ""


def _marked(shown: str) -> str:
    """Keys as code; ``m + number`` says what follows in plain words."""
    if shown.endswith(" + number"):
        return f"`{shown.removesuffix(' + number')}` + number"
    return " ".join(name if name == "…" else f"`{name}`" for name in shown.split())


def toml_card(keymap: Keymap, fixed: Iterable[str]) -> str:
    """The keys of all commands as a file of one's own may say them."""
    lines = ["[keys]"]
    for key in keymap.keys:
        if key.command not in fixed:
            shown = ", ".join(_quoted(name) for name in key.shown.split())
            lines.append(f"{key.command} = [{shown}]  # {key.words}")
    return "\n".join(lines)


def _quoted(name: str) -> str:
    return f"'{name}'" if '"' in name or "\\" in name else f'"{name}"'
