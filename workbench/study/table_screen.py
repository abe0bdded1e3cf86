"""One table of a report: what stands under the cursor in full, and Enter from a number to the quotes it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from cmo.report.table import Entry
from cmo.study import Study
from workbench.evidence.quotes_screen import CodingQuotes
from workbench.evidence.table_writing import write_report
from workbench.keys.place_keys import TABLE, WAYS, PlaceKey
from workbench.parts.lines import two_ends
from workbench.parts.place_screen import PlaceScreen
from workbench.study.cases_screen import CasesScreen
from workbench.text.palette import palette_of
from workbench.text.words import clipped, counted, reader
from workbench.theory.configurations_parts import PartsScreen
from workbench.theory.theory_screen import TheoryScreen

WIDEST = 48
"""Characters of an entry that are shown in its place; all of it stands below the table."""

_ABOUT: Mapping[str, Callable[[Study, str], Screen[Any]]] = {
    "point": TheoryScreen,
    "case": CasesScreen,
    "configuration": lambda study, number: PartsScreen(study, int(number)),
}
"""The screen of what an entry can be about."""


class TableScreen(PlaceScreen):
    """By its name in :data:`cmo.report.TABLES`."""

    DEFAULT_CLASSES = "place-screen list-screen table-screen"
    AUTO_FOCUS = "DataTable"
    NAME: ClassVar[str] = "A table"
    KEYS: ClassVar[tuple[PlaceKey, ...]] = TABLE
    ALSO: ClassVar[tuple[PlaceKey, ...]] = WAYS

    def __init__(self, study: Study, name: str) -> None:
        super().__init__(study)
        self._report = name
        self._table = study.report_table(name)
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Static(classes="place-title")
        yield DataTable[Text](zebra_stripes=False, cursor_foreground_priority="renderable")
        with VerticalScroll(classes="place-full", can_focus=False):
            yield Static()
        yield Static(classes="place-said")
        yield Static(classes="place-hints")

    def on_mount(self) -> None:
        self._fill()

    def show_anew(self) -> None:
        self._table = self.study.report_table(self._report)
        self._shown.clear(columns=True)
        self._fill()

    def _fill(self) -> None:
        shown = self._shown
        for number, column in enumerate(self._table.columns):
            shown.add_column(Text(column.head, overflow="ellipsis"), key=str(number))
        for row in self._table.rows:
            shown.add_row(*(self._cell(entry) for entry in row))
        self._tell()

    def on_resize(self) -> None:
        self._tell()

    @property
    def _shown(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    def _cell(self, entry: Entry) -> Text:
        words = "" if entry.value is None else clipped(str(entry.value), WIDEST)
        palette = palette_of(self.app)
        is_way = bool(entry.codings or entry.about)
        return Text(words, style=f"underline {palette.text}" if is_way and words else palette.text)

    @property
    def _entry(self) -> Entry | None:
        """What is under the cursor."""
        place = self._shown.cursor_coordinate
        if not self._table.rows:
            return None
        return self._table.rows[place.row][place.column]

    def _tell(self) -> None:
        palette, width, entry = palette_of(self.app), self.size.width, self._entry
        title = Content.styled(f" {self._table.title}", f"bold {palette.bright}")
        rows = Content.styled(f"{counted(len(self._table.rows), 'row')} · {reader(self.study)} ", palette.quiet)
        self.put(".place-title", two_ends(title, rows, width))
        notes = Content.styled("\n\n".join(self._table.notes), palette.quiet)
        full = notes
        if entry is not None:
            head = self._table.columns[self._shown.cursor_coordinate.column].head
            value = "" if entry.value is None else str(entry.value)
            way = f"  Enter: {counted(len(entry.codings), 'quote')}" if entry.codings else ""
            words = [(f"{head}: ", f"bold {palette.bright}"), (value, palette.text), (f"{way}\n\n", palette.quiet)]
            full = Content.assemble(*words) + notes
        elif not self._table.rows:
            full = Content.styled("The table has no rows yet.\n\n", palette.text) + notes
        self.put(".place-full Static", full, layout=True)
        self.put(".place-said", Content.styled(f" {self._said}", palette.text))
        self.put(".place-hints", self.hints(width, palette))

    def on_data_table_cell_highlighted(self) -> None:
        self._tell()

    def on_data_table_cell_selected(self) -> None:
        entry = self._entry
        if entry is not None and entry.codings:
            self.go(CodingQuotes(self.study, f"{self._table.title}: {clipped(str(entry.value), 40)}", entry.codings))
        elif entry is not None and entry.about is not None and entry.about[0] in _ABOUT:
            kind, name = entry.about
            self.go(_ABOUT[kind](self.study, name))

    def say(self, words: str) -> None:
        self._said = words
        self._tell()

    def action_write(self) -> None:
        """Write the table to a file."""
        write_report(self.app, self.study, self._report, self.say)
