"""Judging: codings held against the wording of their points, looked at again after a rewording, and reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front, short
from store.errors import InputError
from store.phrases import counted
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from cmo import judgements
    from cmo.judgements import Disagreement, JudgePair, Review, StaleJudgement
    from codebook import codings, judging
    from codebook.records import Coding
else:
    codings = Room("codebook.codings")
    judgements = Room("cmo.judgements")
    judging = Room("codebook.judging")


class JudgingCalls(Front):
    def judge(
        self,
        coding_id: int,
        stance: str,
        *,
        strength: int | None = None,
        relevance: int | None = None,
        rigour: int | None = None,
        rationale: str | None = None,
    ) -> Coding:
        """Judge a coding against its point's present wording, as this coder; other judges' judgements stay theirs.

        ``strength``, ``relevance`` and ``rigour`` are rated from 1 to 5, and 0 takes a rating away. What is None stays
        as this coder has said it of the present wording. Of a stale judgement, which no longer counts then, relevance
        and rigour stay, because they are of the passage; strength and rationale have to be said anew.

        Raises:
            UnknownName: there is no such coding.
            InputError: no such stance or rating, or the code belongs to no point.
        """
        with self._act("judge") as work:
            self._seen(work, coding_id)
            ratings = {"strength": strength, "relevance": relevance, "rigour": rigour}
            judging.judge(work, coding_id, stance, rationale=rationale, **ratings)
            return self._judged(work, coding_id, stance)

    def judge_many(
        self,
        coding_ids: Sequence[int],
        stance: str,
        *,
        strength: int | None = None,
        relevance: int | None = None,
        rigour: int | None = None,
        rationale: str | None = None,
    ) -> list[Coding]:
        """Judge several codings alike, in one act. Raises as :meth:`judge` does; InputError: none is named."""
        if not coding_ids:
            raise InputError("No coding is named.")
        with self._act("judge", f"{stance}: {counted(len(coding_ids), 'coding')}") as work:
            codings.get_codings(work.conn, coding_ids, self.coder)
            ratings = {"strength": strength, "relevance": relevance, "rigour": rigour}
            for coding_id in coding_ids:
                judging.judge(work, coding_id, stance, rationale=rationale, **ratings)
            return codings.get_codings(work.conn, coding_ids, self.coder)

    def rate_many(
        self,
        coding_ids: Sequence[int],
        *,
        strength: int | None = None,
        relevance: int | None = None,
        rigour: int | None = None,
        rationale: str | None = None,
    ) -> list[Coding]:
        """Rate this coder's judgements of several codings, in one act; how they stand to their points stays.

        Raises:
            UnknownName: there is no such coding.
            InputError: this coder has not judged one of them against the present wording; no such rating.
        """
        ratings = {"strength": strength, "relevance": relevance, "rigour": rigour}
        with self._act("judge", f"rate {counted(len(coding_ids), 'coding')}") as work:
            for coding in codings.get_codings(work.conn, coding_ids, self.coder):
                if coding.judge != self.coder or coding.stance is None or coding.stale:
                    said = f"You have not judged {coding.code} on “{short(coding.quote)}” against the present wording."
                    raise InputError(said, "Say first how it stands to the point.")
                judging.judge(work, coding.id, coding.stance, rationale=rationale, **ratings)
            return codings.get_codings(work.conn, coding_ids, self.coder)

    def set_stance(self, coding_id: int, stance: str | None) -> Coding:
        """Judge a coding by a stance alone; None takes this coder's judgement away. Raises as :meth:`judge` does."""
        if stance is not None:
            return self.judge(coding_id, stance)
        with self._act("judge") as work:
            self._seen(work, coding_id)
            judging.withdraw(work, coding_id)
            return self._judged(work, coding_id, "no stance")

    def confirm(self, coding_id: int) -> Coding:
        """Hold a coding as this coder judged it, stance, ratings and rationale, against the present wording as well.

        Raises:
            UnknownName: there is no such coding.
            InputError: this coder has not judged it.
        """
        with self._act("confirm") as work:
            self._seen(work, coding_id)
            judging.confirm(work, coding_id)
            coding = self._seen(work, coding_id)
            work.summary = f"still {coding.stance}: {coding.code} on “{short(coding.quote)}”"
            return coding

    def stale_judgements(self, judge: str | None = None) -> list[StaleJudgement]:
        """The queue of judgements, of one judge or of all, whose point was reworded since. Raises UnknownName."""
        with self.file.read() as conn:
            return judgements.stale_judgements(conn, judge)

    def review(self, judgement_id: int, agrees: bool, note: str = "") -> Review:
        """Say of another's judgement whether this coder agrees; said again, it takes the place of the first.

        Raises:
            UnknownName: there is no such judgement.
            InputError: it is this coder's own, or counts no more.
        """
        with self._act("review") as work:
            judging.review(work, judgement_id, agrees=agrees, note=note)
            listed = judgements.reviews(work.conn)
            made = next(r for r in listed if r.judgement_id == judgement_id and r.reviewer == self.coder)
            word = "agree with" if agrees else "dissent from"
            work.summary = f"{word} {made.judge}: {made.stance}, {made.code} on “{short(made.quote)}”"
            return made

    def remove_review(self, judgement_id: int) -> None:
        """Take back what this coder said of another's judgement. Raises UnknownName."""
        with self._act("remove review", f"take back the review of judgement {judgement_id}") as work:
            judging.remove_review(work, judgement_id)

    def reviews(self, *, dissents: bool = False) -> list[Review]:
        """What second judges say of judgements; with ``dissents`` only where they do not agree."""
        with self.file.read() as conn:
            return judgements.reviews(conn, dissents=dissents)

    def disagreements(self) -> list[Disagreement]:
        """Passages that two judges hold differently against the same wording."""
        with self.file.read() as conn:
            return judgements.disagreements(conn)

    def judge_pairs(self) -> list[JudgePair]:
        """For every two judges how many passages both judged, and how many of them alike."""
        with self.file.read() as conn:
            return judgements.judge_pairs(conn)

    def _judged(self, work: Work, coding_id: int, held: str) -> Coding:
        coding = self._seen(work, coding_id)
        work.summary = f"{held}: {coding.code} on “{short(coding.quote)}”"
        return coding

    def _seen(self, work: Work, coding_id: int) -> Coding:
        return codings.get_coding(work.conn, coding_id, self.coder)
