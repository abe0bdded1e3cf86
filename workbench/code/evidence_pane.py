"""The theory beside the text: a PT point in full words, and what there is for and against it so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cmo.beside import BesideQuote, PointEvidence, Standing
from workbench.parts.lists import KeyList, heading, row
from workbench.text.words import HEADINGS, STALE_HEADING, clipped, coding_letter, counted, listed, sign

if TYPE_CHECKING:
    from cmo.records import Point, Theory
    from workbench.text.palette import Palette
    from workbench.text.terms import Term

NOTHING_YET = PointEvidence(0, 0, 0, ())


class EvidencePane(Vertical):
    """The current point and its evidence; without a point, the whole theory to choose one from."""

    class Opened(Message):
        """A quote is to be shown in its transcript."""

        def __init__(self, quote: BesideQuote) -> None:
            super().__init__()
            self.quote = quote

    class PointChosen(Message):
        """A point is to be shown."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quotes: list[BesideQuote] = []
        self._again: Callable[[], None] | None = None
        self._shown: dict[object, tuple[object, ...]] = {}
        self._rest: Iterator[Option] = iter(())

    def compose(self) -> ComposeResult:
        yield Static("Theory", classes="pane-title")
        yield Static(id="touched")
        with VerticalScroll(id="point-scroll", can_focus=False):
            yield Static(id="point-words")
        yield Static(id="terms")
        yield Static(id="evidence-title", classes="pane-title")
        yield KeyList(id="evidence-list")

    def on_mount(self) -> None:
        self.watch(self.query_one(KeyList), "scroll_y", self._list_rest, init=False)

    def on_descendant_focus(self) -> None:
        self._list_rest()

    def _list_rest(self) -> None:
        """List the quotes that were not seen so far: somebody goes down the list."""
        self.query_one(KeyList).add_options(self._rest)

    # -- what is shown --------------------------------------------------------------------------------------
    def show_theory(self, theory: Theory, palette: Palette) -> None:
        """Show all points in a line or two each."""
        self._quotes, self._again, self._rest = [], None, iter(())
        self._put("Programme theory", Content(""), "")
        options = [Option(_point_in_list(point, palette), id=point.label) for point in theory.points]
        self.query_one(KeyList).fill(options)

    def show_words(self, words: Content) -> None:
        """Show words instead of a point."""
        self._quotes, self._again, self._rest = [], None, iter(())
        self._put("Theory", words, "")
        self.query_one(KeyList).clear_options()

    def show_point(self, point: Point, theory: Theory, palette: Palette) -> None:
        """Show a point in full words; its evidence comes by :meth:`show_evidence`."""
        self._quotes, self._again, self._rest = [], None, iter(())
        version = f" · version {point.version}" if point.version > 1 else ""
        state = "" if point.is_held else f" · {point.state}"
        self._put(f"{point.label} {point.title}{version}{state}".strip(), point_words(point, theory, palette), "…")
        self.query_one(KeyList).clear_options()

    def show_evidence(self, evidence: PointEvidence, palette: Palette) -> None:
        """Show the evidence of the point that is shown, by stance."""
        self._again = partial(self.show_evidence, evidence, palette)
        options_list = self.query_one(KeyList)
        chosen = options_list.highlighted_option
        kept = chosen.id if chosen is not None and options_list.has_focus else None
        self._quotes = [quote for standing in evidence.standings for quote in standing.quotes]
        self.query_one("#evidence-title", Static).update(_summary(evidence), layout=False)  # its size stays
        listed = self._options(evidence, palette)
        self._rest = iter(())  # to fill the list scrolls it, and that lists the rest
        # A quote takes two lines at least. A pane that is not shown yet lists its first quote, which Enter opens.
        seen = max(self.size.height // 2 + 1, 2) if kept is None else None
        options_list.fill(list(islice(listed, seen)), kept)
        self._rest = listed

    def show_touched(self, here: Sequence[str], elsewhere: Sequence[str], palette: Palette) -> None:
        """The points that are coded on the passage, and those elsewhere in the source."""
        shown = ("touched", tuple(here), tuple(elsewhere), palette)
        if not self._is_new(shown):
            return
        parts = []
        if here:
            parts.append(Content.assemble(("here ", palette.quiet), (" ".join(here), f"bold {palette.accent}")))
        if elsewhere:
            parts.append(Content.assemble(("source ", palette.quiet), (" ".join(elsewhere), palette.text)))
        line = self.query_one("#touched", Static)
        line.display = bool(parts)
        line.update(Content(" · ").join(parts))

    def show_terms(self, terms: Sequence[Term], palette: Palette) -> None:
        """Words of the glossary that stand in the passage, explained."""
        if not self._is_new(("terms", tuple(terms), palette)):
            return
        line = self.query_one("#terms", Static)
        line.display = bool(terms)
        words = [
            Content.assemble((term.name, f"bold {palette.bright}"), (f" {term.meaning}", palette.text))
            for term in terms
        ]
        line.update(Content("\n").join(words))

    def _is_new(self, shown: tuple[object, ...]) -> bool:
        """Whether something else is to be shown than was: only then the pane is laid out anew."""
        was, self._shown[shown[0]] = self._shown.get(shown[0]), shown
        return was != shown

    def on_resize(self) -> None:
        if self._again is not None:
            self._again()

    def _put(self, title: str, words: Content, evidence: str) -> None:
        self.query_one(".pane-title", Static).update(Content(title))
        self.query_one("#point-words", Static).update(words)
        below = self.query_one("#evidence-title", Static)
        below.display = bool(evidence)
        below.update(evidence)
        self.query_one("#point-scroll").display = bool(words.plain)

    # -- the list of quotes ---------------------------------------------------------------------------------
    def _options(self, evidence: PointEvidence, palette: Palette) -> Iterator[Option]:
        width = max(self.size.width - 4, 20)
        number = 0
        for standing in evidence.standings:
            yield _heading(standing, width, palette, first=standing is evidence.standings[0])
            for quote in standing.quotes:
                yield Option(_quote_in_list(quote, width, palette), id=str(number))
                number += 1
            more = standing.excerpts - len({quote.coding_id for quote in standing.quotes})
            if more > 0:
                yield heading(Content.styled(f"and {more} more in the matrix", palette.quiet))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is None:
            return
        if self._quotes:
            self.post_message(self.Opened(self._quotes[int(event.option_id)]))
        else:
            self.post_message(self.PointChosen(event.option_id))


def point_words(point: Point, theory: Theory, palette: Palette) -> Content:
    """A point in full: each element's letter and name, what the theory means by it, and its words."""
    parts = []
    for element in theory.elements:
        hue = palette.element(element.letter)
        head = [(f"{element.letter} ", f"bold {hue}"), (element.name, hue)]
        if element.definition:
            head.append((f"  {element.definition}", palette.quiet))
        words = point.wording.get(element.letter)
        color = palette.bright if words else palette.quiet
        parts += [Content.assemble(*head), Content.styled(words or "(nothing in the theory)", color)]
    return Content("\n").join(parts)


def _summary(evidence: PointEvidence) -> str:
    if not evidence.excerpts:
        return "No quote yet"
    counts = ((evidence.excerpts, "excerpt"), (evidence.sources, "source"), (evidence.cases, "case"))
    return " · ".join(counted(number, one) for number, one in counts)


def _heading(standing: Standing, width: int, palette: Palette, *, first: bool) -> Option:
    """What stance, how much, and from which cases and roles."""
    words = HEADINGS.get(standing.stance, STALE_HEADING)
    space = "" if first else "\n"
    line = f"{space}{sign(standing.stance)} {words} · {standing.excerpts}".strip(" ")
    whence = "".join(f"\n{listed(names, width)}" for names in (standing.cases, standing.roles) if names)
    return heading(Content.assemble((line, f"bold {palette.stance(standing.stance)}"), (whence, palette.quiet)))


def _point_in_list(point: Point, palette: Palette) -> Content:
    state = "" if point.is_held else f" ({point.state})"
    parts = [(f"{point.label} {point.title}{state}".strip() + "\n", f"bold {palette.bright}")]
    for letter, text in point.wording.items():
        parts += [(f"{letter} ", f"bold {palette.element(letter)}"), (f"{clipped(text, 160) or '–'}\n", palette.text)]
    return Content.assemble(*parts)


def _quote_in_list(quote: BesideQuote, width: int, palette: Palette) -> Content:
    place = " · ".join(part for part in (quote.case, quote.role, quote.source) if part)
    own = " · this case" if quote.is_own else ""
    return Content.assemble(
        (coding_letter(quote), f"bold {palette.element(quote.element)}"),
        (f" {row(place, own, width - 2)}\n", palette.quiet),
        (clipped(quote.quote, 240), palette.quiet if quote.is_own else palette.text),
    )
