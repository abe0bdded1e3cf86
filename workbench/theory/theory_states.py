"""What has changed in the programme theory since a state of it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.study import Study
from cmo.theory.records import PointDiff
from workbench.keys.place_keys import HISTORY, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.text.palette import Palette
from workbench.theory.theory_history import HistoryScreen, diff_in_words


class StateScreen(ListScreen[PointDiff]):
    """The points that differ between a kept state and the theory as it stands."""

    NAME: ClassVar[str] = "Wordings of a point"
    ONE: ClassVar[str] = "point that differs"
    EMPTY: ClassVar[str] = "The theory stands as it was kept."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = HISTORY

    def __init__(self, study: Study, state: str) -> None:
        super().__init__(study)
        self._kept = state

    def place_title(self) -> str:
        return f"Changed since “{self._kept}”"

    def about(self) -> str:
        return f"{len(self.things)} differ"

    def read(self) -> Sequence[PointDiff]:
        return [diff for diff in self.study.diff_theory(self._kept).points if not diff.is_same]

    def name_of(self, thing: PointDiff) -> str:
        return thing.point

    def line(self, thing: PointDiff, palette: Palette) -> Content:
        if thing.before is None or thing.after is None:
            what = "was not there then" if thing.before is None else "is no longer held"
        else:
            what = f"version {thing.before.number} → {thing.after.number}"
        return Content.assemble((f"{thing.point} ", f"bold {palette.bright}"), (f" {what}", palette.text))

    def in_full(self, thing: PointDiff, palette: Palette) -> Content:
        return self.line(thing, palette) + Content("\n\n") + diff_in_words(thing, palette)

    def opened(self, thing: PointDiff) -> None:
        self.go(HistoryScreen(self.study, thing.point))
