"""The transcript on screen. Only the rows that are seen are drawn."""

from __future__ import annotations

from textual import events
from textual.filter import ANSIToTruecolor
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.timer import Timer

from codebook.records import Coding
from transcripts.conventions.marks import Mark
from transcripts.records import Span, Transcript
from workbench.text.page import BAR, LONGEST_MEASURE, SpeakerColumn, plan_page
from workbench.text.painting import Drawn, Sheet
from workbench.text.palette import palette_of, style
from workbench.text.reading import End, Reading, Unit
from workbench.text.scroll_bar import KeptScrollBar
from workbench.text.spans import SpanIndex
from workbench.text.stripes import Margin, Stripe
from workbench.text.text_layout import TextLayout

NO_CODINGS: SpanIndex[Coding] = SpanIndex((), lambda coding: (coding.start, coding.end))
PAUSE, BETWEEN = 0.15, 0.001
"""Seconds before what is not seen is wrapped, and between two pieces of it."""
LEAST_MEASURE, MOST_MEASURE = 30, 160
"""Cells a line, between which a coder can choose."""


class TranscriptView(ScrollView, can_focus=True):
    """Shows a transcript with its codings, and lets the mouse put the cursor and select words.

    It changes nothing in a study. Whoever moves ``reading`` calls :meth:`follow`; whoever shows another transcript or
    changes codings calls :meth:`show_codings` and then :meth:`follow`, which has what differs painted.
    """

    ALLOW_SELECT = False

    class Pointed(Message):
        """The mouse has moved the cursor or the selection."""

    class StripeChosen(Message):
        """The mouse has chosen the coding of a stripe."""

        def __init__(self, coding: Coding) -> None:
            super().__init__()
            self.coding = coding

    def __init__(self, coder: str, longest: int = LONGEST_MEASURE, *, id: str | None = None) -> None:
        """``coder`` is whose codings are drawn as one's own, ``longest`` how long lines may be, in cells."""
        super().__init__(id=id)
        self._coder = coder
        self._transcript: Transcript | None = None
        self._reading: Reading | None = None
        self._codings: SpanIndex[Coding] = NO_CODINGS
        self._marks: SpanIndex[Mark] = SpanIndex([], lambda mark: mark[:2])
        self._active: Coding | None = None
        self._found: list[Span] = []
        self._layout: TextLayout | None = None
        self._sheet: Sheet | None = None
        self._drawn: Drawn | None = None
        self._painted: tuple[int, list[Strip]] = (0, [])
        self._pressed_at: int | None = None
        self._later: Timer | None = None
        self._longest = min(max(longest, LEAST_MEASURE), MOST_MEASURE)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for, as Textual does."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = KeptScrollBar(thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    # -- what is shown --------------------------------------------------------------------------------------
    def show(self, transcript: Transcript | None, reading: Reading | None) -> None:
        """Show a transcript from where ``reading`` is, with the codings that :meth:`show_codings` is told next."""
        self._transcript, self._reading = transcript, reading
        self._codings, self._active, self._found = NO_CODINGS, None, []
        self._layout = self._sheet = None
        self._arrange()

    def show_codings(self, codings: SpanIndex[Coding], active: Coding | None) -> None:
        """Show these codings; ``active`` is the one that stands out."""
        changed = codings is not self._codings
        self._codings, self._active = codings, active
        if self._sheet is not None:
            self._sheet.active = active
            if changed:
                self._sheet.codings = codings
                self._sheet.margin = Margin(codings, self._sheet.layout, self._sheet.page.lanes)
                self._draw_anew()

    def show_marks(self, marks: SpanIndex[Mark]) -> None:
        """Show quietly what is written there and was not said."""
        if marks is self._marks:
            return
        self._marks = marks
        if self._sheet is not None:
            self._sheet.marks = marks
        self._draw_anew()

    def show_found(self, found: list[Span]) -> None:
        """Mark what a search has found."""
        self._found = found
        if self._sheet is not None:
            self._sheet.found = SpanIndex(found, lambda span: span)
        self._draw_anew()
        self._repaint()

    def change_measure(self, characters: int) -> int:
        """Make lines longer, or shorter with a negative number; return how long they are now, in cells."""
        now = self._sheet.page.measure if self._sheet is not None else self._longest
        self._longest = min(max(now + characters, LEAST_MEASURE), MOST_MEASURE)
        self._arrange()
        self.follow()
        return self._sheet.page.measure if self._sheet is not None else self._longest

    def _arrange(self) -> None:
        """Make the sheet for the present width and theme; wrap the text only if its measure has changed."""
        width = self.size.width - self.styles.scrollbar_size_vertical
        if self._transcript is None or self._reading is None or width < 1:
            self._sheet = self._drawn = None
            self.virtual_size = Size(0, 0)
            self.refresh()
            return
        speakers = SpeakerColumn(self._transcript)
        page = plan_page(width, speakers.width, self._longest)
        if self._layout is None or self._layout.measure != page.measure:
            self._layout = TextLayout(self._transcript, page.measure)
        self._sheet = Sheet(
            layout=self._layout,
            page=page,
            speakers=speakers,
            margin=Margin(self._codings, self._layout, page.lanes),
            codings=self._codings,
            marks=self._marks,
            reading=self._reading,
            active=self._active,
            found=SpanIndex(self._found, lambda span: span),
            palette=palette_of(self.app),
            coder=self._coder,
        )
        self._drawn = None
        self._draw_anew()
        self.virtual_size = Size(width, self._layout.expected_height)
        self.refresh()
        self._lay_out_soon(PAUSE)

    def _lay_out_soon(self, seconds: float) -> None:
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(seconds, self._lay_out_more)

    def _lay_out_more(self) -> None:
        """Wrap what nobody has looked at yet, a little at a time so that no key waits for it."""
        if self._layout is not None and self._layout.rows.lay_out():
            self._lay_out_soon(BETWEEN)
        else:
            self._settle_height()

    def _settle_height(self) -> None:
        if self._layout is not None:
            self.virtual_size = Size(self.virtual_size.width, self._layout.height)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._arrange())

    def on_resize(self) -> None:
        self._arrange()
        self.follow()

    def render_line(self, y: int) -> Strip:
        return self._rows(range(y, y + 1))[0]

    def _rows(self, places: range) -> list[Strip]:
        """The rows at these places on the screen, counted from the top of the view."""
        drawn, top = self._drawn, self.scroll_offset.y
        if drawn is None:
            palette = palette_of(self.app)
            return [Strip.blank(self.size.width, style(palette.text, palette.ground))] * len(places)
        return drawn.strips(range(top + places.start, top + places.stop), top)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips as they are kept. There is no border or padding here, for which Textual would make others."""
        ground = self.background_colors[1]
        # All colours here are true ones already: for each new row that filter would make another one that is the same.
        filters = [one for one in self.get_line_filters() if not isinstance(one, ANSIToTruecolor)]
        strips = self._rows(range(crop.y, crop.bottom))
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, ground) for strip in strips]
        return [strip.crop(*crop.column_span) for strip in strips]

    def _draw_anew(self) -> None:
        """Rows may look different from now on."""
        self._drawn = Drawn(self._sheet, self.size.width, self._drawn) if self._sheet is not None else None

    def _repaint(self) -> None:
        """Have those rows painted that differ from what they were at the last look; scrolling paints all of them."""
        top, painted = self._painted
        now, height = self.scroll_offset.y, self.size.height
        self._painted = now, self._rows(range(height))
        if top != now or len(painted) != height:
            self.refresh()
            return
        changed = [y for y, (was, strip) in enumerate(zip(painted, self._painted[1], strict=True)) if was is not strip]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    # -- following the cursor -------------------------------------------------------------------------------
    def follow(self, *, covered: int = 0) -> None:
        """Show where the reader is, with some rows around it, scrolling no more than needed.

        ``covered`` is the number of rows at the bottom that lie under something else.
        """
        if self._layout is None or self._reading is None:
            return
        passage, height = self._reading.passage, max(self.size.height - covered, 1)
        first, last = self._layout.row_of(passage.start), self._layout.row_of(max(passage.end - 1, passage.start))
        if last - first >= height:
            moves_start = self._reading.selection is None or self._reading.moving_end is End.START
            first = last = first if moves_start else last
        if self._layout.rows.is_whole or last + height >= self.virtual_size.height:
            self._settle_height()
        around = min(height // 5, (height - 1 - (last - first)) // 2)
        top = min(self.scroll_offset.y, first - around)
        top = max(top, last + around - height + 1)
        self.scroll_to(y=max(top, 0), animate=False)
        self._repaint()

    def page_step(self) -> int:
        """How many rows a page up or down moves: a screenful but two rows, so that the eye finds its place."""
        return max(self.size.height - 2, 1)

    def position_rows_away(self, rows: int) -> int:
        """The position that many rows below (negative: above) the passage's start."""
        if self._layout is None or self._reading is None:
            return 0
        row, _ = self._layout.place_of(self._reading.passage.start)
        return self._layout.nearest_row(row + rows).start

    # -- the mouse ------------------------------------------------------------------------------------------
    def on_mouse_down(self, event: events.MouseDown) -> None:
        stripe = self._stripe_under(event.offset)
        if stripe is not None:
            self.post_message(self.StripeChosen(stripe.coding))
            return
        self._pressed_at = self._position_under(event.offset)
        if self._pressed_at is not None and self._reading is not None:
            self.capture_mouse()
            self._reading.go_to(self._pressed_at)
            self._pointed()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        under = self._position_under(event.offset)
        if self._pressed_at is None or self._reading is None or under is None:
            return
        if self._reading.selection is not None or under != self._pressed_at:
            self._reading.select_between(self._pressed_at, under)
            self._pointed()

    def on_click(self, event: events.Click) -> None:
        """Two clicks select the word, three the turn."""
        under = self._position_under(event.offset)
        if event.chain > 1 and under is not None and self._reading is not None:
            self._reading.select_unit(Unit.WORD if event.chain == 2 else Unit.TURN, under)
            self._pointed()

    def on_mouse_up(self) -> None:
        self._pressed_at = None
        self.release_mouse()

    def _pointed(self) -> None:
        self.follow()
        self.post_message(self.Pointed())

    def _stripe_under(self, offset: Offset) -> Stripe | None:
        row = offset.y + self.scroll_offset.y
        if self._sheet is None or self._layout is None or not self._layout.rows.has(row):
            return None
        page = self._sheet.page
        from_text = page.text_column - BAR - 1 - offset.x
        if not 0 <= from_text < page.lanes * page.lane:
            return None
        return self._sheet.margin.beside(row)[0][from_text // page.lane]

    def _position_under(self, offset: Offset) -> int | None:
        if self._sheet is None or self._layout is None:
            return None
        row = offset.y + self.scroll_offset.y
        if not self._layout.rows.has(row):
            return None
        return self._layout.position_at(row, max(offset.x - self._sheet.page.text_column, 0))
