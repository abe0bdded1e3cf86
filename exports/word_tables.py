"""Tables of reports in Word, whose numbers lead to the words behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from cmo.records import StudyInfo
from cmo.report.table import Column, Entry, ReportTable
from exports.template import Look
from exports.word_document import MOST_UPRIGHT, WordDocument
from exports.word_numbers import Mark, Numbers

WIDE_ROOM, UPRIGHT_ROOM = 150.0, 100.0
"""Characters of a table's text that stand side by side on a page, by how it is turned."""
LEAST_OF_KIND = {"text": 5.0, "count": 5.0, "number": 5.0, "quote": 12.0, "words": 9.0}
MOST_LEAST, MOST_WIDTH = 16.0, 60.0
"""The widest that a column is made for its longest word, and for its text (characters)."""
BESIDE = 3.0
"""Characters that the margins of a cell take."""
SHAPE = 2.4
"""Characters of width for each square root of a text's length: about three times as wide as it is tall."""
TALLEST = 0.6
"""The least part of that width, so that no text becomes a tall pillar."""
LONG = 40
"""Characters of a first line from which on it is text to read, with what it leads to behind it."""


@dataclass(frozen=True, slots=True)
class Width:
    """How many characters a column needs for its longest word, and how many its text would like."""

    least: float
    liked: float


def write_table(document: WordDocument, table: ReportTable, numbers: Numbers | None = None) -> None:
    """A table with its notes; what counts or tells codings leads to their words where there are ``numbers``.

    Quotes are named by their numbers there, because they stand elsewhere in full. A table that is too wide for a page
    goes on below, with its first column again.
    """
    room = WIDE_ROOM if len(table.columns) > MOST_UPRIGHT else UPRIGHT_ROOM
    named = numbers is not None
    needed = [_width(column, [row[at] for row in table.rows], named) for at, column in enumerate(table.columns)]
    for block in blocks([width.least for width in needed], room):
        shares = fitted([needed[at] for at in block], room)
        grid = document.table([table.columns[at].head for at in block], shares)
        for entries in table.rows:
            cells = document.add_row(grid)
            for place, (cell, at) in enumerate(zip(cells, block, strict=True)):
                is_repeated = place == 0 and block[1:2] != [1]
                entry = entries[at]
                if numbers is None or is_repeated or not entry.codings or entry.value in (None, 0):
                    document.fill(cell, _words(entry))
                else:
                    mark = numbers.mark(entry.codings, table.title, _first(entries[0]), table.columns[at].head)
                    _fill(document, cell, entry, mark, numbers)
        document.paragraph("")
    for note in table.notes:
        document.paragraph(note, is_dim=True)


def _width(column: Column, entries: Sequence[Entry], named: bool) -> Width:
    """``named``: whether quotes are told by their numbers alone."""
    texts = [_words(entry) for entry in entries if not (named and entry.is_quotes)]
    longest_word = max((len(word) for text in (column.head, *texts) for word in text.split()), default=0)
    longest_line = max((len(line) for text in texts for line in text.split("\n")), default=0)
    shaped = min(SHAPE * sqrt(max(map(len, texts), default=0)), longest_line, MOST_WIDTH)
    least = max(LEAST_OF_KIND[column.kind], min(longest_word, MOST_LEAST), TALLEST * shaped)
    return Width(least + BESIDE, max(least, shaped) + BESIDE)


def blocks(least: Sequence[float], room: float) -> list[list[int]]:
    """The columns by their places, in as few tables as a page is wide enough for; each begins with the first one."""
    found: list[list[int]] = [[0]]
    width = least[0]
    for at in range(1, len(least)):
        width += least[at]
        if width > room and len(found[-1]) > 1:
            found.append([0])
            width = least[0] + least[at]
        found[-1].append(at)
    return found


def fitted(widths: Sequence[Width], room: float) -> list[float]:
    """What each column has of the page: what it would like where there is room, and never less than it needs."""
    least, liked = sum(width.least for width in widths), sum(width.liked for width in widths)
    part = 1.0 if liked <= max(room, least) else max(room - least, 0.0) / (liked - least)
    return [width.least + part * (width.liked - width.least) for width in widths]


def _fill(document: WordDocument, cell: Any, entry: Entry, mark: Mark, numbers: Numbers) -> None:
    """What counts or tells codings: a number leads to their list, words to read are followed by it."""
    words = _words(entry)
    if entry.is_quotes:
        document.fill(cell, "", bookmark=mark.bookmark, behind=numbers.named(mark, entry.codings))
    elif len(words.split("\n")[0]) > LONG:
        behind = [(" (", None), *numbers.named(mark, entry.codings), (")", None)]
        document.fill(cell, words, bookmark=mark.bookmark, behind=behind)
    else:
        document.fill(cell, words, link=mark.target, bookmark=mark.bookmark)


def _words(entry: Entry) -> str:
    return "" if entry.value is None else str(entry.value)


def _first(entry: Entry) -> str:
    return str(entry.value or "").split("\n")[0]


def save_table(table: ReportTable, path: Path, info: StudyInfo) -> None:
    """A document of one table under its title."""
    document = WordDocument(Look(), table.title)
    document.turn(columns=len(table.columns))
    document.heading(table.title, 1)
    write_table(document, table)
    document.save(path, info)
