"""What every part of the front door stands on: the file, who acts, and how an act is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.rooms import Room
from store.study_file import StudyFile
from store.work import Work

if TYPE_CHECKING:
    from cmo import picture
    from cmo.picture import Difference, Rehearsal
else:
    picture = Room("cmo.picture")

T = TypeVar("T")


class Front:
    """An open study and its coder. The parts add the calls, each a few lines over the rooms."""

    def __init__(self, file: StudyFile, coder: str) -> None:
        self.file = file
        self.coder = coder
        self._differences: list[Difference] | None = None

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def is_blind(self) -> bool:
        """Whether other coders' work is hidden from all that is read; see :mod:`store.blind`."""
        return self.file.is_blind

    def hide_others(self) -> None:
        """Read and count only what this coder has made, and what is the study's: for coding blind."""
        self.file.hide_others(self.coder)

    def show_others(self) -> None:
        """Read what everybody has made again."""
        self.file.show_others()

    def rehearse(self, call: Callable[[], T]) -> Rehearsal[T]:
        """Make a call and keep nothing of it: what it would answer, and what it would change.

        ``study.rehearse(lambda: study.import_cases("cases.xlsx"))``. Raises what the call raises.
        """
        self._differences = []
        try:
            return picture.Rehearsal(call(), tuple(self._differences))
        finally:
            self._differences = None

    @contextmanager
    def _act(self, act: str, summary: str = "") -> Iterator[Work]:
        if self._differences is None:
            with self.file.act(self.coder, act, summary) as work:
                yield work
        else:
            with self.file.rehearse(self.coder, act) as work:
                before = picture.picture(work.conn)
                yield work
                self._differences += picture.differences(before, picture.picture(work.conn))


def short(quote: str) -> str:
    """A quote in the few words that a line of the journal has room for."""
    words = " ".join(quote.split())
    return words if len(words) <= 40 else words[:39] + "…"
