"""Quotes with where each comes from: to sort, filter, rate and re-code many; Enter opens one in its transcript."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.content import Content

from cmo.records import STALE, Quote, missing
from cmo.study import Study
from workbench.evidence.mark_screen import MarkScreen
from workbench.evidence.quotes_rating import rating_form
from workbench.keys.place_keys import QUOTES, PlaceKey
from workbench.parts.dialogs import MemoEditor
from workbench.parts.narrowing import Narrowing, in_words
from workbench.parts.opened import Opened
from workbench.parts.picker import Item
from workbench.text.palette import Palette
from workbench.text.words import HEADINGS, coding_letter, counted, one_row_each, quote_place, sign

MOST_UNASKED = 20_000
"""Codings of a study up to which all of them are listed without being asked for something narrower."""

SORTS: Mapping[str, Callable[[Quote], Any]] = {
    "theory": lambda _: 0,
    "case": lambda quote: (quote.case is None, quote.case or ""),
    "role": lambda quote: (quote.role is None, quote.role or ""),
    "source": lambda quote: (quote.source, quote.start),
    "code": lambda quote: quote.code,
    "stance": lambda quote: list(HEADINGS).index(quote.stance) if quote.stance in HEADINGS else 0,
    "strength": lambda quote: -(quote.strength or 0),
    "newest": lambda quote: -quote.coding_id,
    "coder": lambda quote: quote.coder,
}
"""What quotes can be sorted by; those that are alike stay in the order of the theory."""


class QuotesScreen(MarkScreen[Quote]):
    """The evidence with some labels, each judgement of each coding once."""

    NAME: ClassVar[str] = "Quotes"
    ONE: ClassVar[str] = "excerpt"
    EMPTY: ClassVar[str] = (
        "There is no quote here.\n\nPassages are coded in their transcripts: select one, then c, m or o and the number "
        "of a point. f chooses which quotes are listed."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = QUOTES

    def __init__(self, study: Study, where: Mapping[str, str | None]) -> None:
        super().__init__(study)
        self._where: dict[str, str | None] = dict(where)
        self._sort = "theory"

    # -- what is shown ------------------------------------------------------------------------------------------
    def place_title(self) -> str:
        return in_words(self._where) or "All quotes"

    def about(self) -> str:
        sort = "" if self._sort == "theory" else f" · by {self._sort}"
        marked = sum(self.name_of(quote) in self.marked for quote in self.things)
        excerpts = counted(len({quote.excerpt_id for quote in self._shown}), self.ONE)
        return excerpts + sort + (f" · {marked} marked" if marked else "")

    def read(self) -> Sequence[Quote]:
        return sorted(one_row_each(self.found()), key=SORTS[self._sort])

    def found(self) -> Sequence[Quote]:
        """The rows of evidence that are asked for."""
        if not self._where and self.study.info().counts["codings"] > MOST_UNASKED:
            self._said = f"More than {MOST_UNASKED:,} codings: f chooses a point, a case, a source, ..."
            return []
        return self.study.quotes(self._where)

    def name_of(self, thing: Quote) -> str:
        return f"{thing.coding_id} {thing.judge or ''}"

    def line(self, thing: Quote, palette: Palette) -> Content:
        head = self.mark_sign(thing, palette) + _what(thing, palette)
        place = Content.styled(f"  {quote_place(thing)}\n  ", palette.quiet)
        return head + place + Content.styled(" ".join(thing.quote.split()), palette.text)

    def in_full(self, thing: Quote, palette: Palette) -> Content:
        return quote_in_full(thing, palette)

    def opened(self, thing: Quote) -> None:
        self.dismiss(Opened(thing.source_id, thing.start, thing.end, thing.coding_id))

    # -- acts on what is marked ---------------------------------------------------------------------------------
    @property
    def codings(self) -> list[int]:
        """The codings that an act is done to, each once."""
        return list(dict.fromkeys(quote.coding_id for quote in self.concerned))

    def action_judge(self, stance: str) -> None:
        codings = self.codings
        self.act(lambda: self.study.judge_many(codings, stance), f"✓ {counted(len(codings), 'quote')} {stance} — saved")

    def action_recode(self) -> None:
        codings = self.codings
        items = [Item(code.name, code.name, code.definition, code.point or "") for code in self.study.codes()]

        def chosen(code: str) -> None:
            said = f"✓ {counted(len(codings), 'coding')} now {code} — saved"
            if self.act(lambda: self.study.recode_many(codings, code), said):
                self.marked.clear()
                self._fill()

        if codings:
            self.pick(f"Re-code {counted(len(codings), 'coding')} as", items, chosen)

    def action_rate(self) -> None:
        if self.concerned:
            self.ask(rating_form(self.study, self.concerned), "✓ rated — saved")

    def action_best(self) -> None:
        codings, best = self.codings, not all(quote.is_best for quote in self.concerned)
        said = f"✓ {'best quote' if best else 'no longer best quote'} — saved"
        self.act(lambda: self.study.set_best_many(codings, best), said)

    def action_memo(self) -> None:
        quote = self.chosen
        if quote is None:
            return

        def save(body: str) -> None:
            self.change(lambda: self.study.set_memo(quote.coding_id, body), "✓ memo — saved")

        self.app.push_screen(MemoEditor(f"Memo · {quote.code}", quote.quote, quote.memo, save))

    def action_remove(self) -> None:
        codings = self.codings
        others = {quote.coder for quote in self.concerned} - {self.study.coder}
        whose = f", some of {', '.join(sorted(others))}" if others else ""
        question = f"Remove {counted(len(codings), 'coding')}{whose}, with what was judged and noted of them?"
        if codings:
            self.confirm(question, lambda: self.study.remove_codings(codings), "✓ removed — u brings back")

    # -- what is listed -----------------------------------------------------------------------------------------
    def action_sort(self) -> None:
        def chosen(name: str) -> None:
            self._sort = name
            self.refresh_list()

        self.pick("Sort by", [Item(name, name) for name in SORTS], chosen)

    def action_filter(self) -> None:
        def narrowed(where: dict[str, str | None]) -> None:
            self._where = where
            self._said = ""
            self.refresh_list()

        Narrowing(self, self.study, self._where, narrowed).ask()


class AllQuotes(QuotesScreen):
    """All the evidence of the study."""

    def __init__(self, study: Study) -> None:
        super().__init__(study, {})


class CodingQuotes(QuotesScreen):
    """The quotes of some codings, such as those that a number of a report counts."""

    def __init__(self, study: Study, about: str, coding_ids: Sequence[int]) -> None:
        super().__init__(study, {})
        self._about, self._ids = about, coding_ids

    def place_title(self) -> str:
        return self._about

    def found(self) -> Sequence[Quote]:
        return self.study.quotes_of(self._ids)

    def action_filter(self) -> None:
        self.say("These are the quotes of one number: / finds words in them.")


def _what(quote: Quote, palette: Palette) -> Content:
    """Letter, code, stance as a sign and the ratings."""
    best = " ★" if quote.is_best else ""
    strength = f" {quote.strength}/5" if quote.strength is not None else ""
    look = " look again" if quote.stale else ""
    return Content.assemble(
        (f"{coding_letter(quote)} ", f"bold {palette.element(quote.element)}"),
        (f"{sign(quote.stance) or '·'} ", f"bold {palette.stance(quote.stance)}"),
        (f"{quote.code}{strength}{best}{look}", f"bold {palette.bright}"),
    )


def quote_in_full(quote: Quote, palette: Palette) -> Content:
    """What it stands for and where it comes from, then the words, then why, then the memo."""
    stance = HEADINGS.get(None if quote.stance == STALE else quote.stance, "").lower() if quote.point else ""
    if quote.stale:
        stance += ", against an older wording: look again"
    whose = quote.speaker if quote.participant is None else quote.participant
    turn = f"turn {quote.turn}" if quote.turn is not None else ""
    case = quote.case or missing("case")
    place = " · ".join(part for part in (quote.source, case, quote.role, whose, turn, quote.coder) if part)
    rated = [f"{name} {grade}/5" for name in ("strength", "relevance", "rigour") if (grade := getattr(quote, name))]
    judge = [f"judged by {quote.judge}"] if quote.judge else []
    parts = [
        _what(quote, palette) + Content.styled(f" {stance}", f"bold {palette.stance(quote.stance)}"),
        Content.styled(place, palette.quiet),
        Content.styled(quote.quote, palette.text),
    ]
    if judge or rated:
        parts.append(Content.styled(" · ".join([*judge, *rated]), palette.quiet))
    if quote.rationale:
        parts.append(Content.styled(f"Why: {quote.rationale}", palette.text))
    if quote.memo:
        parts.append(Content.styled(f"✎ {quote.memo}", f"italic {palette.quiet}"))
    return Content("\n").join(parts) + Content("\n")
