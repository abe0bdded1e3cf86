"""The sheets of counts: rows × cases with a column for each stance, and the same numbers as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from cmo.records import Cell, Counts, Matrix, missing
from cmo.report.glyphs import GLYPHS, stance_words
from cmo.report.words import Words
from exports.evidence_rows import ALL_STANCES, NOT_JUDGED, LongRow, long_rows, stances_in_use
from exports.evidence_rows import stance_words as stance_name
from exports.workbook_quotes import Blocks
from exports.workbook_sheet import Binder, Layout, Link, Place, Put, Sheet

ALL_CASES = "(all cases)"
MEASURES = ("Excerpts", "Sources", "Participants", "Cases")

HEAD_ROWS, HEAD_COLUMNS = 6, 2
LABEL_WIDTH, CAPTION_WIDTH, MEASURE_WIDTH = 12, 40, 11.5
NARROWEST, BLOCK_WIDTH = 4.2, 15.0
LINE, MOST_LINES = 15.0, 6
"""Points that one line of 11-point text takes, and how many lines a heading gets."""

Find = Callable[[str | None, str | None, str | None, str], Link | None]
"""Gives the link of a cell from row, case and stance, with these words to show over it."""


@dataclass(frozen=True, slots=True)
class RowHead:
    """What stands at the left of a row of counts."""

    key: str | None
    label: str
    caption: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class CountsSheet:
    """One sheet of counts: its words and its rows.

    ``find`` links a single number, ``find_row`` the excerpts of a whole row.
    """

    heading: str
    notes: Sequence[str]
    label: str
    caption: str
    total: str
    heads: Sequence[RowHead]
    find: Find
    find_row: Callable[[str | None, str], Link | None]


def sheet_for(binder: Binder, name: str, table: Matrix) -> Sheet:
    """An empty sheet set up for the counts of this matrix."""
    stances = stances_in_use(table)
    widths: list[float] = [LABEL_WIDTH, CAPTION_WIDTH]
    widths += [_stance_width(stances)] * (len(stances) * (len(table.columns) + 1))
    widths += [MEASURE_WIDTH] * len(MEASURES)
    layout = Layout(widths, freeze=f"C{HEAD_ROWS + 1}", repeat=f"{HEAD_ROWS - 1}:{HEAD_ROWS}", tab="5B8C6E")
    return Sheet(binder, name, layout)


def count_place(sheet: str, table: Matrix, row: str | None, case: str | None, stance: str | None) -> Place:
    """Where a number stands on a sheet whose rows are those of the matrix."""
    stances = stances_in_use(table)
    column = HEAD_COLUMNS + 1 + table.columns.index(case) * len(stances) + stances.index(stance)
    return Place(sheet, HEAD_ROWS + 1 + table.rows.index(row), column)


def write_counts(sheet: Sheet, table: Matrix, spec: CountsSheet, sourceless: frozenset[str]) -> dict[str | None, int]:
    """Write a matrix; return in which row of the sheet each of its rows stands.

    ``sourceless`` are the cases that have no source: their columns are shown as such.
    """
    stances = stances_in_use(table)
    sheet.row([Put(spec.heading, "title")], height=30)
    for note in (*spec.notes, *[""] * (3 - len(spec.notes))):
        sheet.row([Put(note, "note")])
    _write_heads(sheet, table, spec, stances, sourceless)
    rows = {}
    for head in spec.heads:
        rows[head.key] = sheet.row(_row(sheet, table, spec, head, stances, sourceless))
    sheet.row(_totals(table, stances, spec.total))
    return rows


def _write_heads(
    sheet: Sheet, table: Matrix, spec: CountsSheet, stances: list[str | None], sourceless: frozenset[str]
) -> None:
    say = sheet.say
    top: list[Put | None] = [Put(spec.label, "head"), Put(spec.caption, "head")]
    names = [say(missing("case")) if case is None else case for case in table.columns]
    for name in names:
        none = name in sourceless
        words = f"{name}\n{say('(no source)')}" if none else name
        style = "head none" if none else "head centred"
        top += [Put(words, f"{style}+first"), *[Put(None, style)] * (len(stances) - 1)]
    top += [
        Put(say("All cases"), "head centred+first"),
        *[Put(None, "head centred")] * (len(stances) + len(MEASURES) - 1),
    ]
    row = sheet.row(top, height=_head_height(names, _stance_width(stances) * len(stances)))
    for block in range(len(names) + 1):
        first = HEAD_COLUMNS + 1 + block * len(stances)
        sheet.merge(row, first, first + len(stances) - 1 + (len(MEASURES) if block == len(names) else 0))
    glyphs = [
        Put(GLYPHS[stance], f"glyph {stance_name(stance)}" + "+first" * (i == 0)) for i, stance in enumerate(stances)
    ]
    measures = [Put(say(name), "head centred" + "+first" * (i == 0)) for i, name in enumerate(MEASURES)]
    sheet.row([Put(None, "head"), Put(None, "head"), *glyphs * (len(names) + 1), *measures], height=LINE + 3)


def _row(
    sheet: Sheet, table: Matrix, spec: CountsSheet, head: RowHead, stances: list[str | None], sourceless: frozenset[str]
) -> list[Put | None]:
    puts: list[Put | None] = [
        Put(head.label, "row link" if head.link else "row head", head.link),
        Put(head.caption, "row words"),
    ]
    for case in table.columns:
        cell = table.cell(head.key, case)
        for position, stance in enumerate(stances):
            words = f"{head.label} · {case or sheet.say(missing('case'))} · {stance_words(stance, sheet.say)}"
            link = spec.find(head.key, case, stance, _tooltip(words, cell.stances.get(stance), sheet.say))
            puts.append(_count(cell, stance, link, first=position == 0, none=case in sourceless))
    total = table.row_totals.get(head.key, Cell())
    for position, stance in enumerate(stances):
        puts.append(_count(total, stance, None, first=position == 0, none=False))
    link = spec.find_row(head.key, _tooltip(f"{head.label} · {sheet.say('All cases')}", total.total, sheet.say))
    for position, name in enumerate(MEASURES):
        style = "count link" if link and position == 0 else "count"
        value = getattr(total.total, name.lower())
        puts.append(Put(value, style + "+first" * (position == 0), link if position == 0 else None))
    return puts


def _count(cell: Cell, stance: str | None, link: Link | None, *, first: bool, none: bool) -> Put:
    counts = cell.stances.get(stance, Counts())
    if not counts.excerpts:
        return Put(0, ("count none" if none else "count") + "+first" * first)
    style = f"count {stance_name(stance)}" + "+first" * first + "+starred" * (counts.rows > counts.excerpts)
    return Put(counts.excerpts, style, link)


def _totals(table: Matrix, stances: list[str | None], words: str) -> list[Put | None]:
    puts: list[Put | None] = [Put(words, "row head+top"), Put(None, "row words+top")]
    for cell in [*(table.column_totals.get(case, Cell()) for case in table.columns), table.grand_total]:
        puts += [Put(cell.excerpts(stance), "count+bold+top") for stance in stances]
    return [*puts, *(Put(getattr(table.grand_total.total, name.lower()), "count+bold+top") for name in MEASURES)]


def _tooltip(words: str, counts: Counts | None, say: Words) -> str:
    found = counts or Counts()
    counted = {name: say.number(getattr(found, name)) for name in ("excerpts", "rows", "sources")}
    return say("{what}: excerpts {excerpts}, rows {rows}, sources {sources}", what=words, **counted)


def _stance_width(stances: list[str | None]) -> float:
    return max(NARROWEST, BLOCK_WIDTH / len(stances))


def _head_height(names: list[str], width: float) -> float:
    """Merged cells are not fitted to their text by any program, so the height is worked out here."""
    lines = max((ceil((len(name) + 2) / (width * 0.85)) for name in names), default=1)
    return min(lines + 1, MOST_LINES) * LINE


LIST_HEADS = (("Stance", 15), ("Rows", 8), ("Excerpts", 10), ("Sources", 10), ("Participants", 13), ("Cases", 8))


def list_sheet(binder: Binder, name: str) -> Sheet:
    widths = [14, 26, *(width for _, width in LIST_HEADS)]
    return Sheet(binder, name, Layout(widths, freeze="A2", repeat="1:1", landscape=False, tab="5B8C6E"))


def write_list(sheet: Sheet, table: Matrix, blocks: Blocks) -> None:
    """The matrix as a list, one line for each count, so that filters and COUNTIFS can check it."""
    say = sheet.say
    back = Link(Place("Matrix", 1), say("Back to the matrix"))
    heads = [Put(say("Point"), "head link", back), Put(say("Case"), "head"), Put(say("Stance"), "head")]
    heads += [Put(say(name), "head right") for name, _ in LIST_HEADS[1:]]
    sheet.row(heads)
    for line in long_rows(table):
        link = _list_link(line, blocks, say)
        sheet.row(
            [
                Put(_own(line.row, say), "plain"),
                Put(_own(line.column, say), "plain"),
                Put(say(line.stance), "plain" if line.stance == ALL_STANCES else f"stance {line.stance}"),
                Put(line.counts.rows, "number link" if link else "number", link),
                *(Put(getattr(line.counts, name.lower()), "number") for name in MEASURES),
            ]
        )
    sheet.filter(1, len(heads))


def _own(label: str, say: Words) -> str:
    """A label as it stands in the list: words of ours, in brackets, in the reader's language."""
    return say(label) if label.startswith("(") else label


def _list_link(line: LongRow, blocks: Blocks, say: Words) -> Link | None:
    point = None if line.row == missing("point") else line.row
    case = None if line.column == missing("case") else line.column
    words = _tooltip(f"{_own(line.row, say)} · {_own(line.column, say)} · {say(line.stance)}", line.counts, say)
    if line.stance != ALL_STANCES:
        return blocks.link(words, "cell", point, case, None if line.stance == NOT_JUDGED else line.stance)
    if line.column == ALL_CASES:
        return blocks.link(words, "point", point)
    return blocks.link(words, "point in case", point, case)
