"""The tables of a report, each to be read here, followed to its quotes, and written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.report import TABLES
from workbench.evidence.table_writing import write_report
from workbench.keys.place_keys import REPORTS, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.study.table_screen import TableScreen
from workbench.text.palette import Palette


class ReportList(ListScreen[str]):
    """By the names by which commands and programs ask for them."""

    NAME: ClassVar[str] = "Reports"
    ONE: ClassVar[str] = "table"
    EMPTY: ClassVar[str] = "There are no tables."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = REPORTS

    def read(self) -> Sequence[str]:
        return list(TABLES)

    def name_of(self, thing: str) -> str:
        return thing

    def line(self, thing: str, palette: Palette) -> Content:
        return Content.assemble((f"{TABLES[thing].title} ", f"bold {palette.bright}"), (f" {thing}", palette.quiet))

    def in_full(self, thing: str, palette: Palette) -> Content:
        return Content.assemble(
            (f"{TABLES[thing].title}\n\n", f"bold {palette.bright}"),
            ("Enter reads it; w writes it to a file.\n\n", palette.text),
            (f"cmo table {self.study.path.name} {thing}", palette.accent),
        )

    def opened(self, thing: str) -> None:
        self.go(TableScreen(self.study, thing))

    def action_write(self) -> None:
        if self.chosen is not None:
            write_report(self.app, self.study, self.chosen, self.say)
