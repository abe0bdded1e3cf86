"""A screen with a list, and what is chosen in it in full beside or below: the frame of all screens beside the text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cmo.study import Study
from store.errors import CmoError
from store.journal import Entry
from workbench.card import ELSEWHERE
from workbench.dialogs import KeyCard
from workbench.lines import hint_line, two_ends
from workbench.lists import KeyList, heading
from workbench.palette import Palette, palette_of
from workbench.place_keys import ALWAYS, PlaceKey
from workbench.quotes_screen import Opened
from workbench.words import counted

T = TypeVar("T")

BESIDE_FROM = 110
"""Cells of width from which the details stand beside the list."""


class ListScreen(Screen[Opened | None], Generic[T]):
    """Shows things of one kind. Dismisses with a passage that is to be shown in its transcript, or None.

    A screen says what there is (:meth:`read`), how one thing looks as a line and in full, and adds acts for its keys.
    An act that the study refuses is told on the line above the keys, and nothing has changed.
    """

    DEFAULT_CLASSES = "list-screen"
    AUTO_FOCUS = "KeyList"
    NAME: ClassVar[str]
    ONE: ClassVar[str]
    """What one of the things is called: ``point``."""
    EMPTY: ClassVar[str]
    """What to do first where there is nothing to show."""
    KEYS: ClassVar[tuple[PlaceKey, ...]]

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.study = study
        self.things: Sequence[T] = ()
        self._said = ""
        for key in (*self.KEYS, *ALWAYS):
            if key.keys != ("enter",):  # the list takes it, and tells what was selected
                self._bindings.bind(",".join(key.keys), key.action, show=False)

    # -- what a screen says of itself ---------------------------------------------------------------------------
    @abstractmethod
    def read(self) -> Sequence[T]:
        """What there is, in the order in which it is shown."""

    @abstractmethod
    def name_of(self, thing: T) -> str:
        """A name that stays, so that the cursor stays on the thing."""

    def group_of(self, thing: T) -> str | None:  # noqa: ARG002
        """The heading that it stands under; None for none."""
        return None

    @abstractmethod
    def line(self, thing: T, palette: Palette) -> Content:
        """The thing in the list."""

    @abstractmethod
    def in_full(self, thing: T, palette: Palette) -> Content:
        """The thing with all that is known of it."""

    def opened(self, thing: T) -> None:
        """Enter on a thing."""

    def about(self) -> str:
        """What stands in the title's right end."""
        return counted(len(self.things), self.ONE)

    # -- the frame ----------------------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        yield Static(classes="place-title")
        with Container(classes="place-parts"):
            yield KeyList()
            with VerticalScroll(classes="place-full", can_focus=False):
                yield Static()
        yield Static(classes="place-said")
        yield Static(classes="place-hints")

    def on_mount(self) -> None:
        self.refresh_list()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= BESIDE_FROM, "-beside")
        self._tell()

    def refresh_list(self, name: str | None = None) -> None:
        """Read anew; the cursor stays on its thing, or goes to the one of that name."""
        name = name or (self.name_of(self.chosen) if self.chosen is not None else None)
        self.things = self.read()
        palette, options, group = palette_of(self.app), list[Option](), None
        for thing in self.things:
            if (new := self.group_of(thing)) != group:
                options.append(heading(Content.styled(new or "", f"bold {palette.accent}")))
                group = new
            options.append(Option(self.line(thing, palette), id=self.name_of(thing)))
        self.query_one(KeyList).fill(options, name)
        self._tell()

    @property
    def chosen(self) -> T | None:
        """The thing under the cursor."""
        name = self._highlighted()
        return next((thing for thing in self.things if self.name_of(thing) == name), None)

    def _highlighted(self) -> str | None:
        option = self.query_one(KeyList).highlighted_option
        return option.id if option is not None else None

    def _tell(self) -> None:
        palette, width, chosen = palette_of(self.app), self.size.width, self.chosen
        title = Content.styled(f" {self.NAME}", f"bold {palette.bright}")
        self._put(".place-title", two_ends(title, Content.styled(f"{self.about()} ", palette.quiet), width))
        full = self.in_full(chosen, palette) if chosen is not None else Content.styled(self.EMPTY, palette.text)
        self._put(".place-full Static", full)
        self._put(".place-said", Content.styled(f" {self._said}", palette.text))
        hints = [(key.shown, key.words) for key in self.KEYS]
        self._put(".place-hints", hint_line([*hints, ("?", "all keys"), ("esc", "back")], width, palette))

    def _put(self, where: str, words: Content) -> None:
        self.query_one(where, Static).update(words)

    def on_option_list_option_highlighted(self) -> None:
        self.query_one(".place-full", VerticalScroll).scroll_home(animate=False)
        self._tell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen is not None:
            self.opened(self.chosen)

    # -- acts ---------------------------------------------------------------------------------------------------
    def say(self, words: str) -> None:
        """Tell something on the line above the keys."""
        self._said = words
        self._tell()

    def act(self, act: Callable[[], object], said: str | Callable[[], str], name: str | None = None) -> bool:
        """Change the study and show what has become of it; False, with the reason told, where it refuses."""
        try:
            act()
        except CmoError as error:
            self._said = f"{error.message} {error.hint}".strip()
            self.refresh_list()
            return False
        self._said = said if isinstance(said, str) else said()
        self.refresh_list(name)
        return True

    def action_undo(self) -> None:
        self.act(lambda: self._remember(self.study.undo(mine=True)), lambda: f"↶ undone: {self._acts}")

    def action_redo(self) -> None:
        self.act(lambda: self._remember(self.study.redo(mine=True)), lambda: f"↷ done again: {self._acts}")

    def _remember(self, entries: Sequence[Entry]) -> None:
        self._acts = "; ".join(entry.summary for entry in entries)

    def action_help(self) -> None:
        rows = [(key.shown, key.words) for key in (*self.KEYS, *ALWAYS)]
        self.app.push_screen(KeyCard({self.NAME: rows, "In lists": ELSEWHERE["In lists"]}))

    def action_leave(self) -> None:
        self.dismiss(None)
