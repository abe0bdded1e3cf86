"""Sources: binding them, reading them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cmo.front.base import Front
from codebook import codings
from transcripts import sources
from transcripts.fieldwork import bindings, sources_table
from transcripts.records import Source, TableReport, Transcript


class SourceCalls(Front):
    def bind_sources(self, table: str | Path) -> TableReport:
        """Bind sources that are in the study to kinds, cases, roles and participants."""
        with self._act("bind sources") as work:
            return bindings.bind_sources(work, sources_table.read_bindings(work.conn, Path(table)))

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
