"""Memos: what one thinks of a source, a case, a code, a point, a coding, or of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmo.front.base import Front, short
from cmo.theory import point_label
from store import schema
from store.errors import InputError
from store.rooms import Room
from store.work import Work

if TYPE_CHECKING:
    from codebook import memos
    from codebook.records import Memo
else:
    memos = Room("codebook.memos")


class MemoCalls(Front):
    """Each call names at most one thing: ``source="leder"``, ``case=``, ``code=``, ``point="#7"`` or ``coding=12``."""

    def memos(self, **on: str | int) -> list[Memo]:
        """All memos, or those on one thing, the oldest first. Raises UnknownName."""
        with self.file.read() as conn:
            if not on:
                return memos.list_memos(conn)
            thing, name = _one_thing(on)
            return memos.list_memos(conn, thing, memos.thing_id(conn, thing, name))

    def add_memo(self, body: str, **on: str | int) -> Memo:
        """A memo on one thing, or on the study where none is named.

        Raises:
            UnknownName: there is no such thing.
            InputError: the memo has no words, or is a second one on a coding.
        """
        thing, name = _one_thing(on) if on else (memos.STUDY, "")
        with self._act("memo") as work:
            on_id = memos.thing_id(work.conn, thing, name) if on else None
            return self._memo(work, memos.add_memo(work, body, thing, on_id), "memo on")

    def edit_memo(self, memo_id: int, body: str) -> Memo:
        """Change the words of a memo. Raises UnknownName; InputError: it would have no words."""
        with self._act("memo") as work:
            memos.edit_memo(work, memo_id, body)
            return self._memo(work, memo_id, "change memo on")

    def remove_memo(self, memo_id: int) -> None:
        """Take a memo away. Raises UnknownName."""
        with self._act("remove memo") as work:
            self._memo(work, memo_id, "remove memo on")
            work.delete(schema.memos, [memo_id])

    def _memo(self, work: Work, memo_id: int, done: str) -> Memo:
        memo = memos.get_memo(work.conn, memo_id)
        work.summary = f"{done} {memo.thing}{f' {short(memo.name)}' if memo.name else ''}: “{short(memo.body)}”"
        return memo


def _one_thing(on: dict[str, str | int]) -> tuple[str, str | int]:
    unknown = [thing for thing in on if thing not in memos.THINGS]
    if len(on) != 1 or unknown:
        raise InputError("A memo is on one thing.", f"Name one of {', '.join(memos.THINGS)}; none for the study.")
    ((thing, name),) = on.items()
    return thing, (point_label(name) or name) if thing == "point" and isinstance(name, str) else name
