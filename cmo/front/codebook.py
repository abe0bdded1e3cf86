"""The codebook: codes made, renamed, defined, moved, merged, split and taken away.

``study.rehearse(lambda: study.merge_codes("Night", ["Nights"]))`` says what a change would do, and does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front
from codebook.records import CodeMerge
from store.phrases import counted
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from codebook import code_frame, codes
    from codebook.records import Code
else:
    code_frame = Room("codebook.code_frame")
    codes = Room("codebook.codes")


class CodebookCalls(Front):
    """The codes of the programme theory are as their points are: none of these calls changes them."""

    def codes(self) -> list[Code]:
        """All codes in the order of the code frame, each before those below it."""
        with self.file.read() as conn:
            return codes.list_codes(conn)

    def new_code(self, name: str, definition: str = "", parent: str | None = None) -> Code:
        """A new code outside the theory. Raises NameTaken."""
        with self._act("new code", f"new code '{name}'") as work:
            parent_id = codes.find_code(work.conn, parent) if parent is not None else None
            return self._code(work, codes.add_code(work, name, definition, parent_id))

    def rename_code(self, code: str | int, name: str) -> Code:
        """Give a code another name. Raises UnknownName, NameTaken, InputError (a code of the theory)."""
        with self._act("rename code") as work:
            before = self._code(work, codes.find_code(work.conn, code)).name
            renamed = self._code(work, code_frame.rename(work, code, name))
            work.summary = f"rename code '{before}' to '{renamed.name}'"
            return renamed

    def define_code(self, code: str | int, definition: str) -> Code:
        """Say what a code means. Raises UnknownName, InputError (a code of the theory)."""
        with self._act("define code") as work:
            defined = self._code(work, code_frame.define(work, code, definition))
            work.summary = f"define code '{defined.name}'"
            return defined

    def move_code(self, code: str | int, parent: str | int | None = None, place: int | None = None) -> Code:
        """Put a code under another (None: at the top), as the ``place``-th there, from 1 (None: the last).

        Raises:
            UnknownName: there is no such code.
            InputError: it would stand under itself, or is of the theory.
        """
        with self._act("move code") as work:
            moved = self._code(work, code_frame.move(work, code, parent, place))
            under = "to the top" if moved.parent_id is None else f"under '{self._code(work, moved.parent_id).name}'"
            work.summary = f"move code '{moved.name}' {under}"
            return moved

    def merge_codes(self, into: str | int, others: Sequence[str | int]) -> CodeMerge:
        """Make codes part of another, with their codings, memos, summaries and the codes below them.

        Codings by one coder on one passage become one and keep what was said of both; a definition that goes with its
        code is kept as a memo on the code that stays.

        Raises:
            UnknownName: there is no such code.
            InputError: nothing to merge, a code into itself, or one of the theory.
        """
        with self._act("merge codes") as work:
            names = ", ".join(f"'{self._code(work, codes.find_code(work.conn, code)).name}'" for code in others)
            merged = code_frame.merge(work, into, others)
            code = self._code(work, codes.find_code(work.conn, into))
            done = f"{counted(merged.moved, 'coding')} moved, {merged.joined} joined with one there"
            work.summary = f"merge {names} into '{code.name}': {done}"
            return CodeMerge(code, merged.moved, merged.joined)

    def split_code(self, code: str | int, parts: Mapping[str, Sequence[int]]) -> list[Code]:
        """Make new codes beside a code, each with those of its codings that are named; the others stay.

        ``study.split_code("Night", {"Night shift": [3, 8], "Night bus": [5]})``

        Raises:
            UnknownName, NameTaken: there is no such code; there is one of a new name.
            InputError: a coding is not of the code or is named twice; the code is of the theory.
        """
        with self._act("split code") as work:
            name = self._code(work, codes.find_code(work.conn, code)).name
            made = [self._code(work, code_id) for code_id in code_frame.split(work, code, parts)]
            listed = ", ".join(f"'{new.name}' ({counted(new.codings, 'coding')})" for new in made)
            work.summary = f"split {listed} from code '{name}'"
            return made

    def remove_code(self, code: str | int, *, with_codings: bool = False) -> None:
        """Take a code away; the codes below it move up.

        Raises:
            UnknownName: there is no such code.
            InputError: it has codings, memos or summaries, unless ``with_codings`` takes them away as well; or it is
                of the theory.
        """
        with self._act("remove code") as work:
            work.summary = f"remove code {code_frame.remove(work, code, with_codings=with_codings)}"

    def _code(self, work: Work, code_id: int) -> Code:
        return next(code for code in codes.list_codes(work.conn) if code.id == code_id)
