"""Cases: each with its attributes and sources, from within, and in the analyst's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.content import Content

from cmo.configurations.records import CaseView
from cmo.records import Cell
from cmo.study import Study
from transcripts.records import Case
from workbench.evidence.quotes_screen import QuotesScreen
from workbench.keys.place_keys import CASES, PlaceKey
from workbench.parts.dialogs import MemoEditor
from workbench.parts.list_screen import ListScreen
from workbench.parts.picker import Item
from workbench.study.cases_forms import (
    attributes_form,
    kind_form,
    new_attribute_form,
    new_case_form,
    rename_form,
)
from workbench.study.cases_measures import MeasuresScreen
from workbench.text.palette import Palette
from workbench.text.words import SIGNS, counted
from workbench.theory.configurations_screen import Configurations


class CasesScreen(ListScreen[Case]):
    """In the order of the study."""

    NAME: ClassVar[str] = "Cases"
    ONE: ClassVar[str] = "case"
    EMPTY: ClassVar[str] = (
        "There are no cases yet: n makes one.\n\n`cmo cases STUDY TABLE.csv` brings them in with their attributes, and "
        "so do the first steps (f5, w)."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = CASES

    _evidence: Mapping[str | None, Cell] = MappingProxyType({})

    # -- what is shown ------------------------------------------------------------------------------------------
    def read(self) -> Sequence[Case]:
        return self.study.cases()

    def figures(self, study: Study) -> Mapping[str | None, Cell]:
        return study.matrix("case", "stance").row_totals

    def take(self, figures: Mapping[str | None, Cell]) -> None:
        self._evidence = figures

    def name_of(self, thing: Case) -> str:
        return thing.name

    def line(self, thing: Case, palette: Palette) -> Content:
        cell = self._evidence.get(thing.name)
        evidence = counted(cell.total.excerpts, "excerpt") if cell is not None else "no evidence"
        about = " · ".join(thing.attributes.values())
        return Content.assemble(
            (f"{thing.name} ", f"bold {palette.bright}"),
            (f" {counted(len(thing.sources), 'source')} · {evidence}\n  ", palette.quiet),
            (about, palette.text),
        )

    def in_full(self, thing: Case, palette: Palette) -> Content:
        view = self.study.case_view(thing.name)
        parts = [Content.styled(thing.name, f"bold {palette.bright}")]
        if thing.attributes:
            parts.append(
                Content("\n").join(
                    Content.assemble((f"{name}: ", palette.quiet), (value, palette.text))
                    for name, value in thing.attributes.items()
                )
            )
        parts.append(Content.assemble(("Sources: ", palette.quiet), (", ".join(thing.sources) or "none", palette.text)))
        parts += self._in_own_words(thing, palette)
        parts += self._from_within(view, palette)
        for measure in self.study.measures(case=thing.name):
            step = (
                f": {measure.ladder}, step {measure.step} {measure.step_name}" if measure.ladder else ", on no ladder"
            )
            parts.append(Content.styled(f"▪ {measure.name}{step}", palette.text))
        return Content("\n\n").join(parts)

    def _in_own_words(self, case: Case, palette: Palette) -> list[Content]:
        """The summary of the case, then those of its themes."""
        written = self.study.summaries(case=case.name)
        whole = next((summary.body for summary in written if summary.theme is None), "")
        empty = "No summary yet: s writes it."
        parts = [Content.styled(whole or empty, palette.text if whole else palette.quiet)]
        for summary in written:
            if summary.theme is not None:
                words = [(f"{summary.theme}: ", f"bold {palette.bright}"), (summary.body, palette.text)]
                parts.append(Content.assemble(*words))
        return parts

    def _from_within(self, view: CaseView, palette: Palette) -> list[Content]:
        """Balance by point, what contradicts, what waits, and what the case is silent about."""
        parts = []
        for label, cell in view.evidence.items():
            signs = "  ".join(
                f"{sign}{cell.excerpts(stance)}" for stance, sign in SIGNS.items() if cell.excerpts(stance)
            )
            unjudged = f"  {cell.excerpts(None)} not judged" if cell.excerpts(None) else ""
            parts.append(
                Content.assemble((f"{label} ", f"bold {palette.bright}"), (f" {signs}{unjudged}", palette.text))
            )
        lines = [Content("\n").join(parts)] if parts else []
        for one in view.configurations:
            waits = f": {one.waiting}" if one.is_partial else ""
            lines.append(Content.styled(f"Configuration {one.number}{waits}. {one.restatement}".strip(), palette.text))
        against_itself = [
            f"▲ {found.point}: {len(found.supporting)} for, {len(found.opposing)} against or for a rival, in one case"
            for found in view.contradictions
        ]
        against_itself += [f"▲ configuration {link.source} {link.kind} {link.target}" for link in view.conflicts]
        if against_itself:
            lines.append(Content.styled("\n".join(against_itself), f"bold {palette.bright}"))
        if view.silent_points:
            lines.append(Content.styled(f"Silent about {', '.join(view.silent_points)}", palette.quiet))
        return lines

    def opened(self, thing: Case) -> None:
        self.go(QuotesScreen(self.study, {"case": thing.name}))

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_summary(self) -> None:
        if self.chosen is not None:
            self._write(self.chosen.name, None, None)

    def action_theme(self) -> None:
        case = self.chosen
        if case is None:
            return

        def chosen(theme: str) -> None:
            kind, _, name = theme.partition(":")
            self._write(case.name, name if kind == "point" else None, name if kind == "code" else None)

        items = [
            Item(f"point:{p.label}", f"{p.label} {p.title}", p.sentence, "point") for p in self.study.theory().held
        ]
        codes = [code for code in self.study.codes() if code.point_id is None]
        items += [Item(f"code:{code.name}", code.name, code.definition, "code") for code in codes]
        self.pick(f"{case.name}: what it says to …", items, chosen)

    def _write(self, case: str, point: str | None, code: str | None) -> None:
        """The summary of a case, as a whole or as to one theme."""
        theme = point or code
        written = self.study.summaries(case=case, point=point, code=code)
        body = next((summary.body for summary in written if summary.theme == theme), "")

        def save(words: str) -> None:
            self.change(lambda: self.study.set_summary(case, words, point=point, code=code), "✓ in your words — saved")

        about = f"{case}: {theme}" if theme else f"{case} in your own words"
        self.app.push_screen(MemoEditor(about, "An empty text takes the summary away.", body, save))

    def action_new(self) -> None:
        self.ask(new_case_form(self.study), "✓ a new case — saved; in sources, c says what belongs to it")

    def action_rename(self) -> None:
        if self.chosen is not None:
            self.ask(rename_form(self.study, self.chosen), "✓ renamed — saved")

    def action_remove(self) -> None:
        case = self.chosen
        if case is not None:
            self.act(lambda: self.study.remove_case(case.name), f"✓ {case.name} removed — u brings it back")

    def action_attributes(self) -> None:
        if self.chosen is not None and self.study.attributes():
            self.ask(attributes_form(self.study, self.chosen), f"✓ attributes of {self.chosen.name} — saved")
        else:
            self.say("Cases have no attributes yet: A makes one.")

    def action_new_attribute(self) -> None:
        if self.chosen is not None:
            self.ask(new_attribute_form(self.study, self.chosen), "✓ a new attribute — saved")

    def action_kind(self) -> None:
        """Choose an attribute, then its kind."""
        found = {attribute.name: attribute for attribute in self.study.attributes()}
        items = [Item(one.name, one.name, ", ".join(one.choices), one.kind) for one in found.values()]

        def chosen(name: str) -> None:
            self.ask(kind_form(self.study, found[name]), f"✓ the kind of {name} — saved")

        self.pick("The kind of which attribute?", items, chosen)

    def action_configurations(self) -> None:
        if self.chosen is not None:
            self.go(Configurations(self.study, self.chosen.name))

    def action_measures(self) -> None:
        if self.chosen is not None:
            self.go(MeasuresScreen(self.study, self.chosen.name))
