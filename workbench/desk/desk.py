"""What lies on the coder's desk: the source being read, its codings, and the acts that a key can do to them.

No screen is known here. Every act is saved in the study when its method returns; each returns the words that
tell the coder what was done. Errors of the study pass through.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import journal
from store.errors import InputError
from workbench.desk.codings_by_place import CodingsByPlace
from workbench.desk.desk_links import DeskLinks
from workbench.text.reading import Reading
from workbench.text.words import counted

if TYPE_CHECKING:
    from cmo.study import Study
    from codebook.review import ReviewItem

CODING_ACTS = {
    "code",
    "code hits",
    "judge",
    "memo",
    "remove coding",
    "new code",
    "settle",
    "recode",
    "resize",
    "split coding",
    "merge codings",
    "decide",
    "confirm",
    "best quote",
    "bookmark",
    "configuration",
    "ripple",
    "link",
}
"""Acts that change codes and codings, and what hangs on them, alone."""
UNASKED_ACTS = CODING_ACTS | {"set speaker"}
"""Acts of this screen, taken back without a question; all others (an import, say) are asked about first."""


class Desk(DeskLinks):
    """One coder at work on a study."""

    def __init__(self, study: Study) -> None:
        self._past, self._future = [], []
        self.reviewing: ReviewItem | None = None
        super().__init__(study)

    # -- what concerns the text -------------------------------------------------------------------------
    def settle_here(self) -> str:
        """Say that the excerpt under review belongs on this passage. Raises InputError: in another source."""
        item = self.reviewing
        if item is None or self.source is None or self.reading is None or self.source.id != item.source_id:
            raise InputError("The excerpt under review belongs to another source.", "R on the list opens it again.")
        self.study.settle(item.excerpt_id, *self.reading.passage)
        self.reviewing = None
        self.refresh()
        return "✓ it belongs here — u takes it back, R shows what is left"

    def set_turn_speaker(self, number: int, label: str | None) -> str:
        """Say who speaks in a turn of the open source (counted from 1), by label; None: nobody is named."""
        source, _ = self.opened()
        turn = self.study.set_turn_speaker(source.id, number, label)
        self.refresh()
        return f"✓ turn {number} is spoken by {turn.label or 'nobody named'} — saved"

    def switch_blind(self) -> str:
        """Hide other coders' codings, or show them again."""
        if not self.study.is_blind:
            self.study.hide_others()
            self.refresh()
            return "Other coders' work is hidden, here and on all screens."
        self.study.show_others()
        self.refresh()
        others = [coding.coder for coding in self.codings if coding.coder != self.study.coder]
        whose = f" {counted(len(others), 'coding')} here, of {', '.join(sorted(set(others)))}." if others else ""
        return f"Other coders' work is shown{':' if whose else '.'}{whose}"

    # -- undo -------------------------------------------------------------------------------------------
    def next_undo(self) -> journal.Entry | None:
        """This coder's act that undo would take back."""
        with self.study.file.read() as conn:
            return journal.next_undo(conn, self.study.coder)

    def undo(self) -> str:
        """Take back this coder's last act."""
        return "↶ undone: " + self._after(self.study.undo(mine=True))

    def redo(self) -> str:
        """Do again what this coder undid last."""
        return "↷ done again: " + self._after(self.study.redo(mine=True))

    def take_over(self, entries: list[journal.Entry]) -> str:
        """Read what acts of others have changed; return them in words."""
        return self._after(entries)

    def _after(self, entries: list[journal.Entry]) -> str:
        """Read what the acts may have changed; return them in words."""
        acts = {entry.act for entry in entries}
        if not acts <= CODING_ACTS:
            self.refresh()
            return self._in_words(entries)
        if "new code" in acts:
            self._read_codes()
        touched = self.study.codings_touched(self.source.id, entries) if self.source is not None else None
        if touched is None:
            self._read_codings()
        else:
            gone, there = touched
            self._put(*there, gone=gone)
        return self._in_words(entries)

    @staticmethod
    def _in_words(entries: list[journal.Entry]) -> str:
        words = entries[0].summary if entries else ""
        return words if len(entries) < 2 else f"{words} and {len(entries) - 1} more"

    def refresh(self) -> None:
        """Read everything anew from the study, and stay at the place if it is still there."""
        self.recoding = None
        self._read_study()
        if self.source is None or self.reading is None:
            return
        if all(source.id != self.source.id for source in self.sources):
            self.transcript = self.reading = None
            self._index = CodingsByPlace(0, lambda _start, _end: [])
            return
        transcript = self.study.transcript(self.source.id)
        if replace(transcript, source=self.source) != self.transcript:
            position = self.reading.sentence.start
            self.transcript, self.reading = transcript, Reading(transcript)
            self.reading.go_to(position)
        self._read_marks()
        self._read_codings()
