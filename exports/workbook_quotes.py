"""The sheet of quotes: one row of evidence a row, and where each block of them stands."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from cmo.records import Quote, missing
from cmo.report.glyphs import GLYPHS, stance_words
from exports.evidence_rows import Material, stance_key
from exports.evidence_rows import stance_words as stance_name
from exports.workbook_cells import Value
from exports.workbook_sheet import LINK_LIMIT, Binder, Layout, Link, Place, Put, Sheet, rows_needed
from store.errors import DamagedStudy

NAME = "Quotes"
MOST_ROWS = 1_048_576
"""Rows of one sheet in Excel, its heading among them."""
ROW_BITS = 21
"""Room for the number of a row."""
LAST_ROW = (1 << ROW_BITS) - 1

HEADS = (
    ("Point", 8), ("Element", 12), ("Stance", 12), ("Case", 18), ("Quote", 80), ("Memo", 34), ("Source", 30),
    ("Role", 24), ("Participant", 18), ("Speaker", 11), ("Turn", 7), ("Kind", 15), ("Code", 18), ("Coder", 9),
    ("Judge", 9), ("Judged before", 14), ("Time (UTC)", 17), ("Start", 9), ("End", 9), ("Coding", 9),
    ("Excerpt", 9), ("Counts", 8), ("Corrected", 13), ("Part", 13),
)  # fmt: skip
COLUMNS = {name: index for index, (name, _) in enumerate(HEADS)}
KEYS = ("Point", "Element", "Stance", "Case", "Source", "Code")
OF_NUMBERS = frozenset({"Turn", "Start", "End", "Coding", "Excerpt", "Counts"})
PRINTED = "Role"
"""The last column that is printed: all of them on one page would be too small to read."""

LINKS_A_ROW = 2
ATTRIBUTE_WIDTH = 18
WHOLE_POINT = "(whole point)"

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?")


class Blocks:
    """Where the quotes stand, by what they are evidence for.

    Keys are tuples such as ``("cell", point, case, stance)``. Rows that do not follow on the first ones are
    left out, so a block is always one range.
    """

    def __init__(self) -> None:
        # The number of the sheet, the first row and the last, as one number: there are hundreds of thousands.
        self._rows: dict[tuple[str | None, ...], int] = {}
        self._sheets: list[str] = []

    def add(self, key: tuple[str | None, ...], sheet: str, first: int, last: int) -> None:
        """Rows of the sheet that is being written, from the first to the last, are evidence for this."""
        if sheet not in self._sheets[-1:]:
            self._sheets.append(sheet)
        number = len(self._sheets) - 1
        begun = self._rows.get(key)
        if begun is None:
            self._rows[key] = (number << ROW_BITS | first) << ROW_BITS | last
        elif begun & LAST_ROW == first - 1 and begun >> 2 * ROW_BITS == number:
            self._rows[key] = begun + last - (first - 1)

    def link(self, tooltip: str, *key: str | None) -> Link | None:
        """A link that opens the block and selects its rows; None where there is none."""
        found = self._rows.get(key)
        if found is None:
            return None
        sheet, first = divmod(found >> ROW_BITS, 1 << ROW_BITS)
        return Link(Place(self._sheets[sheet], first, 1, found & LAST_ROW, COLUMNS["Quote"] + 1), tooltip)


class Rows:
    """In which row of which sheet each coding stands first; eight bytes each, however many there are."""

    def __init__(self) -> None:
        self._at = array("Q")

    def note(self, coding_id: int, sheet: int, row: int) -> None:
        """A coding stands in this row of the sheet of that number, counted from 0; what was noted first stays."""
        if coding_id >= len(self._at):
            self._at.extend([0] * (coding_id + 1 - len(self._at)))
        if not self._at[coding_id]:
            self._at[coding_id] = sheet * 2 * MOST_ROWS + row

    def of(self, coding_id: int) -> int:
        """The place, of which :meth:`sheet_and_row` makes more; that of the next row is one more. 0: it has none."""
        return self._at[coding_id] if coding_id < len(self._at) else 0

    @staticmethod
    def sheet_and_row(place: int) -> tuple[int, int]:
        return divmod(place, 2 * MOST_ROWS)


def typed(value: str, kind: str) -> Value:
    """A value of an attribute as a number where it is one, else as its words."""
    if kind == "number" and _NUMBER.fullmatch(value):
        return float(value.replace(",", ".")) if re.search("[.,]", value) else int(value)
    return value


def attribute_put(value: str | None, kind: str) -> Put:
    """A case's value of an attribute; None where it has none."""
    found = None if value is None else typed(value, kind)
    return Put(found, "decimal" if isinstance(found, int | float) else "text")


def attribute_head(name: str, kind: str) -> Put:
    return Put(name, "head right" if kind == "number" else "head")


@lru_cache(maxsize=1024)
def utc(text: str) -> datetime:
    """A time of the study as workbooks have it: UTC, without a zone."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)


class QuotesSheets:
    """Writes the quotes, on as many sheets as they need."""

    def __init__(self, binder: Binder, material: Material, index: int) -> None:
        self.sheets: list[Sheet] = []
        self.blocks = Blocks()
        self.places = Rows()
        self.rows = 0
        self._binder = binder
        self._stances = {stance: stance_words(stance, binder.say) for stance in GLYPHS}
        self._material = material
        self._index = index
        self._names = [(attribute.name, attribute.kind) for attribute in material.attributes]
        self._of_case: dict[str | None, list[Put | None]] = {}
        self._elements = {element.letter: binder.say(element.name) for element in material.theory.elements}
        self._link_all = material.points_by_case.grand_total.total.rows < LINK_LIMIT // LINKS_A_ROW
        self._tally: dict[tuple[str | None, str | None, str | None], list[int]] = {}
        self._cell: tuple[str | None, ...] = ()
        self._excerpts: set[int] = set()
        self._links: tuple[Link | None, Link | None] = None, None
        self._sheet = self._next_sheet()

    @property
    def links_only_first(self) -> bool:
        """Whether there are too many rows for each to have its links."""
        return not self._link_all

    def write(
        self, in_theory: dict[str, Place], in_matrix: Callable[[str | None, str | None, str | None], Place]
    ) -> None:
        """Write all quotes. ``in_theory`` has the place of each point there, ``in_matrix`` tells that of a number by
        point, case and stance.

        Raises:
            DamagedStudy: the rows are not those that the matrix counts.
        """
        for quote in self._material.quotes():
            self._write(quote, in_theory, in_matrix)
        for sheet in self.sheets:
            sheet.filter(1, len(HEADS) + len(self._names))
            sheet.print_only(COLUMNS[PRINTED] + 1)
        self._compare()

    def _write(
        self,
        quote: Quote,
        in_theory: dict[str, Place],
        in_matrix: Callable[[str | None, str | None, str | None], Place],
    ) -> None:
        cell = (quote.point, quote.case, stance_key(quote))
        first_of_block = cell != self._cell
        if first_of_block:
            self._cell, self._excerpts = cell, set()
        counts = int(quote.excerpt_id not in self._excerpts)
        self._excerpts.add(quote.excerpt_id)
        if first_of_block:
            self._links = self._back(quote, in_theory, in_matrix(*cell))
        links = self._links if self._link_all or first_of_block else (None, None)
        texts = (quote.quote, quote.memo)
        if self._sheet.rows + rows_needed(texts) > MOST_ROWS:
            self._sheet = self._next_sheet()
        first = self._sheet.row(self._puts(quote, counts, *links))
        self._note(quote, counts, first)

    def _back(self, quote: Quote, in_theory: dict[str, Place], in_matrix: Place) -> tuple[Link | None, Link]:
        """Where the point of a block of quotes stands in the theory, and its number in the matrix."""
        say = self._binder.say
        point = in_theory.get(quote.point or "")
        link = Link(point, say("{point} in the theory", point=quote.point)) if point else None
        return link, Link(in_matrix, say("Back to the number that counts it"))

    def _note(self, quote: Quote, counts: int, first: int) -> None:
        name, last = self._sheet.name, self._sheet.rows
        self.places.note(quote.coding_id, len(self.sheets) - 1, first)
        point, case, stance = quote.point, quote.case, stance_key(quote)
        for key in (
            ("cell", point, case, stance),
            ("code", quote.code, case, stance),
            ("all of code", quote.code),
            ("point", point),
            ("point in case", point, case),
            ("stance", point, stance),
        ):
            self.blocks.add(key, name, first, last)
        tally = self._tally.setdefault((point, case, stance), [0, 0])
        tally[0] += 1
        tally[1] += counts
        self.rows += 1

    def _puts(self, quote: Quote, counts: int, link: Link | None, back: Link | None) -> list[Put | None]:
        stance, say = stance_key(quote), self._binder.say
        values: tuple[Put | None, ...] = (
            Put(quote.point or say(missing("point")), "link" if link else "plain", link),
            Put(self._element(quote), "plain"),
            Put(self._stances[stance], f"stance{' link' if back else ''} {stance_name(stance)}", back),
            Put(quote.case or say(missing("case")), "text"),
            Put(quote.quote, "text"),
            Put(quote.memo or None, "text"),
            Put(quote.source, "text"),
            Put(quote.role, "text"),
            Put(quote.participant, "text"),
            Put(quote.speaker, "text"),
            Put(quote.turn, "number"),
            Put(say(quote.kind), "text"),
            Put(quote.code, "text"),
            Put(quote.coder, "plain"),
            Put(quote.judge, "plain"),
            Put(say(quote.stance) if quote.stale and quote.stance else None, "plain"),
            Put(utc(quote.at), "time"),
            Put(quote.start, "number"),
            Put(quote.end, "number"),
            Put(quote.coding_id, "number"),
            Put(quote.excerpt_id, "number"),
            Put(counts, "number"),
            Put(None if quote.anchor == "ok" else say(quote.anchor), "plain"),
            None,
        )
        return [*values, *self._attributes(quote)]

    def _attributes(self, quote: Quote) -> list[Put | None]:
        found = self._of_case.get(quote.case)
        if found is None:
            held = quote.attributes
            found = [attribute_put(held.get(name), kind) for name, kind in self._names]
            self._of_case[quote.case] = found
        return found

    def _element(self, quote: Quote) -> str | None:
        if quote.element is None:
            return None if quote.point is None else self._binder.say(WHOLE_POINT)
        return self._elements.get(quote.element, quote.element)

    def _next_sheet(self) -> Sheet:
        number = len(self.sheets) + 1
        name = NAME if number == 1 else f"{NAME} {number}"
        widths = [width for _, width in HEADS] + [ATTRIBUTE_WIDTH] * len(self._names)
        layout = Layout(widths, freeze="E2", repeat="1:1", tab="1F4E79")
        sheet = Sheet(
            self._binder,
            name,
            layout,
            index=self._index + number - 1,
            keys=[COLUMNS[name] for name in KEYS],
            part_column=COLUMNS["Part"],
        )
        sheet.row(self._heads())
        self.sheets.append(sheet)
        return sheet

    def _heads(self) -> Sequence[Put]:
        say = self._binder.say
        own = {say(name) for name, _ in HEADS}
        attributes = [say("{name} (of the case)", name=name) if name in own else name for name, _ in self._names]
        home = Put(say("Point"), "head link", Link(Place("Matrix", 1), say("Back to the matrix")))
        fixed = [Put(say(name), "head right" if name in OF_NUMBERS else "head") for name, _ in HEADS[1:]]
        kinds = [kind for _, kind in self._names]
        return [home, *fixed, *(attribute_head(name, kind) for name, kind in zip(attributes, kinds, strict=True))]

    def _compare(self) -> None:
        """A workbook whose matrix and quotes differ must not leave the house."""
        counted = {
            (point, case, stance): [counts.rows, counts.excerpts]
            for (point, case), cell in self._material.points_by_case.cells.items()
            for stance, counts in cell.stances.items()
        }
        if counted != self._tally:
            keys = counted.keys() | self._tally.keys()
            wrong = sorted(str(key) for key in keys if counted.get(key) != self._tally.get(key))
            raise DamagedStudy(
                f"The matrix and the quotes disagree in {len(wrong)} cells, first {wrong[0]}.",
                "No workbook was written. `cmo check STUDY` looks for the cause.",
            )
