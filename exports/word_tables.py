"""Tables of reports in Word, with the words behind their numbers at the end of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from cmo.records import StudyInfo
from cmo.report.ground import Said
from cmo.report.table import Column, Entry, ReportTable
from cmo.report.words import Words
from exports.template import Look
from exports.word_document import WordDocument

SHARES = {"text": 2.0, "count": 1.5, "number": 1.7, "quote": 5.0, "words": 4.0}
"""How wide a column of each kind is beside the others."""
MOST_SHARES = 32.0
"""What columns of one table have together at most."""
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


def write_table(document: WordDocument, table: ReportTable, numbers: Numbers | None = None) -> None:
    """A table with its notes; what counts or tells codings leads to their words where there are ``numbers``.

    One that is too wide for a page goes on below, with its first column again.
    """
    for block in blocks(table.columns):
        columns = [table.columns[at] for at in block]
        grid = document.table([column.head for column in columns], [SHARES[column.kind] for column in columns])
        for entries in table.rows:
            cells = grid.add_row().cells
            for place, (cell, at) in enumerate(zip(cells, block, strict=True)):
                is_repeated = place == 0 and block[1:2] != [1]
                told = f"{table.title} · {_first(entries[0])} · {table.columns[at].head}"
                _fill(document, cell, entries[at], told, None if is_repeated else numbers)
        document.paragraph("")
    for note in table.notes:
        document.paragraph(note, is_dim=True)


def blocks(columns: Sequence[Column]) -> list[list[int]]:
    """The columns by their places, in as few tables as a page is wide enough for; each begins with the first one."""
    found: list[list[int]] = [[0]]
    width = SHARES[columns[0].kind]
    for at, column in enumerate(columns[1:], start=1):
        width += SHARES[column.kind]
        if width > MOST_SHARES and len(found[-1]) > 1:
            found.append([0])
            width = SHARES[columns[0].kind] + SHARES[column.kind]
        found[-1].append(at)
    return found


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
