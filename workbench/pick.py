"""What the picker offers: the codes of the study, and the commands of the workbench."""

from __future__ import annotations

from collections import Counter

from cmo.records import Point
from workbench.desk import Desk
from workbench.keymap import KEYS
from workbench.palette import Palette
from workbench.picker import Item
from workbench.words import counted

UNLISTED = {"recent", "let_go"}

FURTHER_COMMANDS = {
    "extends": "this passage extends the point",
    "rival": "this passage speaks for a rival explanation",
    "speaker": "who speaks in this turn",
    "whole_theory": "the whole theory beside the text",
    "theme": "light or dark",
    "refresh": "read the study again (what others have saved)",
}
"""Commands without a key of their own, with their words."""


def code_items(desk: Desk, palette: Palette) -> list[Item]:
    """All codes, those used last first. Codes of the theory are found by the theory's words as well."""
    points = {point.id: point for point in desk.theory.points}
    order = {code_id: place for place, code_id in enumerate(desk.recent.newest_first)}
    codes = sorted(desk.codes.values(), key=lambda code: order.get(code.id, len(order)))
    return [
        Item(
            id=str(code.id),
            name=code.name,
            words=_words(points.get(code.point_id or 0), code.element) or code.definition,
            note=counted(code.codings, "coding") if code.codings else "",
            hue=palette.element(code.element) if code.element else None,
        )
        for code in codes
    ]


def _words(point: Point | None, element: str | None) -> str:
    if point is None:
        return ""
    return point.wording.get(element, "") if element else " → ".join(t for t in point.wording.values() if t)


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


def everything(desk: Desk) -> list[Item]:
    """All commands, then all sources: what the palette reaches."""
    sources = [Item(f"{OPEN}{s.id}", s.name, " ".join(filter(None, (s.case, s.role))), "open") for s in desk.sources]
    return command_items() + sources


def command_items() -> list[Item]:
    """All commands."""
    with_key = [Item(key.command, key.words, key.group, key.shown) for key in KEYS if key.command not in UNLISTED]
    return with_key + [Item(command, words) for command, words in FURTHER_COMMANDS.items()]
