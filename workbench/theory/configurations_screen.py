"""Configurations: what belongs together, in the analyst's words, and what each is still waiting for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.configurations.records import Configuration, Link
from cmo.study import Study
from store.errors import InputError
from store.schema import LEVELS, LINK_KINDS
from workbench.evidence.mark_screen import MarkScreen
from workbench.keys.place_keys import CONFIGURATIONS, PlaceKey
from workbench.parts.dialogs import MemoEditor
from workbench.parts.picker import Item
from workbench.text.palette import Palette
from workbench.text.words import counted
from workbench.theory.configurations_cases import CrossCaseScreen
from workbench.theory.configurations_forms import ConfigurationForms, named
from workbench.theory.configurations_parts import PartsScreen

_WAITING, _ALL = "waiting", "all"


class Configurations(MarkScreen[Configuration]):
    """By number; those that wait for something say so."""

    NAME: ClassVar[str] = "Configurations"
    ONE: ClassVar[str] = "configuration"
    EMPTY: ClassVar[str] = (
        "No configuration is shown.\n\nIn a transcript, l puts the coding under the cursor into a configuration of its "
        "case: context here, mechanism two pages on, outcome in another interview. n makes an empty one, and f shows "
        "others."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = CONFIGURATIONS

    def __init__(self, study: Study, case: str | None = None) -> None:
        super().__init__(study)
        self._forms = ConfigurationForms(study)
        self._filter: dict[str, str] = {"case": case} if case is not None else {}

    # -- what is shown ------------------------------------------------------------------------------------------
    def place_title(self) -> str:
        words = " · ".join("waiting" if name == _WAITING else value for name, value in self._filter.items())
        return f"{self.NAME}: {words}" if words else self.NAME

    def about(self) -> str:
        waiting = sum(one.is_partial for one in self.things)
        return super().about() + (f" · {waiting} waiting" if waiting else "")

    def read(self) -> Sequence[Configuration]:
        given = {name: value for name, value in self._filter.items() if name != _WAITING}
        found = self.study.configurations(**given)
        return [one for one in found if one.is_partial] if _WAITING in self._filter else found

    def name_of(self, thing: Configuration) -> str:
        return str(thing.number)

    def line(self, thing: Configuration, palette: Palette) -> Content:
        letters = [(f"{part.element or '?'}", f"bold {palette.element(part.element)}") for part in thing.parts]
        about = " · ".join(filter(None, (thing.point, thing.case or ", ".join(thing.cases), _level(thing))))
        waits = f"  {thing.waiting}" if thing.is_partial else ""
        words = thing.name or thing.restatement or "; ".join(part.text for part in thing.parts) or "(empty)"
        return Content.assemble(
            self.mark_sign(thing, palette),
            (f"{thing.number} ".ljust(4), f"bold {palette.bright}"),
            *letters,
            (f"  {about}", palette.quiet),
            (waits, f"bold {palette.accent}"),
            (f"\n      {' '.join(words.split())}", palette.text),
        )

    def in_full(self, thing: Configuration, palette: Palette) -> Content:
        about = " · ".join(filter(None, (thing.point, thing.case, thing.level, thing.coder)))
        parts = [
            Content.assemble((f"{named(thing)} ", f"bold {palette.bright}"), (f" {about}", palette.quiet)),
        ]
        if thing.is_partial:
            parts.append(Content.styled(thing.waiting, f"bold {palette.accent}"))
        parts.append(
            Content.styled(thing.restatement or "Not restated yet: r says it in your own words.", palette.text)
        )
        for part in thing.parts:
            said = "" if part.is_stated else " (inferred)"
            hue = palette.element(part.element)
            parts.append(
                Content.assemble(
                    (f"{part.element_name or 'undecided'}{said}: ", f"bold {hue}"),
                    (part.wording, palette.bright),
                    (f"\n“{part.quote}” " if part.quote else "", palette.text),
                    (part.source or "", palette.quiet),
                )
            )
        for link in thing.links:
            parts.append(Content.styled(f"⇢ {_link_words(link, thing)}", palette.text))
        return Content("\n\n").join(parts)

    def opened(self, thing: Configuration) -> None:
        self.go(PartsScreen(self.study, thing.number))

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_new(self) -> None:
        self.ask(self._forms.new(), "✓ a new configuration — saved")

    def action_change(self) -> None:
        if self.chosen is not None:
            self.ask(self._forms.change(self.chosen), f"✓ {named(self.chosen)} — saved")

    def action_restate(self) -> None:
        one = self.chosen
        if one is None:
            return

        def save(body: str) -> None:
            self.change(lambda: self.study.edit_configuration(one.number, restatement=body), "✓ in your words — saved")

        parts = "\n".join(f"{part.element_name}: {part.text}" for part in one.parts)
        self.app.push_screen(MemoEditor(f"{named(one)} in your words", parts, one.restatement, save))

    def action_link(self) -> None:
        one = self.chosen
        others = [other for other in self.study.configurations() if one is not None and other.number != one.number]
        if not others:
            self.say("There is no other configuration to link it to: n makes one.")
        elif one is not None:
            self.ask(self._forms.link(one, others, LINK_KINDS), "✓ linked — saved")

    def action_unlink(self) -> None:
        """Take a link of this configuration away: the only one, or the one that is chosen."""
        one = self.chosen
        if one is None:
            return
        if not one.links:
            self.say(f"There is no link on configuration {one.number}: l makes one.")
            return

        def chosen(place: str) -> None:
            link = one.links[int(place)]
            said = f"✓ no more: {link.source} {link.kind} {link.target} — saved; u brings it back"
            self.act(lambda: self.study.unlink_configurations(link.source, link.target, link.kind), said)

        if len(one.links) == 1:
            chosen("0")
        else:
            items = [Item(str(place), _link_words(link, one)) for place, link in enumerate(one.links)]
            self.pick("Take which link away?", items, chosen)

    def action_ripple(self) -> None:
        one = self.chosen
        if one is not None:
            self.act(
                lambda: self.study.ripple(one.number),
                f"✓ the outcome of configuration {one.number} is the context of a new one — saved",
            )

    def action_table(self) -> None:
        if self.chosen is not None:
            self.go(CrossCaseScreen(self.study, self.chosen.number))

    def action_pattern(self) -> None:
        numbers = [one.number for one in self.concerned]
        if len(numbers) < 2:
            error = InputError("A pattern is over two configurations or more.", "space marks them.")
            self.say(f"{error.message} {error.hint}")
            return
        self.ask(self._forms.pattern(numbers), f"✓ a pattern over {counted(len(numbers), self.ONE)} — saved")

    def action_remove(self) -> None:
        one = self.chosen
        if one is not None:
            parts = counted(len(one.parts), "part")
            question = f"Remove {named(one)} with {parts} and its links? The codings stay."
            self.confirm(question, lambda: self.study.remove_configuration(one.number), "✓ removed — u brings it back")

    # -- which ones ---------------------------------------------------------------------------------------------
    def action_filter(self) -> None:
        """Choose a point, a case or a level; what is chosen already is let go by choosing all."""
        items = [Item(_ALL, "all"), Item(f"{_WAITING}:yes", "waiting for something")]
        items += [
            Item(f"point:{point.label}", point.label, point.title, "point") for point in self.study.theory().points
        ]
        items += [Item(f"case:{case.name}", case.name, "", "case") for case in self.study.cases()]
        items += [Item(f"level:{level}", level, "", "level") for level in LEVELS]

        def chosen(item: str) -> None:
            name, _, value = item.partition(":")
            self._filter = {} if name == _ALL else {**self._filter, name: value}
            self.refresh_list()

        self.pick("Show", items, chosen)


def _link_words(link: Link, one: Configuration) -> str:
    way = f"{link.kind} {link.target}" if link.source == one.number else f"{link.source} {link.kind} this one"
    return f"{way}: {link.note}" if link.note else way


def _level(configuration: Configuration) -> str:
    return "" if configuration.level == "case" else configuration.level
