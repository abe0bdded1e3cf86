"""What the import screen shows: the path line, the files, everything about one of them, and what is said."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from transcripts.intake.gathering import ARCHIVE
from transcripts.readers import TABLES, is_readable
from workbench.importing.import_choices import order_words
from workbench.importing.import_plan import ImportPlan, Order, PlannedFile
from workbench.importing.import_report import ImportedFiles
from workbench.importing.import_words import (
    batch_details,
    batch_line,
    file_details,
    file_line,
    list_heading,
    states_in_words,
)
from workbench.keys import hints
from workbench.parts.lines import hint_line, two_ends
from workbench.parts.lists import KeyList
from workbench.parts.path_line import PathLine
from workbench.parts.working import WorkingScreen
from workbench.text.palette import palette_of

IN_PATH: hints.Hints = [("Enter", "look at it"), ("tab", "complete"), ("↓", "to the files"), ("esc", "back")]
IN_LIST: hints.Hints = [
    ("i", "import"),
    ("space", "in/out"),
    ("r", "read as"),
    ("l", "labels"),
    ("p", "profile"),
    ("t", "table"),
    ("/", "path"),
    ("x", "anew"),
    ("a", "all"),
    ("tab", "details"),
    ("esc", "back"),
]
AT_WORK: hints.Hints = [("esc", "stop after this file")]
IN_REPORT: hints.Hints = [("Enter", "read it"), ("↑ ↓", "choose"), ("tab", "details"), ("esc", "to the text")]
WHAT_TO_TYPE = """Type the path of a file, a folder or a zip archive, or drop it on this window, and press Enter.

Nothing is written by looking. You see what each file would become, say what the file did not say itself, look again, \
and i brings in what is left. Another path is added to the first."""
ROUND_THE_LINES = 3
"""Cells beside the lines of the list: its padding and its scrollbar."""


class ImportView(WorkingScreen[int | None]):
    """Shows a plan, or the report of an import. It takes no keys."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (150, "-beside")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "PathLine"

    def __init__(self) -> None:
        super().__init__()
        self.plan: ImportPlan | None = None
        self.report: ImportedFiles | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="import-title")
        yield PathLine(_is_wanted, "path of a file, a folder or a zip archive", id="import-path")
        with Container(id="import-parts"):
            with Vertical(id="import-files"):
                yield Static(id="import-heading")
                yield KeyList(id="import-list")
            with VerticalScroll(id="import-details"):
                yield Static(id="import-words")
        yield Static(id="import-said")
        yield Static(id="import-hints")

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show_files())
        self.show_place()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_files)

    # -- parts ----------------------------------------------------------------------------------------------
    @property
    def files(self) -> KeyList:
        return self.query_one("#import-list", KeyList)

    @property
    def path_line(self) -> PathLine:
        return self.query_one("#import-path", PathLine)

    @property
    def order(self) -> Order:
        """What has been said of the import so far."""
        return self.plan.order if self.plan else Order()

    @property
    def file(self) -> PlannedFile | None:
        """The file under the cursor; None on the line for all of them."""
        number = self.files.highlighted
        files = self.plan.files if self.plan is not None else []
        return files[number - 1] if number and number <= len(files) else None

    # -- showing --------------------------------------------------------------------------------------------
    def show_files(self) -> None:
        """The files, or what becomes of them, have changed."""
        here, width = self.files.highlighted_option, max(self.files.size.width - ROUND_THE_LINES, 30)
        heading, lines = self._lines(width)
        self.query_one("#import-heading", Static).update(heading)
        options = [Option(line, id=str(number)) for number, line in enumerate(lines)]
        self.files.fill(options, here.id if here else None)
        self.show_place()

    def _lines(self, width: int) -> tuple[Content, list[Content]]:
        palette, plan = palette_of(self.app), self.plan
        if self.report is not None:
            return Content(""), list(self.report.lines(width, palette))
        if plan is None or not plan.files:
            return Content(""), []
        lines = [file_line(file, plan.state(file), width, palette) for file in plan.files]
        return list_heading(width, palette), [batch_line(plan, width, palette), *lines]

    def show_place(self) -> None:
        """The cursor is on another file."""
        palette, width = palette_of(self.app), self.size.width
        title = Content.assemble((" Import", f"bold {palette.bright}"), (f"  {order_words(self.order)}", palette.quiet))
        counts = states_in_words(self.plan) if self.plan and self.report is None else ""
        self._put("title", two_ends(title, Content.styled(f"{counts} ", palette.quiet), width))
        self.query_one("#import-words", Static).update(self._details())
        self.show_said()

    def show_said(self) -> None:
        """What is said, or what can be done now, has changed."""
        self._put("said", Content(" ") + self.said)
        self._put("hints", hint_line(self._hints(), self.size.width, palette_of(self.app)))

    def _hints(self) -> hints.Hints:
        if self.doing is not None:
            return AT_WORK
        if isinstance(self.focused, PathLine):
            return IN_PATH
        return IN_REPORT if self.report is not None else IN_LIST

    def _details(self) -> Content:
        palette, file = palette_of(self.app), self.file
        if self.report is not None:
            return self.report.details(self.files.highlighted or 0, palette)
        if self.plan is None:
            return Content.styled(WHAT_TO_TYPE, palette.text)
        if file is None:
            return batch_details(self.plan, palette)
        return file_details(file, self.plan.state(file), palette)

    def _put(self, name: str, words: Content) -> None:
        # The lines keep their size, so the screen need not be laid out anew for every key.
        self.query_one(f"#import-{name}", Static).update(words, layout=False)

    def on_option_list_option_highlighted(self) -> None:
        self.query_one("#import-details").scroll_home(animate=False)
        self.show_place()

    def on_descendant_focus(self) -> None:
        self.show_said()


def _is_wanted(name: str) -> bool:
    path = Path(name)
    return is_readable(path) or path.suffix.lower() in (ARCHIVE, *TABLES)
