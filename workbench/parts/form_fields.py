"""Fields of forms that take no words: one of a few things, or any number of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets.option_list import Option

from workbench.parts.lists import KeyList
from workbench.parts.picker import Item, Picker
from workbench.text.palette import palette_of

_OFFER = "offer:"
"""What the id of an offer begins with in the list to choose from: the value of "none" is empty, which no id may be."""

Offers = Sequence[tuple[str, str]]
"""Values, each with the words it is offered in."""


class ChoiceLine(Widget, can_focus=True):
    """One of a few: the arrows and space go through them, Enter lets one be found by typing part of it.

    Where they have no room, only the chosen one is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", show=False),
        Binding("right,space,l", "step(1)", show=False),
        Binding("left,h", "step(-1)", show=False),
    ]
    value: reactive[str] = reactive("")

    def __init__(self, offers: Offers, value: str) -> None:
        super().__init__()
        self._offers = offers
        known = [offered for offered, _ in offers]
        self.set_reactive(ChoiceLine.value, value if value in known else known[0])

    def render(self) -> Content:
        palette = palette_of(self.app)
        if sum(len(words) + 5 for _, words in self._offers) > self.size.width:
            place = [value for value, _ in self._offers].index(self.value)
            count = f" {place + 1} of {len(self._offers)}, ← → or Enter"
            return Content.assemble((f"● {self._offers[place][1]} ", f"bold {palette.bright}"), (count, palette.quiet))
        line = Content("")
        for value, words in self._offers:
            is_chosen = value == self.value
            sign, look = ("●", f"bold {palette.bright}") if is_chosen else ("○", palette.quiet)
            line += Content.styled(f"{sign} {words}   ", look)
        return line

    def action_step(self, step: int) -> None:
        """The next or the one before."""
        values = [value for value, _ in self._offers]
        self.value = values[(values.index(self.value) + step) % len(values)]

    def action_pick(self) -> None:
        """Choose from all of them."""

        def chosen(value: str | None) -> None:
            if value is not None:
                self.value = value.removeprefix(_OFFER)

        items = [Item(_OFFER + value, words) for value, words in self._offers]
        self.app.push_screen(Picker("Choose", items), chosen)

    def on_click(self) -> None:
        self.action_step(1)


class MarkList(KeyList):
    """Any number of many: space marks what is highlighted, or no longer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "mark", show=False)]

    def __init__(self, offers: Offers, marked: Iterable[str]) -> None:
        super().__init__()
        self._offers = offers
        self.marked: list[str] = list(marked)

    def on_mount(self) -> None:
        self._show()

    def mark(self, values: Iterable[str]) -> None:
        """Mark these and no others."""
        self.marked = list(values)
        self._show()

    def action_mark(self) -> None:
        """Mark what is highlighted, or no longer, and go on to the next."""
        chosen = self.highlighted
        if chosen is None or not self._offers:
            return
        value = self._offers[chosen][0]
        if value in self.marked:
            self.marked.remove(value)
        else:
            self.marked.append(value)
        self._show()
        self.highlighted = min(chosen + 1, len(self._offers) - 1)

    def action_select(self) -> None:
        """Enter marks as space does."""
        self.action_mark()

    def _show(self) -> None:
        palette = palette_of(self.app)
        here = self.highlighted
        options = [
            Option(
                Content.assemble(
                    ("✓ " if value in self.marked else "  ", f"bold {palette.accent}"), (words, palette.text)
                ).truncate(max(self.size.width - 3, 40) if self.size.width else 100, ellipsis=True),
                id=str(place),
            )
            for place, (value, words) in enumerate(self._offers)
        ]
        self.fill(options or [Option(Content.styled("nothing to choose", palette.quiet), disabled=True)])
        if here is not None and self._offers:
            self.highlighted = min(here, len(self._offers) - 1)
