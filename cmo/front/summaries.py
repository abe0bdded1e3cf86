"""Cases in the analyst's words: summaries, and the cells of the framework matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from cmo.casework import summaries
    from cmo.casework.records import Summary
else:
    summaries = Room("cmo.casework.summaries")


class SummaryCalls(Front):
    def summaries(self, *, case: str | None = None, point: str | None = None, code: str | None = None) -> list[Summary]:
        """What the analyst says of cases: of one or all, as to one theme or all. Raises UnknownName."""
        with self.file.read() as conn:
            return summaries.list_summaries(conn, case=case, point=point, code=code)

    def set_summary(
        self,
        case: str,
        body: str,
        *,
        point: str | None = None,
        code: str | None = None,
        quotes: Sequence[int] | None = None,
    ) -> Summary | None:
        """Write what a case is like, or what it says to a point or a code; an empty body takes the summary away.

        ``quotes`` are ids of codings, in place of those there were; None leaves them as they are. Earlier words are in
        the journal.

        Raises:
            UnknownName: there is no such case, point, code or coding.
            InputError: both a point and a code are given, or an empty summary is to have quotes.
        """
        with self._act("summary") as work:
            return summaries.set_summary(work, case, body, point=point, code=code, quotes=quotes)
