"""What a style of turns looks at, and what it finds: lines, and openings of turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_WIDEST_WRAPPED = 120
_STOPS = frozenset('.?!:…)]"”“»«')


class Line(NamedTuple):
    """A line with something on it, in code points, without outer space."""

    start: int
    end: int
    after_blank: bool


class Opening(NamedTuple):
    """Where a turn may begin, in code points. ``line`` is the index of its line, ``stamp`` the time as written.

    ``label`` is as typed, with single spaces and without signs of emphasis; None where nobody is named.
    """

    line: int
    start: int
    speech_start: int
    label: str | None
    stamp: str = ""


class Page:
    """A normalised text and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: Sequence[Line] = list(_lines(text))

    def line_text(self, number: int) -> str:
        """The line with this index; empty beyond the last."""
        if number >= len(self.lines):
            return ""
        return self.text[self.lines[number].start : self.lines[number].end]

    def blocks(self, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
        """Paragraphs: each line, or in a text whose lines run on into each other each block of lines."""
        running = self._runs_on(lines)
        block: list[Line] = []
        for line in lines:
            if block and (line.after_blank or not running):
                yield block[0].start, block[-1].end
                block = []
            block.append(line)
        if block:
            yield block[0].start, block[-1].end

    def _runs_on(self, lines: Sequence[Line]) -> bool:
        """Whether most lines break in the middle of a sentence, as in text wrapped at a fixed width."""
        pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
        broken = sum(
            a.end - a.start <= _WIDEST_WRAPPED and self.text[a.end - 1] not in _STOPS and self.text[b.start].islower()
            for a, b in pairs
        )
        return broken > len(pairs) / 3


def runs_together(openings: Sequence[Opening]) -> bool:
    """Whether most openings have the next one on the line below: a list or a programme, with nothing said between."""
    lines = {opening.line for opening in openings}
    return sum(line + 1 in lines for line in lines) > len(lines) / 2


def as_label(typed: str) -> str:
    """A label as it is kept: with single spaces."""
    return " ".join(typed.split())


def _lines(text: str) -> Iterator[Line]:
    start, blank = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = start + len(raw) - len(raw.lstrip())
            yield Line(first, first + len(stripped), blank)
        blank = not stripped
        start += len(raw) + 1
