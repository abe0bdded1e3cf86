"""A list for the keyboard: the one kind of list on all screens."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

CURSOR = "▌"


class KeyList(OptionList):
    """An option list that also understands j, k, g, G and e (open). Headings are options that cannot be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("e", "select", show=False),
    ]

    def __init__(self, *, id: str | None = None, beside_input: bool = False) -> None:
        """``beside_input``: a field that has the focus moves the highlight, so where it is, is always to be seen."""
        super().__init__(id=id, compact=True, markup=False)
        self._beside_input = beside_input

    def fill(self, options: list[Option], highlight: str | None = None) -> None:
        """Show other options; highlight the one of that id, or the first that can be chosen."""
        self.clear_options()
        self.add_options(options)
        ids = [option.id for option in options]
        if highlight is not None and highlight in ids:
            self.highlighted = ids.index(highlight)
        else:
            self.highlighted = next((n for n, option in enumerate(options) if not option.disabled), None)

    def render_line(self, y: int) -> Strip:
        """A bar beside what is highlighted: without it, only a colour would tell where one is."""
        strip = super().render_line(y)
        is_seen = self.has_focus or self._beside_input
        if not is_seen or self.highlighted is None or self._option_at(self.scroll_offset.y + y) != self.highlighted:
            return strip
        first, rest = strip.divide([1, strip.cell_length])
        look = next((segment.style for segment in first), None)
        return Strip.join([Strip([Segment(CURSOR, look)]), rest])

    def _option_at(self, line: int) -> int:
        """The number of the option that a line of the list is of; -1 below the last one."""
        return self._lines[line][0] if line < len(self._lines) else -1


def heading(words: str | Content) -> Option:
    return Option(words, disabled=True)


def row(left: str, right: str, width: int) -> str:
    """Two texts at the two ends of a line; the left one gives way."""
    room = width - cell_len(right) - (1 if right else 0)
    if cell_len(left) > room:
        left = set_cell_size(left, max(room - 1, 0)) + "…"
    return set_cell_size(left, max(room, 0)) + (" " + right if right else "")
