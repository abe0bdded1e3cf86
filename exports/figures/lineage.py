"""How the theory came to be: every wording of every point, and the decisions that lead from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cmo.report.ground import Ground
from cmo.report.words import Words
from cmo.theory.lineage import lineage
from cmo.theory.records import Lineage, LineageStep, PointVersion
from exports.figures.drawing import DIM, LINE, SOFT, Drawing, wrapped

BOX, GAP, ROW, LABEL, TOP, PAD = 200.0, 90.0, 92.0, 16.0, 50.0, 8.0
MOST_LINES = 4
ENDED = "4 3"
"""The edge of a wording that is no longer in force."""


class _Spot(NamedTuple):
    """A wording where it is drawn."""

    version: PointVersion
    x: float
    y: float


def drawing(ground: Ground, title: str) -> Drawing:
    found = lineage(ground.conn)
    spots = _spots(found)
    columns = max((round((spot.x - LABEL) / (BOX + GAP)) for spot in spots.values()), default=0) + 1
    bottom = max((spot.y for spot in spots.values()), default=TOP) + ROW
    sheet = Drawing(LABEL + columns * (BOX + GAP) + 40, bottom + 30, title)
    sheet.words(10, 26, title, size=16, bold=True)
    left_behind = {step.before.id for step in found.steps}
    for step in found.steps:
        _draw_step(sheet, step, spots, ground.say)
    new = _new_words(found)
    for spot in spots.values():
        words = new.get(spot.version.id, spot.version.sentence)
        _draw(sheet, spot, words, spot.version.id in left_behind)
    sheet.words(10, bottom + 10, _notes(ground.say), size=11, fill=DIM)
    return sheet


def _spots(found: Lineage) -> dict[int, _Spot]:
    """Where each wording stands: a row for each point, one column further right than what it came from."""
    depth = _depths(found)
    points = list(dict.fromkeys(version.point for version in found.versions))
    return {
        version.id: _Spot(version, LABEL + depth[version.id] * (BOX + GAP), TOP + points.index(version.point) * ROW)
        for version in found.versions
    }


def _depths(found: Lineage) -> dict[int, int]:
    """How many steps lie behind each wording."""
    depth = {version.id: 0 for version in found.versions}
    onward = [(step.before.id, step.after.id) for step in found.steps if step.after and step.after != step.before]
    for _ in found.versions:  # never more rounds than there are wordings
        changed = False
        for before, after in onward:
            if depth[after] <= depth[before]:
                depth[after], changed = depth[before] + 1, True
        if not changed:
            break
    return depth


def _new_words(found: Lineage) -> dict[int, str]:
    """What is new in each wording of a point that came from another one of it: a box has no room for all of it."""
    versions = {version.id: version for version in found.versions}
    new: dict[int, str] = {}
    for step in found.steps:
        if step.after is None or step.after.point != step.before.point:
            continue
        before, after = versions[step.before.id], versions[step.after.id]
        changed = [(letter, words) for letter, words in after.wording.items() if words != before.wording.get(letter)]
        if changed:
            new[after.id] = " ".join(f"{letter}: {words or '–'}" for letter, words in changed)
    return new


def _draw(sheet: Drawing, spot: _Spot, words: str, is_left_behind: bool) -> None:
    version = spot.version
    fill = SOFT[2] if not is_left_behind else SOFT[4]
    height = ROW - 18
    sheet.box(spot.x, spot.y, BOX, height, fill=fill, firm=not is_left_behind, dash=ENDED if is_left_behind else "")
    sheet.words(spot.x + PAD, spot.y + 15, str(version.name), bold=True, size=11)
    for at, line in enumerate(wrapped(words, BOX - 2 * PAD, size=9.5, most=MOST_LINES)):
        sheet.words(spot.x + PAD, spot.y + 30 + (LINE - 3) * at, line, size=9.5)


def _draw_step(sheet: Drawing, step: LineageStep, spots: Mapping[int, _Spot], say: Words) -> None:
    before = spots[step.before.id]
    start = before.x + BOX, before.y + (ROW - 18) / 2
    if step.after is None:
        sheet.line([start, (start[0] + 24, start[1])])
        sheet.words(start[0] + 28, start[1] + 4, f"✕ {say(step.kind)}", size=11)
    elif step.after.id != step.before.id:
        after = spots[step.after.id]
        end = after.x - 2, after.y + (ROW - 18) / 2
        sheet.line([start, end], arrow=True)
        sheet.words((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 5, say(step.kind), size=11, anchor="middle")


def lines(ground: Ground) -> list[str]:
    """The same for a terminal: each wording, and under it where it went."""
    found, say = lineage(ground.conn), ground.say
    told: list[str] = []
    for version in found.versions:
        told.append(f"{version.name}  {version.sentence}")
        for step in found.steps:
            if step.before.id == version.id:
                told.append(f"  {say(step.kind)} → {step.after or '✕'}")
    return told or [say("Nothing yet.")]


def _notes(say: Words) -> str:
    return " ".join(
        (
            say("Strong edge: in force. Dashed edge: an earlier wording, or a point that was given up."),
            say("A later wording is told by what is new in it."),
        )
    )
