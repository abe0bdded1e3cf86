"""The journal: who did what and when, whether it still holds, and undo from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from cmo.study import Study
from store.journal import Entry
from workbench.keys.place_keys import JOURNAL, PlaceKey
from workbench.parts.list_screen import ListScreen
from workbench.text.palette import Palette
from workbench.text.words import counted

LAST = 1000
"""Entries that are listed, counted from the newest; `cmo log` has all."""


class JournalScreen(ListScreen[Entry]):
    """The newest first. An act that was undone is in the list as well, and says so."""

    NAME: ClassVar[str] = "Journal"
    ONE: ClassVar[str] = "entry"
    EMPTY: ClassVar[str] = "Nothing has been done yet."
    KEYS: ClassVar[tuple[PlaceKey, ...]] = JOURNAL

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._undone: set[int] = set()

    def about(self) -> str:
        newest = self.things[0].seq if self.things else 0
        return f"the last {len(self.things)} of {newest}" if newest > len(self.things) else f"{newest} entries"

    def read(self) -> Sequence[Entry]:
        entries = self.study.log(LAST)
        self._undone = undone(entries)
        return entries

    def name_of(self, thing: Entry) -> str:
        return str(thing.seq)

    def group_of(self, thing: Entry) -> str | None:
        return thing.at[:10]

    def line(self, thing: Entry, palette: Palette) -> Content:
        is_undone = thing.seq in self._undone
        look = f"strike {palette.quiet}" if is_undone else palette.text
        return Content.assemble(
            (f"{thing.seq} ".rjust(6), palette.quiet),
            (f" {thing.at[11:16]} ", palette.quiet),
            (f"{thing.coder} ", f"bold {palette.bright}"),
            ("(undone) " if is_undone else "", palette.quiet),
            (thing.summary or thing.act, look),
        )

    def in_full(self, thing: Entry, palette: Palette) -> Content:
        state = "It was undone since." if thing.seq in self._undone else "It is in force."
        if thing.kind in ("undo", "redo"):
            state = f"It concerns entry {thing.target}."
        lines = [
            Content.styled(thing.summary or thing.act, f"bold {palette.bright}"),
            Content.styled(f"{thing.coder} · {thing.at[:19].replace('T', ' ')} UTC · {thing.act}", palette.text),
            Content.styled(f"{counted(thing.row_count, 'row')} · {state}", palette.text),
            Content.styled(f"sha256 {thing.hash}", palette.quiet),
        ]
        return Content("\n\n").join(lines)

    # -- acts ---------------------------------------------------------------------------------------------------
    def action_undo_back_to(self) -> None:
        """Take back every act from the chosen one on, the newest first, whoever did them; asked for first."""
        chosen = self.chosen
        if chosen is None:
            return
        acts = [e for e in self.things if e.seq >= chosen.seq and e.kind == "do" and e.seq not in self._undone]
        if not acts:
            self.say("Nothing from here on is in force.")
            return
        others = sorted({entry.coder for entry in acts} - {self.study.coder})
        whose = f", some of them by {', '.join(others)}" if others else ""
        question = f"Undo {counted(len(acts), 'act')}{whose}, back to before: {chosen.summary or chosen.act}?"
        self.confirm(
            question, lambda: self._undo_all({entry.seq for entry in acts}), "↶ undone; ctrl+r does them again"
        )

    def _undo_all(self, wanted: set[int]) -> None:
        left = set(wanted)
        while left:
            left -= {entry.seq for entry in self.study.undo()}


def undone(entries: Sequence[Entry]) -> set[int]:
    """The acts that are undone, by what was done to each last; entries are the newest first."""
    last: dict[int, str] = {}
    for entry in entries:
        if entry.kind in ("undo", "redo") and entry.target is not None:
            last.setdefault(entry.target, entry.kind)
    return {seq for seq, kind in last.items() if kind == "undo"}
