"""Draws one row of a transcript: speaker, stripes, cursor, text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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

Look = tuple[Span | None, bool, int | None]
"""The passage, if it is on a row, and whether it is selected; the active coding, if it is beside the row."""
Beside = tuple[object, ...]
"""The stripes beside a row, and the codings, marks and finds on it."""
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

    def draw(self, number: int, *, is_top: bool, width: int) -> Strip:
        """The strip of row ``number``; on the top row of the view, stripes that began above say their name again."""
        ground = style(self.palette.text, self.palette.ground)
        if not self.layout.rows.has(number):
            return Strip.blank(width, ground)
        row = self.layout.rows[number]
        segments = [
            Segment(" " * self.page.indent, ground),
            *self._speaker(number, row),
            *self._stripes(number, is_top),
            self._bar(row),
            *self._text(row),
        ]
        used = sum(segment.cell_length for segment in segments)
        if used > width:
            return Strip(segments, used).adjust_cell_length(width, ground)
        return Strip([*segments, Segment(" " * (width - used), ground)] if used < width else segments, width)

    def look(self, number: int) -> Look:
        """What of the passage and the active coding a row shows: while it is the same, the row is drawn the same."""
        passage, active = None, None
        if self.layout.rows.has(number):
            row, (start, end) = self.layout.rows[number], self.layout.covered(number)
            if row.start < self.reading.passage.end and row.end > self.reading.passage.start:
                passage = self.reading.passage
            if self.active is not None and self.active.start < end and self.active.end > start:
                active = self.active.id
        return passage, passage is not None and self.reading.selection is not None, active

    def beside(self, number: int) -> Beside:
        """What stands on a row and beside it: while that and its look are the same, the row is drawn the same."""
        if not self.layout.rows.has(number):
            return ()
        row, (lanes, hidden) = self.layout.rows[number], self.margin.beside(number)
        on_it = (each.touching(row.start, row.end) for each in (self.codings, self.marks, self.found))
        return lanes, hidden, *on_it

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

    def _stripes(self, number: int, is_top: bool) -> list[Segment]:
        lanes, hidden = self.margin.beside(number)
        if hidden:
            hidden += lanes[-1] is not None
            lanes[-1] = None
        segments = []
        for lane in reversed(range(len(lanes))):
            stripe = lanes[lane]
            if stripe is not None:
                segments += self._stripe(stripe, number, is_top)
            else:
                words = f"+{hidden}" if hidden and lane == len(lanes) - 1 else ""
                segments.append(Segment(words.ljust(self.page.lane), style(self.palette.quiet, self.palette.ground)))
        return segments

    def _stripe(self, stripe: Stripe, number: int, is_top: bool) -> list[Segment]:
        coding, ground, width = stripe.coding, self.palette.ground, self.page.lane
        is_active = self.active is not None and coding.id == self.active.id
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

    def _bar(self, row: Row) -> Segment:
        passage = self.reading.passage
        inside = row.kind is RowKind.SPEECH and row.start < passage.end and row.end > passage.start
        return Segment("▌ " if inside else "  ", style(self.palette.accent, self.palette.ground))

    # -- the text ---------------------------------------------------------------------------------------
    def _text(self, row: Row) -> list[Segment]:
        shown_end = row.start + len(self.layout.shown(row.start, row.end).rstrip())
        codings = self.codings.touching(row.start, row.end)
        quiet = self.marks.touching(row.start, row.end)
        found = self.found.touching(row.start, row.end)
        spans: Sequence[tuple[int, int]] = [
            self.reading.passage,
            *((coding.start, coding.end) for coding in codings),
            *((mark.start, mark.end) for mark in quiet),
            *found,
        ]
        cuts = {row.start, shown_end}
        cuts.update(cut for span in spans for cut in span if row.start < cut < shown_end)
        edges = sorted(cuts)
        asks = (turn := self._turn(row)) is not None and turn.asks is True
        return [
            Segment(self.layout.text[start:end], self._look(start, codings, asks, quiet, found))
            for start, end in pairwise(edges)
        ]

    def _look(self, at: int, codings: list[Coding], asks: bool, quiet: list[Mark], found: list[Span]) -> Style:
        palette, passage = self.palette, self.reading.passage
        if any(_inside(at, span) for span in found):
            return style(palette.ground, palette.accent, bold=True)
        is_chosen = _inside(at, passage)
        ground = palette.ground
        if is_chosen:
            ground = palette.selected if self.reading.selection else palette.lifted
        for coding in codings:
            if coding.start <= at < coding.end:
                ground = tint(ground, palette.element(coding.element), _CODED_SHARE)
        color = palette.quiet if asks else palette.text
        if is_chosen:
            color = palette.bright
        elif any(mark.start <= at < mark.end for mark in quiet):
            color = palette.quiet
        underline = self.active is not None and self.active.start <= at < self.active.end
        # Where there are no colours, the selection is told by bold alone.
        return style(color, ground, bold=is_chosen and self.reading.selection is not None, underline=underline)

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
        self._before = before._strips if before is not None and before.width == width else {}

    def strip(self, number: int, *, is_top: bool) -> Strip:
        """The strip of row ``number``; see :meth:`Sheet.draw`."""
        key = (number, is_top, self.sheet.look(number))
        known = self._strips.get(key)
        if known is None:
            if len(self._strips) >= MOST_KEPT:
                self._strips.clear()
            known, beside = self._before.get(key), self.sheet.beside(number)
            if known is None or known[1] != beside:
                known = self.sheet.draw(number, is_top=is_top, width=self.width), beside
            self._strips[key] = known
        return known[0]


def _inside(position: int, span: Span) -> bool:
    return span.start <= position < span.end
