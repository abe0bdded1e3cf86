"""The codebook: the tree of codes, to be moved, merged, split, renamed and defined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.picture import Difference
from cmo.study import Study
from codebook.records import Code
from store.errors import CmoError
from workbench.evidence.quotes_screen import QuotesScreen
from workbench.keys.place_keys import CODEBOOK, PlaceKey
from workbench.parts.form import Answers, Choice, Field, Form, several
from workbench.parts.list_screen import ListScreen
from workbench.parts.picker import Item
from workbench.text.palette import Palette
from workbench.text.words import clipped, counted

TOP = "to the top"
MOST_TOLD = 12
"""Changes that are told one by one before an act; the others are counted."""


class CodebookScreen(ListScreen[Code]):
    """Codes in the order of the frame, each under its parent; codes of the theory are as their points are."""

    NAME: ClassVar[str] = "Codebook"
    ONE: ClassVar[str] = "code"
    EMPTY: ClassVar[str] = (
        "There are no codes yet.\n\nn makes one. In a transcript, / and a new name makes one as well. The theory has a "
        "code for each element of each point."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = CODEBOOK

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._by_id: dict[int, Code] = {}

    # -- what is shown ------------------------------------------------------------------------------------------
    def read(self) -> Sequence[Code]:
        codes = self.study.codes()
        self._by_id = {code.id: code for code in codes}
        return sorted(codes, key=lambda code: code.point_id is not None)

    def name_of(self, thing: Code) -> str:
        return str(thing.id)

    def group_of(self, thing: Code) -> str | None:
        return "Codes of the programme theory" if thing.point_id is not None else "Codes of your own"

    def _depth(self, code: Code) -> int:
        depth, parent = 0, code.parent_id
        while parent is not None:
            depth, parent = depth + 1, self._by_id[parent].parent_id
        return depth

    def line(self, thing: Code, palette: Palette) -> Content:
        words = clipped(thing.definition, 60) if thing.definition else ""
        count = counted(thing.codings, "coding") if thing.codings else ""
        return Content.assemble(
            ("  " * self._depth(thing), palette.text),
            (f"{thing.name} ", f"bold {palette.element(thing.element) if thing.element else palette.bright}"),
            (f" {count} ", palette.quiet),
            (words, palette.text),
        )

    def in_full(self, thing: Code, palette: Palette) -> Content:
        under = self._by_id[thing.parent_id].name if thing.parent_id is not None else ""
        below = [code.name for code in self._by_id.values() if code.parent_id == thing.id]
        parts = [
            Content.styled(thing.name, f"bold {palette.bright}"),
            Content.styled(thing.definition or "Not defined yet: d says what it means.", palette.text),
            Content.styled(counted(thing.codings, "coding"), palette.quiet),
        ]
        if under:
            parts.append(Content.styled(f"under {under}", palette.quiet))
        if below:
            parts.append(Content.styled(f"above {', '.join(below)}", palette.quiet))
        if thing.point:
            parts.append(Content.styled(f"of {thing.point}: changed by changing the theory", palette.quiet))
        return Content("\n\n").join(parts)

    def opened(self, thing: Code) -> None:
        self.go(QuotesScreen(self.study, {"code": thing.name}))

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_new(self) -> None:
        under = [Choice("", "nothing")] + [Choice(code.name, code.name) for code in self._own()]
        fields = [
            Field("name", "Name"),
            Field("definition", "What it means", rows=4),
            Field("parent", "Under", choices=under),
        ]

        def save(answers: Answers) -> object:
            return self.study.new_code(answers["name"], answers["definition"], answers["parent"] or None)

        self.ask(Form("A new code", fields, save), "✓ a new code — saved")

    def action_rename(self) -> None:
        code = self.chosen
        if code is not None:
            form = Form(
                f"Rename {code.name}",
                [Field("name", "Name", code.name)],
                lambda answers: self.study.rename_code(code.id, answers["name"]),
            )
            self.ask(form, "✓ renamed — saved")

    def action_define(self) -> None:
        code = self.chosen
        if code is not None:
            form = Form(
                f"Define {code.name}",
                [Field("definition", "What it means", code.definition, rows=6)],
                lambda answers: self.study.define_code(code.id, answers["definition"]),
            )
            self.ask(form, "✓ defined — saved")

    def action_move(self) -> None:
        code = self.chosen
        if code is None:
            return
        items = [Item(TOP, TOP)] + [Item(str(one.id), one.name, one.definition) for one in self._own() if one != code]

        def chosen(parent: str) -> None:
            under = None if parent == TOP else int(parent)
            self.act(lambda: self.study.move_code(code.id, under), "✓ moved — saved")

        self.pick(f"Put {code.name} under", items, chosen)

    def action_later(self) -> None:
        self._step(1)

    def action_earlier(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        code = self.chosen
        if code is None:
            return
        beside = [one.id for one in self._by_id.values() if one.parent_id == code.parent_id and one.point_id is None]
        if code.id in beside and 1 <= (place := beside.index(code.id) + 1 + step) <= len(beside):
            self.act(lambda: self.study.move_code(code.id, code.parent_id, place), "✓ moved — saved")

    def action_merge(self) -> None:
        """Choose what the code becomes part of, see what that would do, and say yes."""
        code = self.chosen
        if code is None:
            return
        items = [Item(str(one.id), one.name, one.definition) for one in self._own() if one != code]

        def chosen(into: str) -> None:
            self._merge_after_a_look(code, int(into))

        self.pick(f"Merge {code.name} into", items, chosen)

    def _merge_after_a_look(self, code: Code, into: int) -> None:
        try:
            tried = self.study.rehearse(lambda: self.study.merge_codes(into, [code.id]))
        except CmoError as error:
            self.say(f"! {error.message} {error.hint}")
            return
        done = f"{counted(tried.answer.moved, 'coding')} would move, {tried.answer.joined} would join one there."
        question = f"Merge {code.name} into {tried.answer.into.name}?\n\n{done}\n{told(tried.differences)}"
        self.confirm(question, lambda: self.study.merge_codes(into, [code.id]), "✓ merged — saved, u takes it back")

    def action_split(self) -> None:
        code = self.chosen
        if code is None:
            return
        quotes = {str(quote.coding_id): clipped(quote.quote, 90) for quote in self.study.quotes(code=code.name)}
        offered = [Choice(coding, words) for coding, words in quotes.items()]
        fields = [
            Field("name", "Name of the new code"),
            Field("codings", "Its codings (space marks)", choices=offered, several=True),
        ]

        def save(answers: Answers) -> object:
            codings = [int(coding) for coding in several(answers["codings"])]
            return self.study.split_code(code.id, {answers["name"]: codings})

        about = "The new code stands beside it; what is not marked stays."
        self.ask(Form(f"Split a code off {code.name}", fields, save, about), "✓ split — saved")

    def action_remove(self) -> None:
        """Ask first; with codings, say how much would go."""
        code = self.chosen
        if code is None:
            return

        def remove() -> None:
            self.study.remove_code(code.id, with_codings=True)

        try:
            tried = self.study.rehearse(remove)
        except CmoError as error:
            self.say(f"! {error.message} {error.hint}")
            return
        lost = f" with {counted(code.codings, 'coding')} and what is judged and noted of them" if code.codings else ""
        question = f"Remove {code.name}{lost}?\n\n{told(tried.differences)}"
        self.confirm(question, remove, "✓ removed — saved, u brings it back")

    def _own(self) -> list[Code]:
        return [code for code in self._by_id.values() if code.point_id is None]


def told(differences: Sequence[Difference]) -> str:
    """What an act would change, one a line; where there is much, the rest is counted."""
    lines = [f"· {difference}" for difference in differences[:MOST_TOLD]]
    if len(differences) > MOST_TOLD:
        lines.append(f"· and {len(differences) - MOST_TOLD} more")
    return "\n".join(lines)
