"""The names of keys: as the terminal's library calls them, as they are printed, and as people write them in a file."""

from __future__ import annotations

import unicodedata
from string import ascii_letters, ascii_lowercase, digits, punctuation

_PRINTED = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "escape": "esc",
    "enter": "Enter",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "space": "space",
    "tab": "tab",
}
_MODIFIERS = ("ctrl", "shift", "alt")
_OWN_USE = set("cqmijhz")
"""Letters that with ctrl leave, suspend, or are sent by terminals for another key."""


def name_of(character: str) -> str:
    """The library's name of a printable character: ``plus`` for ``+``; letters and digits are their own names."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}

_CHARACTERS = {name_of(character): character for character in punctuation + "´¨¤½§£€«»æøåÆØÅäöüÄÖÜßéÉ"}

BINDABLE: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *ascii_letters,
            *digits,
            *_CHARACTERS,
            *_PRINTED,
            *(f"ctrl+{letter}" for letter in ascii_lowercase if letter not in _OWN_USE),
            "ctrl+q",
            *(f"f{number}" for number in range(1, 13)),
            *(f"{modifier}+{arrow}" for modifier in _MODIFIERS for arrow in ("up", "down", "left", "right")),
            *(f"{modifier}+{key}" for modifier in ("ctrl", "shift") for key in ("home", "end", "pageup", "pagedown")),
            *(f"ctrl+shift+{arrow}" for arrow in ("up", "down", "left", "right")),
            "shift+tab",
        ]
    )
)
"""Every key that a command can be put on."""


def printed(key: str) -> str:
    """A key as it is printed on the card: ``shift+↓``, ``}``, ``F2``."""
    *modifiers, last = key.split("+")
    if last in _CHARACTERS:
        last = _CHARACTERS[last]
    elif last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _PRINTED.get(last, last)])


_READ = {printed(key).casefold(): key for key in BINDABLE if len(key) > 1 and key not in _CHARACTERS} | {
    "esc": "escape",
    "return": "enter",
    "page up": "pageup",
    "page down": "pagedown",
}


def read_key(written: str) -> str | None:
    """The library's name of a key as people write it, in upper or lower case: ``Ctrl+R``, ``PgDn``, ``+``, ``slash``.

    A single letter is taken as it stands: ``g`` and ``G`` are two keys. None where there is no such key.
    """
    text = unicodedata.normalize("NFC", written.strip())
    if len(text) == 1 and text not in _READ:
        name = name_of(text)
        return name if name in BINDABLE else None
    folded = text.casefold()
    return folded if folded in BINDABLE else _READ.get(folded)
