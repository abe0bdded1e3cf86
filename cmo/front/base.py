"""What every part of the front door stands on: the file, who acts, and how an act is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.study_file import StudyFile
from store.work import Work


class Front:
    """An open study and its coder. The parts add the calls, each a few lines over the rooms."""

    def __init__(self, file: StudyFile, coder: str) -> None:
        self.file = file
        self.coder = coder

    @property
    def path(self) -> Path:
        return self.file.path

    @contextmanager
    def _act(self, act: str, summary: str = "") -> Iterator[Work]:
        with self.file.act(self.coder, act, summary) as work:
            yield work


def short(quote: str) -> str:
    """A quote in the few words that a line of the journal has room for."""
    words = " ".join(quote.split())
    return words if len(words) <= 40 else words[:39] + "…"
