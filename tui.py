"""The terminal workbench: ``run`` opens it on a study."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import ClassVar

from rich.console import RenderableType
from textual.binding import BindingType

from cmo.study import Study
from workbench.code.code_screen import CodeScreen
from workbench.desk.desk import Desk
from workbench.desk.preferences import Preferences, load_preferences, preferences_file
from workbench.keys.in_turn import KeysInTurn
from workbench.keys.keymap import Keymap
from workbench.parts.keeping import keep_all, keep_drafts_in
from workbench.parts.told_to_end import end_whole
from workbench.text.palette import DARK, LIGHT, themes

MADE_BEFORE_GARBAGE = (2_000, 1, 500)
"""Objects made until Python looks for garbage among the newest, and looks until it looks among older and oldest ones.

A page turned makes about 2,000. A look at as many takes less than a millisecond, one at ten times as many as long as
the page, and one at all that an open study holds takes longer than any key.
"""


class CmoApp(KeysInTurn):
    """The workbench on one study. Screens do the work; whoever made the study closes it."""

    CSS_PATH = "workbench/style.tcss"
    TITLE = "cmo"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, study: Study, keymap: Keymap | None = None, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.study = study
        self.coding_keys = keymap or Keymap()
        self.preferences = preferences or Preferences()
        self.animation_level = "none"
        for theme in themes():
            self.register_theme(theme)
        self.theme = LIGHT if self.preferences.is_light else DARK
        keep_drafts_in(study, self)

    def on_mount(self) -> None:
        if not self.is_headless:
            end_whole(self)
        self.call_after_refresh(_look_for_garbage_in_pieces)
        desk = Desk(self.study)
        desk.open_first()
        self.push_screen(CodeScreen(desk, self.study.name, self.coding_keys, self.preferences))

    def on_exit_app(self) -> None:
        """However the workbench is left."""
        keep_all(self)

    def panic(self, *renderables: RenderableType) -> None:
        """The terminal is gone, or something is broken that tells it itself: keep what is being written, then end."""
        keep_all(self)
        super().panic(*renderables)

    def _handle_exception(self, error: Exception) -> None:
        """A fault in the program: keep what is being written, as far as the fault lets it be kept, then end."""
        with suppress(Exception):
            keep_all(self)
        super()._handle_exception(error)


def _look_for_garbage_in_pieces() -> None:
    gc.set_threshold(*MADE_BEFORE_GARBAGE)


def run(study: Study, keymap: Keymap | None = None) -> None:
    """Open the workbench on a study and stay until the coder leaves it."""
    gc.freeze()  # what has been loaded stays, and need never be looked through
    CmoApp(study, keymap, load_preferences(preferences_file())).run()
