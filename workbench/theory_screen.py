"""The programme theory: each point in full words, what it stands on, and how it came to be worded so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.records import Cell, Point
from cmo.study import Study
from workbench.list_screen import ListScreen
from workbench.palette import Palette
from workbench.place_keys import THEORY, PlaceKey
from workbench.quotes_screen import Opened, QuotesScreen
from workbench.words import SIGNS, element_name, point_gist

_STATES = {"held": None, "split": "Split", "merged": "Merged into another", "abandoned": "Given up"}


class TheoryScreen(ListScreen[Point]):
    """Points in the order of the theory, those no longer held after them."""

    NAME: ClassVar[str] = "Programme theory"
    ONE: ClassVar[str] = "point"
    EMPTY: ClassVar[str] = (
        "There is no programme theory yet: a adds a point; `cmo theory` brings in a table of them."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = THEORY

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._evidence: dict[str | None, Cell] = {}

    def read(self) -> Sequence[Point]:
        self._theory = self.study.theory()
        self._evidence = dict(self.study.matrix("point", "case").row_totals)
        return sorted(self._theory.points, key=lambda point: not point.is_held)

    def name_of(self, thing: Point) -> str:
        return thing.label

    def group_of(self, thing: Point) -> str | None:
        return None if thing.is_held else "No longer held"

    def line(self, thing: Point, palette: Palette) -> Content:
        words = [(f"{thing.label}  ".ljust(5), f"bold {palette.bright}"), (point_gist(thing), palette.text)]
        return Content.assemble(*words, "\n     ", self._balance(thing, palette))

    def _balance(self, point: Point, palette: Palette) -> Content:
        """``+3 −1 ~2``, or that there is nothing."""
        cell = self._evidence.get(point.label, Cell())
        signs = [
            (f"{sign}{cell.excerpts(stance)}  ", f"bold {palette.stance(stance)}")
            for stance, sign in SIGNS.items()
            if stance is not None and cell.excerpts(stance)
        ]
        return Content.assemble(*signs) if signs else Content.styled("no evidence judged", palette.quiet)

    def in_full(self, thing: Point, palette: Palette) -> Content:
        state = _STATES[thing.state]
        version = f"version {thing.version}" + (f" · {state}" if state else "")
        parts = [
            Content.assemble((thing.label, f"bold {palette.bright}"), (f"  {version}", palette.quiet)),
            Content.styled(thing.sentence, palette.text),
        ]
        for letter, words in thing.wording.items():
            hue = palette.element(letter)
            name = element_name(self._theory, letter)
            parts.append(Content.assemble((f"{name}  ", f"bold {hue}"), (words or "none", palette.text)))
        return Content("\n\n").join([*parts, self._balance(thing, palette)])

    def opened(self, thing: Point) -> None:
        def chosen(quote: Opened | None) -> None:
            if quote is not None:
                self.dismiss(quote)

        self.app.push_screen(QuotesScreen(thing.label, self.study.quotes(point=thing.label)), chosen)
