"""From the text to the screens beside it, and what others save while one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import CmoError, UnknownName
from workbench.code.code_panes import CodePanes
from workbench.desk.others import Others, in_words, news
from workbench.parts.opened import Opened
from workbench.parts.places import PlacesMenu, place_screen

if TYPE_CHECKING:
    from workbench.desk.desk import Desk
    from workbench.desk.preferences import Preferences
    from workbench.keys.keymap import Keymap

LOOK_EVERY = 2.0
"""Seconds between two looks whether somebody else has changed the study."""


class CodeBeside(CodePanes):
    """Every other screen is opened from here, and a passage that is opened there comes back here."""

    def __init__(
        self,
        desk: Desk,
        study_name: str,
        keymap: Keymap | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(desk, study_name, keymap, preferences)
        self._others = Others(desk.study)

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.look_for_others)
        if self.desk.reading is None and not self.desk.sources and not self.desk.theory.points:
            self.call_after_refresh(self.go_to, "First steps")

    async def do_screens(self) -> None:
        """The menu of all screens."""

        def chosen(name: str | None) -> None:
            if name is not None:
                self.go_to(name)

        await self._ask(PlacesMenu(), chosen)

    def do_matrix(self) -> None:
        """The matrix of evidence."""
        self.go_to("Matrix")

    def go_to(self, name: str) -> None:
        """Open one of :data:`workbench.parts.places.PLACES` over the text."""

        study = self.desk.study
        before = (study.file.data_version(), study.is_blind)

        def came_back(quote: object) -> None:
            if (study.file.data_version(), study.is_blind) != before:
                self.desk.refresh()
            self.show_study()
            if isinstance(quote, Opened) and quote.start == quote.end:
                self.open_source(quote.source_id)
            elif isinstance(quote, Opened):
                self.open_quote(*quote)

        self.app.push_screen(place_screen(name, study), came_back)

    def look_for_others(self) -> None:
        """Show what somebody else has saved since the last look, and say who did what; not while a code is chosen."""
        if self.prompt.choice is not None or self.desk.recoding is not None:
            return
        entries = self._others.look()
        if entries:
            self.desk.take_over(entries)
            self.show_study()
            self.say(news(entries, self.desk.study))

    def _tell(self, error: CmoError) -> None:
        """What is refused because somebody else was faster is told with what they did."""
        entries = self._others.look()
        super()._tell(error)
        if entries and isinstance(error, UnknownName) and not self.desk.study.is_blind:
            self.say_error(UnknownName(error.message, in_words(entries)))
