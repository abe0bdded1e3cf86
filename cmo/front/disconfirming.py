"""Looking for what disconfirms: what to read next, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmo.front.search import SearchCalls
from store.rooms import Room

if TYPE_CHECKING:
    from cmo.disconfirming import ask, reading_list
    from cmo.disconfirming.records import AskRole, ReadingList
    from transcripts.search.indexing import Progress
else:
    ask = Room("cmo.disconfirming.ask")
    reading_list = Room("cmo.disconfirming.reading_list")


class DisconfirmingCalls(SearchCalls):
    """It reads what searches read: the index of words."""

    def read_next(
        self,
        *,
        point: str | None = None,
        code: str | None = None,
        coding: int | None = None,
        limit: int = 20,
        progress: Progress | None = None,
    ) -> ReadingList:
        """Uncoded passages like the evidence of a point or a code, or like one coding's quote: to read, and no codings.

        A study of an older cmo gets its index of words first, which ``progress`` is told of.

        Raises:
            InputError: not one of the three is given.
            UnknownName: there is no such point, code or coding.
        """
        with self._indexed(progress) as conn:
            return reading_list.reading_list(conn, point=point, code=code, coding=coding, limit=limit)

    def ask_next(self, role: str | None = None) -> list[AskRole]:
        """What to ask in the next interviews, by role: points on which a role is silent or on one side only.

        Raises UnknownName: nobody of that role was interviewed or is planned to be.
        """
        with self.file.read() as conn:
            return ask.asks_by_role(conn, role)
