"""Fieldwork: who was to be interviewed, and who was."""

from __future__ import annotations

from pathlib import Path

from cmo.front.base import Front
from transcripts import plans, sample
from transcripts.plans import Planned
from transcripts.records import TableReport
from transcripts.sample import Sample


class FieldworkCalls(Front):
    def sample(self, by: str | None = None, *, round: str | None = None) -> Sample:
        """Interviews and persons by role and case, or by an attribute of cases. Raises UnknownName."""
        with self.file.read() as conn:
            return sample.read_sample(conn, by, round)

    def plan(self) -> list[Planned]:
        """How many interviews were planned, and how many were refused."""
        with self.file.read() as conn:
            return plans.list_plan(conn)

    def import_plan(self, table: str | Path) -> TableReport:
        """The plan of interviews from a table, in place of the plan there was. Raises BadTable."""
        with self._act("import plan") as work:
            return plans.import_plan(work, Path(table))
