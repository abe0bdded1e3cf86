"""What all screens beside the text have in common: their keys, the ways to other screens, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from cmo.study import Study
from workbench.keys.card import ELSEWHERE
from workbench.keys.place_keys import ALWAYS, OPEN, PlaceKey
from workbench.parts.dialogs import KeyCard
from workbench.parts.lines import hint_line, two_ends
from workbench.parts.opened import Opened
from workbench.parts.picker import Item, Picker
from workbench.parts.places import PLACES, TO, PlacesMenu, place_screen
from workbench.text.palette import Palette


class PlaceScreen(Screen[Opened | None]):
    """Dismisses with a passage that is to be shown in its transcript, or None."""

    DEFAULT_CLASSES = "place-screen"
    NAME: ClassVar[str]
    KEYS: ClassVar[tuple[PlaceKey, ...]]
    """The keys of this screen alone."""
    ALSO: ClassVar[tuple[PlaceKey, ...]] = ALWAYS
    """Those of :data:`ALWAYS` that work here."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.study = study
        for key in (*self.KEYS, *self.ALSO):
            if key.keys != OPEN:  # the list or grid takes it, and tells what was selected
                self._bindings.bind(",".join(key.keys), key.action, show=False, priority=key.first)

    def say(self, words: str) -> None:
        """Tell something on the line above the keys."""
        raise NotImplementedError

    def show_anew(self) -> None:
        """Something may have changed while another screen was open."""

    def put(self, where: str, words: Content, *, layout: bool = False) -> None:
        """Show words in one of the lines; ``layout`` where they may need another height."""
        self.query_one(where, Static).update(words, layout=layout)

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
                self.show_anew()

        self.app.push_screen(screen, came_back)

    def action_places(self) -> None:
        """The menu of all screens."""

        def answered(name: str | None) -> None:
            if name is not None:
                self.go(place_screen(name, self.study))

        self.app.push_screen(PlacesMenu(), answered)

    def action_palette(self) -> None:
        """Acts of this screen and all other screens, by typing part of their words."""
        acts = [Item(key.action, key.words, note=key.shown) for key in (*self.KEYS, *self.ALSO) if key.keys != OPEN]
        places = [Item(TO + place.name, place.name, place.words, "go") for place in PLACES]

        def chosen(item: str) -> None:
            if item.startswith(TO):
                self.go(place_screen(item.removeprefix(TO), self.study))
            else:
                self.call_later(self.run_action, item)

        self.pick("Acts and screens", [*acts, *places], chosen)

    def action_blind(self) -> None:
        """Hide other coders' work from this and all other screens, or show it again."""
        if self.study.is_blind:
            self.study.show_others()
        else:
            self.study.hide_others()
        self.show_anew()
        self.say(f"Other coders' work is {'hidden' if self.study.is_blind else 'shown'}.")

    def action_help(self) -> None:
        """The keys of this place."""
        rows = [(key.shown, key.words) for key in (*self.KEYS, *self.ALSO)]
        self.app.push_screen(KeyCard({self.NAME: rows, "In lists": ELSEWHERE["In lists"]}))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

    def hints(self, width: int, palette: Palette) -> Content:
        """As many keys of the screen as there is room for; that ? has all of them is always said."""
        always = hint_line([("?", "all keys"), ("esc", "back")], width, palette)
        room = width - always.cell_length - 1
        line = hint_line([(key.shown, key.words) for key in self.KEYS], room, palette)
        return two_ends(line.rstrip(), always, width)
