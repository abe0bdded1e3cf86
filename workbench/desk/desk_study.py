"""What the coder sees of the study: the source being read, its codings, the theory, the codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cmo.records import Point, Theory
from store.errors import InputError
from workbench.desk.codings_by_place import CodingsByPlace
from workbench.desk.recent import SLOTS, RecentCodes
from workbench.text.spans import SpanIndex
from workbench.text.words import coding_words

if TYPE_CHECKING:
    from cmo.study import Study
    from codebook.records import Code, Coding
    from transcripts.conventions.marks import Mark
    from transcripts.records import Case, Source, Transcript, Turn
    from workbench.text.reading import Reading


class DeskStudy:
    """The open source with its codings in order of place, kept in step with the study without reading all of it."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.recent = RecentCodes()
        self.transcript: Transcript | None = None
        self.reading: Reading | None = None
        self.marks: SpanIndex[Mark] = SpanIndex([], _mark_span)
        self.point: str | None = None
        self.active_id: int | None = None
        self._followed: tuple[int, str | None] | None = None
        self._unplaced: int | None = None
        self._index = CodingsByPlace(0, lambda _start, _end: [])
        self._sources: list[Source] | None = None
        self._cases: list[Case] | None = None
        self.theory = Theory("", (), (), {})
        self.codes: dict[int, Code] = {}
        self._read_study()

    # -- what there is ----------------------------------------------------------------------------------
    @property
    def sources(self) -> list[Source]:
        """All sources, read when they are first asked for: no text waits for the list of thousands of others."""
        if self._sources is None:
            self._sources = self.study.sources()
        return self._sources

    @property
    def cases(self) -> list[Case]:
        """All cases, read when they are first asked for."""
        if self._cases is None:
            self._cases = self.study.cases()
        return self._cases

    @property
    def source(self) -> Source | None:
        return self.transcript.source if self.transcript else None

    @property
    def codings(self) -> list[Coding]:
        """The codings of the open source in text order."""
        return self._index.items

    @property
    def placed(self) -> SpanIndex[Coding]:
        """The same, to be asked for by place; another one after every change."""
        return self._index

    def coding(self, coding_id: int | None) -> Coding | None:
        """A coding of the open source by its id; None where it is gone or has no place there."""
        if coding_id is not None and coding_id not in self._index.by_id:
            self._index.read_all()
        return self._index.by_id.get(coding_id or 0)

    def read_more(self) -> bool:
        """Read a little of what nobody has asked for yet; False where nothing of the open source is left to be read."""
        is_more = self._index.read_more()
        self._count_codings()
        return is_more

    def touching(self, start: int, end: int) -> list[Coding]:
        """The codings that have a character in common with a stretch."""
        return self._index.touching(start, end)

    @property
    def here(self) -> list[Coding]:
        """The codings on the passage: what is selected, or the sentence under the cursor."""
        return self.touching(*self.reading.passage) if self.reading else []

    @property
    def active(self) -> Coding | None:
        """The coding that stance, memo and removal concern: the one chosen, else the newest here, own ones first."""
        here = {coding.id: coding for coding in self.here}
        if self.active_id in here:
            return here[self.active_id]
        return max(here.values(), key=lambda c: (c.coder == self.study.coder, c.id), default=None)

    @property
    def turn(self) -> Turn | None:
        """The turn under the cursor."""
        number = self.reading.turn_at(self.reading.sentence.start) if self.reading else -1
        return self.reading.turns[number] if self.reading and number >= 0 else None

    @property
    def current_point(self) -> Point | None:
        """The point whose words and evidence are shown."""
        return self.theory.point(self.point) if self.point else None

    @property
    def held_points(self) -> list[Point]:
        """The points that are in force: those that a passage can be coded to."""
        return [point for point in self.theory.points if point.is_held]

    def follow_point(self) -> None:
        """Show the point of the active coding from now on, if another coding or point has become active."""
        active = self.active
        followed = (active.id, active.point) if active is not None else None
        if followed != self._followed:
            self._followed = followed
            if active is not None and active.point is not None:
                self.point = active.point

    def points_touched(self) -> list[str]:
        """The points that are coded on the passage, then those elsewhere in the source, each once."""
        return list(dict.fromkeys(coding.point for coding in (*self.here, *self.codings) if coding.point is not None))

    def in_words(self, coding: Coding) -> str:
        return coding_words(coding, self.theory)

    def code_label(self, code_id: int) -> str:
        """A code in few words: ``#7 M``, or its name."""
        return self.codes[code_id].name

    def opened(self) -> tuple[Source, Reading]:
        """The source that is open, and where the reader is in it. Raises InputError: there is none."""
        if self.source is None or self.reading is None:
            raise InputError("There is no text to code yet.", "Open a source first.")
        return self.source, self.reading

    def active_or_error(self, why: str) -> Coding:
        if self.active is None:
            raise InputError(why, "There is no coding here: code the passage first.")
        return self.active

    # -- keeping up -------------------------------------------------------------------------------------
    def _read_study(self) -> None:
        self._sources = self._cases = None
        self.theory = self.study.theory()
        self._read_codes()

    def _read_codes(self) -> None:
        self.codes = {code.id: code for code in self.study.codes()}
        self.recent.keep_only(set(self.codes))

    def _read_marks(self) -> None:
        if self.source is not None:
            self.marks = SpanIndex(self.study.marks(self.source.id), _mark_span)

    def _read_codings(self) -> None:
        if self.source is not None:
            study, version = self.study, self.source.version_id
            self._index = CodingsByPlace(
                self.source.characters, lambda start, end: study.codings_between(version, start, end)
            )
            self._unplaced = None

    def _put(self, *codings: Coding, gone: Iterable[int] = ()) -> None:
        """Take over what an act has changed. A coding that has come to stand where one like it was is one with it."""
        if self.study.is_blind:  # the act has seen what others say of them
            codings = tuple(self.study.coding(coding.id) for coding in codings)
        joined = {(coding.start, coding.end, coding.code_id, coding.coder) for coding in codings}
        near = [there for coding in codings for there in self.touching(coding.start, coding.end)]
        taken_in = [c.id for c in near if (c.start, c.end, c.code_id, c.coder) in joined]
        leaving = dict.fromkeys((*gone, *taken_in, *(coding.id for coding in codings)))
        known = self._index.by_id
        self._index = self._index.changed([known[coding_id] for coding_id in leaving if coding_id in known], codings)
        self._count_codings()

    def _count_codings(self) -> None:
        """Keep the number of codings that the list of sources has for the open one; one read later has it anyway.

        Where some are still to be read, that comes after them: see :meth:`read_more`.
        """
        source, known = self.source, (self._sources or [] if self._index.is_whole else [])
        place = next((n for n, listed in enumerate(known) if source and listed.id == source.id), None)
        if place is None or source is None:
            return
        if self._unplaced is None:
            waiting = self.study.review_queue(source.id)
            self._unplaced = sum(len(item.codings) for item in waiting if item.span is None)
        count = len(self.codings) + self._unplaced
        if known[place].codings != count:
            known[place] = replace(known[place], codings=count)

    def _offer_recent(self) -> None:
        if self.source is not None and not self.recent.is_full:
            for code_id in self.study.codes_used_last(self.source.version_id, SLOTS):
                self.recent.offer(code_id)


def _mark_span(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end
