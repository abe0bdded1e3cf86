"""Tables of reports in Word, with the words behind their numbers at the end of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from cmo.records import StudyInfo
from cmo.report.ground import Said
from cmo.report.table import Column, Entry, ReportTable
from cmo.report.words import Words
from exports.template import Look
from exports.word_document import MOST_UPRIGHT, WordDocument

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
LISTED = 25
"""Quotes that are told of one number."""


class Numbers:
    """The numbers of a document and what they count: each number gets a link to its block, the block links back."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[int, ...], tuple[int, list[str]]] = {}

    def mark(self, codings: tuple[int, ...], told: str) -> tuple[str, str]:
        """The bookmark that a number leads to, and its own."""
        block, places = self._blocks.setdefault(codings, (len(self._blocks), []))
        places.append(told)
        return f"words{block}", f"number{block}_{len(places)}"

    def write(self, document: WordDocument, said: Callable[[Iterable[int]], dict[int, Said]], say: Words) -> None:
        """Every number with the words it counts."""
        for codings, (block, places) in self._blocks.items():
            backs = [(told, f"number{block}_{at}") for at, told in enumerate(places, start=1)]
            pieces = [piece for told, back in backs for piece in ((told, back), ("   ", None))]
            document.linked(pieces[:-1], bookmark=f"words{block}")
            for words in said(codings[:LISTED]).values():
                document.quote(words.quote, words.attribution)
            if len(codings) > LISTED:
                left = say("… and {n} more; the workbook has them all.", n=len(codings) - LISTED)
                document.paragraph(left, is_dim=True)


@dataclass(frozen=True, slots=True)
class Width:
    """How many characters a column needs for its longest word, and how many its text would like."""

    least: float
    liked: float


def write_table(document: WordDocument, table: ReportTable, numbers: Numbers | None = None) -> None:
    """A table with its notes; what counts or tells codings leads to their words where there are ``numbers``.

    One that is too wide for a page goes on below, with its first column again.
    """
    room = WIDE_ROOM if len(table.columns) > MOST_UPRIGHT else UPRIGHT_ROOM
    needed = [_width(column, [row[at] for row in table.rows]) for at, column in enumerate(table.columns)]
    for block in blocks([width.least for width in needed], room):
        shares = fitted([needed[at] for at in block], room)
        grid = document.table([table.columns[at].head for at in block], shares)
        for entries in table.rows:
            cells = grid.add_row().cells
            for place, (cell, at) in enumerate(zip(cells, block, strict=True)):
                is_repeated = place == 0 and block[1:2] != [1]
                told = f"{table.title} · {_first(entries[0])} · {table.columns[at].head}"
                _fill(document, cell, entries[at], told, None if is_repeated else numbers)
        document.paragraph("")
    for note in table.notes:
        document.paragraph(note, is_dim=True)


def _width(column: Column, entries: Sequence[Entry]) -> Width:
    texts = [str(entry.value) for entry in entries if entry.value is not None]
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


def _fill(document: WordDocument, cell: Any, entry: Entry, told: str, numbers: Numbers | None) -> None:
    words = "" if entry.value is None else str(entry.value)
    if numbers is not None and entry.codings and entry.value not in (None, 0):
        link, bookmark = numbers.mark(entry.codings, told)
        document.fill(cell, words, link=link, bookmark=bookmark)
    else:
        document.fill(cell, words)


def _first(entry: Entry) -> str:
    return str(entry.value or "").split("\n")[0]


def save_table(table: ReportTable, path: Path, info: StudyInfo) -> None:
    """A document of one table under its title."""
    document = WordDocument(Look(), table.title)
    document.turn(columns=len(table.columns))
    document.heading(table.title, 1)
    write_table(document, table)
    document.save(path, info)
