"""Draws one row of a transcript: speaker, stripes, cursor, text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from codebook.records import Coding
from transcripts.conventions.marks import Mark
from transcripts.records import Span, Turn
from workbench.text.page import Page, SpeakerColumn
from workbench.text.palette import Palette, style, tint
from workbench.text.reading import Reading
from workbench.text.spans import SpanIndex
from workbench.text.stripes import Margin, Stripe
from workbench.text.text_layout import Row, RowKind, TextLayout
from workbench.text.words import coding_letter, point_number, sign

_CODED_SHARE = 0.15


class Look(NamedTuple):
    """What of the passage and of the active coding a row shows, which move with the cursor.

    ``passage`` is what of it is on the row, None where nothing is: a row inside a selection looks the same while that
    grows. ``active`` is the id of the active coding where it is beside the row.
    """

    passage: Span | None
    is_selected: bool
    active: int | None


class Beside(NamedTuple):
    """The stripe in each lane beside a row, how many had no lane, and the codings, marks and finds on it."""

    lanes: list[Stripe | None]
    hidden: int
    codings: list[Coding]
    marks: list[Mark]
    found: list[Span]


MOST_KEPT = 1_000
"""Rows that are kept as they were drawn: what one goes back and forth in."""


@dataclass
class Sheet:
    """All that the drawing of a row depends on. ``marks`` is where the transcriber speaks and not the person."""

    layout: TextLayout
    page: Page
    speakers: SpeakerColumn
    margin: Margin
    codings: SpanIndex[Coding]
    marks: SpanIndex[Mark]
    reading: Reading
    active: Coding | None
    found: SpanIndex[Span]
    palette: Palette
    coder: str

    def draw(self, number: int, look: Look, beside: Beside, *, is_top: bool, width: int) -> Strip:
        """The strip of a row that is there; on the top row of the view, stripes that began above say their name again.

        While its look and what is beside it are the same, a row is drawn the same.
        """
        row, ground = self.layout.rows[number], style(self.palette.text, self.palette.ground)
        segments = [
            Segment(" " * self.page.indent, ground),
            *self._speaker(number, row),
            *self._stripes(number, look, beside, is_top),
            self._bar(row, look),
            *self._text(row, look, beside),
        ]
        used = sum(segment.cell_length for segment in segments)
        if used > width:
            return Strip(segments, used).adjust_cell_length(width, ground)
        return Strip([*segments, Segment(" " * (width - used), ground)] if used < width else segments, width)

    def looks(self, numbers: range) -> Iterator[Look]:
        """The look of each of some rows, in their order."""
        passage, is_selected = self.reading.passage, self.reading.selection is not None
        on_passage, on_active = self._rows_of(passage), range(0)
        if self.active is not None:
            on_active = self._rows_of(Span(self.active.start, self.active.end))
        for number in numbers:
            active = self.active.id if self.active is not None and number in on_active else None
            shown = self._clipped(passage, number) if number in on_passage else None
            yield Look(shown, is_selected and shown is not None, active)

    def _clipped(self, span: Span, number: int) -> Span | None:
        """What of a stretch is on a row."""
        start, end, *_ = self.layout.rows[number]
        start, end = max(span.start, start), min(span.end, end)
        return Span(start, end) if start < end else None

    def _rows_of(self, span: Span) -> range:
        """The rows that show something of a stretch, with the blank ones between them."""
        first, last = self.layout.row_of(span.start), self.layout.row_of(max(span.end - 1, span.start))
        return range(first, last + 1)

    def beside(self, number: int) -> Beside:
        """What stands on a row that is there, and beside it."""
        (start, end, *_), (lanes, hidden) = self.layout.rows[number], self.margin.beside(number)
        codings, marks = self.codings.touching(start, end), self.marks.touching(start, end)
        return Beside(lanes, hidden, codings, marks, self.found.touching(start, end))

    # -- the margin -------------------------------------------------------------------------------------
    def _speaker(self, number: int, row: Row) -> list[Segment]:
        nothing = Segment(" " * self.page.speaker, style(self.palette.text, self.palette.ground))
        if row.kind is RowKind.BLANK:
            row = self.layout.rows[number - 1]  # what had no room beside a short turn stands below it
        turn = self._turn(row)
        if turn is None:
            return [nothing]
        line = number - self.layout.row_of(turn.speech_start)
        words = self.speakers.line(row.turn, line, self.page.speaker)
        is_label = line < self.speakers.label_rows(row.turn, self.page.speaker)
        color = self.palette.bright if is_label and not turn.asks else self.palette.quiet
        return [Segment(words, style(color, self.palette.ground, bold=is_label and not turn.asks))]

    def _stripes(self, number: int, look: Look, beside: Beside, is_top: bool) -> list[Segment]:
        lanes, hidden = beside.lanes, beside.hidden
        if hidden:
            hidden += lanes[-1] is not None
            lanes = [*lanes[:-1], None]
        segments = []
        for lane in reversed(range(len(lanes))):
            stripe = lanes[lane]
            if stripe is not None:
                segments += self._stripe(stripe, number, look, is_top)
            else:
                words = f"+{hidden}" if hidden and lane == len(lanes) - 1 else ""
                segments.append(Segment(words.ljust(self.page.lane), style(self.palette.quiet, self.palette.ground)))
        return segments

    def _stripe(self, stripe: Stripe, number: int, look: Look, is_top: bool) -> list[Segment]:
        coding, ground, width = stripe.coding, self.palette.ground, self.page.lane
        is_active = coding.id == look.active
        hue = style(self.palette.element(coding.element), ground, bold=is_active)
        if number == stripe.first or is_top:
            letter, mark = coding_letter(coding), sign(coding.stance)
            name = letter + point_number(coding.point) if width > 3 else letter
            name = name[: width - 1 - len(mark)]
            rest = " " * (width - len(name) - len(mark))
            stance = style(self.palette.stance(coding.stance), ground, bold=True)
            return [Segment(name, hue), Segment(mark, stance), Segment(rest, hue)]
        if width <= 3 and number == stripe.first + 1 and coding.point:
            return [Segment(point_number(coding.point)[: width - 1].ljust(width), hue)]
        own = "│" if coding.coder == self.coder else "┊"
        return [Segment(("┃" if is_active else own).ljust(width), hue)]

    def _bar(self, row: Row, look: Look) -> Segment:
        inside = row.kind is RowKind.SPEECH and look.passage is not None
        return Segment("▌ " if inside else "  ", style(self.palette.accent, self.palette.ground))

    # -- the text ---------------------------------------------------------------------------------------
    def _text(self, row: Row, look: Look, beside: Beside) -> list[Segment]:
        shown_end = row.start + len(self.layout.shown(row.start, row.end).rstrip())
        spans: list[tuple[int, int]] = [
            *((coding.start, coding.end) for coding in beside.codings),
            *((mark.start, mark.end) for mark in beside.marks),
            *beside.found,
        ]
        if look.passage is not None:
            spans.append(look.passage)
        cuts = {row.start, shown_end}
        cuts.update(cut for span in spans for cut in span if row.start < cut < shown_end)
        edges = sorted(cuts)
        asks = (turn := self._turn(row)) is not None and turn.asks is True
        return [
            Segment(self.layout.text[start:end], self._look(start, look, beside, asks))
            for start, end in pairwise(edges)
        ]

    def _look(self, at: int, look: Look, beside: Beside, asks: bool) -> Style:
        palette = self.palette
        if any(_inside(at, span) for span in beside.found):
            return style(palette.ground, palette.accent, bold=True)
        is_chosen = look.passage is not None and _inside(at, look.passage)
        ground, underline = palette.ground, False
        if is_chosen:
            ground = palette.selected if look.is_selected else palette.lifted
        for coding in beside.codings:
            if coding.start <= at < coding.end:
                ground = tint(ground, palette.element(coding.element), _CODED_SHARE)
                underline = underline or coding.id == look.active
        color = palette.quiet if asks else palette.text
        if is_chosen:
            color = palette.bright
        elif any(mark.start <= at < mark.end for mark in beside.marks):
            color = palette.quiet
        # Where there are no colours, the selection is told by bold alone.
        return style(color, ground, bold=is_chosen and look.is_selected, underline=underline)

    def _turn(self, row: Row) -> Turn | None:
        return self.reading.turns[row.turn] if row.turn >= 0 else None


class Drawn:
    """The rows of a sheet as they were drawn: each is drawn anew only when it looks different.

    A strip that is the same object as before is not painted anew; Textual keeps with it what it has made of it.
    ``before`` are those of the same sheet before its codings, or what a search found, changed: most rows look as they
    did.
    """

    def __init__(self, sheet: Sheet, width: int, before: Drawn | None = None) -> None:
        self.sheet, self.width = sheet, width
        self._strips: dict[tuple[int, bool, Look], tuple[Strip, Beside]] = {}
        self._before: Mapping[tuple[int, bool, Look], tuple[Strip, Beside]] = {}
        self._below = Strip.blank(width, style(sheet.palette.text, sheet.palette.ground))
        if before is not None and before.width == width:
            self._before, self._below = before._strips, before._below

    def strips(self, numbers: range, top: int) -> list[Strip]:
        """The strips of some rows, of which ``top`` is the first of the view; see :meth:`Sheet.draw`.

        Below the last row there is nothing.
        """
        looks = zip(numbers, self.sheet.looks(numbers), strict=True)
        return [self._strip(number, number == top, look) for number, look in looks]

    def _strip(self, number: int, is_top: bool, look: Look) -> Strip:
        key = number, is_top, look
        known = self._strips.get(key)
        if known is None:
            if not self.sheet.layout.rows.has(number):
                return self._below
            if len(self._strips) >= MOST_KEPT:
                del self._strips[next(iter(self._strips))]
            known, beside = self._before.get(key), self.sheet.beside(number)
            if known is None or known[1] != beside:
                known = self.sheet.draw(number, look, beside, is_top=is_top, width=self.width), beside
            self._strips[key] = known
        return known[0]


def _inside(position: int, span: Span) -> bool:
    return span.start <= position < span.end
