"""Paragraphs: which lines of a page run on into each other, over columns and pages, and where a new one begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcripts.readers.pdf_columns import Line
from transcripts.readers.pdf_hyphens import Hyphens
from transcripts.speaking.speaker_labels import strength_of

BLANK = 1.35
"""A space this much wider than between the lines of a paragraph parts paragraphs."""
_INDENT = 0.7
"""In heights of a letter."""
_EDGE = 0.06
"""The share of a line's width within which lines end at the same edge."""
_TIME = r"[\[(]?\d[\d:.,]{3,11}[\])]?"
_LABEL = re.compile(rf"\W{{0,3}}(?:{_TIME}\s+)?\W{{0,2}}([^\W_][^:\n\t\[\](]{{0,40}}?)\s?(?:{_TIME}\s*)?:")
_TIMED_LABEL = re.compile(rf"{_TIME}\s+(\D{{1,40}})|(\D{{1,40}}?)\s+{_TIME}")
_BULLET = re.compile(r"[–—•·*▪-]\s")
_STOPS = (".", "?", "!", ":", "…", "”", '"', "»", ")", "]")


@dataclass(frozen=True, slots=True)
class Joined:
    """How a line follows the one before: ``between`` in the text, after taking a hyphen off its end."""

    between: str
    drops_hyphen: bool = False


class Layout:
    """What the lines of a file have in common: how far they stand apart, where they begin and end, who speaks."""

    def __init__(self, lines: Sequence[Line], leading: float) -> None:
        self._leading = leading
        columns: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            columns[line.column].append(line)
        self._edges = {column: _right_edge(those) for column, those in columns.items()}
        self._starts = {column: _commonest_start(those) for column, those in columns.items()}
        self._hyphens = Hyphens([line.text for line in lines])
        self._begins_paragraphs = self._marks(lines)

    def join(self, before: Line, line: Line, paragraph: Line) -> Joined:
        """How a line follows the one before it; ``paragraph`` is the first line of the paragraph so far."""
        if line.joint == "\n":
            return Joined("\n")
        if line.joint == "\t":
            return Joined("\t")
        if line.joint != " " and (parted := self._parted(before, line, paragraph)):
            return Joined(parted)
        return Joined(*self._hyphens.join(before.text, line.text))

    def _parted(self, before: Line, line: Line, paragraph: Line) -> str:
        """The line ends that part two paragraphs; "" where the line goes on."""
        apart = before.page == line.page and before.column == line.column and before.y > line.y
        if apart and self._leading and before.y - line.y > BLANK * max(self._leading, 0.8 * line.height):
            return "\n\n"
        if self._hyphens.is_broken(before.text, line.text):
            return ""
        begins = self._is_indented(before, line, paragraph) if apart else False
        if begins or self._would_fit(before, line) or self._has_mark(before, line) or _differ_in_size(before, line):
            return "\n"
        return ""

    def _would_fit(self, before: Line, line: Line) -> bool:
        """Whether the first word of a line had room on the line before: then somebody ended that line."""
        space = 0.3 * line.height
        return before.x1 + space + line.first_word <= self._edges[before.column] - space

    def _is_indented(self, before: Line, line: Line, paragraph: Line) -> bool:
        """A first line that begins further in, or further out, than the lines of its column do."""
        far = _INDENT * line.height
        start = self._starts[line.column]
        if paragraph.hang is not None and abs(line.x0 - paragraph.hang) <= far:
            return False
        if line.x0 < before.x0 - far:
            return before is not paragraph and before.x0 <= start + far
        return line.x0 > before.x0 + far and line.x0 > start + far

    def _has_mark(self, before: Line, line: Line) -> bool:
        label = _label_of(line.text)
        if label is not None:
            return label in self._begins_paragraphs or strength_of(label) in ("code", "role")
        if _BULLET.match(line.text) is None or "-" not in self._begins_paragraphs:
            return False
        return before.text.rstrip().endswith(_STOPS)

    def _marks(self, lines: Sequence[Line]) -> frozenset[str]:
        """Labels, and dashes as "-", that begin lines which are paragraphs for another reason."""
        found = set()
        for before, line in pairwise(lines):
            mark = _label_of(line.text) or ("-" if _BULLET.match(line.text) else None)
            if mark is not None and mark not in found:
                wide = before.y - line.y > BLANK * self._leading or before.page != line.page
                if (self._leading and wide) or self._would_fit(before, line):
                    found.add(mark)
        return frozenset(found)


def _label_of(text: str) -> str | None:
    """The label that a line begins with, or that is with a time all there is on it."""
    for match in (_LABEL.match(text), _TIMED_LABEL.fullmatch(text)):
        label = match[match.lastindex or 0] if match else ""
        if label and strength_of(label):
            return label
    return None


def _differ_in_size(before: Line, line: Line) -> bool:
    """A heading and its text."""
    return max(before.height, line.height) > 1.25 * min(before.height, line.height)


def _right_edge(lines: Sequence[Line]) -> float:
    """Where lines are full: the furthest right at which more than one line ends."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    width = ends[0] - min(line.x0 for line in lines)
    needed = 2 if len(lines) < 20 else 3
    for place, end in enumerate(ends[: len(ends) - needed + 1]):
        if end - ends[place + needed - 1] <= _EDGE * width:
            return end
    return ends[0]


def _commonest_start(lines: Sequence[Line]) -> float:
    return float(Counter(round(line.x0) for line in lines).most_common(1)[0][0])
