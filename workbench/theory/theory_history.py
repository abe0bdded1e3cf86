"""How a point came to be worded as it is: its wordings with the decisions that made them, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.study import Study
from cmo.theory.records import BlameStep, Decision, PointDiff, TextDiff
from store.errors import CmoError
from workbench.evidence.quotes_screen import CodingQuotes
from workbench.keys.place_keys import HISTORY, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.text.palette import Palette
from workbench.text.words import clipped, counted


class HistoryScreen(ListScreen[BlameStep]):
    """The wordings that led to the present one, the latest first, also those of points that it was split or merged
    from.
    """

    NAME: ClassVar[str] = "Wordings of a point"
    ONE: ClassVar[str] = "wording"
    EMPTY: ClassVar[str] = "The point has no wording."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = HISTORY

    def __init__(self, study: Study, label: str) -> None:
        super().__init__(study)
        self._label = label

    def place_title(self) -> str:
        return f"Wordings of {self._label}"

    def read(self) -> Sequence[BlameStep]:
        self._names = {element.letter: element.name for element in self.study.theory().elements}
        return self.study.blame(self._label)

    def name_of(self, thing: BlameStep) -> str:
        return str(thing.version.id)

    def line(self, thing: BlameStep, palette: Palette) -> Content:
        version, decision = thing.version, thing.decision
        said = f"{decision.kind}: {decision.why}" if decision else "the first wording"
        return Content.assemble(
            (f"{version.name} ", f"bold {palette.bright}"),
            (f" {version.created_at[:10]} {version.coder}\n", palette.quiet),
            (said, palette.text),
        )

    def in_full(self, thing: BlameStep, palette: Palette) -> Content:
        version = thing.version
        parts = [
            Content.assemble(
                (f"{version.name} ", f"bold {palette.bright}"),
                (f" {version.created_at[:16].replace('T', ' ')} UTC · {version.coder}", palette.quiet),
            )
        ]
        if thing.decision is not None:
            parts.append(decision_in_full(thing.decision, palette))
        try:
            diff = self.study.diff_versions(version.point, version.number - 1, version.number)
            parts.append(diff_in_words(diff, palette))
        except CmoError:
            # A first wording differs from nothing.
            for letter, words in version.wording.items():
                name = self._names.get(letter, letter)
                hue = palette.element(letter)
                parts.append(Content.assemble((f"{name}: ", f"bold {hue}"), (words or "(none)", palette.text)))
        return Content("\n\n").join(parts)

    def opened(self, thing: BlameStep) -> None:
        ids = [quote.coding_id for quote in thing.decision.evidence] if thing.decision is not None else []
        codings = [coding_id for coding_id in ids if coding_id is not None]
        if codings:
            self.go(CodingQuotes(self.study, f"What led to {thing.version.name}", codings))
        else:
            self.say("No quotes are named for this wording, or none that is still coded.")


def decision_in_full(decision: Decision, palette: Palette) -> Content:
    """What was decided and why, on which quotes."""
    inference = f" ({decision.inference})" if decision.inference else ""
    parts = [
        Content.assemble((f"{decision.kind}{inference}: ", f"bold {palette.bright}"), (decision.what, palette.text)),
        Content.assemble(("Why: ", f"bold {palette.bright}"), (decision.why, palette.text)),
    ]
    if decision.dissent:
        parts.append(Content.assemble(("Dissent: ", f"bold {palette.bright}"), (decision.dissent, palette.text)))
    if decision.evidence:
        parts.append(Content.styled(f"On {counted(len(decision.evidence), 'quote')}:", f"bold {palette.bright}"))
    for quote in decision.evidence:
        words = f"“{clipped(quote.quote, 200)}” {quote.reference}"
        parts.append(Content.styled(words, palette.text))
    return Content("\n").join(parts)


def diff_in_words(diff: PointDiff, palette: Palette) -> Content:
    """Element by element: words taken out in brackets and struck, new ones in braces and underlined."""
    texts = [text for text in diff.texts if not text.is_same]
    if not texts:
        return Content.styled("The wording is the same.", palette.quiet)
    legend = Content.styled("[-taken out-]  {+new+}", palette.quiet)
    return Content("\n\n").join([legend, *(_text_diff(text, palette) for text in texts)])


def _text_diff(text: TextDiff, palette: Palette) -> Content:
    looks = {"same": palette.text, "removed": f"strike {palette.refutes}", "added": f"underline {palette.supports}"}
    marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    pieces = [(f"{marks[piece.kind][0]}{piece.text}{marks[piece.kind][1]}", looks[piece.kind]) for piece in text.pieces]
    return Content.assemble((f"{text.name}: ", f"bold {palette.bright}"), *pieces)
