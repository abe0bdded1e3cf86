"""Excerpts that a correction of the text left to a person's eye: confirm each, or show where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cmo.study import Study
from codebook.review import ReviewItem
from store.errors import CmoError
from workbench.keys import hints
from workbench.parts.lines import hint_line, two_ends
from workbench.parts.lists import KeyList
from workbench.text.palette import Palette, palette_of
from workbench.text.words import counted, reader

HINTS: hints.Hints = [
    ("↑ ↓", "choose"),
    ("y", "it stands as it is now"),
    ("Enter", "show where it belongs"),
    ("u", "undo"),
    ("esc", "back"),
]


class ReviewScreen(Screen[ReviewItem | None]):
    """Dismisses with the excerpt whose place is to be shown in the text, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,R", "dismiss(None)", show=False),
        Binding("y", "confirm", show=False),
        Binding("u", "undo", show=False),
    ]
    AUTO_FOCUS = "KeyList"

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._items: list[ReviewItem] = []
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Static(id="review-title")
        yield KeyList(id="review-list")
        yield Static(id="review-said")
        yield Static(id="review-hints")

    def on_mount(self) -> None:
        self._read()

    def on_resize(self) -> None:
        self._tell()

    def _read(self) -> None:
        self._items = self._study.review_queue()
        listed, palette = self.query_one(KeyList), palette_of(self.app)
        here = min(listed.highlighted or 0, max(len(self._items) - 1, 0))
        listed.fill([Option(_in_full(item, palette), id=str(n)) for n, item in enumerate(self._items)], str(here))
        self._tell()

    def _tell(self) -> None:
        palette, width = palette_of(self.app), self.size.width
        title = Content.styled(" Needs your eye", f"bold {palette.bright}")
        count = Content.styled(f"{counted(len(self._items), 'excerpt')} · {reader(self._study)} ", palette.quiet)
        self.query_one("#review-title", Static).update(two_ends(title, count, width))
        nothing = "" if self._items else "Nothing waits: every coding stands on the words it was given to."
        self.query_one("#review-said", Static).update(Content.styled(f" {self._said or nothing}", palette.text))
        self.query_one("#review-hints", Static).update(hint_line(HINTS, width, palette))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._items[event.option_index])

    def action_confirm(self) -> None:
        number = self.query_one(KeyList).highlighted
        if number is not None and number < len(self._items):
            self._try(
                lambda: self._study.settle(self._items[number].excerpt_id), "It stands as it is. u takes it back."
            )

    def action_undo(self) -> None:
        self._try(lambda: self._study.undo(mine=True), "Taken back.")

    def _try(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
            self._said = said
        except CmoError as error:
            self._said = f"{error.message} {error.hint}"
        self._read()


def _in_full(item: ReviewItem, palette: Palette) -> Content:
    """Which codings, where; the words as they were coded, and as they are now with a little around them."""
    codes = ", ".join(coding.code for coding in item.codings)
    turn = f"turn {item.turn}" if item.turn is not None else ""
    place = " · ".join(part for part in (item.source, turn) if part)
    lines = [
        Content.assemble((f"{item.state}  ", f"bold {palette.accent}"), (codes, f"bold {palette.bright}")),
        Content.styled(place, palette.quiet),
        Content.assemble(("was  ", palette.quiet), (item.was, palette.text)),
    ]
    if item.words is None:
        lines.append(Content.styled("now  nowhere in the text", palette.quiet))
    else:
        lines.append(
            Content.assemble(
                ("now  ", palette.quiet),
                (item.before.replace("\n", " "), palette.quiet),
                (item.words, f"bold {palette.text}"),
                (item.after.replace("\n", " "), palette.quiet),
            )
        )
    return Content("\n").join(lines) + Content("\n")
