"""Lines of a page in the order in which they are read: columns one after the other, tables row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from transcripts.readers.pdf_rows import TAB_GAP, Row, Sheet, tabs_of, text_of
from transcripts.readers.pdf_words import Word

Joint = Literal["", " ", "\t", "\n"]

_FEWEST_ROWS = 3
"""So many rows on either side make a gutter."""
_FEWEST_LIKELY = 8
"""So many where a program wrote on from side to side and the space is no wider than between words set far apart."""
_GUTTER = 0.6
"""Its least width, in heights of a letter."""
_NARROWEST_COLUMN = 8.0
"""In heights of a letter: about 16 letters. What is narrower is a column of labels or times."""
_DEEPEST = 6
"""So often is a page parted again: enough for four columns over a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column, in points. ``joint`` is what stands between it and the line before, where the layout says
    so: a space within a cell, a tab between cells, an end of line before a row; "" where the words have to say it.

    ``column`` tells apart columns that differ in where they begin; ``hang`` is where the words after a first tab begin.
    """

    text: str
    x0: float
    x1: float
    y: float
    height: float
    page: int
    column: int
    first_word: float
    joint: Joint = ""
    margin: str = ""
    hang: float | None = None


def lines_of(sheet: Sheet) -> list[Line]:
    """The lines of a page in reading order."""
    rows = sheet.rows
    left = min((row.words[0].x0 for row in rows), default=0.0)
    return list(_read(rows, left, _DEEPEST))


def _read(rows: Sequence[Row], left: float, depth: int) -> Iterator[Line]:
    gutter = _gutter(rows, left) if depth else None
    if gutter is None:
        yield from (_line(row.words, row, left) for row in rows)
        return
    x, first, end = gutter
    yield from _read(rows[:first], left, depth - 1)
    inside = rows[first:end]
    if _are_columns(inside, x):
        for side, edge in ((_side(inside, x, right=False), left), (_side(inside, x, right=True), x)):
            yield from _read(side, edge, depth - 1)
    else:
        yield from _table(inside, x, left)
    yield from _read(rows[end:], left, depth - 1)


def _line(words: Sequence[Word], row: Row, left: float, joint: Joint = "") -> Line:
    first_tab = next((word.x0 for word, tab in zip(words[1:], tabs_of(words), strict=True) if tab), None)
    return Line(
        text_of(words),
        words[0].x0,
        max(word.x1 for word in words),
        row.y,
        row.height,
        row.page,
        round(left / 12),
        words[0].x1 - words[0].x0,
        joint,
        row.margin,
        first_tab,
    )


def _side(rows: Sequence[Row], x: float, *, right: bool) -> list[Row]:
    """The part of each row on one side of a gutter; the number in a margin goes with what stands leftmost."""
    parts = []
    for row in rows:
        words = [word for word in row.words if (word.x0 >= x - 1) == right]
        if words:
            parts.append(Row(words, row.y, row.page, row.margin if words[0] is row.words[0] else ""))
    return parts


def _gutter(rows: Sequence[Row], left: float) -> tuple[float, int, int] | None:
    """The left edge of a right column, and the rows (first, end) over which nothing crosses into it."""
    sure: Counter[int] = Counter()
    likely: Counter[int] = Counter()
    for row in rows:
        if row.words[0].x0 > left + TAB_GAP * row.height:
            sure[round(row.words[0].x0)] += 1
        for before, word in pairwise(row.words):
            gap = (word.x0 - before.x1) / row.height
            if gap >= TAB_GAP or (gap >= _GUTTER and word.order != before.order + 1):
                sure[round(word.x0)] += 1
            elif gap >= _GUTTER:
                likely[round(word.x0)] += 1
    candidates = [*_often(sure, _FEWEST_ROWS), *_often(likely, _FEWEST_LIKELY)]
    runs = [run for x in candidates if (run := _longest_run(rows, float(x))) is not None]
    return max(runs, key=lambda run: (run[2] - run[1], -run[0]), default=None)


def _often(starts: Counter[int], least: int) -> list[int]:
    """The places that begin words on so many rows, give or take a point; the commonest first."""
    return [x for x, _ in starts.most_common(8) if starts[x - 1] + starts[x] + starts[x + 1] >= least]


def _longest_run(rows: Sequence[Row], x: float) -> tuple[float, int, int] | None:
    best: tuple[float, int, int] | None = None
    first = 0
    for place in range(len(rows) + 1):
        if place == len(rows) or _crosses(rows[place], x):
            run = _trimmed(rows, x, first, place)
            if run is not None and (best is None or run[2] - run[1] > best[2] - best[1]):
                best = run
            first = place + 1
    return best


def _crosses(row: Row, x: float) -> bool:
    """Whether words of a row stand in the gutter left of ``x``, or over it."""
    return any(word.x0 < x - 1.5 and word.x1 > x - _GUTTER * word.height for word in row.words)


def _trimmed(rows: Sequence[Row], x: float, first: int, end: int) -> tuple[float, int, int] | None:
    """The run without the rows at its ends that have words on one side only; None where too little is left."""
    sides = [(row.words[0].x0 < x - 1.5, row.words[-1].x0 >= x - 1.5) for row in rows[first:end]]
    rights = [place for place, (_, right) in enumerate(sides) if right]
    lefts = [place for place, (left, _) in enumerate(sides) if left]
    if len(rights) < _FEWEST_ROWS or len(lefts) < _FEWEST_ROWS:
        return None
    return x, first + min(lefts), first + max(*lefts, *rights) + 1


def _are_columns(rows: Sequence[Row], x: float) -> bool:
    """Whether two sides are columns of running text, to be read one after the other, and no table.

    Columns are written one after the other; a table cell by cell. Where a program wrote line by line
    over both, columns are known by their full lines.
    """
    left, right = _side(rows, x, right=False), _side(rows, x, right=True)
    height = max(row.height for row in rows)
    widths = [max(row.words[-1].x1 for row in side) - min(row.words[0].x0 for row in side) for side in (left, right)]
    if min(widths) < max(_NARROWEST_COLUMN * height, 0.35 * max(widths)):
        return False
    ordered = sorted((word.order, word.x0 >= x - 1) for row in rows for word in row.words)
    switches = sum(before[1] != after[1] for before, after in pairwise(ordered))
    return switches <= 2 or (switches >= len(rows) and all(_is_full(side) for side in (left, right)))


def _is_full(side: Sequence[Row]) -> bool:
    """Whether most lines of a column go on to its right edge."""
    start = min(row.words[0].x0 for row in side)
    edge = max(row.words[-1].x1 for row in side)
    return sum(row.words[-1].x1 > edge - 0.15 * (edge - start) for row in side) >= 0.7 * len(side)


def _table(rows: Sequence[Row], x: float, left: float) -> Iterator[Line]:
    """A table of two columns, or labels beside speech: row by row, the left cell and then the right."""
    for cells in _table_rows(rows, x):
        labels, texts = _side(cells, x, right=False), _side(cells, x, right=True)
        for place, row in enumerate(labels):
            yield _line(row.words, row, left, " " if place else "\n")
        for place, row in enumerate(texts):
            yield _line(row.words, row, x, "\t" if labels and not place else "")


def _table_rows(rows: Sequence[Row], x: float) -> Iterator[list[Row]]:
    """Rows of a table: each begins where the left side has words that were written after the right side's above."""
    cells: list[Row] = []
    written = -1
    for row in rows:
        lefts = [word.order for word in row.words if word.x0 < x - 1]
        if cells and lefts and min(lefts) > written >= 0:
            yield cells
            cells, written = [], -1
        cells.append(row)
        written = max([written, *(word.order for word in row.words if word.x0 >= x - 1)])
    if cells:
        yield cells
