"""The way from the numbers of a Word report to what was said: lists of quotes, each quote printed once, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import NamedTuple

from cmo.report.ground import Ground, Said
from exports.word_document import Piece, WordDocument
from exports.workbook_numbers import LISTED_OF_MANY, MANY

LISTED = 100
"""Quotes that are named of one number; of a large study fewer, as in the workbook."""
FEW = 8
"""Quotes that are named where they are told of, instead of the list of them."""


class Mark(NamedTuple):
    """A place that counts or tells codings: the number of their list, and which of its places it is, from 1."""

    list_number: int
    at: int

    @property
    def target(self) -> str:
        """The bookmark of the list."""
        return f"list{self.list_number}"

    @property
    def bookmark(self) -> str:
        """The bookmark of the place."""
        return f"number{self.list_number}_{self.at}"


class _Place(NamedTuple):
    table: str
    row: str
    column: str


class Numbers:
    """The numbers of a report and the quotes behind them.

    A number leads to the list of its quotes, the list to each quote and to every place that has the number, and a quote
    to the first place of each list that names it. A quote bears the number of its excerpt, which never changes.
    """

    def __init__(self, ground: Ground) -> None:
        rows = ground.matrix("point", "case").grand_total.total.rows
        self._ground = ground
        self._most = LISTED if rows < MANY else LISTED_OF_MANY
        self._lists: dict[tuple[int, ...], tuple[int, list[_Place]]] = {}

    def mark(self, codings: tuple[int, ...], table: str, row: str, column: str) -> Mark:
        """Take note of a place by its table, row and column."""
        number, places = self._lists.setdefault(codings, (len(self._lists) + 1, []))
        places.append(_Place(table, row, column))
        return Mark(number, len(places))

    def named(self, mark: Mark, codings: tuple[int, ...]) -> list[Piece]:
        """``quote 3, 8``, each leading to the quote; of more than ``FEW`` their list."""
        say, quotes = self._ground.say, sorted(self._quotes(codings))
        if len(quotes) > FEW or len(codings) > self._most:
            return [(say("list {n}", n=mark.list_number), mark.target)]
        return [(f"{say('quote')} ", None), *_joined((str(number), quote_mark(number)) for number in quotes)]

    def write(self, document: WordDocument) -> None:
        """The lists, and then every quote that they name."""
        say = self._ground.say
        document.heading(say("What the numbers count"), 2)
        document.paragraph(
            say("Each number leads to its list here: where it stands in the report, and the quotes it counts."),
            is_dim=True,
        )
        named_in = self._write_lists(document)
        document.heading(say("The quotes"), 2)
        document.paragraph(
            say(
                "Each quote stands here once, under the number that it has in the study (column Excerpt of the "
                "workbook). Behind an arrow are the lists that name it: each leads back to the first place of its "
                "number in the report."
            ),
            is_dim=True,
        )
        numbers = sorted(named_in)
        for start in range(0, len(numbers), LISTED):
            page = numbers[start : start + LISTED]
            of_page = {said.excerpt_id: said for said in self._ground.said(named_in[at][0] for at in page).values()}
            for number in page:
                _write_quote(document, of_page[number], named_in[number][1])

    def _write_lists(self, document: WordDocument) -> dict[int, tuple[int, list[int]]]:
        """Every list; handed out is by excerpt one of its codings and the lists that name it."""
        say = self._ground.say
        named_in: dict[int, tuple[int, list[int]]] = {}
        for codings, (number, places) in self._lists.items():
            pieces: list[Piece] = [(f"{number}. ", None), *_told(number, places), (": ", None)]
            quotes = self._quotes(codings)
            for excerpt_id, coding_id in quotes.items():
                named_in.setdefault(excerpt_id, (coding_id, []))[1].append(number)
            pieces += _joined((str(excerpt), quote_mark(excerpt)) for excerpt in sorted(quotes))
            if len(codings) > self._most:
                left = say("… and {n} more; the workbook has them all.", n=len(codings) - self._most)
                pieces.append((f" {left}", None))
            document.linked(pieces, bookmark=Mark(number, 1).target, is_small=True)
        return named_in

    def _quotes(self, codings: Collection[int]) -> dict[int, int]:
        """The excerpts behind codings, as many as are named, each with one of its codings."""
        said = self._ground.said(tuple(codings)[: self._most])
        return {words.excerpt_id: coding_id for coding_id, words in said.items()}


def quote_mark(excerpt_id: int) -> str:
    """The bookmark of a quote."""
    return f"quote{excerpt_id}"


def _told(number: int, places: list[_Place]) -> Iterator[Piece]:
    """Where a number stands: each table and row once, with its columns, each of which leads back to its place."""
    backs: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for at, place in enumerate(places, start=1):
        backs[place.table, place.row].append((place.column, Mark(number, at).bookmark))
    for start, (table, found) in enumerate(groupby(backs.items(), key=lambda item: item[0][0])):
        yield f"{'; ' if start else ''}{table}", None
        for (_, row), columns in found:
            yield f" · {row} · ", None
            yield from _joined(columns)


def _write_quote(document: WordDocument, said: Said, lists: list[int]) -> None:
    backs = [(str(number), Mark(number, 1).bookmark) for number in lists]
    document.quote(
        said.quote,
        said.attribution,
        name=(str(said.excerpt_id), None),
        bookmark=quote_mark(said.excerpt_id),
        behind=[(" ← ", None), *_joined(backs)],
    )


def _joined(pieces: Collection[Piece] | Iterator[Piece]) -> Iterator[Piece]:
    """Pieces with commas between them."""
    for at, piece in enumerate(pieces):
        if at:
            yield ", ", None
        yield piece
