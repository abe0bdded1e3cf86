"""What others do to the study while it is open here: looked for every few seconds, at the cost of one small read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import CmoError
from workbench.text.words import clipped

if TYPE_CHECKING:
    from cmo.study import Study
    from store.journal import Entry


class Others:
    """Acts of other writers since the last look.

    The journal's newest number says whether anything was done at all. Whose act it was is told by its coder; an act of
    this coder's name may come from another window, which SQLite tells: its ``data_version`` changes only when another
    connection has written.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._seen = study.file.data_version()
        self._written = study.file.written_by_others()

    def look(self) -> list[Entry]:
        """The acts, oldest first; none where the study cannot be read just now."""
        try:
            newest, written = self._study.file.data_version(), self._study.file.written_by_others()
            if newest == self._seen:
                self._written = written
                return []
            entries = self._study.log(newest - self._seen, whole=True)[::-1]
        except CmoError:
            return []
        is_foreign, self._written, self._seen = written != self._written, written, newest
        foreign = [entry for entry in entries if entry.coder != self._study.coder]
        return foreign or (entries if is_foreign else [])


def news(entries: Sequence[Entry], study: Study) -> str:
    """What is told of others' acts: not what they did, where that is hidden."""
    return _whose(entries) if study.is_blind else in_words(entries)


def _whose(entries: Sequence[Entry]) -> str:
    """``KL and MN have saved something``: for who is not to see what."""
    names = sorted({entry.coder for entry in entries})
    return f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'} saved something; it stays hidden."


def in_words(entries: Sequence[Entry]) -> str:
    """``KL: code #7 M on “…” and 2 more``: who did what, the last act first."""
    last = entries[-1]
    more = f" and {len(entries) - 1} more" if len(entries) > 1 else ""
    return f"{last.coder}: {clipped(last.summary or last.act, 90)}{more}"
