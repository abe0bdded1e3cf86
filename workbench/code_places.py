"""Going to places from the text screen: back, to a quote, to another pane, to another screen."""

from __future__ import annotations

from collections.abc import Callable

from codebook.review import ReviewItem
from store.errors import CmoError, InputError
from workbench.card import place_blocks
from workbench.code_acts import CodeActs
from workbench.desk import Desk
from workbench.dialogs import KeyCard
from workbench.evidence_pane import EvidencePane
from workbench.find_bar import FindBar
from workbench.import_screen import ImportScreen
from workbench.keymap import Keymap
from workbench.matrix_screen import MatrixScreen
from workbench.palette import DARK, LIGHT
from workbench.pick import point_items
from workbench.picker import Item, Picker
from workbench.quotes_screen import Opened
from workbench.reading import Reading
from workbench.review_screen import ReviewScreen
from workbench.search_screen import Asked, SearchScreen
from workbench.sources_pane import SourcesPane
from workbench.transcript_view import TranscriptView
from workbench.words import clipped

KEEP_EVERY = 5.0
"""Seconds between two looks whether the place that is read has changed, to keep it."""
STEP = 4
"""Characters by which lines get longer or shorter."""


class CodePlaces(CodeActs):
    """Commands that show another place."""

    def __init__(self, desk: Desk, study_name: str, keymap: Keymap | None = None) -> None:
        super().__init__(desk, study_name, keymap)
        self._asked = Asked()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(KEEP_EVERY, self.desk.keep_place)

    def do_page_down(self) -> None:
        """A screenful on."""
        self._turn_page(1)

    def do_page_up(self) -> None:
        """A screenful back."""
        self._turn_page(-1)

    def _turn_page(self, step: int) -> None:
        def turn(reading: Reading) -> None:
            there = reading.sentence_at(self.text.position_rows_away(step * self.text.page_step()))
            here = reading.number
            reading.go_to_number(max(there, here + 1) if step > 0 else min(there, here - 1))

        self._move(turn)

    def do_let_go(self) -> None:
        """Back to the text; there, select nothing."""
        self.desk.reviewing = self.desk.recoding = None
        if self.desk.reading is not None and self.text.has_focus:
            self.desk.reading.let_go()
        self.text.show_found([])
        self.set_focus(self.text)
        self.show_place()

    def do_back(self) -> None:
        """Return to where the last jump began."""
        self._travel(self.desk.go_back, "There is no place to go back to.")

    def do_forward(self) -> None:
        """Go again where the last way back began."""
        self._travel(self.desk.go_forward, "There is no place to go forward to.")

    def _travel(self, go: Callable[[], bool], otherwise: str) -> None:
        if go():
            self.set_focus(self.text)
            self.show_source()
        else:
            self.say(otherwise)

    def do_next_coding(self) -> None:
        """The next coding in this source."""
        self._go(lambda desk: desk.go_to_coding(1))

    def do_previous_coding(self) -> None:
        """The coding before."""
        self._go(lambda desk: desk.go_to_coding(-1))

    def do_next_uncoded(self) -> None:
        """The next source without this coder's codings."""
        self._go(lambda desk: desk.open_uncoded(1))

    def do_previous_uncoded(self) -> None:
        """The source before without this coder's codings."""
        self._go(lambda desk: desk.open_uncoded(-1))

    def do_next_evidence(self) -> None:
        """The next quote of the point beside the text, in the order of sources and text."""
        self._step_evidence(back=False)

    def do_previous_evidence(self) -> None:
        """The quote before."""
        self._step_evidence(back=True)

    def _step_evidence(self, *, back: bool) -> None:
        point, spot = self.desk.current_point, self.desk.spot
        if point is None or spot is None:
            raise InputError("There is no point beside the text.", "p chooses one.")
        found = self.desk.study.next_evidence(point.id, spot, back=back)
        if found is None:
            raise InputError(f"There is no quote of {point.label} {'before' if back else 'after'} this place.")
        self.open_quote(found.source_id, found.start, found.end, found.coding_id)

    async def do_points(self) -> None:
        """Another point beside the text: those that this passage and this source touch come first."""

        def chosen(label: str | None) -> None:
            if label is not None:
                self.desk.point = label or None
                self.show_point()

        await self._ask(Picker("Which point beside the text?", point_items(self.desk)), chosen)

    def do_bookmark(self) -> None:
        """Set a bookmark here, or take it away."""
        self.say(self.desk.switch_bookmark())

    async def do_bookmarks(self) -> None:
        """Go to a bookmark."""
        marks = {str(mark.id): mark for mark in self.desk.study.bookmarks()}
        if not marks:
            raise InputError("You have no bookmarks yet.", f"{self.keymap.printed('bookmark')} sets one.")

        def chosen(mark_id: str | None) -> None:
            if mark_id is not None:
                self.desk.open_bookmark(marks[mark_id])
                self.set_focus(self.text)
                self.show_source()

        items = [Item(key, mark.name, mark.source) for key, mark in marks.items()]
        await self._ask(Picker("Bookmarks", items), chosen)

    async def do_undecided(self) -> None:
        """Codings that are undecided between elements."""
        codings = {str(coding.id): coding for coding in self.desk.study.undecided_codings()}
        if not codings:
            way = f"{self.keymap.printed('whole_point')} c m and a number codes a passage as undecided."
            raise InputError("No coding is undecided.", way)

        def chosen(coding_id: str | None) -> None:
            if coding_id is not None:
                coding = codings[coding_id]
                self.open_quote(coding.source_id, coding.start, coding.end, coding.id)

        names = {source.id: source.name for source in self.desk.sources}
        items = [
            Item(key, self.desk.in_words(coding), coding.quote, names.get(coding.source_id, ""))
            for key, coding in codings.items()
        ]
        await self._ask(Picker("Undecided", items), chosen)

    def open_quote(self, source_id: int, start: int, end: int, coding_id: int | None = None) -> None:
        """Show a passage in its transcript, selected."""
        has_place = self.desk.jump(source_id, start, end, coding_id)
        self.desk.active_id = coding_id if has_place else None
        self.set_focus(self.text)
        self.show_source()
        if not has_place:
            self.say("That quote has no place in the text any more: cmo review STUDY shows it.")

    def do_find(self) -> None:
        """Find words in this source."""
        if self.desk.reading is not None:
            self.query_one(FindBar).open(self.desk.reading.text, self.desk.reading.sentence.start)

    def on_find_bar_found(self, event: FindBar.Found) -> None:
        self.text.show_found(event.spans)
        position = event.position
        if position is not None:
            self._move(lambda reading: reading.go_to(position))

    def on_find_bar_left(self) -> None:
        self.set_focus(self.text)

    # -- panes and screens ----------------------------------------------------------------------------------
    def do_next_pane(self) -> None:
        """Text, evidence, sources, text."""
        self._step_pane(1)

    def do_previous_pane(self) -> None:
        """The other way round."""
        self._step_pane(-1)

    def do_evidence(self) -> None:
        """To the evidence of the point."""
        self.set_focus(self.query_one("#evidence-list"))

    def _step_pane(self, step: int) -> None:
        panes = [self.text, self.query_one("#evidence-list"), self.query_one("#source-list")]
        place = panes.index(self.focused) if self.focused in panes else 0
        self.set_focus(panes[(place + step) % len(panes)])

    def on_descendant_focus(self) -> None:
        pane = self.focused.parent if self.focused is not None else None
        self.set_class(isinstance(pane, SourcesPane), "-in-sources")
        self.set_class(isinstance(pane, EvidencePane), "-in-evidence")
        self.show_lines()

    def on_transcript_view_pointed(self, _event: TranscriptView.Pointed) -> None:
        self.show_place()

    def on_transcript_view_stripe_chosen(self, event: TranscriptView.StripeChosen) -> None:
        self.desk.select_coding(event.coding)
        self.set_focus(self.text)
        self.show_place()

    def on_sources_pane_chosen(self, event: SourcesPane.Chosen) -> None:
        self.open_source(event.source_id)

    def open_source(self, source_id: int) -> None:
        """Show a source where it was left."""
        self.set_focus(self.text)
        try:
            self.desk.open(source_id)
        except CmoError as error:
            self._tell(error)
        self.show_source()

    def on_evidence_pane_opened(self, event: EvidencePane.Opened) -> None:
        self.open_quote(event.quote.source_id, event.quote.start, event.quote.end, event.quote.coding_id)

    def on_evidence_pane_point_chosen(self, event: EvidencePane.PointChosen) -> None:
        self.desk.point = event.label
        self.show_point()

    def do_whole_theory(self) -> None:
        """All points beside the text."""
        self.desk.point = None
        self.show_point()

    async def do_search(self) -> None:
        """Search in all sources."""

        def opened(hit: Opened | None) -> None:
            self.desk.refresh()  # hits may have been coded
            self.show_study()
            if hit is not None:
                self.open_quote(*hit)

        await self.app.push_screen(SearchScreen(self.desk, self._asked), opened)

    async def do_import(self) -> None:
        """Bring interviews in, after a look at them; then read the first of them."""

        def brought_in(source_id: int | None) -> None:
            self.desk.refresh()
            self.show_study()
            if source_id is not None:
                self.open_source(source_id)

        await self.app.push_screen(ImportScreen(self.desk.study), brought_in)

    async def do_review(self) -> None:
        """What a correction left to your eye; while one is open, the passage here is its place."""
        if self.desk.reviewing is not None:
            self._act(Desk.settle_here)
            return

        def opened(item: ReviewItem | None) -> None:
            self.desk.refresh()
            self.show_study()
            if item is not None:
                self._open_review(item)

        await self.app.push_screen(ReviewScreen(self.desk.study), opened)

    def _open_review(self, item: ReviewItem) -> None:
        self.desk.reviewing = item
        if item.span is not None:
            self.open_quote(item.source_id, *item.span)
        else:
            self.open_source(item.source_id)
        self.say(f"Select where “{clipped(item.was, 60)}” belongs, then R. esc leaves it as it is.")

    async def do_matrix(self) -> None:
        """The matrix of evidence."""

        def opened(quote: Opened | None) -> None:
            if quote is not None:
                self.open_quote(*quote)

        await self.app.push_screen(MatrixScreen(self.desk.study, self.desk.theory), opened)

    async def do_help(self) -> None:
        """All keys."""
        groups = place_blocks(self.keymap, self.elements, in_text=self.text.has_focus or not self.text.display)
        await self._ask(KeyCard(groups), lambda _: None)

    def do_theme(self) -> None:
        """Dark or light."""
        self.app.theme = LIGHT if self.app.theme == DARK else DARK

    def do_refresh(self) -> None:
        """Read the study again."""
        self.desk.refresh()
        self.show_study()
        self.say("Read again from the study.")

    def do_wider(self) -> None:
        """Longer lines."""
        self.say(f"Lines of {self.text.change_measure(STEP)} characters.")

    def do_narrower(self) -> None:
        """Shorter lines."""
        self.say(f"Lines of {self.text.change_measure(-STEP)} characters.")

    def do_copy(self) -> None:
        """Copy the passage with its reference to the clipboard of the terminal."""
        self.app.copy_to_clipboard(self.desk.passage_with_reference())
        self.say("✓ copied with its reference")

    def do_quit(self) -> None:
        """Leave; everything is saved."""
        self.desk.keep_place()
        self.app.exit()

    def on_unmount(self) -> None:
        self._evidence.close()
