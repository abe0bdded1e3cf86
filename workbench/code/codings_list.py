"""The codings on a passage as a list: to work on one of them, or to remove some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from workbench.parts.lines import coding_line
from workbench.parts.lists import KeyList
from workbench.text.palette import palette_of
from workbench.text.words import clipped

if TYPE_CHECKING:
    from codebook.records import Coding
    from workbench.desk.desk import Desk


class Answer(NamedTuple):
    """The codings that were chosen: one to work on, or some to remove."""

    coding_ids: list[int]
    removes: bool


class CodingsHere(ModalScreen[Answer | None]):
    """Dismisses with the answer, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss(None)", show=False),
        Binding("space,tab", "mark", show=False, priority=True),
        Binding("x,delete", "remove", show=False),
    ]

    def __init__(self, desk: Desk, codings: Sequence[Coding]) -> None:
        super().__init__()
        self._desk, self._codings = desk, list(codings)
        self._marked: set[int] = set()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("The codings here", classes="dialog-title")
            yield KeyList(id="codings-here")
            yield Static("Enter works on it · space marks · x removes yours · esc", classes="dialog-hint")

    def on_mount(self) -> None:
        active = self._desk.active
        self._fill(str(active.id) if active is not None else None)
        self.query_one(KeyList).focus()

    def _fill(self, highlight: str | None) -> None:
        palette, width = palette_of(self.app), max(self.query_one(Vertical).size.width or 60, 40) - 6
        options = []
        for coding in self._codings:
            mark = ("✓ " if coding.id in self._marked else "  ", f"bold {palette.accent}")
            words = coding_line(self._desk, coding, is_active=False, width=width - 2, palette=palette)
            quote = Content.styled("      " + clipped(coding.quote, width - 7), palette.quiet)
            options.append(Option(Content.assemble(mark) + words + Content("\n") + quote, id=str(coding.id)))
        self.query_one(KeyList).fill(options, highlight)

    def _highlighted(self) -> int | None:
        chosen = self.query_one(KeyList).highlighted_option
        return int(chosen.id) if chosen is not None and chosen.id is not None else None

    def action_mark(self) -> None:
        chosen = self._highlighted()
        if chosen is not None:
            self._marked ^= {chosen}
            self._fill(str(chosen))
            self.query_one(KeyList).action_cursor_down()

    def action_remove(self) -> None:
        chosen = self._highlighted()
        wanted = self._marked or ({chosen} if chosen is not None else set())
        own = [c.id for c in self._codings if c.id in wanted and c.coder == self._desk.study.coder]
        if own:
            self.dismiss(Answer(own, removes=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.dismiss(Answer([int(event.option_id)], removes=False))
