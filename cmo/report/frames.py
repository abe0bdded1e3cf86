"""Code frames side by side: the passages that stand under a code of another frame and under a point of the theory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select

from cmo.report.ground import Ground
from cmo.report.table import Body, Column, Entry
from codebook.records import Code
from store.schema import codings, excerpts


class _Place(NamedTuple):
    """A coding where it stands, in code points of a source's version."""

    version_id: int
    start: int
    end: int
    excerpt_id: int
    coding_id: int
    code_id: int


def table(ground: Ground) -> Body:
    """Top-level codes that belong to no point, with the codes below them, against the points."""
    say = ground.say
    top_of = top_codes(ground.codes)
    frames = [code for code in ground.codes if code.parent_id is None and code.point_id is None]
    points = [point.label for point in ground.theory.points]
    under, both = _under(ground, top_of)
    columns = (
        Column(say("Code")),
        *(Column(label, "count") for label in points),
        Column(say("All excerpts"), "count"),
        Column(say("Under no point"), "count"),
    )
    rows = []
    for code in frames:
        everything = under[code.id]
        shared = {coding for label in points for coding in both[code.id, label]}
        alone = {coding: excerpt for coding, excerpt in everything.items() if coding not in shared}
        rows.append(
            (
                Entry(code.name, about=("code", code.name)),
                *(_entry(both[code.id, label]) for label in points),
                _entry(everything),
                _entry(alone),
            )
        )
    notes = (
        say("A row is a top-level code that belongs to no point, together with the codes below it."),
        say("A number counts its excerpts that share at least one character with an excerpt coded to the point."),
        say("An excerpt can stand under several points and is counted once in all."),
    )
    return Body(columns, rows, notes)


def top_codes(codes: list[Code]) -> dict[int, int]:
    """The code at the top of each code's branch; a code of the theory has none."""
    parents = {code.id: code.parent_id for code in codes if code.point_id is None}
    tops = {}
    for code_id in parents:
        top, seen = code_id, {code_id}
        while (parent := parents.get(top)) in parents and parent not in seen:
            top = parent
            seen.add(top)
        tops[code_id] = top
    return tops


Counted = dict[int, int]
"""Excerpt ids by coding id."""


def _under(ground: Ground, top_of: dict[int, int]) -> tuple[dict[int, Counted], dict[tuple[int, str], Counted]]:
    """The excerpts under each top code, and those that share text with one of a point."""
    point_of = {code.id: code.point for code in ground.codes if code.point is not None}
    under: dict[int, Counted] = defaultdict(dict)
    both: dict[tuple[int, str], Counted] = defaultdict(dict)
    for _, places in groupby(_places(ground), key=lambda place: place.version_id):
        open_frames: list[_Place] = []
        open_points: list[_Place] = []
        for place in places:
            open_frames = [other for other in open_frames if other.end > place.start]
            open_points = [other for other in open_points if other.end > place.start]
            if place.code_id in point_of:
                open_points.append(place)
                pairs = [(frame, place) for frame in open_frames]
            else:
                open_frames.append(place)
                under[top_of[place.code_id]][place.coding_id] = place.excerpt_id
                pairs = [(place, point) for point in open_points]
            for frame, point in pairs:
                both[top_of[frame.code_id], point_of[point.code_id]][frame.coding_id] = frame.excerpt_id
    return under, both


def _places(ground: Ground) -> Iterator[_Place]:
    """Every coding, source by source in the order of the text."""
    query = (
        select(excerpts.c.version_id, excerpts.c.start, excerpts.c.end, excerpts.c.id, codings.c.id, codings.c.code_id)
        .join(codings, codings.c.excerpt_id == excerpts.c.id)
        .order_by(excerpts.c.version_id, excerpts.c.start, excerpts.c.end, codings.c.id)
    )
    return (_Place(*row) for row in ground.conn.execute(query))


def _entry(counted: Counted) -> Entry:
    return Entry(len(set(counted.values())), tuple(sorted(counted)))
