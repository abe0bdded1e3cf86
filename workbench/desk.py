"""What lies on the coder's desk: the source being read, its codings, and the acts that a key can do to them.

No screen is known here. Every act is saved in the study when its method returns; each returns the words that
tell the coder what was done. Errors of the study pass through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from cmo.records import Point, Quote, Theory
from cmo.study import Study
from codebook.records import Code, Coding
from codebook.review import ReviewItem
from store import journal
from store.errors import InputError
from transcripts.conventions.marks import Mark
from transcripts.records import Case, Source, Transcript, Turn
from workbench.reading import Reading
from workbench.recent import RecentCodes
from workbench.spans import SpanIndex
from workbench.words import coding_words

CODING_ACTS = {"code", "code hits", "judge", "memo", "remove coding", "new code", "settle"}
"""Acts that change codes and codings alone."""
UNASKED_ACTS = CODING_ACTS | {"set speaker"}
"""Acts of this screen, taken back without a question; all others (an import, say) are asked about first."""


class Place(NamedTuple):
    """A position (in code points) in a source."""

    source_id: int
    position: int


class Desk:
    """One coder at work on a study."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.recent = RecentCodes()
        self.transcript: Transcript | None = None
        self.reading: Reading | None = None
        self.marks: SpanIndex[Mark] = SpanIndex([], _mark_span)
        self.point: str | None = None
        self.active_id: int | None = None
        self.reviewing: ReviewItem | None = None
        self._followed: int | None = None
        self._codings: dict[int, Coding] = {}
        self._unplaced = 0
        self._index: SpanIndex[Coding] = SpanIndex([], _span)
        self._places: dict[int, int] = {}
        self._way_back: list[Place] = []
        self.sources: list[Source] = []
        self.cases: list[Case] = []
        self.theory = Theory("", (), (), {})
        self.codes: dict[int, Code] = {}
        self._read_study()

    # -- what there is ----------------------------------------------------------------------------------
    @property
    def source(self) -> Source | None:
        return self.transcript.source if self.transcript else None

    @property
    def codings(self) -> list[Coding]:
        """The codings of the open source in text order."""
        return self._index.items

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
    def current_point(self) -> Point | None:
        """The point whose words and evidence are shown."""
        return self.theory.point(self.point) if self.point else None

    def follow_point(self) -> None:
        """Show the point of the active coding from now on, if another coding has become active."""
        active = self.active
        followed = active.id if active is not None else None
        if followed != self._followed:
            self._followed = followed
            if active is not None and active.point is not None:
                self.point = active.point

    def evidence(self, point: Point) -> list[Quote]:
        """The quotes on a point so far."""
        return self.study.quotes(point=point.label)

    # -- going to a place -------------------------------------------------------------------------------
    def open(self, source_id: int, position: int | None = None) -> None:
        """Open a source at a position, by default where it was left. The place left is kept for going back."""
        self._keep_place()
        self._load(source_id, self._places.get(source_id, 0) if position is None else position)

    def _load(self, source_id: int, position: int) -> None:
        self.transcript = self.study.transcript(source_id)
        self.reading = Reading(self.transcript)
        self.reading.go_to(position)
        self._read_marks()
        self._read_codings()
        self._offer_recent()

    def open_first(self) -> None:
        """Open the first source that has no codings yet, else the first; nothing where there are none."""
        uncoded = (source for source in self.sources if not source.codings)
        first = next(uncoded, None) or next(iter(self.sources), None)
        if first is not None:
            self.open(first.id)

    def jump(self, source_id: int, start: int, end: int, coding_id: int | None = None) -> bool:
        """Go to a passage, in whichever source, and select it.

        False, with the source opened, where its coding has no place in the text (any more).
        """
        if self.source is None or self.source.id != source_id:
            self.open(source_id)
        else:
            self._keep_place()
        if coding_id is not None and coding_id not in self._codings:
            return False
        if self.reading is not None:
            self.reading.select(start, end)
        return True

    def go_back(self) -> bool:
        """Return to the place left by the last jump; False where there is none."""
        while self._way_back:
            place = self._way_back.pop()
            if any(source.id == place.source_id for source in self.sources):
                self._load(*place)
                return True
        return False

    def _keep_place(self) -> None:
        if self.source is not None and self.reading is not None:
            self._places[self.source.id] = self.reading.sentence.start
            self._way_back.append(Place(self.source.id, self.reading.sentence.start))

    # -- coding -----------------------------------------------------------------------------------------
    def code_point(self, label: str, letter: str) -> str:
        """Code the passage to an element of a point."""
        return self._code(lambda source_id, start, end: self.study.code_point(source_id, start, end, label, letter))

    def code(self, code_id: int) -> str:
        """Give the passage a code."""
        return self._code(lambda source_id, start, end: self.study.code(source_id, start, end, code_id))

    def code_new(self, name: str) -> str:
        """Make a code and give it to the passage."""
        made = self.study.new_code(name)
        self.codes[made.id] = made
        return self.code(made.id)

    def _code(self, act: Callable[[int, int, int], Coding]) -> str:
        if self.source is None or self.reading is None:
            raise InputError("There is no text to code yet.", "Open a source first.")
        known = set(self._codings)
        coding = act(self.source.id, *self.reading.passage)
        self._put(coding)
        self.active_id = coding.id
        self.recent.use(coding.code_id)
        if coding.id in known:
            return f"{self.in_words(coding)}: coded so already"
        return f"✓ {self.in_words(coding)} — saved"

    def repeat(self) -> str:
        """Give the passage the code used last."""
        if self.recent.last is None:
            raise InputError("No code has been used yet.", "Code a passage first; then . repeats its code.")
        return self.code(self.recent.last)

    def code_digit(self, digit: int) -> str:
        """Give the passage the recent code on a digit."""
        code_id = self.recent.on_digit(digit)
        if code_id is None:
            raise InputError(f"No recent code is on {digit} yet.", "Codes that you use are put on 1 to 9.")
        return self.code(code_id)

    def judge(self, stance: str) -> str:
        """Set this coder's stance on the active coding; the same stance again takes it away."""
        coding = self._active_or_error("A stance needs a coding.")
        wanted = None if self._my_stance(coding) == stance else stance
        judged = self.study.set_stance(coding.id, wanted)
        self._put(judged)
        self.active_id = judged.id
        whose = "" if judged.coder == self.study.coder else f" by {judged.coder}"
        base = coding_words(replace(judged, stance=None), self.theory)
        return f"✓ {base}{whose} {wanted or 'no stance'} — saved"

    def _my_stance(self, coding: Coding) -> str | None:
        return coding.stance if coding.judge == self.study.coder and not coding.stale else None

    def write_memo(self, coding_id: int, body: str) -> str:
        """Put a memo on a coding; an empty one takes it away."""
        coding = self.study.set_memo(coding_id, body)
        self._put(coding)
        return f"✓ memo on {self.in_words(coding)} — {'saved' if coding.memo else 'taken away'}"

    def remove(self, coding_id: int) -> str:
        """Take a coding away."""
        coding = self._codings[coding_id]
        self.study.remove_coding(coding_id)
        del self._codings[coding_id]
        self._arrange()
        return f"✓ removed {self.in_words(coding)} — u brings it back"

    def settle_here(self) -> str:
        """Say that the excerpt under review belongs on this passage. Raises InputError: in another source."""
        item = self.reviewing
        if item is None or self.source is None or self.reading is None or self.source.id != item.source_id:
            raise InputError("The excerpt under review belongs to another source.", "R on the list opens it again.")
        self.study.settle(item.excerpt_id, *self.reading.passage)
        self.reviewing = None
        self.refresh()
        return "✓ it belongs here — u takes it back, R shows what is left"

    @property
    def turn(self) -> Turn | None:
        """The turn under the cursor."""
        number = self.reading.turn_at(self.reading.sentence.start) if self.reading else -1
        return self.reading.turns[number] if self.reading and number >= 0 else None

    def set_turn_speaker(self, number: int, label: str | None) -> str:
        """Say who speaks in a turn of the open source (counted from 1), by label; None: nobody is named."""
        if self.source is None:
            raise InputError("There is no text yet.", "Open a source first.")
        turn = self.study.set_turn_speaker(self.source.id, number, label)
        self.refresh()
        return f"✓ turn {number} is spoken by {turn.label or 'nobody named'} — saved"

    def choose(self, step: int) -> str:
        """Make the next (1) or the one before (-1) of the codings here the active one."""
        here = self.here
        active = self._active_or_error("There is nothing to choose from.")
        place = next(n for n, coding in enumerate(here) if coding.id == active.id)
        self.active_id = here[(place + step) % len(here)].id
        chosen = self.active or active
        return f"{self.in_words(chosen)} by {chosen.coder}"

    def _active_or_error(self, why: str) -> Coding:
        if self.active is None:
            raise InputError(why, "There is no coding here: code the passage first.")
        return self.active

    def in_words(self, coding: Coding) -> str:
        return coding_words(coding, self.theory)

    def code_label(self, code_id: int) -> str:
        """A code in few words: ``#7 M``, or its name."""
        return self.codes[code_id].name

    # -- undo -------------------------------------------------------------------------------------------
    def next_undo(self) -> journal.Entry | None:
        """This coder's act that undo would take back."""
        with self.study.file.read() as conn:
            return journal.next_undo(conn, self.study.coder)

    def undo(self) -> str:
        """Take back this coder's last act."""
        return "↶ undone: " + self._after(self.study.undo(mine=True))

    def redo(self) -> str:
        """Do again what this coder undid last."""
        return "↷ done again: " + self._after(self.study.redo(mine=True))

    def _after(self, entries: list[journal.Entry]) -> str:
        """Read what the acts may have changed; return them in words."""
        if {entry.act for entry in entries} <= CODING_ACTS:
            self._read_codes()
            self._read_codings()
        else:
            self.refresh()
        words = entries[0].summary if entries else ""
        return words if len(entries) < 2 else f"{words} and {len(entries) - 1} more"

    def refresh(self) -> None:
        """Read everything anew from the study, and stay at the place if it is still there."""
        self._read_study()
        if self.source is None or self.reading is None:
            return
        if all(source.id != self.source.id for source in self.sources):
            self.transcript = self.reading = None
            self._codings = {}
            self._arrange()
            return
        transcript = self.study.transcript(self.source.id)
        if replace(transcript, source=self.source) != self.transcript:
            position = self.reading.sentence.start
            self.transcript, self.reading = transcript, Reading(transcript)
            self.reading.go_to(position)
        self._read_marks()
        self._read_codings()

    # -- keeping up -------------------------------------------------------------------------------------
    def _read_study(self) -> None:
        self.sources = self.study.sources()
        self.cases = self.study.cases()
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
            self._codings = {coding.id: coding for coding in self.study.codings(self.source.id)}
            waiting = self.study.review_queue(self.source.id)
            self._unplaced = sum(len(item.codings) for item in waiting if item.span is None)
            self._arrange()

    def _put(self, coding: Coding) -> None:
        self._codings[coding.id] = coding
        self._arrange()

    def _arrange(self) -> None:
        self._index = SpanIndex(self._codings.values(), _span)
        if self.source is not None:
            count = len(self._codings) + self._unplaced
            self.sources = [replace(s, codings=count) if s.id == self.source.id else s for s in self.sources]

    def _offer_recent(self) -> None:
        mine = [coding for coding in self._codings.values() if coding.coder == self.study.coder]
        for coding in sorted(mine, key=lambda found: found.id, reverse=True):
            self.recent.offer(coding.code_id)


def _span(coding: Coding) -> tuple[int, int]:
    return coding.start, coding.end


def _mark_span(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end
