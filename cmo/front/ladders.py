"""Ladders and measures: ordinal scales of the study's own, and what was done in the cases placed on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from cmo.casework import ladder_tables, ladders, measures
    from cmo.casework.records import Ladder, LadderCounts, Measure, Step
    from transcripts.records import TableReport
else:
    ladder_tables = Room("cmo.casework.ladder_tables")
    ladders = Room("cmo.casework.ladders")
    measures = Room("cmo.casework.measures")


class LadderCalls(Front):
    def ladders(self) -> list[Ladder]:
        """All ladders with their steps."""
        with self.file.read() as conn:
            return ladders.list_ladders(conn)

    def import_ladders(self, table: str | Path) -> TableReport:
        """Ladders from a table with a row for each step; importing again updates. Raises BadTable."""
        with self._act("import ladders") as work:
            return ladder_tables.import_ladders(work, Path(table))

    def new_ladder(self, name: str, definition: str = "", steps: Sequence[Step] = ()) -> Ladder:
        """A new ladder. Raises NameTaken, InputError."""
        with self._act("new ladder", f"new ladder '{name}'") as work:
            ladders.add_ladder(work, name, definition, steps)
            return ladders.find_ladder(work.conn, name)

    def edit_ladder(self, ladder: str, *, name: str | None = None, definition: str | None = None) -> Ladder:
        """Another name or definition; None leaves it. Raises UnknownName, NameTaken, InputError."""
        with self._act("edit ladder", f"edit the ladder '{ladder}'") as work:
            ladders.edit_ladder(work, ladders.find_ladder(work.conn, ladder), name, definition)
            return ladders.find_ladder(work.conn, ladder if name is None else name)

    def set_step(self, ladder: str, number: int, name: str | None = None, definition: str | None = None) -> Ladder:
        """Name and define a step, which is made where there is none; None leaves what is there.

        Raises:
            UnknownName: there is no such ladder.
            InputError: no step can have that number.
        """
        with self._act("set step", f"step {number} of the ladder '{ladder}'") as work:
            ladders.set_step(work, ladders.find_ladder(work.conn, ladder).id, number, name, definition)
            return ladders.find_ladder(work.conn, ladder)

    def remove_step(self, ladder: str, number: int) -> None:
        """Take a step away. Raises UnknownName; InputError: measures stand on it."""
        with self._act("remove step", f"remove step {number} of the ladder '{ladder}'") as work:
            ladders.remove_step(work, ladders.find_ladder(work.conn, ladder), number)

    def remove_ladder(self, ladder: str) -> None:
        """Take a ladder away with its steps. Raises UnknownName; InputError: measures stand on it."""
        with self._act("remove ladder", f"remove the ladder '{ladder}'") as work:
            ladders.remove_ladder(work, ladders.find_ladder(work.conn, ladder))

    def measures(self, *, case: str | None = None, ladder: str | None = None) -> list[Measure]:
        """What was done in the cases: in one or all, on one ladder or all. Raises UnknownName."""
        with self.file.read() as conn:
            return measures.list_measures(conn, case=case, ladder=ladder)

    def measures_by_step(self) -> list[LadderCounts]:
        """Measures by ladder, step and case: each measure counted once, cases counted once apart."""
        with self.file.read() as conn:
            return measures.measures_by_step(conn)

    def import_measures(self, table: str | Path) -> TableReport:
        """Measures from a table of case, measure, ladder, step; importing again places them anew. Raises BadTable."""
        with self._act("import measures") as work:
            return ladder_tables.import_measures(work, Path(table))

    def add_measure(
        self, name: str, *, case: str | None = None, ladder: str | None = None, step: int | None = None, note: str = ""
    ) -> Measure:
        """A measure, placed on a step or not yet; a step that the ladder lacks is made without a name.

        Raises:
            UnknownName: there is no such case or ladder.
            InputError: no name, or a step without a ladder.
            NameTaken: the case has it on that ladder already.
        """
        with self._act("add measure", f"measure '{name}'") as work:
            return measures.add_measure(work, name, case, ladder, step, note)

    def edit_measure(
        self, measure_id: int, *, name: str | None = None, case: str | None = None, note: str | None = None
    ) -> Measure:
        """Another name, case or note; None leaves it. Raises as :meth:`add_measure` does."""
        with self._act("edit measure") as work:
            found = measures.get_measure(work.conn, measure_id)
            work.summary = f"edit the measure '{found.name}'"
            return measures.edit_measure(work, found, name=name, case=case, note=note)

    def place_measure(self, measure_id: int, ladder: str | None, step: int | None = None) -> Measure:
        """Put a measure on a step of a ladder; None takes it off. Raises as :meth:`add_measure` does."""
        with self._act("place measure") as work:
            found = measures.get_measure(work.conn, measure_id)
            placed = measures.place_measure(work, found, ladder, step)
            where = "on no ladder" if ladder is None else f"on '{placed.ladder}', step {placed.step}"
            work.summary = f"measure '{found.name}' {where}"
            return placed

    def remove_measure(self, measure_id: int) -> None:
        """Take a measure away. Raises UnknownName."""
        with self._act("remove measure") as work:
            found = measures.get_measure(work.conn, measure_id)
            measures.remove_measure(work, found)
            work.summary = f"remove the measure '{found.name}'"
