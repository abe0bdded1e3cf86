"""Pages in rows made into one text, with the furniture taken out, or left in its place where a person wants it so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from transcripts.readers import Furniture, FurnitureKind
from transcripts.readers.pdf_columns import Line, lines_of
from transcripts.readers.pdf_furniture import kind_of, take_heads_and_feet, take_margins
from transcripts.readers.pdf_paragraphs import Joined, Layout
from transcripts.readers.pdf_rows import Row, Sheet, leading_of

_NOTE_SIZE = 0.9
"""A footnote is set smaller than this share of the height of the text."""
_NOTE_MARK = re.compile(r"[\d*†‡]")


@dataclass(slots=True)
class _Leaf:
    """A page ready to be written: its lines and footnotes, what stands outside it, and the furniture on either side."""

    before: list[Furniture]
    lines: list[Line]
    notes: list[Line]
    unseen: list[str]
    after: list[Furniture]


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a file. ``hyphens_dropped`` counts those taken off the ends of lines, ``hyphens_kept`` those left."""

    text: str
    furniture: tuple[Furniture, ...]
    hyphens_dropped: int
    hyphens_kept: int


def write(sheets: Sequence[Sheet], *, keep_furniture: bool) -> Written:
    """The text of the pages; their rows are used up."""
    take_margins(sheets)
    edges = take_heads_and_feet(sheets)
    leading = leading_of(sheets)
    leaves = []
    for sheet in sheets:
        heads, feet = edges[sheet.page]
        before = [_of_page(kind_of(row, "header"), _with_margin(row), sheet) for row in heads]
        after = [_of_page("line number", sheet.last_margin, sheet)] if sheet.last_margin else []
        after += [_of_page("note", text, sheet) for text in sheet.askew]
        after += [_of_page(kind_of(row, "footer"), _with_margin(row), sheet) for row in feet]
        leaves.append(_Leaf(before, lines_of(sheet), [], sheet.unseen, after))
    _set_notes_apart(leaves)
    layout = Layout([line for leaf in leaves for line in [*leaf.lines, *leaf.notes]], leading)
    return _Writer(layout, keep_furniture).write(leaves)


def _of_page(kind: FurnitureKind, text: str, sheet: Sheet) -> Furniture:
    """A piece of furniture on lines of its own, so that the text with it put back can be read."""
    return Furniture(kind, f"\n{text}\n", page=sheet.page)


def _with_margin(row: Row) -> str:
    return f"{row.margin} {row.text}" if row.margin else row.text


def _set_notes_apart(leaves: Sequence[_Leaf]) -> None:
    """Footnotes stand between the halves of a paragraph that goes on over the page; they are read after it."""
    heights = [line.height for leaf in leaves for line in leaf.lines for _ in range(len(line.text) // 20 + 1)]
    smaller = _NOTE_SIZE * median(heights or [0.0])
    for leaf in leaves:
        first = len(leaf.lines)
        while first and leaf.lines[first - 1].height < smaller:
            first -= 1
        if 0 < first < len(leaf.lines) and _NOTE_MARK.match(leaf.lines[first].text):
            leaf.notes = leaf.lines[first:]
            leaf.lines = leaf.lines[:first]


class _Writer:
    """Lines in, text out: furniture waits until it is known what stands between the lines on either side of it."""

    def __init__(self, layout: Layout, keep_furniture: bool) -> None:
        self._layout = layout
        self._keep = keep_furniture
        self._parts: list[str] = []
        self._length = 0
        self._furniture: list[Furniture] = []
        self._dropped = self._kept = 0
        self._waiting: list[Furniture] = []
        self._notes: list[Line] = []
        self._unseen: list[str] = []
        self._last: Line | None = None
        self._paragraph: Line | None = None

    def write(self, leaves: Iterable[_Leaf]) -> Written:
        for leaf in leaves:
            self._waiting += leaf.before
            for line in leaf.lines:
                self._write_line(line)
            self._notes += leaf.notes
            self._unseen += leaf.unseen
            self._waiting += leaf.after
        self._write_notes()
        self._put_waiting()
        return Written("".join(self._parts), tuple(self._furniture), self._dropped, self._kept)

    def _write_line(self, line: Line) -> None:
        if self._last is not None and self._paragraph is not None:
            joined = self._layout.join(self._last, line, self._paragraph)
            if joined.between.startswith("\n"):
                self._write_notes()
            self._join(joined, self._last)
            if joined.between.startswith("\n"):
                self._paragraph = line
        else:
            self._paragraph = line
        self._put_waiting()
        if line.margin:
            self._put(Furniture("line number", f"{line.margin} ", page=line.page))
        self._add(line.text)
        self._last = line

    def _join(self, joined: Joined, before: Line) -> None:
        if joined.drops_hyphen:
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        self._dropped += joined.drops_hyphen
        self._kept += not joined.drops_hyphen and joined.between == "" and before.text.endswith("-")
        self._add(joined.between)

    def _write_notes(self) -> None:
        """Footnotes and what stands outside the page, once the paragraph that they interrupt has ended."""
        notes, self._notes = self._notes, []
        for place, note in enumerate(notes):
            if place and not _NOTE_MARK.match(note.text):
                self._join(self._layout.join(notes[place - 1], note, notes[0]), notes[place - 1])
            else:
                self._add("\n")
            self._add(note.text)
        for text in self._unseen:
            self._add(f"\n{text}")
        self._unseen = []

    def _put_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for piece in waiting:
            self._put(piece)

    def _put(self, piece: Furniture) -> None:
        if self._keep:
            self._add(piece.text)
        else:
            self._furniture.append(replace(piece, at=self._length))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
