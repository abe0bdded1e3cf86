"""A table of a report as a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cmo.records import StudyInfo
from cmo.report.table import Column, Entry, ReportTable
from cmo.report.words import Words
from exports.template import Look
from exports.workbook_sheet import Binder, Layout, Link, Place, Put, Sheet

WIDTHS = {"quote": 56.0, "words": 40.0, "count": 60.0}
LEAST_WIDTH, MOST_WIDTH = 9.0, 26.0
"""Columns are as wide as what they hold needs; at most this, or what columns of long words, and of numbers with the
signs of all stances, are given.
"""
SIGNS_FOR_WIDTH = 3
"""Characters that a cell needs beside its words."""

STYLES = {"text": "text", "count": "count", "number": "count", "quote": "text", "words": "text"}
LINKED = {
    "text": "text link",
    "count": "count link",
    "number": "count link",
    "quote": "text link",
    "words": "text link",
}

OPENER, OPENER_WIDTH = "→", 7.0
"""Heads a column that leads to the words of the one before it: LibreOffice shows a linked cell on one line, whatever
its length, so long words bear no link themselves.
"""

Find = Callable[[Sequence[int], str, Place], Link | None]
"""Gives the link to what codings say, from their ids, the words for it, and the place that leads back."""


def table_sheet(
    binder: Binder, name: str, table: ReportTable, index: int | None = None, *, is_linked: bool = True
) -> Sheet:
    """An empty sheet set up for a table; ``name`` is its English title."""
    row = head_row(table)
    freeze = f"B{row + 1}"
    opened = _opened(table) if is_linked else frozenset()
    widths = [
        width for at, own in enumerate(_widths(table)) for width in ((own, OPENER_WIDTH) if at in opened else (own,))
    ]
    layout = Layout(widths, freeze=freeze, repeat=f"{row}:{row}", tab="6B5CA5")
    return Sheet(binder, name, layout, index=index)


def head_row(table: ReportTable) -> int:
    """The row of the heads: below the title and the notes."""
    return len(table.notes) + 2


def write_table(
    sheet: Sheet,
    table: ReportTable,
    home: Link | None,
    find: Find,
    places: Mapping[tuple[str, str], Place],
) -> dict[tuple[str, str], Place]:
    """Write a table; return where each thing stands that its rows begin with.

    ``find`` links numbers and words to what was said, ``places`` has those things that have a place of their own.
    Without ``home``, the place that the sheet's first head leads to, nothing is linked.
    """
    opened = _opened(table) if home else frozenset()
    sheet.row([Put(table.title, "title")], height=30)
    for note in table.notes:
        sheet.row([Put(note, "note")])
    first, *others = table.columns
    heads = [Put(first.head, "head link" if home else "head", home)]
    for number, column in enumerate(others, start=1):
        heads += [_head(column), Put(OPENER, "head centred")] if number in opened else [_head(column)]
    sheet.row(heads)
    begun: dict[tuple[str, str], Place] = {}
    for entries in table.rows:
        at = sheet.rows + 1
        puts = _puts(sheet, table, entries, find, places, opened)
        if entries[0].about is not None:
            begun.setdefault(entries[0].about, Place(sheet.name, at))
            if puts[0].link is not None and puts[0].link.place == Place(sheet.name, at):
                puts[0] = Put(puts[0].value, "strong")
        sheet.row(puts)
    sheet.filter(head_row(table), len(heads))
    return begun


def _puts(
    sheet: Sheet,
    table: ReportTable,
    entries: Sequence[Entry],
    find: Find,
    places: Mapping[tuple[str, str], Place],
    opened: frozenset[int],
) -> list[Put]:
    """One row; numbers that count the same codings share one link, which leads back to the first of them."""
    shared: dict[tuple[int, ...], Link | None] = {}
    puts: list[Put] = []
    for at, (column, entry) in enumerate(zip(table.columns, entries, strict=True)):
        link = None
        if entry.codings and entry.value not in (None, 0):
            if entry.codings not in shared:
                named = str(entries[0].value or "").split("\n")[0]
                told = f"{table.title} · {named} · {column.head}: {short(entry.value)}"
                back = Place(sheet.name, sheet.rows + 1, len(puts) + (2 if at in opened else 1))
                shared[entry.codings] = find(entry.codings, told, back)
            link = shared[entry.codings]
        elif entry.about is not None and entry.about in places:
            link = Link(places[entry.about])
        if at in opened:
            puts += [_put(column, entry, None), _opener(entry, link)]
        else:
            puts.append(_put(column, entry, link))
    return puts


def _opened(table: ReportTable) -> frozenset[int]:
    """The columns (from 0) of words that lead to what was said and may take more than a line."""
    return frozenset(
        at
        for at, column in enumerate(table.columns)
        if column.kind in ("quote", "words")
        and any(row[at].codings and _takes_lines(row[at].value, WIDTHS[column.kind]) for row in table.rows)
    )


def _takes_lines(value: str | int | float | None, width: float) -> bool:
    return "\n" in str(value) or len(str(value)) + SIGNS_FOR_WIDTH > width


def _opener(entry: Entry, link: Link | None) -> Put:
    """How many passages the words come from, leading to them."""
    return Put(f"{OPENER} {len(entry.codings)}", "count link", link) if link else Put(None, "text")


def short(value: str | int | float | None) -> str:
    """The first words of a value."""
    words = str(value).split("\n")[0]
    return words if len(words) <= 60 else words[:59] + "…"


def _put(column: Column, entry: Entry, link: Link | None) -> Put:
    kind = column.kind
    if kind in ("count", "number") and isinstance(entry.value, str) and len(entry.value) > WIDTHS["count"]:
        kind = "words"
    return Put(entry.value, (LINKED if link else STYLES)[kind], link)


def _head(column: Column) -> Put:
    return Put(column.head, "head centred" if column.kind in ("count", "number") else "head")


def _widths(table: ReportTable) -> list[float]:
    """What each column needs for its longest line and its head, at most what its kind is given."""
    widths = []
    for at, column in enumerate(table.columns):
        most = WIDTHS.get(column.kind, MOST_WIDTH)
        lines = (line for row in table.rows for line in str(row[at].value or "").split("\n"))
        longest = max(map(len, (*lines, *column.head.split())), default=0)
        widths.append(max(min(longest + SIGNS_FOR_WIDTH, most), LEAST_WIDTH))
    return widths


def save_table(table: ReportTable, path: Path, info: StudyInfo, look: Look | None = None) -> None:
    """A workbook of one table, without links; the time in it is that of the study's state."""
    from openpyxl import Workbook

    from exports.workbook_file import discard, save
    from exports.workbook_quotes import utc
    from exports.workbook_styles import set_default_face

    workbook = Workbook(write_only=True)
    workbook.properties.creator = "cmo"
    look = look or Look()
    set_default_face(workbook, look)
    try:
        sheet = table_sheet(Binder(workbook, look, Words()), table.title, table, is_linked=False)
        write_table(sheet, table, None, lambda *_: None, {})
        save(workbook, path, utc(info.changed_at))
    except BaseException:
        discard(workbook)
        raise
