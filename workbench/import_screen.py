"""Import as a conversation: look at files, say how they are read, leave some out, look again, bring them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from cmo.study import Study
from store.errors import CmoError
from transcripts.batch import Progress
from transcripts.gathering import ARCHIVE
from transcripts.readers import TABLES, is_readable
from transcripts.settings import overlaid
from workbench import hints
from workbench.dialogs import PathQuestion
from workbench.import_choices import PROFILE, order_words, profile_items, reading_items, with_choice
from workbench.import_plan import ImportPlan, Order, PlannedFile
from workbench.import_report import ImportedFiles
from workbench.import_words import batch_details, batch_line, file_details, file_line, list_heading, states_in_words
from workbench.lines import hint_line, progress_line, two_ends
from workbench.lists import KeyList
from workbench.palette import palette_of
from workbench.path_line import PathLine, typed_paths
from workbench.picker import NEW, Picker

IN_PATH: hints.Hints = [("Enter", "look at it"), ("tab", "complete"), ("↓", "to the files"), ("esc", "back")]
IN_LIST: hints.Hints = [
    ("i", "import"),
    ("space", "in or out"),
    ("r", "read so"),
    ("p", "profile"),
    ("t", "table"),
    ("/", "path"),
    ("a", "all"),
    ("x", "anew"),
    ("esc", "back"),
    ("tab", "details"),
]
AT_WORK: hints.Hints = [("esc", "stop after this file")]
IN_REPORT: hints.Hints = [("Enter", "read it"), ("↑ ↓", "choose"), ("tab", "details"), ("esc", "to the text")]
LOOKING, IMPORTING = "Looking at", "Importing"
WHAT_TO_TYPE = """Type the path of a file, a folder or a zip archive, or drop it on this window, and press Enter.

Nothing is written by looking. You see what each file would become, say what the file did not say itself, look again,
and i brings in what is left. Another path is added to the first."""


class ImportScreen(Screen[int | None]):
    """Dismisses with the id of the source that is to be read, or None. Reading files goes on beside the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "to_list", show=False),
        Binding("tab,shift+tab", "other_part", show=False),
        Binding("slash", "to_path", show=False),
        Binding("space", "switch", show=False),
        Binding("a", "switch_all", show=False),
        Binding("r", "read_otherwise", show=False),
        Binding("p", "profile", show=False),
        Binding("t", "table", show=False),
        Binding("x", "start_over", show=False),
        Binding("i", "import", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (150, "-beside")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "PathLine"

    class Progressed(Message):
        """Reading has come to another file. Sent from the thread that reads."""

        def __init__(self, done: int, total: int, name: str) -> None:
            super().__init__()
            self.done, self.total, self.name = done, total, name

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._plan: ImportPlan | None = None
        self._report: ImportedFiles | None = None
        self._at_work: tuple[str, Callable[[Any], None]] | None = None
        self._stop = Event()
        self._said = Content("")

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
        self._tell()

    def on_unmount(self) -> None:
        self._stop.set()

    def on_resize(self) -> None:
        self.call_after_refresh(self._list)

    # -- work beside the screen -----------------------------------------------------------------------------
    def _begin(self, doing: str, work: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do long work in a thread and go on with its result; errors of the study are told."""
        self._stop = Event()
        self._at_work = (doing, then)
        self._said = Content(f"{doing} …")
        self.run_worker(lambda: work(self._advance), thread=True, exit_on_error=False)
        self._tell()

    def _advance(self, done: int, total: int, name: str) -> bool:
        """Called in the thread before each file: whether to go on."""
        self.post_message(self.Progressed(done, total, name))
        return not self._stop.is_set()

    def on_import_screen_progressed(self, event: Progressed) -> None:
        if self._at_work is not None and not self._stop.is_set():
            self._said = progress_line(self._at_work[0], event.done, event.total, event.name, palette_of(self.app))
            self._tell_line()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if self._at_work is None or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        _, then = self._at_work
        self._at_work, self._said = None, Content("")
        error = event.worker.error
        if isinstance(error, CmoError):
            self._say_error(error)
        elif error is not None:
            raise error
        else:
            then(event.worker.result)
        self._tell()

    # -- looking --------------------------------------------------------------------------------------------
    @property
    def _order(self) -> Order:
        return self._plan.order if self._plan else Order()

    def _look(self, order: Order) -> None:
        """Look at the files of an order; where that cannot be done, what was shown before stays."""

        def preview(progress: Progress) -> ImportPlan:
            report = self._study.preview(
                order.paths, sources=order.table, profile=order.profile, settings=order.settings, progress=progress
            )
            return ImportPlan(order, report, self._plan.left_out if self._plan else ())

        self._begin(LOOKING, preview, self._show_plan)

    def _show_plan(self, plan: ImportPlan) -> None:
        self._plan, self._report = plan, None
        self.query_one(PathLine).value = ""
        self._list()
        if isinstance(self.focused, PathLine) and plan.files:
            self.set_focus(self.query_one(KeyList))
        if not plan.files:
            self._say("There is no file to import there.")

    def _list(self) -> None:
        listed = self.query_one(KeyList)
        here, width, palette = listed.highlighted_option, max(listed.size.width - 3, 30), palette_of(self.app)
        self.query_one("#import-heading", Static).update(self._heading(width))
        options: list[Option] = []
        if self._report is not None:
            options = [Option(line, id=str(n)) for n, line in enumerate(self._report.lines(width, palette))]
        elif self._plan is not None and self._plan.files:
            options = [Option(batch_line(self._plan, width, palette), id="0")]
            for number, file in enumerate(self._plan.files, start=1):
                options.append(Option(file_line(file, self._plan.state(file), width, palette), id=str(number)))
        listed.fill(options, here.id if here else None)
        self._tell()

    def _heading(self, width: int) -> Content:
        if self._plan is None or self._report is not None:
            return Content("")
        return list_heading(width, palette_of(self.app))

    # -- telling --------------------------------------------------------------------------------------------
    def _tell(self) -> None:
        palette, width = palette_of(self.app), self.size.width
        title = Content.assemble(
            (" Import", f"bold {palette.bright}"), (f"  {order_words(self._order)}", palette.quiet)
        )
        counts = states_in_words(self._plan) if self._plan and self._report is None else ""
        self._put("title", two_ends(title, Content.styled(f"{counts} ", palette.quiet), width))
        self.query_one("#import-words", Static).update(self._details())
        self._tell_line()

    def _tell_line(self) -> None:
        palette, width = palette_of(self.app), self.size.width
        self._put("said", Content(" ") + self._said)
        self._put("hints", hint_line(self._hints(), width, palette))

    def _hints(self) -> hints.Hints:
        if self._at_work is not None:
            return AT_WORK
        if isinstance(self.focused, PathLine):
            return IN_PATH
        return IN_REPORT if self._report is not None else IN_LIST

    def _details(self) -> Content:
        palette, file = palette_of(self.app), self._file
        if self._report is not None:
            return self._report.details(self.query_one(KeyList).highlighted or 0, palette)
        if self._plan is None:
            return Content.styled(WHAT_TO_TYPE, palette.text)
        if file is None:
            return batch_details(self._plan, palette)
        return file_details(file, self._plan.state(file), palette)

    def _put(self, name: str, words: Content) -> None:
        self.query_one(f"#import-{name}", Static).update(words, layout=False)

    def _say(self, words: str) -> None:
        self._said = Content.styled(words, f"bold {palette_of(self.app).bright}")
        self._tell_line()

    def _say_error(self, error: CmoError) -> None:
        palette = palette_of(self.app)
        self._said = Content.assemble((f"! {error.message} ", f"bold {palette.refutes}"), (error.hint, palette.text))
        self._tell_line()

    def on_option_list_option_highlighted(self) -> None:
        self.query_one("#import-details").scroll_home(animate=False)
        self._tell()

    def on_descendant_focus(self) -> None:
        self._tell_line()

    # -- the path line --------------------------------------------------------------------------------------
    def on_path_line_completed(self, event: PathLine.Completed) -> None:
        self._said = Content.styled("  ".join(event.names), palette_of(self.app).quiet)
        self._tell_line()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        new = [path for path in typed_paths(event.value) if path not in self._order.paths]
        if self._at_work is not None:
            return
        if new:
            base = Order() if self._report is not None else self._order
            self._look(replace(base, paths=(*base.paths, *new)))
        else:
            self.action_to_list()

    # -- keys -----------------------------------------------------------------------------------------------
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Letters are typed on the path line; while files are read, only esc and moving about do something."""
        if action not in ("switch", "switch_all", "read_otherwise", "profile", "table", "start_over", "import"):
            return True
        if self._at_work is not None or self._plan is None:
            return False
        return self._report is None or (action == "import" and self._report.stopped)

    @property
    def _file(self) -> PlannedFile | None:
        """The file under the cursor; None on the line for all of them."""
        number = self.query_one(KeyList).highlighted
        files = self._plan.files if self._plan is not None else []
        return files[number - 1] if number and number <= len(files) else None

    def action_leave(self) -> None:
        if self._at_work is not None and not self._stop.is_set():
            self._stop.set()
            self._say("Stopping after this file.")
        elif self._at_work is None or self._at_work[0] != IMPORTING:
            self.dismiss(self._report.first_id if self._report is not None else None)

    def action_to_list(self) -> None:
        if self.query_one(KeyList).option_count:
            self.set_focus(self.query_one(KeyList))

    def action_to_path(self) -> None:
        self.set_focus(self.query_one(PathLine))

    def action_other_part(self) -> None:
        in_list = isinstance(self.focused, KeyList)
        self.set_focus(self.query_one("#import-details") if in_list else self.query_one(KeyList))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self._report is not None:
            self.dismiss(self._report.source_id(event.option_index) or self._report.first_id)
        else:
            self.set_focus(self.query_one("#import-details"))

    def action_switch(self) -> None:
        """Leave the file out, or take it in again; on the line for all, all of them."""
        assert self._plan is not None
        listed, file = self.query_one(KeyList), self._file
        self._plan.switch(self._plan.files if file is None else [file])
        if file is not None and file.preview is not None:
            listed.highlighted = min((listed.highlighted or 0) + 1, listed.option_count - 1)
        self._list()

    def action_switch_all(self) -> None:
        assert self._plan is not None
        self._plan.switch(self._plan.files)
        self._list()

    def action_start_over(self) -> None:
        self._plan = self._report = None
        self._said = Content("")
        self._list()
        self.action_to_path()

    def action_read_otherwise(self) -> None:
        """Say how all files are read, and look again."""
        order = self._order

        def chosen(item: str | None) -> None:
            if item is not None:
                self._look(replace(order, settings=with_choice(order.settings, item)))

        self.app.push_screen(Picker("Read all files so", reading_items(order.settings)), chosen)

    def action_profile(self) -> None:
        """Read the files as a profile says, or keep what is chosen now as one."""
        order = self._order

        def chosen(item: str | None) -> None:
            if item is not None and item.startswith(NEW):
                self._save_profile(item.removeprefix(NEW))
            elif item is not None:
                self._look(replace(order, profile=item.removeprefix(PROFILE) or None))

        items = profile_items(self._study.profiles(), order.profile)
        title = "Read the files as this profile says, or type a name to keep what is chosen"
        self.app.push_screen(Picker(title, items, offer_new="a profile of what is chosen"), chosen)

    def _save_profile(self, name: str) -> None:
        order = self._order
        try:
            settings, labels = order.settings, None
            if order.profile is not None:
                base = self._study.profile(order.profile)
                settings, labels = overlaid(base.settings, settings), base.labels
            kept = self._study.save_profile(name, settings, labels)
        except CmoError as error:
            self._say_error(error)
            return
        self._say(f"Kept as profile {kept.name}: the next batch can be read so.")

    def action_table(self) -> None:
        """Bind the files by a sources table, and look again."""
        order = self._order

        def chosen(typed: str | None) -> None:
            if typed is not None:
                self._look(replace(order, table=next(iter(typed_paths(typed)), None)))

        line = PathLine(lambda name: Path(name).suffix.lower() in TABLES, "path of a CSV or XLSX file")
        line.value = str(order.table or "")
        question = "Sources table: file, kind, case, role, participant. Empty for none."
        self.app.push_screen(PathQuestion(question, line), chosen)

    def action_import(self) -> None:
        """Bring in what is left."""
        plan = self._plan
        assert plan is not None
        if not plan.coming:
            self._say("No file is left to come in.")
            return
        order = plan.order

        def bring_in(progress: Progress) -> ImportedFiles:
            report = self._study.import_files(
                order.paths,
                sources=order.table,
                profile=order.profile,
                settings=order.settings,
                only=plan.taken,
                progress=progress,
            )
            return ImportedFiles(report)

        self._begin(IMPORTING, bring_in, self._show_report)

    def _show_report(self, report: ImportedFiles) -> None:
        self._report = report
        self._list()
        self._say(report.summary)
        self.set_focus(self.query_one(KeyList))


def _is_wanted(name: str) -> bool:
    path = Path(name)
    return is_readable(path) or path.suffix.lower() in (ARCHIVE, *TABLES)
