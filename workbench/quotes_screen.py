"""Quotes in full, with where each comes from. Enter opens one in its transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cmo.records import Quote
from workbench import hints
from workbench.lines import hint_line, two_ends
from workbench.lists import KeyList
from workbench.palette import Palette, palette_of
from workbench.words import HEADINGS, coding_letter, counted, one_row_each, sign

HINTS: hints.Hints = [("↑ ↓", "read on"), ("Enter", "open in the transcript"), ("esc", "back")]


class Opened(NamedTuple):
    """The passage that is to be shown in its transcript (code points); its coding, where it is about one."""

    source_id: int
    start: int
    end: int
    coding_id: int | None = None


class QuotesScreen(Screen[Opened | None]):
    """Dismisses with the quote that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss(None)", show=False)]
    AUTO_FOCUS = "KeyList"

    def __init__(self, about: str, quotes: Sequence[Quote]) -> None:
        super().__init__()
        self._about = about
        self._quotes = one_row_each(quotes)

    def compose(self) -> ComposeResult:
        yield Static(id="quotes-title")
        yield KeyList(id="quotes")
        yield Static(id="quotes-hints")

    def on_mount(self) -> None:
        palette = palette_of(self.app)
        options = [Option(quote_in_full(quote, palette), id=str(n)) for n, quote in enumerate(self._quotes)]
        self.query_one(KeyList).fill(options)

    def on_resize(self) -> None:
        palette, width = palette_of(self.app), self.size.width
        title = Content.styled(f" {self._about}", f"bold {palette.bright}")
        excerpts = counted(len({quote.excerpt_id for quote in self._quotes}), "excerpt")
        count = Content.styled(f"{excerpts} ", palette.quiet)
        self.query_one("#quotes-title", Static).update(two_ends(title, count, width))
        self.query_one("#quotes-hints", Static).update(hint_line(HINTS, width, palette))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        quote = self._quotes[event.option_index]
        self.dismiss(Opened(quote.source_id, quote.start, quote.end, quote.coding_id))


def quote_in_full(quote: Quote, palette: Palette) -> Content:
    """What it stands for and where it comes from, then the words, then the memo."""
    what = f"{sign(quote.stance)} {quote.code}".strip()
    stance = HEADINGS[quote.stance].lower() if quote.point else ""
    if quote.stale:
        stance += ", against an older wording: look again"
    whose = quote.speaker if quote.participant is None else quote.participant
    turn = f"turn {quote.turn}" if quote.turn is not None else ""
    place = " · ".join(part for part in (quote.source, quote.case, quote.role, whose, turn, quote.coder) if part)
    parts = [
        Content.assemble(
            (f"{coding_letter(quote)} ", f"bold {palette.element(quote.element)}"),
            (f"{what}  ", f"bold {palette.bright}"),
            (stance, f"bold {palette.stance(quote.stance)}"),
        ),
        Content.styled(place, palette.quiet),
        Content.styled(quote.quote, palette.text),
    ]
    if quote.memo:
        parts.append(Content.styled(f"✎ {quote.memo}", f"italic {palette.quiet}"))
    return Content("\n").join(parts) + Content("\n")
