"""A screen with a list, and what is chosen in it in full beside or below: the frame of all screens beside the text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from cmo.study import Study
from store.errors import CmoError
from store.journal import Entry
from workbench.desk.others import Others, news
from workbench.parts.counting import Counting
from workbench.parts.dialogs import Question
from workbench.parts.form import Form
from workbench.parts.lines import two_ends
from workbench.parts.lists import KeyList, heading
from workbench.parts.place_screen import PlaceScreen
from workbench.text.palette import Palette, palette_of
from workbench.text.words import counted, reader

T = TypeVar("T")

BESIDE_FROM = 110
"""Cells of width from which the details stand beside the list."""
LINES = 2
"""How many lines a thing has at most in the list."""
MOST = 2000
"""Things in the list at most: typing part of the words leads to the others."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether somebody else has changed the study."""


class PlaceList(KeyList):
    """A list beside details: a click shows what is under it, and only a click on what is shown opens it."""

    async def _on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted:
            event.prevent_default()
            if not self.get_option_at_index(clicked).disabled:
                self.highlighted = clicked


class ListScreen(PlaceScreen, Generic[T]):
    """Shows things of one kind.

    A screen says what there is (:meth:`read`), how one thing looks as a line and in full, and adds acts for its keys.
    An act that the study refuses is told on the line above the keys, and nothing has changed.
    """

    DEFAULT_CLASSES = "place-screen list-screen"
    AUTO_FOCUS = "PlaceList"
    ONE: ClassVar[str]
    """What one of the things is called: ``point``."""
    EMPTY: ClassVar[str]
    """What to do first where there is nothing to show."""

    def __init__(self, study: Study, first: str | None = None) -> None:
        """``first`` is the name of the thing to begin with."""
        super().__init__(study)
        self._first = first
        self.things: Sequence[T] = ()
        self._shown: Sequence[T] = ()
        self._said = ""
        self._typed = ""
        self._in_full: dict[str, Content] = {}
        self._others = Others(study)
        self._counting = Counting(self, study)

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

    def figures(self, study: Study) -> object:  # noqa: ARG002
        """What is counted of the things, by the study given, which in a large study is another connection to it."""
        return None

    def take(self, figures: Any) -> None:
        """Show these figures from now on."""

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
            yield PlaceList()
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
        self._counting.ask(self.figures, self._counted)

    def _counted(self, figures: object) -> None:
        if figures is not None:
            self.take(figures)
            self._fill()

    def _fill(self, name: str | None = None) -> None:
        name = name or self._highlighted()
        palette, width = palette_of(self.app), self._line_width
        self._shown = self._wanted()
        self._in_full.clear()
        self.set_class(not self._shown, "-empty")
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
        counting = "counting … · " if self._counting.is_under_way else ""
        about = Content.styled(f"{counting}{self.about()} · {reader(self.study)} ", palette.quiet)
        self.put(".place-title", two_ends(title, about, width))
        self.put(".place-full Static", self._in_full_or_empty(chosen, palette), layout=True)
        self.put(".place-said", Content.styled(f" {self._said}", palette.text))
        self.put(".place-hints", self.hints(width, palette))

    def _in_full_or_empty(self, chosen: T | None, palette: Palette) -> Content:
        if chosen is not None:
            name = self.name_of(chosen)
            if name not in self._in_full:
                self._in_full[name] = self.in_full(chosen, palette)
            return self._in_full[name]
        return Content.styled("Nothing has these words." if self.things else self.EMPTY, palette.text)

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
            self.say(news(entries, self.study))

    def action_scroll_details(self, pages: int) -> None:
        """Half a page of what is told beside or below the list."""
        details = self.query_one(".place-full", VerticalScroll)
        details.scroll_relative(y=pages * max(details.size.height // 2, 1), animate=False)

    # -- finding ------------------------------------------------------------------------------------------------
    def action_find(self) -> None:
        """Type words that the things are to have; in the field itself, the key is a letter."""
        field = self.query_one(".place-find", Input)
        if field.has_focus:
            field.insert_text_at_cursor("/")
        field.display = True
        self.set_focus(field)

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
            self.change(act, said, name)
        except CmoError as error:
            self._said = f"! {error.message} {error.hint}".strip()
            self.refresh_list()
            return False
        return True

    def change(self, act: Callable[[], object], said: str | Callable[[], str], name: str | None = None) -> None:
        """Change the study and show what has become of it. Raises what the act raises."""
        act()
        self._said = said if isinstance(said, str) else said()
        self.refresh_list(name)

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

    def show_anew(self) -> None:
        self.refresh_list()

    def action_undo(self) -> None:
        self.act(lambda: self._remember(self.study.undo(mine=True)), lambda: f"↶ undone: {self._acts}")

    def action_redo(self) -> None:
        self.act(lambda: self._remember(self.study.redo(mine=True)), lambda: f"↷ done again: {self._acts}")

    def _remember(self, entries: Sequence[Entry]) -> None:
        self._acts = "; ".join(entry.summary for entry in entries)

    def action_leave(self) -> None:
        """Back to all things, where only some are shown; else to where one came from."""
        field = self.query_one(".place-find", Input)
        if field.display:
            field.display = False
            field.value = self._typed = ""
            self.query_one(KeyList).focus()
            self._fill()
        else:
            super().action_leave()


def _clipped(line: Content, width: int) -> Content:
    """At most so many lines, none of them wider than the list."""
    return Content("\n").join(part.truncate(width, ellipsis=True) for part in line.split("\n")[:LINES])
