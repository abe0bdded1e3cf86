"""The programme theory: bringing it in, changing it with a reason, and reading how it came to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from cmo.front.base import Front
from cmo.theory.grammar import Grammar, elements_of
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from cmo.records import Theory
    from cmo.theory import acts, decisions, importing, lineage, reading, records, states, verdicts, versions, writing
    from cmo.theory import glossary as glossaries
    from cmo.theory.records import (
        BlameStep,
        Decision,
        Draft,
        Grounds,
        Lineage,
        PointDiff,
        PointVersion,
        TheoryDiff,
        TheoryState,
        Verdict,
    )
    from transcripts.records import TableReport
else:
    acts = Room("cmo.theory.acts")
    decisions = Room("cmo.theory.decisions")
    glossaries = Room("cmo.theory.glossary")
    importing = Room("cmo.theory.importing")
    lineage = Room("cmo.theory.lineage")
    reading = Room("cmo.theory.reading")
    records = Room("cmo.theory.records")
    states = Room("cmo.theory.states")
    verdicts = Room("cmo.theory.verdicts")
    versions = Room("cmo.theory.versions")
    writing = Room("cmo.theory.writing")


class TheoryCalls(Front):
    def theory(self) -> Theory:
        """The programme theory as it stands; points that are no longer held are there with their state."""
        with self.file.read() as conn:
            return reading.read_theory(conn)

    def import_theory(
        self, table: str | Path, *, glossary: str | Path | None = None, grammar: Grammar | None = None
    ) -> TableReport:
        """The programme theory from a table; importing again with another wording makes new versions.

        ``grammar`` names elements that the headings alone would not tell; see :meth:`set_grammar`.
        """
        with self._act("import theory") as work:
            report = importing.import_theory(work, Path(table), grammar)
            if glossary is not None:
                glossaries.import_glossary(work, Path(glossary))
            return report

    def set_grammar(self, grammar: Grammar) -> Theory:
        """Say which elements the theory has: a name (``ICAMO``), words (``B=barrier, E=enabler``), or elements.

        Elements are added, renamed by letter and put in order; those that the theory has beside them stay, at the end.
        Every point gets the codes that it lacks.

        Raises:
            InputError: letters or names that are not one each, or a part of something that is not there.
        """
        elements = elements_of(grammar)
        with self._act("set grammar", "elements: " + ", ".join(element.name for element in elements)) as work:
            writing.TheoryWriter(work, elements, self.path.stem).complete_frame()
            return reading.read_theory(work.conn)

    def set_term(self, term: str, meaning: str) -> None:
        """Say what a term of the glossary means; an empty meaning takes it out. Raises InputError: no term."""
        with self._act("glossary", f"'{term}' in the glossary") as work:
            glossaries.set_term(work, term, meaning)

    def add_point(
        self,
        wording: Mapping[str, str],
        *,
        number: str | None = None,
        title: str = "",
        sentence: str | None = None,
        parent: str | None = None,
        rival_of: str | None = None,
        overall: bool = False,
        **grounds: Unpack[Grounds],
    ) -> Decision:
        """A new point; ``wording`` gives words by an element's letter or name, ``number`` None takes the next free one.

        Raises:
            InputError, NameTaken, UnknownName: nothing is changed.
        """
        with self._act("add point") as work:
            draft = records.Draft(wording, number, title, sentence)
            made = acts.add_point(work, draft, grounds, parent=parent, rival_of=rival_of, is_overall=overall)
            return self._decided(work, made)

    def refine_point(
        self, point: str, wording: Mapping[str, str], *, sentence: str | None = None, **grounds: Unpack[Grounds]
    ) -> Decision:
        """Reword a point in a new version; elements that are not named keep their words.

        Judgements of the old wording are kept and become stale. A sentence of the old wording's own does not carry
        over. Raises InputError: no reason, nothing would change, or the point is no longer held.
        """
        with self._act("refine point") as work:
            return self._decided(work, acts.refine_point(work, point, wording, sentence, grounds))

    def split_point(self, point: str, into: Sequence[Draft], **grounds: Unpack[Grounds]) -> Decision:
        """Let a point go on in two or more new ones, its parts; its codes and codings stay where they are."""
        with self._act("split point") as work:
            return self._decided(work, acts.split_point(work, point, into, grounds))

    def merge_points(
        self,
        points: Sequence[str],
        wording: Mapping[str, str],
        *,
        number: str | None = None,
        title: str = "",
        sentence: str | None = None,
        **grounds: Unpack[Grounds],
    ) -> Decision:
        """Let points go on in one of them (``number``, the first where None), or in a new one; codings stay.

        One of them keeps its words for elements that are not given; a new one has only those that are.
        """
        with self._act("merge points") as work:
            draft = records.Draft(wording, number, title, sentence)
            return self._decided(work, acts.merge_points(work, points, draft, grounds))

    def abandon_point(self, point: str, **grounds: Unpack[Grounds]) -> Decision:
        """Give a point up; it stays to be seen, with its evidence."""
        with self._act("abandon point") as work:
            return self._decided(work, acts.abandon_point(work, point, grounds))

    def restore_point(self, point: str, **grounds: Unpack[Grounds]) -> Decision:
        """Take up again a point that was split, merged or given up, in its last wording."""
        with self._act("restore point") as work:
            return self._decided(work, acts.restore_point(work, point, grounds))

    def set_sentence(self, point: str, sentence: str | None) -> None:
        """Tell a point's current wording in an own sentence; None composes it again. Judgements stay."""
        with self._act("write sentence") as work:
            acts.set_sentence(work, point, sentence)

    def arrange_point(
        self, point: str, *, title: str | None = None, parent: str | None = None, rival_of: str | None = None
    ) -> None:
        """Set a point's title, what it is a part of, and whose rival it is; None leaves it, an empty text ends it."""
        with self._act("arrange point", f"{point} arranged") as work:
            acts.arrange_point(work, point, title=title, parent=parent, rival_of=rival_of)

    def point_versions(self, point: str) -> list[PointVersion]:
        """Every wording that a point had, the first one first. Raises UnknownName."""
        with self.file.read() as conn:
            return versions.point_versions(conn, point)

    def decisions(self, point: str | None = None) -> list[Decision]:
        """All decision records in the order they were made, or those that a point had a part in. Raises UnknownName."""
        with self.file.read() as conn:
            return decisions.list_decisions(conn, None if point is None else reading.find_point(conn, point))

    def lineage(self) -> Lineage:
        """Every wording of every point, and the steps between them."""
        with self.file.read() as conn:
            return lineage.lineage(conn)

    def blame(self, point: str, version: int | None = None) -> list[BlameStep]:
        """Which decisions, on which quotes, led to a wording, the latest first. Raises UnknownName."""
        with self.file.read() as conn:
            return lineage.blame(conn, point, version)

    def diff_versions(self, point: str, before: int, after: int | None = None) -> PointDiff:
        """What differs between two wordings of a point, word by word; ``after`` None is the current one."""
        with self.file.read() as conn:
            return versions.diff_versions(conn, point, before, after)

    def diff_theory(self, before: str, after: str | None = None) -> TheoryDiff:
        """What differs between two states of the theory by name; ``after`` None is the theory as it stands.

        Raises:
            UnknownName: there is no such state.
        """
        with self.file.read() as conn:
            later = states.present_state(conn) if after is None else states.find_state(conn, after)
            found = versions.diff_states(conn, states.find_state(conn, before), later)
            return replace(found, after=found.after or None)

    def freeze_theory(self, name: str, note: str = "") -> TheoryState:
        """Keep the theory as it stands under a name, such as "initial theory". Raises InputError, NameTaken."""
        with self._act("freeze theory") as work:
            states.freeze_theory(work, name, note)
            return states.find_state(work.conn, name)

    def theory_states(self) -> list[TheoryState]:
        """The states of the theory that were kept, the first one first."""
        with self.file.read() as conn:
            return states.list_states(conn)

    def set_verdict(self, point: str | None, verdict: str | None, reason: str = "") -> Verdict | None:
        """What the study says of a point's wording, or of the whole programme (None), in the end.

        ``verdict`` is one of ``schema.VERDICTS``; None takes the present one back. Earlier ones are kept.

        Raises:
            UnknownName, InputError: nothing is changed.
        """
        with self._act("verdict") as work:
            verdict_id = verdicts.set_verdict(work, point, verdict, reason)
            return next((given for given in verdicts.list_verdicts(work.conn) if given.id == verdict_id), None)

    def verdicts(self) -> list[Verdict]:
        """All verdicts: on the programme, then point by point; also earlier ones, and those that are stale."""
        with self.file.read() as conn:
            return verdicts.list_verdicts(conn)

    @staticmethod
    def _decided(work: Work, decision_id: int) -> Decision:
        return decisions.get_decision(work.conn, decision_id)
