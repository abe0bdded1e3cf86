"""Coding: passages, codes, stances, memos."""

from __future__ import annotations

from cmo import theory
from cmo.front.base import Front, short
from codebook import codes, codings
from codebook.records import Code, Coding
from store.work import Work
from transcripts import sources


class CodingCalls(Front):
    def codes(self) -> list[Code]:
        """All codes in the order of the code frame."""
        with self.file.read() as conn:
            return codes.list_codes(conn)

    def codings(self, source: str | int) -> list[Coding]:
        """The codings of a source in text order. Raises UnknownName."""
        with self.file.read() as conn:
            return codings.list_codings(conn, sources.find_source(conn, source).id, self.coder)

    def code(
        self, source: str | int, start: int, end: int, code: str | int, *, stance: str | None = None, memo: str = ""
    ) -> Coding:
        """Give the passage from ``start`` to ``end`` (code points, end exclusive) a code.

        Raises:
            UnknownName, BadPosition, InputError: nothing is changed.
        """
        with self._act("code") as work:
            found = sources.current_text(work.conn, source)
            code_id = codes.find_code(work.conn, code)
            coding_id = codings.add_coding(work, found.version_id, found.text, start, end, code_id)
            if stance is not None:
                codings.set_stance(work, coding_id, stance)
            if memo:
                codings.set_memo(work, coding_id, memo)
            coding = self._coding(work, coding_id)
            stance_words = f", {stance}," if stance else ""
            work.summary = f"code {coding.code}{stance_words} on “{short(coding.quote)}” in '{found.name}'"
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
    ) -> Coding:
        """Code a passage to an element (``"M"``) of a PT point (``"#7"``), or to the point as a whole."""
        label = theory.point_label(point) or point
        return self.code(source, start, end, f"{label} {element or ''}".strip(), stance=stance, memo=memo)

    def set_stance(self, coding_id: int, stance: str | None) -> Coding:
        """Judge a coding against its point's present wording, as this coder; None takes the judgement away.

        Raises:
            UnknownName: there is no such coding.
            InputError: no such stance, or the code belongs to no point.
        """
        with self._act("judge") as work:
            self._coding(work, coding_id)
            codings.set_stance(work, coding_id, stance)
            coding = self._coding(work, coding_id)
            work.summary = f"{stance or 'no stance'}: {coding.code} on “{short(coding.quote)}”"
            return coding

    def set_memo(self, coding_id: int, body: str) -> Coding:
        """Write the memo on a coding; an empty one takes it away. Raises UnknownName."""
        with self._act("memo") as work:
            self._coding(work, coding_id)
            codings.set_memo(work, coding_id, body)
            coding = self._coding(work, coding_id)
            work.summary = f"memo on {coding.code}: “{short(coding.quote)}”"
            return coding

    def remove_coding(self, coding_id: int) -> None:
        """Take a coding away, with its judgements and memo. Raises UnknownName."""
        with self._act("remove coding") as work:
            coding = self._coding(work, coding_id)
            codings.remove_coding(work, coding_id)
            work.summary = f"remove {coding.code} from “{short(coding.quote)}”"

    def new_code(self, name: str, definition: str = "", parent: str | None = None) -> Code:
        """A new code outside the theory. Raises NameTaken."""
        with self._act("new code", f"new code '{name}'") as work:
            parent_id = codes.find_code(work.conn, parent) if parent is not None else None
            code_id = codes.add_code(work, name, definition, parent_id)
            return next(code for code in codes.list_codes(work.conn) if code.id == code_id)

    def _coding(self, work: Work, coding_id: int) -> Coding:
        return codings.get_coding(work.conn, coding_id, self.coder)
