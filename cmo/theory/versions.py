"""Every wording of a point; how two of them differ, word by word; and how two states of the theory do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sqlalchemy import Connection

from cmo.records import Element
from cmo.theory.reading import find_point, list_versions, read_elements
from cmo.theory.records import Piece, PointDiff, PointVersion, TextDiff, TheoryDiff, TheoryState
from store import schema
from store.errors import UnknownName

SENTENCE = "sentence"
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def point_versions(conn: Connection, point: str) -> list[PointVersion]:
    """Every wording that a point had, the first one first. Raises UnknownName."""
    return list_versions(conn, schema.points.c.id == find_point(conn, point))


def get_version(conn: Connection, point: str, number: int | None = None) -> PointVersion:
    """One wording of a point by its number; the current one where None. Raises UnknownName."""
    versions = point_versions(conn, point)
    wanted = (v for v in versions if (v.is_current if number is None else v.number == number))
    found = next(wanted, None)
    if found is None:
        known = ", ".join(str(version.number) for version in versions)
        raise UnknownName(f"{versions[0].point} has no version {number}.", f"It has {known}.")
    return found


def diff_versions(conn: Connection, point: str, before: int, after: int | None = None) -> PointDiff:
    """What differs between two wordings of a point, by their numbers; ``after`` None is the current one.

    Raises:
        UnknownName: no such point or version.
    """
    pair = get_version(conn, point, before), get_version(conn, point, after)
    return point_diff(*pair, read_elements(conn))


def point_diff(before: PointVersion | None, after: PointVersion | None, elements: Sequence[Element]) -> PointDiff:
    """What differs between two wordings, element by element and in the sentence; None has no words."""
    was, now = _texts(before, elements), _texts(after, elements)
    return PointDiff(before, after, tuple(TextDiff(name, tuple(pieces(was[name], now[name]))) for name in was))


def diff_states(conn: Connection, before: TheoryState, after: TheoryState) -> TheoryDiff:
    """What differs between two states: every point that is in either, in the order of the later one, then the rest."""
    was = {version.point: version for version in before.versions}
    now = {version.point: version for version in after.versions}
    elements = read_elements(conn)
    points = (point_diff(was.get(label), now.get(label), elements) for label in dict.fromkeys((*now, *was)))
    return TheoryDiff(before.name, after.name, tuple(points))


def _texts(version: PointVersion | None, elements: Sequence[Element]) -> Mapping[str, str]:
    words = {element.name: version.wording.get(element.letter, "") if version else "" for element in elements}
    return {**words, SENTENCE: version.sentence if version else ""}


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Two texts as runs of words that both have, or one of them: those of each, joined, are the text itself.

    Runs are found by the longest blocks in common (Ratcliff and Obershelp 1988, as in :mod:`difflib`).
    """
    was, now = _WORD.findall(before), _WORD.findall(after)
    removed = added = ""
    for step, was_from, was_to, now_from, now_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, come = "".join(was[was_from:was_to]), "".join(now[now_from:now_to])
        between = bool(removed or added) and was_to < len(was) and now_to < len(now)
        if step == "equal" and not (between and gone.isspace()):
            yield from _changed(removed, added)
            removed = added = ""
            yield Piece("same", gone)
        else:  # also a space between two changes: words that are changed in a row are one change
            removed, added = removed + gone, added + come
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
