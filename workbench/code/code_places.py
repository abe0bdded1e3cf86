"""Going to places in the texts: back and forward, to codings, quotes, bookmarks, sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import CmoError, InputError
from store.rooms import Room
from workbench.code.code_acts import CodeActs
from workbench.text.find_bar import FindBar

if TYPE_CHECKING:
    from workbench.parts import picker
    from workbench.text.reading import Reading
    from workbench.text.transcript_view import TranscriptView
else:
    picker = Room("workbench.parts.picker")


class CodePlaces(CodeActs):
    """Commands that show another place of a text."""

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
        if self.desk.reading is not None and self.is_in_text:
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

        items = [picker.Item(key, mark.name, mark.source) for key, mark in marks.items()]
        await self._ask(picker.Picker("Bookmarks", items), chosen)

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
            picker.Item(key, self.desk.in_words(coding), coding.quote, names.get(coding.source_id, ""))
            for key, coding in codings.items()
        ]
        await self._ask(picker.Picker("Undecided", items), chosen)

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

    def on_transcript_view_pointed(self, _event: TranscriptView.Pointed) -> None:
        self.show_place()

    def on_transcript_view_stripe_chosen(self, event: TranscriptView.StripeChosen) -> None:
        self.desk.select_coding(event.coding)
        self.set_focus(self.text)
        self.show_place()

    def open_source(self, source_id: int) -> None:
        """Show a source where it was left."""
        self.set_focus(self.text)
        try:
            self.desk.open(source_id)
        except CmoError as error:
            self._tell(error)
        self.show_source()

    def do_copy(self) -> None:
        """Copy the passage with its reference to the clipboard of the terminal."""
        self.app.copy_to_clipboard(self.desk.passage_with_reference())
        self.say("✓ copied with its reference")
