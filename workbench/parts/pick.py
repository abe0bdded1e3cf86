"""What the picker offers: the codes of the study, and the commands of the workbench."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench.parts.picker import Item
from workbench.parts.places import PLACES, TO
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo.records import Point
    from workbench.desk.desk import Desk
    from workbench.keys.keymap import Keymap
    from workbench.text.palette import Palette

UNLISTED = {"recent", "let_go", "count"}

FURTHER_COMMANDS = {
    "speaker": "who speaks in this turn",
    "whole_theory": "the whole theory beside the text",
    "theme": "light or dark",
    "refresh": "read the study again (what others have saved)",
}
"""Commands without a key of their own, with their words."""


def code_items(desk: Desk, palette: Palette) -> list[Item]:
    """All codes: those used last, then those used most. Codes of the theory are found by the theory's words as well."""
    points = {point.id: point for point in desk.theory.points}
    order = {code_id: place for place, code_id in enumerate(desk.recent.newest_first)}
    held = [code for code in desk.codes.values() if code.point_id is None or points[code.point_id].is_held]
    codes = sorted(held, key=lambda code: (order.get(code.id, len(order)), -code.codings))
    return [
        Item(
            id=str(code.id),
            name=code.name,
            words=" ".join(filter(None, (_words(points.get(code.point_id or 0), code.element), code.definition))),
            note=counted(code.codings, "coding") if code.codings else "",
            hue=palette.element(code.element) if code.element else None,
        )
        for code in codes
    ]


def _words(point: Point | None, element: str | None) -> str:
    if point is None:
        return ""
    return point.wording.get(element, "") if element else " → ".join(t for t in point.wording.values() if t)


def point_items(desk: Desk) -> list[Item]:
    """The points of the theory, those that the passage and the source touch first, and the whole theory."""
    touched = desk.points_touched()
    order = {label: place for place, label in enumerate(touched)}
    points = sorted(desk.theory.points, key=lambda point: order.get(point.label, len(order)))
    items = [
        Item(
            point.label,
            f"{point.label} {point.title}".strip(),
            _words(point, None),
            "in this source" if point.label in order else ("" if point.is_held else point.state),
        )
        for point in points
    ]
    return [*items, Item("", "the whole theory")]


SPEAKER = "speaker:"
"""What the id of a speaker begins with; nothing follows for a turn in which nobody is named."""
NOBODY = "(nobody named)"


def speaker_items(desk: Desk) -> list[Item]:
    """The speakers of the open source, those with most turns first, and nobody."""
    turns = desk.reading.turns if desk.reading else ()
    spoken = Counter(turn.label for turn in turns if turn.label)
    about = {turn.label: " · ".join(filter(None, (turn.participant, turn.role))) for turn in turns}
    listed = [
        Item(SPEAKER + label, label, about[label], counted(number, "turn")) for label, number in spoken.most_common()
    ]
    return [*listed, Item(SPEAKER, NOBODY)]


OPEN = "open:"
"""What the id of a source to open begins with."""


def everything(desk: Desk, keymap: Keymap) -> list[Item]:
    """All commands, then all screens and all sources: what the palette reaches."""
    sources = [Item(f"{OPEN}{s.id}", s.name, " ".join(filter(None, (s.case, s.role))), "open") for s in desk.sources]
    places = [Item(TO + place.name, place.name, place.words, "go") for place in PLACES]
    return command_items(keymap) + places + sources


def command_items(keymap: Keymap) -> list[Item]:
    """All commands."""
    listed = (key for key in keymap.keys if key.command not in UNLISTED)
    return [
        *(Item(key.command, key.words, key.group, key.shown) for key in listed),
        *(Item(command, words) for command, words in FURTHER_COMMANDS.items()),
    ]
