"""Rows of a page: the words that stand on one line from edge to edge, before columns are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from transcripts.readers.pdf_words import Page, Word

TAB_GAP = 2.0
"""A space wider than this, in heights of a letter, is a tab: nobody sets words so far apart."""
_STRETCHED = 2.0
_SAME_LINE = 0.3
_RAISED = 0.6
_APART = 0.5
_TOUCHING = 0.35


@dataclass(slots=True)
class Row:
    """Words on one line, from left to right. ``margin`` is the number that stood beside them; "" where none did."""

    words: list[Word]
    y: float
    page: int
    margin: str = ""

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def height(self) -> float:
        return max((word.height for word in self.words), default=1.0)


@dataclass(slots=True)
class Sheet:
    """A page in rows from top to bottom.

    ``askew`` is text at an angle to the rest, such as a stamp; ``hidden`` what stands in the rows but cannot be seen;
    ``unseen`` rows that stand outside the page; ``last_margin`` the numbers in the margin below the last row.
    """

    page: int
    rows: list[Row]
    askew: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    last_margin: str = ""


def text_of(words: Sequence[Word]) -> str:
    """Words of one row as text: a tab where they stand far apart."""
    tabs = tabs_of(words)
    text = words[0].text if words else ""
    for place, (before, word) in enumerate(pairwise(words)):
        if tabs[place]:
            text += "\t"
        elif not word.glued or word.x0 - before.x1 > _TOUCHING * max(word.height, before.height):
            text += " "
        text += word.text
    return text


def tabs_of(words: Sequence[Word]) -> list[bool]:
    """For each space in a row whether it is a tab: wide, and wider than the others, as in a line stretched to its edges
    it is not.
    """
    gaps = [(word.x0 - before.x1) / max(word.height, before.height) for before, word in pairwise(words)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    return [gap > max(TAB_GAP, _STRETCHED * usual) for gap in gaps]


def leading_of(sheets: Iterable[Sheet]) -> float:
    """The distance between lines of one paragraph, in points: the smallest that is common; 0 where there is none."""
    gaps: Counter[float] = Counter()
    for sheet in sheets:
        for upper, lower in pairwise(sheet.rows):
            gap = upper.y - lower.y
            if 0.7 * min(upper.height, lower.height) <= gap <= 4 * max(upper.height, lower.height):
                gaps[round(2 * gap) / 2] += 1
    common = [gap for gap in gaps if gaps[gap] + gaps[gap - 0.5] + gaps[gap + 0.5] >= 0.15 * gaps.total()]
    return min(common, default=0.0)


def sheets(pages: Iterable[Page]) -> list[Sheet]:
    """The pages in rows. What stands outside a page is left out where it can be seen on some page:
    programs that print a long picture in pages write all of it on each.
    """
    made = [(page, _rows(page, off_page=False), _rows(page, off_page=True)) for page in pages]
    if not any(rows for _, rows, _ in made):
        made = [(page, outside, []) for page, _, outside in made]
    seen = {stretch for _, rows, _ in made for row in rows for stretch in _stretches(row)}
    found = []
    for page, rows, outside in made:
        unseen = [row for row in outside if not seen.issuperset(_stretches(row))]
        seen.update(stretch for row in unseen for stretch in _stretches(row))
        hidden = [text_of([word for word in row.words if word.hidden]) for row in rows]
        askew = [" ".join(word.text for word in run) for run in _askew(page.words)]
        found.append(Sheet(page.number, rows, askew, list(filter(None, hidden)), [row.text for row in unseen]))
    return found


def _stretches(row: Row) -> list[str]:
    """The words of a row in stretches that stand apart: a number in the margin, and the words beside it."""
    stretches = [[row.words[0]]]
    for before, word in pairwise(row.words):
        if word.x0 - before.x1 > _APART * row.height:
            stretches.append([])
        stretches[-1].append(word)
    return [text_of(stretch) for stretch in stretches]


def _rows(page: Page, *, off_page: bool) -> list[Row]:
    upright = [word for word in page.words if word.angle == 0 and word.off_page == off_page]
    rows: list[Row] = []
    for word in sorted(_levelled(upright), key=lambda word: (-word.y, word.x0)):
        if rows and rows[-1].y - word.y <= _SAME_LINE * min(word.height, rows[-1].words[-1].height):
            rows[-1].words.append(word)
        else:
            rows.append(Row([word], word.y, page.number))
    for row in rows:
        row.words.sort(key=lambda word: (word.x0, word.order))
    return rows


def _levelled(words: Sequence[Word]) -> list[Word]:
    """Raised and lowered words (the mark of a footnote) put down on the line of the word they are written with."""
    levelled = list(words)
    for place in range(1, len(levelled)):
        before, word = levelled[place - 1], levelled[place]
        height = max(before.height, word.height)
        if 0 < abs(before.y - word.y) <= _RAISED * height and abs(word.x0 - before.x1) <= _TOUCHING * height:
            if word.height < before.height:
                levelled[place] = replace(word, y=before.y)
            else:
                levelled[place - 1] = replace(before, y=word.y)
    return levelled


def _askew(words: Sequence[Word]) -> list[list[Word]]:
    """Words at an angle, in runs as they were written."""
    runs: list[list[Word]] = []
    for word in words:
        if word.angle and not word.off_page:
            if runs and runs[-1][-1].order == word.order - 1 and runs[-1][-1].angle == word.angle:
                runs[-1].append(word)
            else:
                runs.append([word])
    return runs
