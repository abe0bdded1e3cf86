"""What the coder does to passages and codings. Every act is saved when its method returns the words that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import InputError
from transcripts.records import Span
from workbench.desk.desk_places import DeskPlaces
from workbench.text.words import clipped, coding_words, counted

if TYPE_CHECKING:
    from codebook.records import Coding

QUALITIES = ("strength", "relevance", "rigour")
NAME_LENGTH = 60
"""Characters of the selected words that become the name of an in-vivo code."""


class DeskCoding(DeskPlaces):
    """Coding acts on the passage, and acts on the active coding."""

    recoding: int | None = None
    """The coding that the next code is to take the place of, as asked by the coder."""

    # -- giving codes -----------------------------------------------------------------------------------
    def code_point(self, label: str, letter: str | None, undecided: str | None = None) -> str:
        """Code the passage to an element of a point, or to the point as a whole: undecided between elements."""
        if self.recoding is not None:
            return self._recode_to_point(label, letter, undecided)
        return self._code(
            lambda source, start, end: self.study.code_point(source, start, end, label, letter, undecided=undecided)
        )

    def code(self, code_id: int) -> str:
        """Give the passage a code."""
        if self.recoding is not None:
            return self._recode(code_id)
        return self._code(lambda source, start, end: self.study.code(source, start, end, code_id))

    def code_all(self, code_ids: Sequence[int]) -> str:
        """Give the passage several codes, in one act."""
        if len(code_ids) == 1 or self.recoding is not None:
            return self.code(code_ids[0])
        source, reading = self.opened()
        made = self.study.code_many(source.id, *reading.passage, list(code_ids))
        self._put(*made)
        for coding in made:
            self.recent.use(coding.code_id)
        self.active_id = made[-1].id
        return f"✓ {', '.join(self.in_words(coding) for coding in made)} — saved"

    def code_new(self, name: str) -> str:
        """Make a code and give it to the passage."""
        self.opened()
        made = self.study.new_code(name)
        self.codes[made.id] = made
        return self.code(made.id)

    def code_in_vivo(self) -> str:
        """Give the passage a code that is named by its own words; one of that name is taken if it is there."""
        _, reading = self.opened()
        name = clipped(reading.text[slice(*reading.passage)], NAME_LENGTH)
        known = next((code.id for code in self.codes.values() if code.name.casefold() == name.casefold()), None)
        return self.code_new(name) if known is None else self.code(known)

    def _code(self, act: Callable[[int, int, int], Coding]) -> str:
        source, reading = self.opened()
        known = {coding.id for coding in self.here}
        coding = act(source.id, *reading.passage)
        self._show_made(coding)
        if coding.id in known:
            return f"{self.in_words(coding)}: coded so already"
        return f"✓ {self.in_words(coding)} — saved"

    def _show_made(self, coding: Coding) -> None:
        self._put(coding)
        self.active_id = coding.id
        self.recent.use(coding.code_id)

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

    # -- changing codings -------------------------------------------------------------------------------
    def begin_recode(self) -> str:
        """The next code takes the place of the active coding's."""
        coding = self.active_or_error("Only a coding can be re-coded.")
        self.recoding = coding.id
        return f"Re-code {self.in_words(coding)}: the next code takes its place · esc leaves it"

    def _recode(self, code_id: int) -> str:
        return self._recoded(lambda coding_id: self.study.recode(coding_id, code_id))

    def _recode_to_point(self, label: str, letter: str | None, undecided: str | None) -> str:
        coding = self.coding(self.recoding)
        if coding is not None and coding.undecided and letter is not None and coding.point == label:
            return self._recoded(lambda coding_id: self.study.decide(coding_id, letter))
        name = f"{label} {letter or ''}".strip()
        return self._recoded(lambda coding_id: self.study.recode(coding_id, name, undecided=undecided))

    def _recoded(self, act: Callable[[int], Coding]) -> str:
        coding_id, self.recoding = self.recoding or 0, None
        before = self.coding(coding_id)
        coding = act(coding_id)
        self._put(coding, gone=[coding_id])
        self.active_id = coding.id
        self.recent.use(coding.code_id)
        lost = before is not None and before.stance is not None and coding.stance is None
        history = "; how it stood to the other point is kept as history" if lost else ""
        return f"✓ now {self.in_words(coding)}{history} — saved"

    def resize(self) -> str:
        """Give the active coding the passage as its place."""
        _, reading = self.opened()
        coding = self.active_or_error("Only a coding can be re-sized.")
        if reading.passage == (coding.start, coding.end):
            raise InputError("The coding has this size already.", "Select more or less first: v selects its words.")
        sized = self.study.resize(coding.id, *reading.passage)
        self._put(sized, gone=[coding.id])
        self.active_id = sized.id
        return f"✓ {self.in_words(sized)} has now {counted(len(sized.quote.split()), 'word')} — saved"

    def split(self) -> str:
        """Split the active coding where the passage begins, or else where it ends."""
        _, reading = self.opened()
        coding = self.active_or_error("Only a coding can be split.")
        inside = [edge for edge in reading.passage if coding.start < edge < coding.end]
        if not inside:
            cure = "Put the cursor on the sentence that the second half begins with, or select up to there."
            raise InputError("The coding does not go beyond this passage.", cure)
        halves = self.study.split_coding(coding.id, inside[0])
        self._put(*halves, gone=[coding.id])
        self.active_id = halves[-1].id
        return f"✓ {self.in_words(coding)} is now {counted(len(halves), 'coding')} — saved"

    def unite(self) -> str:
        """Make one of this coder's codings here that have the active one's code."""
        active = self.active_or_error("Only codings can be made one.")
        alike = [c for c in self.here if (c.code_id, c.coder) == (active.code_id, active.coder)]
        if len(alike) < 2:
            cure = "Select a passage that has words of both."
            raise InputError(f"There is only one coding of {active.code} by {active.coder} here.", cure)
        made = self.study.merge_codings([coding.id for coding in alike])
        self._put(made, gone=[coding.id for coding in alike])
        self.active_id = made.id
        self._select(made)
        return f"✓ {counted(len(alike), 'coding')} of {self.in_words(made)} are now one — saved"

    def _select(self, coding: Coding) -> None:
        if self.reading is not None:
            self.reading.selection = Span(coding.start, coding.end)

    def remove(self, coding_ids: Sequence[int]) -> str:
        """Take codings away, in one act."""
        gone = [coding for coding_id in coding_ids if (coding := self.coding(coding_id)) is not None]
        if len(gone) == 1:
            self.study.remove_coding(gone[0].id)
        else:
            self.study.remove_codings([coding.id for coding in gone])
        self._put(gone=[coding.id for coding in gone])
        return f"✓ removed {', '.join(self.in_words(coding) for coding in gone)} — u brings back"

    # -- weighing ---------------------------------------------------------------------------------------
    def judge(self, stance: str) -> str:
        """Set this coder's stance on the active coding; the same stance again takes it away."""
        coding = self.active_or_error("A stance needs a coding.")
        wanted = None if self._my_stance(coding) == stance else stance
        return self._judged(self.study.set_stance(coding.id, wanted), wanted or "no stance")

    def own_judgement(self, why: str) -> Coding:
        """The active coding, which this coder has judged. Raises InputError: there is none, or it is not judged."""
        coding = self.active_or_error(why)
        if self._my_stance(coding) is None:
            raise InputError(why, "Say first how it stands to the point: + - ~")
        return coding

    def rate(self, quality: str, grade: int) -> str:
        """Set the strength, relevance or rigour (1 to 5; 0: not rated) of this coder's judgement."""
        coding = self.own_judgement("A rating belongs to a judgement of your own.")
        strength, relevance, rigour = (grade if name == quality else None for name in QUALITIES)
        judged = self.study.judge(coding.id, coding.stance or "", strength=strength, relevance=relevance, rigour=rigour)
        return self._judged(judged, f"{coding.stance}, {quality} {grade or 'not rated'}")

    def give_reason(self, coding_id: int, rationale: str) -> str:
        """Say why a coding is judged as it is."""
        coding = self.coding(coding_id) or self.study.coding(coding_id)
        return self._judged(self.study.judge(coding_id, coding.stance or "", rationale=rationale), "with its reason")

    def _judged(self, judged: Coding, what: str) -> str:
        self._put(judged)
        self.active_id = judged.id
        whose = "" if judged.coder == self.study.coder else f" by {judged.coder}"
        return f"✓ {coding_words(replace(judged, stance=None), self.theory)}{whose} {what} — saved"

    def _my_stance(self, coding: Coding) -> str | None:
        return coding.stance if coding.judge == self.study.coder and not coding.stale else None

    def switch_best(self) -> str:
        """Choose the active coding to stand for its kind in reports, or take that back."""
        coding = self.active_or_error("Only a coding can be chosen.")
        chosen = self.study.set_best(coding.id, not coding.is_best)
        self._put(chosen)
        return f"✓ {self.in_words(chosen)} {'is' if chosen.is_best else 'is no longer'} a best quote — saved"

    def write_memo(self, coding_id: int, body: str) -> str:
        """Put a memo on a coding; an empty one takes it away."""
        coding = self.study.set_memo(coding_id, body)
        self._put(coding)
        return f"✓ memo on {self.in_words(coding)} — {'saved' if coding.memo else 'taken away'}"
