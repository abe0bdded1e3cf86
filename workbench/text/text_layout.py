"""A transcript as lines of a screen: where each line starts and ends, and which place of the text is where.

Two units meet here: *positions* are code points into the text, *columns* are terminal cells. A wide character
takes two cells, a combining one none, and several code points may make up one character on screen (a
grapheme), which is never split.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate, islice
from typing import NamedTuple, overload

from rich.cells import get_character_cell_size, split_graphemes

from transcripts.records import Transcript

A_FEW = 200
"""Stretches that are laid out at a time."""
OUTSIDE = -1
"""The turn of a row whose text belongs to no turn."""

_ONE_CELL = " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
_ALL_ONE_CELL = re.compile(f"[{_ONE_CELL}]*")
_ALL_PLAIN = re.compile(f"[{_ONE_CELL}\n]*")
"""A text that is looked through once, and not line by line: nothing in it need be made printable either."""
_JOINED = re.compile("[\u200d\ufe0f\U0001f1e6-\U0001f1ff]")
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class RowKind(Enum):
    SPEECH = "speech"
    BLANK = "blank"


class Row(NamedTuple):
    """One line on screen. ``turn`` is an index into the transcript's turns; ``first`` marks a turn's first row."""

    start: int
    end: int
    turn: int
    kind: RowKind
    first: bool


class Rows(Sequence[Row]):
    """The rows of a layout, kept as edges: of the thousands of a long text, few are ever looked at.

    Where a stretch ends, the blank row below it starts; each other row ends where the next one starts. Stretches are
    laid out as far as somebody asks: the first screen of a text does not wait for the last one.
    """

    def __init__(self, stretches: Iterator[tuple[int, list[int]]]) -> None:
        """``stretches``: the turn of each, and the edges of its rows."""
        self._left = stretches
        self._edges: list[int] = []
        self._heads: list[int] = []
        self._turns: list[int] = []
        self._known = 0
        self.is_whole = False

    def lay_out(self) -> bool:
        """Lay out a few stretches more; False where none is left."""
        known = len(self._heads)
        for turn, edges in islice(self._left, A_FEW):
            self._heads.append(len(self._edges))
            self._turns.append(turn)
            self._edges += edges
        self._known = max(len(self._edges) - 1, 0)
        self.is_whole = len(self._heads) - known < A_FEW
        return not self.is_whole

    def __len__(self) -> int:
        while self.lay_out():
            pass
        return self._known

    def expected(self, characters: int) -> int:
        """How many rows a text of so many characters seems to have, as far as they are known."""
        if not self._edges and not self.lay_out():
            return len(self)
        return self._known if self.is_whole else round(self._known * characters / max(self._edges[-1], 1))

    def has(self, number: int) -> bool:
        """Whether there is such a row."""
        while number >= self._known and not self.is_whole:
            self.lay_out()
        return 0 <= number < self._known

    @overload
    def __getitem__(self, number: int) -> Row: ...
    @overload
    def __getitem__(self, number: slice) -> list[Row]: ...
    def __getitem__(self, number: int | slice) -> Row | list[Row]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not self.has(number):
            number = range(len(self))[number]
        start, below = self._edges[number], bisect_left(self._heads, number)
        head = self._heads[below] if below < len(self._heads) else -1
        if head == number + 1:
            return Row(start, start, self._turns[below], RowKind.BLANK, first=False)
        turn = self._turns[below if head == number else below - 1]
        return Row(start, self._edges[number + 1], turn, RowKind.SPEECH, head == number)

    def is_blank(self, number: int) -> bool:
        """Whether a row that is there stands between two stretches."""
        below = bisect_left(self._heads, number + 1)
        return below < len(self._heads) and self._heads[below] == number + 1

    def end(self, number: int) -> int:
        """Where a row that is there ends."""
        return self._edges[number] if self.is_blank(number) else self._edges[number + 1]

    def at(self, position: int) -> int:
        """The last row that does not start after a position, 0 where there is none; of rows below each other, the
        lowest.
        """
        while (not self._edges or self._edges[-1] <= position) and not self.is_whole:
            self.lay_out()
        row = max(bisect_right(self._edges, position, 0, self._known) - 1, 0)
        return row + 1 if self.is_blank(row) else row


class TextLayout:
    """The rows of a transcript at a measure (cells a line).

    The rows of one turn follow each other without a gap or an overlap; the space or line feed at which a
    line was broken belongs to the row before it, and may hang over the measure.
    """

    def __init__(self, transcript: Transcript, measure: int) -> None:
        self._is_plain = _ALL_PLAIN.fullmatch(transcript.text) is not None
        self.text = transcript.text if self._is_plain else printable(transcript.text)
        self.measure = max(measure, 2)
        # Where each character takes one cell: up to the last space that still fits, with those after it, as long as
        # what is left does not fit; else as much as fits.
        up_to_space = rf"(?=.{{{self.measure + 1}}}).{{1,{self.measure}}}  *"
        self._lines = re.compile(rf"{up_to_space}|.{{1,{self.measure}}}", re.DOTALL).finditer
        self.rows = Rows((turn, self._edges(start, end)) for turn, start, end in _stretches(transcript))

    def _edges(self, start: int, end: int) -> list[int]:
        """Where the rows of a stretch begin, and where it ends. A stretch without words has one row all the same."""
        if start == end:
            return [start, end]
        edges = [start]
        while start < end:
            line_feed = self.text.find("\n", start, end)
            stop = end if line_feed < 0 else line_feed + 1
            if stop - start > self.measure or not self._is_plain:
                edges += self._breaks(start, stop)
            edges.append(stop)
            start = stop
        return edges

    def _breaks(self, start: int, end: int) -> list[int]:
        """Where a paragraph is broken into lines; nowhere where it fits on one."""
        paragraph_end = end - 1 if self.text[end - 1] == "\n" else end
        if self._is_plain or _ALL_ONE_CELL.fullmatch(self.text, start, paragraph_end) is not None:
            breaks = [line.end() for line in self._lines(self.text, start, paragraph_end)]
            last = breaks[-2] if len(breaks) > 1 else start
            return breaks[:-1] if paragraph_end - last <= self.measure else breaks
        breaks = []
        while start < paragraph_end:
            fits = _furthest(self.text, start, paragraph_end, self.measure)
            if fits >= paragraph_end:
                break
            start = self._break(start, fits, paragraph_end)
            breaks.append(start)
        return breaks

    def _break(self, start: int, fits: int, end: int) -> int:
        space = self._last_space(start, fits + 1)
        beside_wide = 2 in (_cells(self.text[fits - 1]), _cells(self.text[fits]))
        if space <= start or (beside_wide and space < fits):
            return fits
        stop = space + 1
        while stop < end and self._is_space(stop):
            stop += 1
        return stop

    def _last_space(self, start: int, stop: int) -> int:
        space = self.text.rfind(" ", start, stop)
        while space >= 0 and not self._is_space(space):
            space = self.text.rfind(" ", start, space)
        return space

    def _is_space(self, position: int) -> bool:
        """Whether a line may end here. A space that carries an accent is a character to be seen."""
        if self.text[position] != " ":
            return False
        return position + 1 >= len(self.text) or _cells(self.text[position + 1]) > 0

    @property
    def height(self) -> int:
        """How many rows there are; to know it, the whole text is laid out."""
        return len(self.rows)

    @property
    def expected_height(self) -> int:
        """How many rows there seem to be."""
        return self.rows.expected(len(self.text))

    def covered(self, number: int) -> tuple[int, int]:
        """The positions that are shown on a row, with those before it that are shown nowhere; see :meth:`row_of`."""
        end = self.rows.end(number) if self.rows.has(number + 1) else len(self.text)
        return self.rows.end(number - 1) if number else 0, end

    def row_of(self, position: int) -> int:
        """The row on which a position is; for one that is on none (a speaker's label), the nearest after it."""
        return self.rows.at(position)

    def nearest_row(self, number: int) -> Row:
        """The row of a number; where there is none, the first or the last one."""
        return self.rows[max(number, 0) if self.rows.has(max(number, 0)) else -1]

    def place_of(self, position: int) -> tuple[int, int]:
        """The row and the column of a position."""
        number = self.row_of(position)
        row = self.rows[number]
        before = max(position, row.start) - row.start
        graphemes = split_graphemes(self.shown(row.start, row.end))[0]
        return number, sum(cells for _start, end, cells in graphemes if end <= before)

    def position_at(self, number: int, column: int) -> int:
        """The position of the character under a column of a row; past its last character, the row's last one."""
        row = self.nearest_row(number)
        shown = self.shown(row.start, row.end)
        left = under = 0
        for start, _end, cells in split_graphemes(shown)[0]:
            under = start
            left += cells
            if column < left:
                break
        return row.start + under

    def shown(self, start: int, end: int) -> str:
        """The text of a stretch as it is printed: without the line feed that ends it."""
        return self.text[start:end].removesuffix("\n")


def printable(text: str) -> str:
    """The text, as long as it was, with what a terminal would obey or drop made visible or blank."""
    return _UNPRINTABLE.sub(lambda found: " " if found[0] in "\t\x0b\x0c\x85\u2028\u2029" else "\ufffd", text)


def _stretches(transcript: Transcript) -> Iterator[tuple[int, int, int]]:
    """What is shown, in text order: each turn's speech, and any text outside the turns."""
    text, position = transcript.text, 0
    turns = transcript.turns
    for index, (start, speech_start, end) in enumerate(zip(turns.starts, turns.speech_starts, turns.ends, strict=True)):
        if position < start and not text[position:start].isspace():
            yield OUTSIDE, *_trimmed(text, position, start)
        yield index, *_trimmed(text, speech_start, end)
        position = end
    first, last = _trimmed(text, position, len(text))
    if first < last:
        yield OUTSIDE, first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the white space around it; where there is nothing else, an empty one at its start."""
    piece = text[start:end]
    shown = piece.strip()
    if len(shown) < len(piece):
        start += piece.find(shown)
    return start, start + len(shown)


def _cells(character: str) -> int:
    return get_character_cell_size(character)


def _furthest(text: str, start: int, end: int, measure: int) -> int:
    """The furthest boundary between graphemes up to which the text fits; at least one grapheme is taken."""
    piece = text[start : min(end, start + 2 * measure)]
    if _JOINED.search(piece):
        fits = _fit_graphemes(piece, measure)
    else:
        fits = bisect_right(list(accumulate(map(_cells, piece))), measure)
    return _whole(text, start + max(fits, 1), end)


def _fit_graphemes(piece: str, measure: int) -> int:
    """How much of a piece fits where characters are joined to one: families of emoji, flags, variations."""
    used = fits = 0
    flag_is_open = False
    for first, last, cells in split_graphemes(piece)[0]:
        flag_is_open = _is_flag_half(piece[first]) and not flag_is_open
        used += cells
        if used > measure:
            break
        if not flag_is_open:
            fits = last
    return fits


def _whole(text: str, stop: int, end: int) -> int:
    """The end of the grapheme that ``stop`` may lie inside."""
    while stop < end and (_cells(text[stop]) == 0 or _is_joined(text, stop)):
        stop += 1
    return stop


def _is_joined(text: str, position: int) -> bool:
    """Whether a joiner binds this character to the one before it. A second joiner in a row is itself what is joined."""
    joiners = position
    while joiners and text[joiners - 1] == "\u200d":
        joiners -= 1
    return (position - joiners) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
