"""Import as a conversation: look at files, say how they are read, leave some out, look again, bring them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from cmo.study import Study
from store.errors import CmoError
from transcripts.intake.gathering import Progress
from transcripts.readers import TABLES
from transcripts.settings import overlaid
from workbench.importing.import_choices import (
    LABEL,
    PROFILE,
    label_items,
    profile_items,
    read_as_items,
    reading_items,
    with_choice,
    with_label,
)
from workbench.importing.import_plan import ImportPlan, Order
from workbench.importing.import_report import ImportedFiles
from workbench.importing.import_view import ImportView
from workbench.parts.dialogs import PathQuestion
from workbench.parts.lists import KeyList
from workbench.parts.path_line import PathLine, typed_paths
from workbench.parts.picker import NEW, Item, Picker
from workbench.text.palette import palette_of

LOOKING, IMPORTING = "Looking at", "Importing"
PLAN_KEYS = {"switch", "switch_all", "read_as", "labels", "profile", "table", "start_over", "import"}
"""Actions that need a plan, and nothing under way."""


class ImportScreen(ImportView):
    """Dismisses with the id of the source that is to be read, or None. Reading files goes on beside the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "to_files", show=False),
        Binding("tab,shift+tab", "other_part", show=False),
        Binding("slash", "to_path", show=False),
        Binding("space", "switch", show=False),
        Binding("a", "switch_all", show=False),
        Binding("r", "read_as", show=False),
        Binding("l", "labels", show=False),
        Binding("p", "profile", show=False),
        Binding("t", "table", show=False),
        Binding("x", "start_over", show=False),
        Binding("i", "import", show=False),
    ]

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While files are read, and after an import, only what makes sense then."""
        if action not in PLAN_KEYS:
            return True
        if self.doing is not None or self.plan is None:
            return False
        return self.report is None or (action == "import" and self.report.stopped)

    # -- looking --------------------------------------------------------------------------------------------
    def _look(self, order: Order) -> None:
        """Look at the files of an order; where that cannot be done, what was shown before stays."""
        left_out = frozenset(self.plan.left_out) if self.plan else frozenset()

        def preview(progress: Progress) -> ImportPlan:
            report = self._study.preview(
                order.paths, sources=order.table, profile=order.profile, settings=order.settings, progress=progress
            )
            return ImportPlan(order, report, left_out)

        self.begin(LOOKING, preview, self._show_plan)

    def _show_plan(self, plan: ImportPlan) -> None:
        self.plan, self.report = plan, None
        self.path_line.value = ""
        self.show_files()
        if not plan.files:
            self.say("There is no file to import there.")
        elif isinstance(self.focused, PathLine):
            self.set_focus(self.files)

    def on_path_line_completed(self, event: PathLine.Completed) -> None:
        self.said = Content.styled("  ".join(event.names), palette_of(self.app).quiet)
        self.show_said()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.doing is not None:
            return
        base = self.order if self.report is None else Order()
        new = [path for path in typed_paths(event.value) if path not in base.paths]
        if new:
            self._look(replace(base, paths=(*base.paths, *new)))
        else:
            self.action_to_files()

    # -- moving about ---------------------------------------------------------------------------------------
    def action_leave(self) -> None:
        """Stop what is under way; else back to the text. An import is waited for."""
        if self.doing is not None and self.stop():
            self.say("Stopping after this file.")
        elif self.doing != IMPORTING:
            self.dismiss(self.report.first_id if self.report is not None else None)

    def action_to_files(self) -> None:
        if self.files.option_count:
            self.set_focus(self.files)

    def action_to_path(self) -> None:
        self.set_focus(self.path_line)

    def action_other_part(self) -> None:
        in_files = isinstance(self.focused, KeyList)
        self.set_focus(self.query_one("#import-details") if in_files else self.files)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self.report is not None:
            self.dismiss(self.report.source_id(event.option_index) or self.report.first_id)
        else:
            self.set_focus(self.query_one("#import-details"))

    # -- which files ----------------------------------------------------------------------------------------
    def action_switch(self) -> None:
        """Leave the file out, or take it in again; on the line for all, all of them."""
        file = self.file
        if file is None:
            self.action_switch_all()
        elif self.plan is not None:
            self.plan.switch([file])
            self.files.highlighted = min((self.files.highlighted or 0) + 1, self.files.option_count - 1)
            self.show_files()

    def action_switch_all(self) -> None:
        if self.plan is not None:
            self.plan.switch(self.plan.files)
            self.show_files()

    def action_start_over(self) -> None:
        """Forget the paths and all that was said of them."""
        self.plan, self.said = None, Content("")
        self.show_files()
        self.action_to_path()

    # -- how they are read ----------------------------------------------------------------------------------
    def _choose(self, title: str, items: list[Item], then: Callable[[str], None], *, offer_new: str = "") -> None:
        def chosen(item: str | None) -> None:
            if item is not None:
                then(item)

        self.app.push_screen(Picker(title, items, offer_new=offer_new), chosen)

    def action_read_as(self) -> None:
        """Say how all files are read, and look again."""
        order = self.order

        def chosen(item: str) -> None:
            self._look(replace(order, settings=with_choice(order.settings, item)))

        self._choose("Read all files so", reading_items(order.settings), chosen)

    def action_labels(self) -> None:
        """Say of a label, in all files, which label it is read as or that it is none; then look again."""
        order, labels = self.order, [use.label for use in self.plan.labels if use.label] if self.plan else []

        def read_as(typed: str, item: str) -> None:
            meant = item.removeprefix(NEW if item.startswith(NEW) else LABEL)
            self._look(replace(order, settings=with_label(order.settings, typed, meant)))

        def chosen(item: str) -> None:
            typed = item.removeprefix(NEW if item.startswith(NEW) else LABEL)
            if typed in dict(order.settings.labels):
                self._look(replace(order, settings=with_label(order.settings, typed, None)))
                return
            others = read_as_items(labels, typed)
            self._choose(f"Read “{typed}” as", others, lambda item: read_as(typed, item), offer_new="it the label")

        self._choose("Which label is read otherwise?", label_items(labels, order.settings), chosen, offer_new="a label")

    def action_profile(self) -> None:
        """Read the files as a profile says, or keep what is chosen now as one."""
        order = self.order

        def chosen(item: str) -> None:
            if item.startswith(NEW):
                self._save_profile(item.removeprefix(NEW))
            else:
                self._look(replace(order, profile=item.removeprefix(PROFILE) or None))

        items = profile_items(self._study.profiles(), order.profile)
        title = "Read the files as this profile says, or type a name to keep what is chosen"
        self._choose(title, items, chosen, offer_new="a profile of what is chosen")

    def _save_profile(self, name: str) -> None:
        order = self.order
        try:
            settings, labels = order.settings, None
            if order.profile is not None:
                base = self._study.profile(order.profile)
                settings, labels = overlaid(base.settings, settings), base.labels
            kept = self._study.save_profile(name, settings, labels)
        except CmoError as error:
            self.say_error(error)
        else:
            self.say(f"Kept as profile {kept.name}: the next batch can be read so.")

    def action_table(self) -> None:
        """Bind the files by a sources table, and look again."""
        order = self.order

        def chosen(typed: str | None) -> None:
            if typed is not None:
                self._look(replace(order, table=next(iter(typed_paths(typed)), None)))

        line = PathLine(lambda name: Path(name).suffix.lower() in TABLES, "path of a CSV or XLSX file")
        line.value = str(order.table or "")
        question = "Sources table: file, kind, case, role, participant. Empty for none."
        self.app.push_screen(PathQuestion(question, line), chosen)

    # -- importing ------------------------------------------------------------------------------------------
    def action_import(self) -> None:
        """Bring in what is left."""
        plan = self.plan
        if plan is None or not plan.coming:
            self.say("No file is left to come in.")
            return
        order, only = plan.order, plan.taken

        def bring_in(progress: Progress) -> ImportedFiles:
            report = self._study.import_files(
                order.paths,
                sources=order.table,
                profile=order.profile,
                settings=order.settings,
                only=only,
                progress=progress,
            )
            return ImportedFiles(report)

        self.begin(IMPORTING, bring_in, self._show_report)

    def _show_report(self, report: ImportedFiles) -> None:
        self.report = report
        self.show_files()
        self.say(report.summary)
        self.set_focus(self.files)
