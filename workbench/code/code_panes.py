"""Panes and screens beside the text, and how the text is shown.

A screen is imported when it is opened: the first text waits for none of them.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import CmoError
from store.rooms import Room
from workbench.code.code_places import CodePlaces
from workbench.code.evidence_pane import EvidencePane
from workbench.code.sources_pane import SourcesPane
from workbench.desk.desk import Desk
from workbench.keys.card import place_blocks
from workbench.text.palette import DARK, LIGHT
from workbench.text.words import clipped

if TYPE_CHECKING:
    from codebook.review import ReviewItem
    from workbench.desk.preferences import Preferences
    from workbench.evidence.search_screen import Asked
    from workbench.keys.keymap import Keymap
    from workbench.parts import dialogs, pick, picker
    from workbench.parts.opened import Opened
else:
    dialogs = Room("workbench.parts.dialogs")
    pick = Room("workbench.parts.pick")
    picker = Room("workbench.parts.picker")

KEEP_EVERY = 5.0
"""Seconds between two looks whether the place that is read has changed, to keep it."""
STEP = 4
"""Characters by which lines get longer or shorter."""


class CodePanes(CodePlaces):
    """Commands that go to another pane or screen, or change how the text is shown."""

    def __init__(
        self,
        desk: Desk,
        study_name: str,
        keymap: Keymap | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(desk, study_name, keymap, preferences)
        self._asked: Asked | None = None

    def on_mount(self) -> None:
        # Textual calls this beside what the classes above say of mounting.
        self.set_interval(KEEP_EVERY, self.desk.keep_place)

    async def do_points(self) -> None:
        """Another point beside the text: those that this passage and this source touch come first."""

        def chosen(label: str | None) -> None:
            if label is not None:
                self.desk.point = label or None
                self.show_point()

        await self._ask(picker.Picker("Which point beside the text?", pick.point_items(self.desk)), chosen)

    def do_next_pane(self) -> None:
        """Text, evidence, sources, text."""
        self._step_pane(1)

    def do_previous_pane(self) -> None:
        """The other way round."""
        self._step_pane(-1)

    def do_evidence(self) -> None:
        """To the evidence of the point."""
        self.show_point()  # a key typed ahead is meant for this point's quotes
        self.set_focus(self.query_one("#evidence-list"))

    def _step_pane(self, step: int) -> None:
        self.show_point()
        self.query_one(SourcesPane).list_unseen()
        panes = [self.text, self.query_one("#evidence-list"), self.query_one("#source-list")]
        place = panes.index(self.focused) if self.focused in panes else 0
        self.set_focus(panes[(place + step) % len(panes)])

    def on_descendant_focus(self) -> None:
        pane = self.focused.parent if self.focused is not None else None
        self.set_class(isinstance(pane, SourcesPane), "-in-sources")
        self.set_class(isinstance(pane, EvidencePane), "-in-evidence")
        self.show_lines()

    def on_sources_pane_chosen(self, event: SourcesPane.Chosen) -> None:
        self.open_source(event.source_id)

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
        from workbench.evidence.search_screen import Asked, SearchScreen

        def opened(hit: Opened | None) -> None:
            self.desk.refresh()  # hits may have been coded
            self.show_study()
            if hit is not None:
                self.open_quote(*hit)

        self._asked = self._asked or Asked()
        await self.app.push_screen(SearchScreen(self.desk, self._asked), opened)

    async def do_import(self) -> None:
        """Bring interviews in, after a look at them; then read the first of them."""
        from workbench.importing.import_screen import ImportScreen

        def brought_in(source_id: int | None) -> None:
            self.desk.refresh()
            self.show_study()
            if source_id is not None:
                self.open_source(source_id)

        await self.app.push_screen(ImportScreen(self.desk.study), brought_in)

    async def do_review(self) -> None:
        """What a correction left to your eye; while one is open, the passage here is its place."""
        from workbench.evidence.review_screen import ReviewScreen

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

    async def do_help(self) -> None:
        """All keys."""
        groups = place_blocks(self.keymap, self.elements, in_text=self.is_in_text or not self.text.display)
        await self._ask(dialogs.KeyCard(groups), lambda _: None)

    def do_theme(self) -> None:
        """Dark or light."""
        self.app.theme = LIGHT if self.app.theme == DARK else DARK
        self.preferences.is_light = self.app.theme == LIGHT
        self.preferences.keep()

    def do_refresh(self) -> None:
        """Read the study again."""
        self.desk.refresh()
        self.show_study()
        self.say("Read again from the study.")

    def do_wider(self) -> None:
        """Longer lines."""
        self._change_measure(STEP)

    def do_narrower(self) -> None:
        """Shorter lines."""
        self._change_measure(-STEP)

    def _change_measure(self, characters: int) -> None:
        self.preferences.measure = self.text.change_measure(characters)
        self.preferences.keep()
        self.say(f"Lines of {self.preferences.measure} characters.")

    def do_quit(self) -> None:
        """Leave; everything is saved."""
        self.app.exit()

    def keep(self) -> None:
        """Where the open source is being read; all else is kept at once."""
        with suppress(CmoError):
            self.desk.keep_place()

    def on_unmount(self) -> None:
        self._evidence.close()
