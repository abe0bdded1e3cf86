"""Fieldwork: who was to be interviewed and who was; what was to be asked and what was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import guide, guide_table
    from cmo.guide import Answer, Coverage, Question
    from transcripts.fieldwork import plans, sample
    from transcripts.fieldwork.plans import Planned
    from transcripts.fieldwork.sample import Sample
    from transcripts.records import TableReport
else:
    guide = Room("cmo.guide")
    guide_table = Room("cmo.guide_table")
    plans = Room("transcripts.fieldwork.plans")
    sample = Room("transcripts.fieldwork.sample")


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

    def import_guide(self, table: str | Path) -> TableReport:
        """An interview guide from a table, or a new form of one. Raises BadTable."""
        with self._act("import guide") as work:
            return guide_table.import_guide(work, Path(table))

    def questions(self) -> list[Question]:
        """The questions of all guides, with the sources in which each was found."""
        with self.file.read() as conn:
            return guide.list_questions(conn)

    def find_questions(self) -> int:
        """Look for every question in every source; return in how many turns one was found."""
        with self._act("find questions", "find the guides' questions") as work:
            return guide.find_all(work)

    def judge_question(
        self, number: str, source: str, turn: int, is_asked: bool, *, guide_name: str | None = None
    ) -> None:
        """Say that a turn asks a question, or that it does not. Raises UnknownName, InputError."""
        with self._act("judge question") as work:
            question = guide.find_question(work.conn, number, guide_name)
            guide.judge_question(work, question, source, turn, is_asked)
            work.summary = f"turn {turn} of '{source}' {'asks' if is_asked else 'does not ask'} question {number}"

    def answers(self, number: str, *, guide_name: str | None = None) -> list[Answer]:
        """What was answered to a question, across sources. Raises UnknownName."""
        with self.file.read() as conn:
            return guide.answers_to(conn, guide.find_question(conn, number, guide_name))

    def coverage(self) -> Coverage:
        """Which points the guides ask about, and about which nobody was asked."""
        with self.file.read() as conn:
            return guide.coverage(conn)
