"""The theory beside the text: a PT point in full words, and the quotes on it so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cmo.records import Point, Quote, Theory
from workbench.lists import KeyList, heading, row
from workbench.palette import Palette
from workbench.words import (
    HEADINGS,
    STALE_HEADING,
    clipped,
    coding_letter,
    counted,
    one_row_each,
    quote_place,
    sign,
)

MOST_QUOTES = 40
"""Quotes of one stance listed beside the text; the matrix opens all of them."""


class EvidencePane(Vertical):
    """The current point and its evidence; without a point, the whole theory to choose one from."""

    class Opened(Message):
        """A quote is to be shown in its transcript."""

        def __init__(self, quote: Quote) -> None:
            super().__init__()
            self.quote = quote

    class PointChosen(Message):
        """A point is to be shown."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quotes: list[Quote] = []
        self._again: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        yield Static("Theory", classes="pane-title")
        with VerticalScroll(id="point-scroll", can_focus=False):
            yield Static(id="point-words")
        yield Static(id="evidence-title", classes="pane-title")
        yield KeyList(id="evidence-list")

    def show_theory(self, theory: Theory, palette: Palette) -> None:
        """Show all points in a line or two each."""
        self._quotes, self._again = [], None
        self._put("Programme theory", Content(""), "")
        listed = self.query_one(KeyList)
        listed.fill([Option(_point_in_list(point, palette), id=point.label) for point in theory.points])

    def show_words(self, words: Content) -> None:
        """Show words instead of a point."""
        self._quotes, self._again = [], None
        self._put("Theory", words, "")
        self.query_one(KeyList).clear_options()

    def on_resize(self) -> None:
        if self._again is not None:
            self._again()

    def show_point(self, point: Point, theory: Theory, quotes: Sequence[Quote], palette: Palette) -> None:
        """Show a point in full words, and its quotes by stance."""
        self._again = partial(self.show_point, point, theory, quotes, palette)
        listed = self.query_one(KeyList)
        kept = listed.highlighted_option.id if listed.highlighted_option and listed.has_focus else None
        self._quotes = one_row_each(quotes)
        version = f" · version {point.version}" if point.version > 1 else ""
        title = f"{point.label} {point.title}{version}".strip()
        self._put(title, point_words(point, theory, palette), _summary(quotes))
        listed.fill(self._options(palette), kept)

    def _put(self, title: str, words: Content, evidence: str) -> None:
        self.query_one(".pane-title", Static).update(title)
        self.query_one("#point-words", Static).update(words)
        below = self.query_one("#evidence-title", Static)
        below.display = bool(evidence)
        below.update(evidence)
        self.query_one("#point-scroll").display = bool(words.plain)

    def _options(self, palette: Palette) -> list[Option]:
        width = max(self.size.width - 4, 20)
        options: list[Option] = []
        for stance, words in (*HEADINGS.items(), ("stale", STALE_HEADING)):
            group = [(n, q) for n, q in enumerate(self._quotes) if ("stale" if q.stale else q.stance) == stance]
            if group:
                space = "\n" if options else ""
                line = f"{space}{sign(stance)} {words} · {len(group)}".strip(" ")
                options.append(heading(Content.styled(line, f"bold {palette.stance(stance)}")))
            for n, quote in group[:MOST_QUOTES]:
                options.append(Option(_quote_in_list(quote, width, palette), id=str(n)))
            if len(group) > MOST_QUOTES:
                more = f"and {len(group) - MOST_QUOTES} more in the matrix"
                options.append(heading(Content.styled(more, palette.quiet)))
        return options

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is None:
            return
        if self._quotes:
            self.post_message(self.Opened(self._quotes[int(event.option_id)]))
        else:
            self.post_message(self.PointChosen(event.option_id))


def point_words(point: Point, theory: Theory, palette: Palette) -> Content:
    """A point in full: each element's letter and name above its words."""
    parts = []
    for element in theory.elements:
        hue = palette.element(element.letter)
        head = Content.assemble((f"{element.letter} ", f"bold {hue}"), (element.name, hue))
        words = point.wording.get(element.letter)
        color = palette.bright if words else palette.quiet
        parts += [head, Content.styled(words or "(nothing in the theory)", color)]
    return Content("\n").join(parts)


def _summary(quotes: Sequence[Quote]) -> str:
    excerpts = len({quote.excerpt_id for quote in quotes})
    if not excerpts:
        return "No quote yet"
    cases = len({quote.case for quote in quotes if quote.case})
    sources = len({quote.source_id for quote in quotes})
    counts = (counted(excerpts, "excerpt"), counted(sources, "source"), counted(cases, "case"))
    return " · ".join(counts)


def _point_in_list(point: Point, palette: Palette) -> Content:
    parts = [(f"{point.label} {point.title}".strip() + "\n", f"bold {palette.bright}")]
    for letter, text in point.wording.items():
        parts += [(f"{letter} ", f"bold {palette.element(letter)}"), (f"{clipped(text, 160) or '–'}\n", palette.text)]
    return Content.assemble(*parts)


def _quote_in_list(quote: Quote, width: int, palette: Palette) -> Content:
    return Content.assemble(
        (coding_letter(quote), f"bold {palette.element(quote.element)}"),
        (f" {row(quote_place(quote), '', width - 2)}\n", palette.quiet),
        (clipped(quote.quote, 240), palette.text),
    )
