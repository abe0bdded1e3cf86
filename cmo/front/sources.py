"""Sources: binding them, reading them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cmo.front.base import Front
from codebook import codings
from transcripts import bindings, sources, sources_table, speakers
from transcripts.records import Source, Speaker, TableReport, Transcript


class SourceCalls(Front):
    def bind_sources(self, table: str | Path) -> TableReport:
        """Bind sources that are in the study to kinds, cases, roles and participants."""
        with self._act("bind sources") as work:
            return bindings.bind_sources(work, sources_table.read_bindings(work.conn, Path(table)))

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

    def sources(self) -> list[Source]:
        """All sources in their current version, with the number of codings in each."""
        with self.file.read() as conn:
            counts = codings.counts_by_source(conn)
            return [replace(source, codings=counts.get(source.id, 0)) for source in sources.list_sources(conn)]

    def source(self, name: str | int) -> Source:
        """One source by name, file name or id. Raises UnknownName."""
        with self.file.read() as conn:
            found = sources.find_source(conn, name)
            return replace(found, codings=codings.counts_by_source(conn).get(found.id, 0))

    def transcript(self, source: str | int) -> Transcript:
        """A source's text, turns and sentences. Raises UnknownName."""
        with self.file.read() as conn:
            return sources.transcript(conn, source)

    def speakers(self) -> list[Speaker]:
        """Every label of every source and whom it stands for."""
        with self.file.read() as conn:
            return sources.list_speakers(conn)
