"""A list in which several things can be marked, so that one act is done to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual.content import Content

from cmo.study import Study
from workbench.parts.list_screen import ListScreen
from workbench.text.palette import Palette

T = TypeVar("T")


class MarkScreen(ListScreen[T]):
    """Acts are done to what is marked; to the thing under the cursor where nothing is."""

    def __init__(self, study: Study, first: str | None = None) -> None:
        super().__init__(study, first)
        self.marked: set[str] = set()

    @property
    def concerned(self) -> Sequence[T]:
        """What an act is done to, in the order shown."""
        there = [thing for thing in self.things if self.name_of(thing) in self.marked]
        return there or ([self.chosen] if self.chosen is not None else [])

    def mark_sign(self, thing: T, palette: Palette) -> Content:
        """``✓`` before what is marked."""
        is_marked = self.name_of(thing) in self.marked
        return Content.styled("✓ " if is_marked else "  ", f"bold {palette.accent}")

    def about(self) -> str:
        there = sum(self.name_of(thing) in self.marked for thing in self.things)
        return super().about() + (f" · {there} marked" if there else "")

    def action_mark(self) -> None:
        """Mark what is under the cursor, or no longer, and go on to the next."""
        chosen = self.chosen
        if chosen is None:
            return
        self.marked ^= {self.name_of(chosen)}
        place = self._shown.index(chosen) + 1
        self._fill(self.name_of(self._shown[min(place, len(self._shown) - 1)]))

    def action_mark_all(self) -> None:
        """Mark all that are shown; none where all are."""
        names = {self.name_of(thing) for thing in self._shown}
        self.marked = self.marked - names if names <= self.marked else self.marked | names
        self._fill()
