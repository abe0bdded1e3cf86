"""The first steps of a study: interviews, who they belong to, the theory, the first coding. Each is one Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.content import Content

from store.errors import CmoError
from transcripts.records import TableReport
from workbench.importing.import_screen import ImportScreen
from workbench.keys.place_keys import FIRST_STEPS, PlaceKey
from workbench.parts.dialogs import PathQuestion
from workbench.parts.list_screen import ListScreen
from workbench.parts.opened import Opened
from workbench.parts.path_line import PathLine
from workbench.parts.picker import Item
from workbench.text.palette import Palette
from workbench.text.words import counted
from workbench.theory.theory_screen import TheoryScreen

TABLES = (".csv", ".xlsx", ".tsv")


class Step(NamedTuple):
    """One step: what is done, why, the command that does the same, and what there is of it already."""

    name: str
    words: str
    why: str
    command: str
    there: str


class FirstSteps(ListScreen[Step]):
    """``✓`` is done, ``○`` is still to do; any order will do."""

    NAME: ClassVar[str] = "First steps"
    ONE: ClassVar[str] = "step"
    EMPTY: ClassVar[str] = ""
    KEYS: ClassVar[tuple[PlaceKey, ...]] = FIRST_STEPS

    def about(self) -> str:
        return f"{sum(bool(step.there) for step in self.things)} of {len(self.things)} done"

    def read(self) -> Sequence[Step]:
        info = self.study.info()
        name, counts = self.study.path.name, info.counts

        def there(what: str, one: str) -> str:
            return counted(counts[what], one) if counts[what] else ""

        return (
            Step(
                "import",
                "Bring interviews in",
                "Files, folders or zip archives. You see how each is read before anything is written.",
                f"cmo import {name} FOLDER",
                there("sources", "source"),
            ),
            Step(
                "cases",
                "Bring in the cases",
                "A table with a row for each workplace, school or ward, and a column for each thing known of it. "
                "Without cases, evidence is counted under (no case).",
                f"cmo cases {name} TABLE.csv",
                there("cases", "case"),
            ),
            Step(
                "theory",
                "Bring in the programme theory",
                "A table with a row for each point: number, context, mechanism, outcome. Or write it here, point by "
                "point.",
                f"cmo theory {name} TABLE.csv",
                there("points", "point"),
            ),
            Step(
                "code",
                "Read and code",
                "Select a passage, then c, m or o and the number of a point, then + or -. ? shows all keys.",
                f"cmo code {name}",
                there("codings", "coding"),
            ),
        )

    def name_of(self, thing: Step) -> str:
        return thing.name

    def line(self, thing: Step, palette: Palette) -> Content:
        sign = "✓" if thing.there else "○"
        return Content.assemble(
            (f"{sign} ", f"bold {palette.accent}"),
            (f"{thing.words} ", f"bold {palette.bright}"),
            (f" {thing.there}\n  ", palette.quiet),
            (thing.command, palette.quiet),
        )

    def in_full(self, thing: Step, palette: Palette) -> Content:
        return Content.assemble(
            (f"{thing.words}\n\n", f"bold {palette.bright}"),
            (f"{thing.why}\n\nEnter does it here. On the command line:\n\n", palette.text),
            (thing.command, palette.accent),
        )

    def opened(self, thing: Step) -> None:
        doing: dict[str, Callable[[], None]] = {
            "cases": lambda: self._table("Table of cases", self.study.import_cases),
            "import": self._import,
            "theory": self._theory,
            "code": self._code,
        }
        doing[thing.name]()

    def _import(self) -> None:
        def brought_in(source_id: int | None) -> None:
            self.refresh_list("theory" if source_id is not None else None)

        self.app.push_screen(ImportScreen(self.study), brought_in)

    def _theory(self) -> None:
        def chosen(way: str) -> None:
            if way == "table":
                self._table("Table of the theory", self.study.import_theory)
            else:
                self.go(TheoryScreen(self.study))

        ways = [Item("table", "from a table"), Item("here", "written here, point by point")]
        self.pick("The programme theory", ways, chosen)

    def _table(self, question: str, bring_in: Callable[[Path], TableReport]) -> None:
        """Ask for a table and bring it in."""

        def answered(typed: str | None) -> None:
            if not typed or not typed.strip():
                return
            try:
                report = bring_in(Path(typed.strip()).expanduser())
            except CmoError as error:
                self.say(f"! {error.message} {error.hint}".strip())
                return
            self.refresh_list()
            doubts = f"; {counted(len(report.findings), 'finding')} to look at" if report.findings else ""
            self.say(f"✓ {report.added} added, {report.changed} changed{doubts} — saved, u takes it back")

        line = PathLine(lambda name: name.lower().endswith(TABLES), "a table: .csv, .xlsx")
        self.app.push_screen(PathQuestion(question, line), answered)

    def _code(self) -> None:
        sources = self.study.sources()
        if not sources:
            self.say("There is nothing to read yet: bring interviews in first.")
            return
        last = self.study.last_read() or sources[0].id
        place = self.study.reading_place(last) or 0
        self.dismiss(Opened(last, place, place))
