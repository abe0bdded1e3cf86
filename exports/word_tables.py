"""Tables of reports in Word, with the words behind their numbers at the end of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from cmo.records import StudyInfo
from cmo.report.ground import Said
from cmo.report.table import Entry, ReportTable
from cmo.report.words import Words
from exports.template import Look
from exports.word_document import WordDocument

SHARES = {"text": 2.0, "count": 1.5, "number": 1.7, "quote": 5.0, "words": 4.0}
"""How wide a column of each kind is beside the others."""
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
    """A table with its notes; what counts or tells codings leads to their words where there are ``numbers``."""
    grid = document.table([column.head for column in table.columns], [SHARES[column.kind] for column in table.columns])
    for entries in table.rows:
        cells = grid.add_row().cells
        for cell, column, entry in zip(cells, table.columns, entries, strict=True):
            words = "" if entry.value is None else str(entry.value)
            if numbers is not None and entry.codings and entry.value not in (None, 0):
                told = f"{table.title} · {_first(entries[0])} · {column.head}"
                link, bookmark = numbers.mark(entry.codings, told)
                document.fill(cell, words, link=link, bookmark=bookmark)
            else:
                document.fill(cell, words)
    for note in table.notes:
        document.paragraph(note, is_dim=True)


def _first(entry: Entry) -> str:
    return str(entry.value or "").split("\n")[0]


def save_table(table: ReportTable, path: Path, info: StudyInfo) -> None:
    """A document of one table under its title."""
    document = WordDocument(Look(), table.title)
    document.turn(columns=len(table.columns))
    document.heading(table.title, 1)
    write_table(document, table)
    document.save(path, info)
