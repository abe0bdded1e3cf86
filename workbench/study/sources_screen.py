"""Sources: how far the coding of each has come, by case or by role, and which one is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.content import Content

from cmo.records import Cell, Matrix, missing
from cmo.study import Study
from store.errors import CmoError
from transcripts.records import Source
from workbench.keys.place_keys import SOURCES, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.parts.opened import Opened
from workbench.study.cases_forms import binding_form
from workbench.text.palette import Palette
from workbench.text.words import clipped, counted


class SourcesScreen(ListScreen[Source]):
    """``●`` has codings of yours, ``◐`` only those of others, ``○`` none."""

    NAME: ClassVar[str] = "Sources"
    ONE: ClassVar[str] = "source"
    EMPTY: ClassVar[str] = (
        "There are no sources yet: I in the transcripts brings interviews in, or the first steps (f5, w)."
    )
    KEYS: ClassVar[tuple[PlaceKey, ...]] = SOURCES

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._by_role = False
        self._mine: dict[str, int] = {}
        self._totals: Mapping[str | None, Cell] = {}

    # -- what is shown ------------------------------------------------------------------------------------------
    def about(self) -> str:
        coded = sum(source.codings > 0 for source in self.things)
        return f"{coded} of {counted(len(self.things), self.ONE)} coded"

    def read(self) -> Sequence[Source]:
        self._waiting = set(self.study.uncoded_sources())
        order = [case.name for case in self.study.cases()]
        groups = {name: place for place, name in enumerate(order)}
        found = self.study.sources()
        self._alike = Counter(self._group(source) for source in found)
        self._coded = Counter(self._group(source) for source in found if source.codings)
        if self._by_role:
            return sorted(found, key=lambda source: (source.role is None, source.role or ""))
        return sorted(found, key=lambda source: groups.get((source.cases or ("",))[0], len(groups)))

    def figures(self, study: Study) -> Matrix:
        return study.matrix("source", "coder")

    def take(self, figures: Matrix) -> None:
        coder = self.study.coder
        self._mine = {name: cell.total.excerpts for (name, by), cell in figures.cells.items() if by == coder and name}
        self._totals = figures.row_totals

    def name_of(self, thing: Source) -> str:
        return str(thing.id)

    def group_of(self, thing: Source) -> str | None:
        group = self._group(thing)
        coded, alike = self._coded[group], self._alike[group]
        return f"{group or missing('role' if self._by_role else 'case')}  {coded}/{alike} coded"

    def _group(self, source: Source) -> str | None:
        return source.role if self._by_role else source.case

    def line(self, thing: Source, palette: Palette) -> Content:
        sign = "●" if thing.id not in self._waiting else "◐" if thing.codings else "○"
        beside = thing.case if self._by_role else thing.role
        about = " · ".join(filter(None, (beside, thing.kind, thing.held_on)))
        count = counted(thing.codings, "coding") if thing.codings else "not coded"
        return Content.assemble(
            (f"{sign} ", f"bold {palette.accent}"),
            (f"{thing.name} ", f"bold {palette.bright}"),
            (f" {about}  {count}", palette.quiet),
        )

    def in_full(self, thing: Source, palette: Palette) -> Content:
        minutes = f"{thing.characters:,} characters · {thing.turns:,} turns · {thing.sentences:,} sentences"
        about = " · ".join(filter(None, (thing.case, thing.role, thing.participant, thing.round, thing.held_on)))
        total = self._totals.get(thing.name, Cell()).total
        mine = self._mine.get(thing.name, 0)
        lines = [
            Content.styled(thing.name, f"bold {palette.bright}"),
            Content.styled(about or "bound to no case, role or participant", palette.text),
            Content.styled(f"{thing.kind} · {minutes}", palette.quiet),
            Content.styled(f"{counted(total.excerpts, 'excerpt')} coded, {mine} of them by you", palette.text),
        ]
        try:
            findings = self.study.source_findings(thing.id)
        except CmoError:
            findings = ()
        lines += [Content.styled(f"▲ {clipped(finding.message, 200)}", palette.text) for finding in findings]
        return Content("\n\n").join(lines)

    def opened(self, thing: Source) -> None:
        place = self.study.reading_place(thing.id) or 0
        self.dismiss(Opened(thing.id, place, place))

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_next_uncoded(self) -> None:
        """The next source after the cursor without this coder's codings; from the last one on to the first."""
        here = self.things.index(self.chosen) if self.chosen is not None else -1
        for source in (*self.things[here + 1 :], *self.things[: here + 1]):
            if source.id in self._waiting:
                self.refresh_list(self.name_of(source))
                return
        self.say("You have coded in every source.")

    def action_bind(self) -> None:
        source = self.chosen
        if source is not None:
            self.ask(binding_form(self.study, source), f"✓ what {source.name} is bound to — saved")

    def action_arrange(self) -> None:
        self._by_role = not self._by_role
        self.refresh_list()
        self.say("By role." if self._by_role else "By case.")
