"""The sheet between the numbers of tables and the quotes: what each number counts, and the way back to it.

A number in a table opens its block here. The block tells the words, each with a link to its row of Quotes, and its
first line leads back to the number. Of a large number the block tells the stretches of Quotes where its rows stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cmo.report.ground import Ground
from exports.workbook_quotes import MOST_ROWS, Rows
from exports.workbook_quotes import NAME as QUOTES
from exports.workbook_sheet import LINK_LIMIT, Binder, Layout, Link, Place, Put, Sheet

NAME = "Numbers"
HEADS = (("Number", 46), ("Quote", 80), ("Who", 34), ("In Quotes", 16))
LISTED, LISTED_OF_MANY = 40, 3
"""Quotes that a block tells one by one; of more, it tells the stretches of Quotes. The second is for large studies."""
MANY = 10_000
"""Rows of Quotes from which on a study is large: told one by one, its quotes would fill the workbook once a table."""
MOST_STRETCHES = 60
ID_BITS = 40
"""Room for the id of a coding."""


class _Stretch(NamedTuple):
    """Rows of a sheet of quotes that follow on each other, with the coding in the first of them."""

    sheet: int
    first: int
    last: int
    coding_id: int


class NumbersSheets:
    """Writes the blocks, on as many sheets as their links need."""

    def __init__(self, binder: Binder, ground: Ground, places: Rows, index: int, rows: int) -> None:
        """``rows`` is how many rows of evidence the study has."""
        self.sheets: list[Sheet] = []
        self._listed = LISTED if rows < MANY else LISTED_OF_MANY
        self._binder = binder
        self._ground = ground
        self._places = places
        self._index = index
        self._sheet = self._next_sheet()

    def link(self, codings: Sequence[int], told: str, back: Place) -> Link | None:
        """Write what these codings say, told as ``told``; the link that opens it. None where none of them has a row."""
        stretches = list(self._stretches(codings))
        if not stretches:
            return None
        needed = 2 + min(len(stretches), MOST_STRETCHES)
        if self._sheet.links + needed > LINK_LIMIT or self._sheet.rows + needed > MOST_ROWS:
            self._sheet = self._next_sheet()
        say = self._binder.say
        head = Link(back, say("Back to the number"))
        first = self._sheet.row([Put(told, "link bold", head), *[Put(None, "plain")] * (len(HEADS) - 1)])
        said = self._ground.said(stretch.coding_id for stretch in stretches[:MOST_STRETCHES])
        for stretch in stretches[:MOST_STRETCHES]:
            words = said.get(stretch.coding_id)
            self._sheet.row(
                [
                    None,
                    Put(words.quote if words else None, "text"),
                    Put(words.attribution if words else None, "text"),
                    self._where(stretch),
                ]
            )
        if len(stretches) > MOST_STRETCHES:
            left = say("… and {n} more stretches: filter Quotes", n=len(stretches) - MOST_STRETCHES)
            self._sheet.row([None, Put(left, "label")])
        return Link(Place(self._sheet.name, first, 1, self._sheet.rows, len(HEADS)), told)

    def _where(self, stretch: _Stretch) -> Put:
        name = QUOTES if stretch.sheet == 0 else f"{QUOTES} {stretch.sheet + 1}"
        title, rows = self._binder.title(name), f"{stretch.first}"
        if stretch.last > stretch.first:
            rows += f"–{stretch.last}"
        return Put(f"{title} {rows}", "link", Link(Place(name, stretch.first, 1, stretch.last, 5)))

    def _stretches(self, codings: Sequence[int]) -> Iterator[_Stretch]:
        """The rows of these codings in the order of Quotes: each alone where they are few, else in stretches."""
        # Place and id as one number: the codings behind a total are all there are.
        of = self._places.of
        found = sorted(place << ID_BITS | coding_id for coding_id in codings if (place := of(coding_id)))
        together = len(found) > self._listed
        first, last = 0, -1
        for number in found:
            place = number >> ID_BITS
            if not (together and place == last + 1):
                if first:
                    yield self._stretch(first, last)
                first = number
            last = place
        if first:
            yield self._stretch(first, last)

    def _stretch(self, first: int, last: int) -> _Stretch:
        """From the first place, with its id, to the last."""
        sheet, row = self._places.sheet_and_row(first >> ID_BITS)
        return _Stretch(sheet, row, self._places.sheet_and_row(last)[1], first & (1 << ID_BITS) - 1)

    def _next_sheet(self) -> Sheet:
        number = len(self.sheets) + 1
        layout = Layout([width for _, width in HEADS], freeze="B2", repeat="1:1", tab="1F4E79")
        name = NAME if number == 1 else f"{NAME} {number}"
        sheet = Sheet(self._binder, name, layout, index=self._index + number - 1)
        say = self._binder.say
        home = Put(say(HEADS[0][0]), "head link", Link(Place("Cover", 1), say("Back to the cover")))
        sheet.row([home, *(Put(say(head), "head") for head, _ in HEADS[1:])])
        self.sheets.append(sheet)
        return sheet
