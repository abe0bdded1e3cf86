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
from workbench.card import ELSEWHERE
from workbench.cases_screen import CasesScreen
from workbench.configurations_parts import PartsScreen
from workbench.dialogs import KeyCard
from workbench.lines import two_ends
from workbench.list_screen import place_hints
from workbench.opened import Opened
from workbench.palette import palette_of
from workbench.place_keys import BACK, HELP, TABLE, PlaceKey
from workbench.quotes_screen import CodingQuotes
from workbench.table_writing import write_report
from workbench.theory_screen import TheoryScreen
from workbench.words import clipped, counted

WIDEST = 48
"""Characters of an entry that are shown in its place; all of it stands below the table."""

_ABOUT: Mapping[str, Callable[[Study, str], Screen[Any]]] = {
    "point": TheoryScreen,
    "case": CasesScreen,
    "configuration": lambda study, number: PartsScreen(study, int(number)),
}
"""The screen of what an entry can be about."""


class TableScreen(Screen[Opened | None]):
    """Dismisses with a passage that is to be shown in its transcript, or None."""

    DEFAULT_CLASSES = "list-screen table-screen"
    AUTO_FOCUS = "DataTable"
    KEYS: ClassVar[tuple[PlaceKey, ...]] = (*TABLE, HELP, BACK)

    def __init__(self, study: Study, name: str) -> None:
        super().__init__()
        self._study, self._report = study, name
        self._table = study.report_table(name)
        self._said = ""
        for key in self.KEYS:
            if key.keys != ("enter",):  # the table takes it, and tells which place was selected
                self._bindings.bind(",".join(key.keys), key.action, show=False)

    def compose(self) -> ComposeResult:
        yield Static(classes="place-title")
        yield DataTable[Text](zebra_stripes=False, cursor_foreground_priority="renderable")
        with VerticalScroll(classes="place-full", can_focus=False):
            yield Static()
        yield Static(classes="place-said")
        yield Static(classes="place-hints")

    def on_mount(self) -> None:
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
        rows = Content.styled(f"{counted(len(self._table.rows), 'row')} ", palette.quiet)
        self._put(".place-title", two_ends(title, rows, width))
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
        self._put(".place-full Static", full)
        self._put(".place-said", Content.styled(f" {self._said}", palette.text))
        self._put(".place-hints", place_hints(TABLE, width, palette))

    def _put(self, where: str, words: Content) -> None:
        self.query_one(where, Static).update(words)

    def on_data_table_cell_highlighted(self) -> None:
        self._tell()

    def on_data_table_cell_selected(self) -> None:
        entry = self._entry
        if entry is not None and entry.codings:
            self._go(CodingQuotes(self._study, f"{self._table.title}: {clipped(str(entry.value), 40)}", entry.codings))
        elif entry is not None and entry.about is not None and entry.about[0] in _ABOUT:
            kind, name = entry.about
            self._go(_ABOUT[kind](self._study, name))

    def _go(self, screen: Screen[Any]) -> None:
        def came_back(quote: object) -> None:
            if isinstance(quote, Opened):
                self.dismiss(quote)

        self.app.push_screen(screen, came_back)

    # -- keys ---------------------------------------------------------------------------------------------------
    def action_write(self) -> None:
        def say(words: str) -> None:
            self._said = words
            self._tell()

        write_report(self.app, self._study, self._report, say)

    def action_help(self) -> None:
        rows = [(key.shown, key.words) for key in self.KEYS]
        self.app.push_screen(KeyCard({self._table.title: rows, "In lists": ELSEWHERE["In lists"]}))

    def action_leave(self) -> None:
        self.dismiss(None)
