"""Speakers: whom a label stands for, and who speaks in which turn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from transcripts import sources
    from transcripts.fieldwork import speakers
    from transcripts.records import Speaker, TableReport, Turn
    from transcripts.speaking import turn_speakers, turns
    from transcripts.speaking.legend import LegendEntry
else:
    sources = Room("transcripts.sources")
    speakers = Room("transcripts.fieldwork.speakers")
    turn_speakers = Room("transcripts.speaking.turn_speakers")
    turns = Room("transcripts.speaking.turns")


class SpeakerCalls(Front):
    def map_speakers(self, table: str | Path) -> TableReport:
        """Map speakers' labels to participants and roles by a table."""
        with self._act("map speakers") as work:
            return speakers.map_speakers(work, Path(table))

    def set_speaker(
        self,
        label: str,
        *,
        source: str | None = None,
        participant: str | None = None,
        role: str | None = None,
        case: str | None = None,
        asks: bool | None = None,
    ) -> int:
        """Say whom a label stands for, in one source or in all; return in how many sources it stands.

        None says nothing; an empty text says that there is none.

        Raises:
            UnknownName: no such source or case, or no speaker with that label there.
            InputError: a case for a label that stands for no participant.
        """
        where = f" in '{source}'" if source else ""
        with self._act("map speakers", f"speaker '{label}'{where}") as work:
            source_id = sources.find_source(work.conn, source).id if source is not None else None
            return speakers.set_speaker(work, label, speakers.Said(participant, role, case, asks), source_id)

    def speakers(self) -> list[Speaker]:
        """Every label of every source and whom it stands for."""
        with self.file.read() as conn:
            return sources.list_speakers(conn)

    def set_turn_speaker(self, source: str | int, turn: int, label: str | None) -> Turn:
        """Give one turn (counted from 1) another speaker, by label; None: nobody is named. The text stays.

        A label that is new to the source is added to it.

        Raises:
            UnknownName: no such source, or no such turn in it.
        """
        with self._act("set speaker") as work:
            found = sources.find_source(work.conn, source)
            turn_speakers.set_turn_speaker(work, found.version_id, turn, label)
            changed = sources.list_turns(work.conn, found.version_id)[turn - 1]
            who = f"'{changed.label}'" if changed.label else "nobody"
            work.summary = f"turn {turn} of '{found.name}' is spoken by {who}"
            return changed

    def merge_speakers(self, source: str | int | None, label: str, into: str) -> int:
        """Read a label as another, in one source or (None) in all; return in how many sources it stood.

        All turns of ``label`` get the speaker ``into``; where there is none, the speaker is renamed. The text stays.

        Raises:
            UnknownName: no such source, or no speaker with that label there.
            InputError: the labels are the same, or ``into`` is empty.
        """
        where = f" in '{source}'" if source is not None else ""
        with self._act("merge speakers", f"label '{label}' is read as '{into}'{where}") as work:
            source_id = sources.find_source(work.conn, source).id if source is not None else None
            return turn_speakers.merge_speakers(work, label, into, source_id)

    def legend(self, source: str | int) -> tuple[LegendEntry, ...]:
        """What the head of a source says of its labels: a proposal. Raises UnknownName."""
        with self.file.read() as conn:
            return turns.find_turns(sources.transcript(conn, source).text).legend

    def apply_legend(self, source: str | int) -> list[str]:
        """Give speakers the roles and names that the source's head gives their labels; return those labels.

        An entry that tells neither role nor name apart (``IP2 = AMR``) is left to a person. Raises UnknownName.
        """
        with self._act("map speakers") as work:
            found = sources.find_source(work.conn, source)
            legend = turns.find_turns(sources.current_text(work.conn, found.id).text).legend
            labels = turn_speakers.apply_legend(work, found.id, legend)
            work.summary = f"speakers of '{found.name}' by its legend: {', '.join(labels)}"
            return labels
