"""Coding: passages given codes, and codings changed, cut, joined and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front, short
from store.errors import InputError
from store.phrases import counted
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from cmo import theory
    from codebook import codes, codings, judging, removing, reshaping
    from codebook.records import Coding
    from transcripts import sources
else:
    codes = Room("codebook.codes")
    codings = Room("codebook.codings")
    judging = Room("codebook.judging")
    removing = Room("codebook.removing")
    reshaping = Room("codebook.reshaping")
    sources = Room("transcripts.sources")
    theory = Room("cmo.theory")


class CodingCalls(Front):
    def codings(self, source: str | int) -> list[Coding]:
        """The codings of a source in text order. Raises UnknownName."""
        with self.file.read() as conn:
            return codings.list_codings(conn, sources.find_source(conn, source).id, self.coder)

    def codings_between(self, version_id: int, start: int, end: int) -> list[Coding]:
        """The codings of a source version that touch ``start`` to ``end`` (code points), in text order.

        The version is that of a transcript that was read: what was coded in it and stands elsewhere since is left out.
        """
        with self.file.read() as conn:
            return codings.codings_between(conn, version_id, start, end, self.coder)

    def codes_used_last(self, version_id: int, most: int) -> list[int]:
        """The ids of the codes that this coder has given in a source version, the one given last first."""
        with self.file.read() as conn:
            return codings.codes_used_last(conn, version_id, self.coder, most)

    def coding(self, coding_id: int) -> Coding:
        """One coding as this coder sees it. Raises UnknownName."""
        with self.file.read() as conn:
            return codings.get_coding(conn, coding_id, self.coder)

    def undecided_codings(self) -> list[Coding]:
        """The codings of whole points of which somebody could not decide the element, by source and place."""
        with self.file.read() as conn:
            return codings.undecided_codings(conn, self.coder)

    def code(
        self,
        source: str | int,
        start: int,
        end: int,
        code: str | int,
        *,
        stance: str | None = None,
        memo: str = "",
        undecided: str | None = None,
    ) -> Coding:
        """Give the passage from ``start`` to ``end`` (code points, end exclusive) a code.

        Where this coder has coded it so already, that coding is the one: a memo is added to what it has.

        Raises:
            UnknownName, BadPosition, InputError: nothing is changed.
        """
        with self._act("code") as work:
            found = sources.current_text(work.conn, source)
            code_id = codes.find_code(work.conn, code)
            coding_id = codings.add_coding(work, found.version_id, found.text, start, end, code_id)
            if undecided is not None:
                reshaping.set_undecided(work, coding_id, undecided)
            if stance is not None:
                judging.judge(work, coding_id, stance)
            if memo:
                codings.add_to_memo(work, coding_id, memo)
            coding = self._coding(work, coding_id)
            said = [coding.code, *(f"{letter}?" for letter in coding.undecided or ""), *([stance] if stance else [])]
            words = f"{', '.join(said)}," if len(said) > 1 else coding.code
            work.summary = f"code {words} on “{short(coding.quote)}” in '{found.name}'"
            return coding

    def code_point(
        self,
        source: str | int,
        start: int,
        end: int,
        point: str,
        element: str | None,
        *,
        stance: str | None = None,
        memo: str = "",
        undecided: str | None = None,
    ) -> Coding:
        """Code a passage to an element (``"M"``) of a PT point (``"#7"``), or to the point as a whole.

        ``undecided="CM"`` codes the whole point and says that it may be its context or its mechanism.

        Raises:
            UnknownName, BadPosition, InputError: nothing is changed.
        """
        label = theory.point_label(point) or point
        name = f"{label} {element or ''}".strip()
        return self.code(source, start, end, name, stance=stance, memo=memo, undecided=undecided)

    def code_many(self, source: str | int, start: int, end: int, names: Sequence[str | int]) -> list[Coding]:
        """Give a passage several codes, in one act. Raises UnknownName, BadPosition; InputError: no codes."""
        if not names:
            raise InputError("A passage is given a code, or several.")
        with self._act("code") as work:
            found = sources.current_text(work.conn, source)
            ids = [codes.find_code(work.conn, name) for name in dict.fromkeys(names)]
            made = [codings.add_coding(work, found.version_id, found.text, start, end, code_id) for code_id in ids]
            given = codings.get_codings(work.conn, list(dict.fromkeys(made)), self.coder)
            listed = ", ".join(coding.code for coding in given)
            work.summary = f"code {listed} on “{short(given[0].quote)}” in '{found.name}'"
            return given

    def recode(self, coding_id: int, code: str | int, *, undecided: str | None = None) -> Coding:
        """Give a coding another code; memo, configurations and summaries stay with it.

        Judgements are held against the wording of a point: where the point is another, they stay as history only, and
        the words of the act say so. Where a coding of that code by the same coder is there, the two become one.
        ``undecided="CM"`` goes with a whole point, as for :meth:`code_point`.

        Raises:
            UnknownName: there is no such coding, or code.
            InputError: the two would become one, and a judge holds them differently; or undecided between what is no
                element of a whole point.
        """
        return self.recode_many([coding_id], code, undecided=undecided)[0]

    def recode_many(self, coding_ids: Sequence[int], code: str | int, *, undecided: str | None = None) -> list[Coding]:
        """Recode several codings in one act; see :meth:`recode`. Those that became one are returned once."""
        with self._act("recode") as work:
            code_id = codes.find_code(work.conn, code)
            before = codings.get_codings(work.conn, _several(coding_ids), self.coder)
            done = reshaping.recode(work, coding_ids, code_id, undecided)
            after = codings.get_codings(work.conn, done.coding_ids, self.coder)
            rest = f"; {counted(done.resting, 'judgement')} of the other point kept as history" if done.resting else ""
            work.summary = f"recode {_named(before)} to {after[0].code}{rest}"
            return after

    def decide(self, coding_id: int, letter: str) -> Coding:
        """Say which element an undecided coding belongs to: it becomes a coding of that element of its point.

        Raises:
            UnknownName: there is no such coding.
            InputError: it is not undecided, or its theory has no such element.
        """
        with self._act("decide") as work:
            coding = self._coding(work, coding_id)
            if coding.undecided is None:
                raise InputError(f"The coding {coding.code} is not undecided.", "Recode it to give it another code.")
            reshaping.recode(work, [coding_id], reshaping.element_code(work.conn, coding_id, letter))
            decided = self._coding(work, coding_id)
            work.summary = f"decide for {decided.code}: “{short(decided.quote)}”"
            return decided

    def resize(self, coding_id: int, start: int, end: int) -> Coding:
        """Let a coding stand from ``start`` to ``end`` (code points) of its source; the others stay where they are.

        Raises:
            UnknownName: there is no such coding.
            BadPosition: the passage is not inside the text.
            InputError: the passage there is bound to another case, or was judged otherwise.
        """
        with self._act("resize") as work:
            before = self._coding(work, coding_id)
            reshaping.resize(work, coding_id, start, end)
            coding = self._coding(work, coding_id)
            work.summary = f"resize {coding.code} from “{short(before.quote)}” to “{short(coding.quote)}”"
            return coding

    def split_coding(self, coding_id: int, at: int) -> tuple[Coding, Coding]:
        """Cut a coding in two before the code point ``at``; judgements and memo stay with the first part.

        Raises:
            UnknownName: there is no such coding.
            BadPosition: ``at`` leaves no words on one side.
            InputError: it has no place in the current version of its source.
        """
        with self._act("split coding") as work:
            second_id = reshaping.split(work, coding_id, at)
            first, second = self._coding(work, coding_id), self._coding(work, second_id)
            judged = "; the second part is not judged yet" if first.stance else ""
            work.summary = f"split {first.code} into “{short(first.quote)}” and “{short(second.quote)}”{judged}"
            return first, second

    def merge_codings(self, coding_ids: Sequence[int]) -> Coding:
        """Make one coding of several that overlap or touch; what was said of each is kept.

        Raises:
            UnknownName: there is no such coding.
            InputError: they are apart, or differ in source, code, coder, case or in a judge's stance.
        """
        with self._act("merge codings") as work:
            merged = self._coding(work, reshaping.merge(work, coding_ids))
            number = counted(len(set(coding_ids)), "coding")
            work.summary = f"merge {number} of {merged.code} into “{short(merged.quote)}”"
            return merged

    def set_best(self, coding_id: int, is_best: bool = True) -> Coding:
        """Choose a coding to stand for its kind in reports, or no longer. Raises UnknownName."""
        return self.set_best_many([coding_id], is_best)[0]

    def set_best_many(self, coding_ids: Sequence[int], is_best: bool = True) -> list[Coding]:
        """Choose several codings, or no longer, in one act. Raises UnknownName; InputError: none is named."""
        with self._act("best quote") as work:
            chosen = codings.get_codings(work.conn, _several(coding_ids), self.coder)
            for coding in chosen:
                codings.set_best(work, coding.id, is_best)
            work.summary = f"{'best quote' if is_best else 'no longer best quote'}: {_named(chosen)}"
            return codings.get_codings(work.conn, [coding.id for coding in chosen], self.coder)

    def set_memo(self, coding_id: int, body: str) -> Coding:
        """Write the memo on a coding; an empty one takes it away. Raises UnknownName."""
        with self._act("memo") as work:
            self._coding(work, coding_id)
            codings.set_memo(work, coding_id, body)
            coding = self._coding(work, coding_id)
            work.summary = f"memo on {coding.code}: “{short(coding.quote)}”"
            return coding

    def remove_coding(self, coding_id: int) -> None:
        """Take a coding away, with its judgements and memo; see :meth:`remove_codings`. Raises UnknownName."""
        self.remove_codings([coding_id])

    def remove_codings(self, coding_ids: Sequence[int]) -> None:
        """Take codings away in one act, with their judgements, reviews and memos; the words of the act say what went.

        Configurations and decisions that rest on them keep the words of the quotes. Raises UnknownName.
        """
        with self._act("remove coding") as work:
            gone = codings.get_codings(work.conn, _several(coding_ids), self.coder)
            removed = removing.remove_codings(work, [coding.id for coding in gone])
            work.summary = f"remove {_named(gone, 'from')}{removed}"

    def _coding(self, work: Work, coding_id: int) -> Coding:
        return codings.get_coding(work.conn, coding_id, self.coder)


def _several(coding_ids: Sequence[int]) -> list[int]:
    if not coding_ids:
        raise InputError("No coding is named.")
    return list(dict.fromkeys(coding_ids))


def _named(found: Sequence[Coding], on: str = "on") -> str:
    """``#1 M on “Køen var lang”``; of several their number."""
    first = found[0]
    return f"{first.code} {on} “{short(first.quote)}”" if len(found) == 1 else counted(len(found), "coding")
