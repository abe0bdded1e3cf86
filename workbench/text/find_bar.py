"""Finding words in the source that is open."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from transcripts.records import Span


class FindBar(Horizontal):
    """A line to type in. Enter and ↓ go on to the next place, ↑ and shift+Enter to the one before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up,shift+enter", "step(-1)", show=False),
    ]

    class Found(Message):
        """``spans`` are all places; the reader is to be brought to ``position`` (None: nowhere)."""

        def __init__(self, spans: list[Span], position: int | None) -> None:
            super().__init__()
            self.spans = spans
            self.position = position

    class Left(Message):
        """The reader is done with finding."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._from = 0
        self._spans: list[Span] = []
        self._place = 0

    def compose(self) -> ComposeResult:
        yield Static("find ", id="find-label")
        yield Input(compact=True, id="find-words")
        yield Static("", id="find-count")

    def open(self, text: str, position: int) -> None:
        """Find in a text, from a position on; the words looked for last are still there."""
        self._text, self._from = text, position
        self.display = True
        self.screen.set_focus(self.query_one(Input))
        self._find(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.display:
            self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_step(1)

    def action_step(self, step: int) -> None:
        if self._spans:
            self._place = (self._place + step) % len(self._spans)
        self._tell()

    def action_leave(self) -> None:
        self.display = False
        self.post_message(self.Left())

    def _find(self, words: str) -> None:
        self._spans = find_all(self._text, words)
        self._place = next((n for n, span in enumerate(self._spans) if span.end > self._from), 0)
        self._tell()

    def _tell(self) -> None:
        count = f"{self._place + 1} of {len(self._spans)}" if self._spans else "nothing"
        self.query_one("#find-count", Static).update(count if self.query_one(Input).value.strip() else "")
        self.post_message(self.Found(self._spans, self._spans[self._place].start if self._spans else None))


def find_all(text: str, words: str) -> list[Span]:
    """Every place of the words in the text, in upper or lower case; line breaks count as spaces."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        return []
    return [Span(*found.span()) for found in re.finditer(pattern, text, re.IGNORECASE)]
