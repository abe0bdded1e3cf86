"""Choosing by typing part of a name: codes, commands, what a matrix is arranged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rapidfuzz import fuzz, utils
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from workbench.parts.lines import two_ends
from workbench.parts.lists import KeyList, heading
from workbench.text.palette import Palette, palette_of
from workbench.text.words import clipped

GOOD_ENOUGH = 55
"""The rapidfuzz score (0 to 100) from which something is listed."""

NEW = "new:"
"""What the id of a name that is not there yet begins with."""

MOST = 200


@dataclass(frozen=True, slots=True)
class Item:
    """Something to choose. ``name`` counts most in the search, ``words`` are searched as well."""

    id: str
    name: str
    words: str = ""
    note: str = ""
    hue: str | None = None


def search(items: Sequence[Item], typed: str) -> list[Item]:
    """The items that fit what was typed, best first; all of them, in their order, for nothing typed."""
    wanted = utils.default_process(typed) if typed.strip().strip("#") else ""
    if not wanted:
        return list(items)
    scored = [(_score(item, wanted), -place) for place, item in enumerate(items)]
    best = sorted((pair for pair in scored if pair[0] >= GOOD_ENOUGH), reverse=True)
    return [items[-place] for _, place in best]


def _score(item: Item, wanted: str) -> float:
    name, words = utils.default_process(item.name), utils.default_process(item.words)
    if name == wanted:
        return 120
    if name.startswith(wanted):
        return 110
    if wanted in name:
        return 105
    if wanted in words:
        return 90 + 10 * len(wanted) / len(words)
    if len(wanted) < 3:
        return 0
    # Two letters of a short name stand in any long one that is typed, as "H M" in "Vagter om natten".
    near = fuzz.WRatio(wanted, name) if 2 * len(name) >= len(wanted) else fuzz.ratio(wanted, name)
    return max(near, 0.85 * fuzz.token_set_ratio(wanted, words), 0.85 * _partial(wanted, words))


def _partial(wanted: str, words: str) -> float:
    # A short query finds a near miss somewhere in any long text, so it must match almost wholly.
    found = fuzz.partial_ratio(wanted, words)
    return found if found >= 85 else 0


class Picker(ModalScreen[str | None]):
    """Dismisses with the id of what was chosen, ``new:NAME`` for a new name, or None.

    With ``several``, what is in ``marked`` then was chosen, in the order of marking.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(8)", show=False, priority=True),
        Binding("pageup", "step(-8)", show=False, priority=True),
        Binding("tab", "mark", show=False, priority=True),
        Binding("space", "space", show=False, priority=True),
    ]

    def __init__(self, title: str, items: Sequence[Item], *, offer_new: str = "", several: bool = False) -> None:
        """``offer_new`` is what a name that is not there would become, e.g. ``a new code``."""
        super().__init__()
        self._title = title
        self._items = items
        self._offer_new = offer_new
        self._several = several
        self.marked: list[str] = []
        self._typed = ""

    def compose(self) -> ComposeResult:
        marking = "tab marks several · " if self._several else ""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            yield Input(placeholder="type part of it", compact=True, select_on_focus=False)
            yield KeyList(id="picker-list", beside_input=True)
            yield Static(f"Enter takes it · {marking}↑ ↓ · esc", classes="dialog-hint")

    def on_mount(self) -> None:
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._follow()

    def _follow(self) -> None:
        """Show what has the words that stand in the field, where the list has not heard of the last letters yet."""
        if self.query_one(Input).value != self._typed:
            self._list(self.query_one(Input).value)

    def _list(self, typed: str, highlight: str | None = None) -> None:
        self._typed = typed
        palette = palette_of(self.app)
        width = max(self.query_one(Vertical).size.width or 60, 40) - 6
        found = search(self._items, typed)
        options = [
            Option(_line(item, width, palette, marked=item.id in self.marked), id=item.id) for item in found[:MOST]
        ]
        name = " ".join(typed.split())
        if self._offer_new and name and all(item.name.casefold() != name.casefold() for item in self._items):
            words = Content.assemble(
                ("+ ", f"bold {palette.accent}"), (f"make {self._offer_new}: {name}", palette.bright)
            )
            options.append(Option(words, id=NEW + name))
        nothing = heading(Content.styled("Nothing has these words.", palette.quiet))
        self.query_one(KeyList).fill(options or [nothing], highlight)

    def action_step(self, rows: int) -> None:
        self._follow()
        listed = self.query_one(KeyList)
        if listed.option_count:
            listed.highlighted = min(max((listed.highlighted or 0) + rows, 0), listed.option_count - 1)

    def action_mark(self) -> None:
        """Mark what is highlighted, or no longer, and go on to the next."""
        self._follow()
        chosen = self.query_one(KeyList).highlighted_option
        if not self._several or chosen is None or chosen.id is None or chosen.id.startswith(NEW):
            return
        if chosen.id in self.marked:
            self.marked.remove(chosen.id)
        else:
            self.marked.append(chosen.id)
        self._list(self.query_one(Input).value, chosen.id)
        self.action_step(1)

    def action_space(self) -> None:
        """Mark while nothing is typed; a space of what is typed otherwise."""
        field = self.query_one(Input)
        if self._several and not field.value:
            self.action_mark()
        else:
            field.insert_text_at_cursor(" ")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._follow()
        chosen = self.query_one(KeyList).highlighted_option
        if self.marked:
            self.dismiss(self.marked[-1])
        elif chosen is not None:
            self.dismiss(chosen.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)


def _line(item: Item, width: int, palette: Palette, *, marked: bool) -> Content:
    name = Content.assemble(
        ("✓ " if marked else "", f"bold {palette.accent}"), (item.name, f"bold {item.hue or palette.bright}")
    )
    room = width - name.cell_length - len(item.note) - 4
    if item.words and room > 10:
        name += Content.styled("  " + clipped(item.words, room), palette.text)
    return two_ends(name, Content.styled(item.note, palette.quiet), width)
