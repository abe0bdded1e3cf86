"""One configuration held against every case: which elements were there, and how each case stands to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.configurations.records import CaseRow, PresenceCell
from cmo.study import Study
from workbench.keys.place_keys import CROSS_CASE, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.parts.places import place_screen
from workbench.text.palette import Palette
from workbench.theory.configurations_forms import ConfigurationForms

SIGNS = {"present": "●", "absent": "○", "partly": "◐", "not known": "?", None: "·"}
"""How the presence of an element is told at a glance."""


class CrossCaseScreen(ListScreen[CaseRow]):
    """A row a case: its standing, and under it the presence of each element."""

    NAME: ClassVar[str] = "A configuration and all cases"
    ONE: ClassVar[str] = "case"
    EMPTY: ClassVar[str] = "The study has no cases yet: `cmo cases STUDY TABLE.csv` brings them in."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = CROSS_CASE

    def __init__(self, study: Study, number: int) -> None:
        super().__init__(study)
        self._number = number
        self._forms = ConfigurationForms(study)

    def place_title(self) -> str:
        return f"Configuration {self._number} and all cases"

    def about(self) -> str:
        return "● present  ◐ partly  ○ absent  ? not known  · not looked at"

    def read(self) -> Sequence[CaseRow]:
        self._table = self.study.cross_case(self._number)
        return self._table.rows

    def name_of(self, thing: CaseRow) -> str:
        return thing.case

    def line(self, thing: CaseRow, palette: Palette) -> Content:
        cells = "   ".join(
            f"{element.name} {SIGNS[thing.cells[element.letter].presence]}" for element in self._table.elements
        )
        return Content.assemble(
            (f"{thing.case} ", f"bold {palette.bright}"), (f" {thing.standing}\n", palette.text), (cells, palette.quiet)
        )

    def in_full(self, thing: CaseRow, palette: Palette) -> Content:
        parts = [Content.assemble((f"{thing.case} ", f"bold {palette.bright}"), (f" {thing.standing}", palette.text))]
        for element in self._table.elements:
            words = _in_words(thing.cells[element.letter])
            parts.append(
                Content.assemble(
                    (f"{element.name}: ", f"bold {palette.element(element.letter)}"), (words, palette.text)
                )
            )
        return Content("\n\n").join(parts)

    def opened(self, thing: CaseRow) -> None:
        self.go(place_screen("Cases", self.study, thing.case))

    def action_present(self) -> None:
        if self.chosen is not None:
            self.ask(self._forms.presence(self._table, self.chosen.case), "✓ saved")


def _in_words(cell: PresenceCell) -> str:
    """Whose word it is, and where the two do not agree."""
    if cell.is_disputed:
        return f"absent, you say; but {len(cell.codings)} passages say that it was there"
    if cell.said:
        return f"{cell.said}, you say" + (f": {cell.note}" if cell.note else "")
    if cell.follows:
        return f"present: {len(cell.codings)} passages"
    return "nobody has looked"
