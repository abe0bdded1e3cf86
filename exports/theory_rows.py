"""The programme theory as rows and columns, as spreadsheets, Word and Markdown have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cmo.records import Point, Theory
from cmo.theory.labels import label_above

Heads = list[str]
Rows = list[list[str | None]]


def theory_table(theory: Theory) -> tuple[Heads, Rows]:
    """Number and elements of every point; title, sentence, and how points stand to others, only where a point has one.

    A composed sentence is none of the point's own and is left out.
    """
    columns: list[tuple[str, Callable[[Point], str | None]]] = [("number", lambda point: point.label)]
    if _needs_titles(theory.points):
        columns.append(("title", lambda point: point.title))
    else:
        columns[0] = ("number", lambda point: point.title or point.label)
    columns += [(element.name, _words_of(element.letter)) for element in theory.elements]
    if any(point.is_sentence_own for point in theory.points):
        columns.append(("sentence", lambda point: point.sentence if point.is_sentence_own else None))
    labels = {point.label for point in theory.points}
    if any(point.parent != _usual_parent(point, labels) for point in theory.points):
        columns.append(("part of", lambda point: point.parent))
    if any(point.rival_of for point in theory.points):
        columns.append(("rival of", lambda point: point.rival_of))
    if len(theory.held) < len(theory.points):
        columns.append(("state", lambda point: point.state))
    return [head for head, _ in columns], [[value(point) for _, value in columns] for point in theory.points]


def _words_of(letter: str) -> Callable[[Point], str | None]:
    return lambda point: point.wording.get(letter)


def _needs_titles(points: Sequence[Point]) -> bool:
    """Whether titles need a column: they can stand for the number of an overall hypothesis that reads like none."""
    return any(point.title and (not point.is_overall or re.search(r"\d", point.title)) for point in points)


def _usual_parent(point: Point, labels: set[str]) -> str | None:
    """What a point is taken for a part of where no column says it."""
    above = label_above(point.label)
    return above if above in labels else None
