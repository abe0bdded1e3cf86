"""The parts of one configuration: passages and inferred words, each with where it was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.configurations.records import Part
from cmo.study import Study
from workbench.keys.place_keys import PARTS, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.parts.opened import Opened
from workbench.text.palette import Palette
from workbench.text.words import counted
from workbench.theory.configurations_forms import ConfigurationForms


class PartsScreen(ListScreen[Part]):
    """In the order of the grammar; Enter jumps to the passage."""

    NAME: ClassVar[str] = "Parts of a configuration"
    ONE: ClassVar[str] = "part"
    EMPTY: ClassVar[str] = "It has no part yet: l on a coding in a transcript puts one in, a adds words that you infer."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = PARTS

    def __init__(self, study: Study, number: int) -> None:
        super().__init__(study)
        self._number = number
        self._forms = ConfigurationForms(study)

    def place_title(self) -> str:
        return f"Parts of configuration {self._number}"

    def about(self) -> str:
        return " · ".join(filter(None, (counted(len(self.things), self.ONE), self._waiting)))

    def read(self) -> Sequence[Part]:
        configuration = self.study.configuration(self._number)
        self._waiting = configuration.waiting
        return configuration.parts

    def name_of(self, thing: Part) -> str:
        return str(thing.id)

    def line(self, thing: Part, palette: Palette) -> Content:
        said = "" if thing.is_stated else " (inferred)"
        return Content.assemble(
            (f"{thing.element_name or 'undecided'}{said} ", f"bold {palette.element(thing.element)}"),
            (f" {thing.source or ''}\n", palette.quiet),
            (" ".join(thing.text.split()), palette.text),
        )

    def in_full(self, thing: Part, palette: Palette) -> Content:
        parts = [self.line(thing, palette).split("\n")[0]]
        if thing.wording:
            parts.append(Content.styled(thing.wording, palette.bright))
        if thing.quote:
            parts.append(Content.styled(f"“{thing.quote}”", palette.text))
            place = " · ".join(filter(None, (thing.code, *thing.cases, *thing.roles)))
            parts.append(Content.styled(place, palette.quiet))
        return Content("\n\n").join(parts)

    def opened(self, thing: Part) -> None:
        if thing.source_id is None or thing.start is None or thing.end is None:
            self.say("Nobody said it: it is inferred.")
        else:
            self.dismiss(Opened(thing.source_id, thing.start, thing.end, thing.coding_id))

    def action_add(self) -> None:
        self.ask(self._forms.part(self._number, None), "✓ a part that you infer — saved")

    def action_reword(self) -> None:
        if self.chosen is not None:
            self.ask(self._forms.part(self._number, self.chosen), "✓ the part — saved")

    def action_later(self) -> None:
        self._move(1)

    def action_earlier(self) -> None:
        self._move(-1)

    def _move(self, step: int) -> None:
        part = self.chosen
        if part is None:
            return
        alike = [one.id for one in self.things if one.element == part.element]
        place = alike.index(part.id) + 1 + step
        if 1 <= place <= len(alike):
            self.act(lambda: self.study.move_part(part.id, place), "✓ moved — saved")

    def action_remove(self) -> None:
        part = self.chosen
        if part is not None:
            self.act(lambda: self.study.remove_part(part.id), "✓ taken out — saved; the coding stays")
