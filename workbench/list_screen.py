"""A screen with a list, and what is chosen in it in full beside or below: the frame of all screens beside the text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cmo.study import Study
from store.errors import CmoError
from store.journal import Entry
from workbench.card import ELSEWHERE
from workbench.dialogs import KeyCard, Question
from workbench.form import Form
from workbench.lines import hint_line, two_ends
from workbench.lists import KeyList, heading
from workbench.opened import Opened
from workbench.others import Others, in_words
from workbench.palette import Palette, palette_of
from workbench.picker import Item, Picker
from workbench.place_keys import ALWAYS, PlaceKey
from workbench.places import PLACES, TO, PlacesMenu, place_screen
from workbench.words import counted

T = TypeVar("T")

BESIDE_FROM = 110
"""Cells of width from which the details stand beside the list."""
LINES = 2
"""How many lines a thing has at most in the list."""
MOST = 2000
"""Things in the list at most: typing part of the words leads to the others."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether somebody else has changed the study."""


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

    def __init__(self, study: Study, first: str | None = None) -> None:
        """``first`` is the name of the thing to begin with."""
        super().__init__()
        self.study = study
        self._first = first
        self.things: Sequence[T] = ()
        self._shown: Sequence[T] = ()
        self._said = ""
        self._typed = ""
        self._others = Others(study)
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

    def words_of(self, thing: T) -> str:
        """The words by which it is found."""
        return self.line(thing, palette_of(self.app)).plain

    def opened(self, thing: T) -> None:
        """Enter on a thing."""

    def place_title(self) -> str:
        """What stands in the title's left end."""
        return self.NAME

    def about(self) -> str:
        """What stands in the title's right end."""
        if len(self._shown) < len(self.things):
            return f"{len(self._shown)} of {counted(len(self.things), self.ONE)}"
        return counted(len(self.things), self.ONE)

    # -- the frame ----------------------------------------------------------------------------------------------
    def compose(self) -> ComposeResult:
        yield Static(classes="place-title")
        yield Input(placeholder="only those with these words", classes="place-find", compact=True)
        with Container(classes="place-parts"):
            yield KeyList()
            with VerticalScroll(classes="place-full", can_focus=False):
                yield Static()
        yield Static(classes="place-said")
        yield Static(classes="place-hints")

    def on_mount(self) -> None:
        self.query_one(".place-find").display = False
        self.set_interval(LOOK_EVERY, self.look_for_others)
        self.refresh_list(self._first)

    def on_resize(self) -> None:
        self.set_class(self.size.width >= BESIDE_FROM, "-beside")
        self.call_after_refresh(self._fill)

    def refresh_list(self, name: str | None = None) -> None:
        """Read anew; the cursor stays on its thing, or goes to the one of that name."""
        self.things = self.read()
        self._fill(name)

    def _fill(self, name: str | None = None) -> None:
        name = name or self._highlighted()
        palette, width = palette_of(self.app), self._line_width
        self._shown = self._wanted()
        options, group = list[Option](), None
        for thing in self._shown[:MOST]:
            if (new := self.group_of(thing)) != group:
                options.append(heading(Content.styled(new or "", f"bold {palette.accent}")))
                group = new
            options.append(Option(_clipped(self.line(thing, palette), width), id=self.name_of(thing)))
        if len(self._shown) > MOST:
            options.append(heading(Content.styled("… / and words of them lead to the others", palette.quiet)))
        self.query_one(KeyList).fill(options, name)
        self._tell()

    def _wanted(self) -> Sequence[T]:
        """The things with the words that were typed after ``/``."""
        words = self._typed.casefold().split()
        if not words:
            return self.things
        told = ((thing, self.words_of(thing).casefold()) for thing in self.things)
        return [thing for thing, said in told if all(word in said for word in words)]

    @property
    def _line_width(self) -> int:
        listed = self.query_one(KeyList).size.width
        return max(listed - 4, 20) if listed else 74

    @property
    def chosen(self) -> T | None:
        """The thing under the cursor."""
        name = self._highlighted()
        return next((thing for thing in self._shown if self.name_of(thing) == name), None)

    def _highlighted(self) -> str | None:
        option = self.query_one(KeyList).highlighted_option
        return option.id if option is not None else None

    def _tell(self) -> None:
        palette, width, chosen = palette_of(self.app), self.size.width, self.chosen
        title = Content.styled(f" {self.place_title()}", f"bold {palette.bright}")
        about = Content.styled(f"{self.about()} · {self.study.coder} ", palette.quiet)
        self._put(".place-title", two_ends(title, about, width))
        self._put(".place-full Static", self._in_full_or_empty(chosen, palette), layout=True)
        self._put(".place-said", Content.styled(f" {self._said}", palette.text))
        self._put(".place-hints", place_hints(self.KEYS, width, palette))

    def _in_full_or_empty(self, chosen: T | None, palette: Palette) -> Content:
        if chosen is not None:
            return self.in_full(chosen, palette)
        return Content.styled("Nothing has these words." if self.things else self.EMPTY, palette.text)

    def _put(self, where: str, words: Content, *, layout: bool = False) -> None:
        self.query_one(where, Static).update(words, layout=layout)

    def on_option_list_option_highlighted(self) -> None:
        self.query_one(".place-full", VerticalScroll).scroll_home(animate=False)
        self._tell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.chosen is not None:
            self.opened(self.chosen)

    def look_for_others(self) -> None:
        """Show what somebody else has done to the study since the last look, and say that they did."""
        entries = self._others.look()
        if entries:
            self.refresh_list()
            self.say(in_words(entries))

    def action_scroll_details(self, pages: int) -> None:
        """Half a page of what is told beside or below the list."""
        details = self.query_one(".place-full", VerticalScroll)
        details.scroll_relative(y=pages * max(details.size.height // 2, 1), animate=False)

    # -- finding ------------------------------------------------------------------------------------------------
    def action_find(self) -> None:
        """Type words that the things are to have."""
        field = self.query_one(".place-find", Input)
        field.display = True
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._typed = event.value
        self._fill()

    def on_input_submitted(self) -> None:
        self.query_one(KeyList).focus()

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
            self._said = f"! {error.message} {error.hint}".strip()
            self.refresh_list()
            return False
        self._said = said if isinstance(said, str) else said()
        self.refresh_list(name)
        return True

    def ask(self, form: Form, said: str) -> None:
        """Open a form over the list; ``said`` is told when it was saved."""

        def answered(saved: bool | None) -> None:
            if saved:
                self._said = said
            self.refresh_list()

        self.app.push_screen(form, answered)

    def confirm(self, question: str, act: Callable[[], object], said: str) -> None:
        """Ask for yes or no before an act."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.act(act, said)

        self.app.push_screen(Question(question), answered)

    def pick(self, title: str, items: Sequence[Item], then: Callable[[str], object], *, offer_new: str = "") -> None:
        """Let something be chosen by typing part of it."""

        def answered(item: str | None) -> None:
            if item is not None:
                then(item)

        self.app.push_screen(Picker(title, items, offer_new=offer_new), answered)

    def go(self, screen: Screen[Any]) -> None:
        """Open another screen over this one; a passage that is opened there is opened in its transcript."""

        def came_back(quote: object) -> None:
            if isinstance(quote, Opened):
                self.dismiss(quote)
            else:
                self.refresh_list()

        self.app.push_screen(screen, came_back)

    def action_undo(self) -> None:
        self.act(lambda: self._remember(self.study.undo(mine=True)), lambda: f"↶ undone: {self._acts}")

    def action_redo(self) -> None:
        self.act(lambda: self._remember(self.study.redo(mine=True)), lambda: f"↷ done again: {self._acts}")

    def _remember(self, entries: Sequence[Entry]) -> None:
        self._acts = "; ".join(entry.summary for entry in entries)

    def action_places(self) -> None:
        """The menu of all screens."""

        def answered(name: str | None) -> None:
            if name is not None:
                self.go(place_screen(name, self.study))

        self.app.push_screen(PlacesMenu(), answered)

    async def action_palette(self) -> None:
        """Acts of this screen and all other screens, by typing part of their words."""
        acts = [Item(key.action, key.words, note=key.shown) for key in (*self.KEYS, *ALWAYS) if key.keys != ("enter",)]
        places = [Item(TO + place.name, place.name, place.words, "go") for place in PLACES]

        def chosen(item: str) -> None:
            if item.startswith(TO):
                self.go(place_screen(item.removeprefix(TO), self.study))
            else:
                self.call_later(self.run_action, item)

        self.pick("Acts and screens", [*acts, *places], chosen)

    def action_help(self) -> None:
        rows = [(key.shown, key.words) for key in (*self.KEYS, *ALWAYS)]
        self.app.push_screen(KeyCard({self.NAME: rows, "In lists": ELSEWHERE["In lists"]}))

    def action_leave(self) -> None:
        """Back to all things, where only some are shown; else to where one came from."""
        field = self.query_one(".place-find", Input)
        if field.display:
            field.display = False
            field.value = self._typed = ""
            self.query_one(KeyList).focus()
            self._fill()
        else:
            self.dismiss(None)


def place_hints(keys: Sequence[PlaceKey], width: int, palette: Palette) -> Content:
    """As many keys of a screen as there is room for; that ? has all of them is always said."""
    always = hint_line([("?", "all keys"), ("esc", "back")], width, palette)
    line = hint_line([(key.shown, key.words) for key in keys], width - always.cell_length, palette)
    return two_ends(line, always, width)


def _clipped(line: Content, width: int) -> Content:
    """At most so many lines, none of them wider than the list."""
    return Content("\n").join(part.truncate(width, ellipsis=True) for part in line.split("\n")[:LINES])
