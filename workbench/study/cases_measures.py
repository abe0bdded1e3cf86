"""What was done in one case, placed on the study's ladders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.casework.records import Measure
from cmo.study import Study
from workbench.keys.place_keys import MEASURES, PlaceKey
from workbench.parts.form import Answers, Field, Form
from workbench.parts.list_screen import ListScreen
from workbench.parts.picker import Item
from workbench.text.palette import Palette

OFF = "on no ladder"


class MeasuresScreen(ListScreen[Measure]):
    """By ladder and step."""

    NAME: ClassVar[str] = "Measures"
    ONE: ClassVar[str] = "measure"
    EMPTY: ClassVar[str] = (
        "No measure is noted for this case: a adds one; ladders come from `cmo ladders STUDY TABLE.csv`."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = MEASURES

    def __init__(self, study: Study, case: str) -> None:
        super().__init__(study)
        self._case = case

    def place_title(self) -> str:
        return f"Measures of {self._case}"

    def read(self) -> Sequence[Measure]:
        found = self.study.measures(case=self._case)
        return sorted(found, key=lambda measure: (measure.ladder is None, measure.ladder or "", measure.step or 0))

    def name_of(self, thing: Measure) -> str:
        return str(thing.id)

    def group_of(self, thing: Measure) -> str | None:
        return thing.ladder or OFF

    def line(self, thing: Measure, palette: Palette) -> Content:
        step = f"step {thing.step} {thing.step_name}" if thing.step is not None else "not placed"
        return Content.assemble((f"{thing.name} ", f"bold {palette.bright}"), (f" {step}", palette.quiet))

    def in_full(self, thing: Measure, palette: Palette) -> Content:
        return self.line(thing, palette) + Content.styled(f"\n\n{thing.note}", palette.text)

    def action_add(self) -> None:
        def save(answers: Answers) -> object:
            return self.study.add_measure(answers["name"], case=self._case, note=answers["note"])

        fields = [Field("name", "What was done"), Field("note", "Note", rows=3)]
        self.ask(Form(f"A measure of {self._case}", fields, save), "✓ a measure — saved; p puts it on a ladder")

    def action_change(self) -> None:
        measure = self.chosen
        if measure is None:
            return

        def save(answers: Answers) -> object:
            return self.study.edit_measure(measure.id, name=answers["name"], note=answers["note"])

        fields = [Field("name", "What was done", measure.name), Field("note", "Note", measure.note, rows=3)]
        self.ask(Form(f"The measure {measure.name}", fields, save), "✓ changed — saved")

    def action_place(self) -> None:
        """Choose a step of a ladder."""
        measure = self.chosen
        if measure is None:
            return
        items = [
            Item(f"{step.number}:{ladder.name}", f"{ladder.name}, step {step.number}", f"{step.name} {step.definition}")
            for ladder in self.study.ladders()
            for step in ladder.steps
        ]

        def chosen(item: str) -> None:
            number, _, ladder = item.partition(":")
            step = None if item == OFF else int(number)
            self.act(lambda: self.study.place_measure(measure.id, ladder or None, step), "✓ placed — saved")

        self.pick(f"Where does {measure.name} stand?", [*items, Item(OFF, OFF)], chosen)

    def action_remove(self) -> None:
        measure = self.chosen
        if measure is not None:
            self.act(lambda: self.study.remove_measure(measure.id), "✓ removed — u brings it back")
