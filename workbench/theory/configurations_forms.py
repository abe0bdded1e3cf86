"""The forms by which configurations are made, changed, linked and grouped."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.configurations.records import Configuration, CrossCase, Part
from cmo.study import Study
from store.schema import LEVELS, PRESENCES
from workbench.parts.form import Answers, Choice, Field, Form
from workbench.text.words import clipped

_NONE = Choice("", "none")


def named(configuration: Configuration) -> str:
    """``configuration 3``, with its name where it has one."""
    name = f" “{configuration.name}”" if configuration.name else ""
    return f"configuration {configuration.number}{name}"


class ConfigurationForms:
    """Forms over one study; each reads what it shows when it is opened."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def new(self) -> Form:
        """A configuration without parts."""

        def save(answers: Answers) -> object:
            return self._study.new_configuration(
                answers["name"],
                answers["restatement"],
                answers["level"],
                answers["point"] or None,
                answers["case"] or None,
            )

        return Form("A new configuration", self._about(None), save, "Its parts are put in from transcripts: l there.")

    def change(self, one: Configuration) -> Form:
        """What is said of it as a whole."""

        def save(answers: Answers) -> object:
            return self._study.edit_configuration(one.number, **answers)

        return Form(f"Change configuration {one.number}", self._about(one), save)

    def link(self, one: Configuration, others: Sequence[Configuration], kinds: Sequence[str]) -> Form:
        """How it stands to another one."""
        offered = [
            Choice(str(other.number), f"{other.number} {clipped(other.name or other.restatement or _gist(other), 40)}")
            for other in others
        ]
        fields = [
            Field("kind", "This one …", kinds[0], choices=[Choice(kind, kind) for kind in kinds]),
            Field("target", "… that one", choices=offered),
            Field("note", "Note"),
        ]

        def save(answers: Answers) -> object:
            target = int(answers["target"])
            return self._study.link_configurations(one.number, target, answers["kind"], note=answers["note"])

        return Form(f"Link configuration {one.number}", fields, save)

    def pattern(self, numbers: Sequence[int]) -> Form:
        """A configuration over several."""
        levels = [Choice(level, level) for level in LEVELS if level != "case"]
        fields = [
            Field("name", "Name"),
            Field("restatement", "In your own words", rows=4),
            Field("level", "Level", levels[0].value, choices=levels),
            self._point(""),
        ]

        def save(answers: Answers) -> object:
            return self._study.group_configurations(
                numbers, answers["name"], answers["restatement"], answers["level"], answers["point"] or None
            )

        return Form(f"A pattern over {', '.join(map(str, numbers))}", fields, save)

    def part(self, number: int, part: Part | None) -> Form:
        """Words that the analyst infers; or what is said of a part that is there."""
        elements = [Choice(element.letter, element.name) for element in self._study.theory().elements]
        offered = [Choice("", "undecided"), *elements]
        known = (part.element or "") if part is not None else (elements[0].value if elements else "")
        fields = [
            Field("wording", "In your own words", part.wording if part is not None else "", rows=4),
            Field("element", "Element", known, choices=offered),
        ]
        if part is not None and part.coding_id is not None:
            stated = [Choice("yes", "somebody said it"), Choice("", "inferred from it")]
            fields.append(Field("stated", "Stated or inferred", "yes" if part.is_stated else "", choices=stated))

        def save(answers: Answers) -> object:
            words, element = answers["wording"], answers["element"]
            if part is None:
                return self._study.add_part(number, element=element, wording=words)
            stated = bool(answers["stated"]) if "stated" in answers else None
            return self._study.change_part(part.id, element=element, wording=words, stated=stated)

        what = f"A part of configuration {number}" if part is not None else f"Infer a part of configuration {number}"
        return Form(what, fields, save, part.quote if part is not None else "")

    def presence(self, table: CrossCase, case: str) -> Form:
        """Whether the elements were there in a case."""
        number = table.configuration.number
        row = next(row for row in table.rows if row.case == case)
        offered = [_NONE, *(Choice(presence, presence) for presence in PRESENCES)]
        fields = []
        for element in table.elements:
            cell = row.cells[element.letter]
            fields.append(Field(f"is {element.letter}", element.name.capitalize(), cell.said or "", choices=offered))
            fields.append(Field(f"note {element.letter}", "Note", cell.note))

        def save(answers: Answers) -> None:
            for element in table.elements:
                cell, said = row.cells[element.letter], answers[f"is {element.letter}"] or None
                note = answers[f"note {element.letter}"]
                if (said, note) != (cell.said, cell.note):
                    self._study.set_presence(number, case, element.letter, said, note)

        about = "A person's word goes before what follows from passages."
        return Form(f"Configuration {number} in {case}", fields, save, about)

    def _about(self, one: Configuration | None) -> list[Field]:
        cases = [_NONE, *(Choice(case.name, case.name) for case in self._study.cases())]
        levels = [Choice(level, level) for level in LEVELS]
        return [
            Field("name", "Name, or none", one.name if one else ""),
            Field("restatement", "In your own words", one.restatement if one else "", rows=4),
            self._point((one.point or "") if one else ""),
            Field("case", "Case", (one.case or "") if one else "", choices=cases),
            Field("level", "Level", one.level if one else LEVELS[0], choices=levels),
        ]

    def _point(self, now: str) -> Field:
        points = [_NONE, *(Choice(point.label, point.label) for point in self._study.theory().points)]
        return Field("point", "The point it speaks to", now, choices=points)


def _gist(configuration: Configuration) -> str:
    return " → ".join(part.text for part in configuration.parts)
