"""Sources: binding them, reading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store import schema
from store.errors import InputError
from store.rooms import Room

if TYPE_CHECKING:
    from codebook import codings
    from transcripts import sources
    from transcripts.fieldwork import bindings, dates, sources_table
    from transcripts.records import Source, TableReport, Transcript
else:
    bindings = Room("transcripts.fieldwork.bindings")
    codings = Room("codebook.codings")
    dates = Room("transcripts.fieldwork.dates")
    sources = Room("transcripts.sources")
    sources_table = Room("transcripts.fieldwork.sources_table")


class SourceCalls(Front):
    def bind_sources(self, table: str | Path) -> TableReport:
        """Bind sources that are in the study to kinds, cases, roles and participants."""
        with self._act("bind sources") as work:
            return bindings.bind_sources(work, sources_table.read_bindings(work.conn, Path(table)))

    def bind_source(
        self,
        source: str | int,
        *,
        kind: str | None = None,
        cases: Sequence[str] | None = None,
        role: str | None = None,
        participant: str | None = None,
        round: str | None = None,
        held_on: str | None = None,
    ) -> Source:
        """Change what is given of one source's binding; an empty text, or no cases, takes it away.

        ``kind`` is one of ``schema.SOURCE_KINDS``, ``held_on`` a day, a month or a year as people write it.

        Raises:
            UnknownName: there is no such source.
            InputError: no such kind or case, or no date; nothing is changed.
        """
        if kind is not None and kind not in schema.SOURCE_KINDS:
            raise InputError(f"'{kind}' is no kind of source.", f"Kinds are {', '.join(schema.SOURCE_KINDS)}.")
        day = dates.iso_date(held_on) if held_on else held_on
        if held_on and day is None:
            raise InputError(f"'{held_on}' is no date: expected {dates.EXPECTED}.")
        with self._act("bind source") as work:
            found = sources.find_source(work.conn, source)
            named = tuple(cases) if cases is not None else None
            binding = sources_table.Binding(
                kind=kind, cases=named, role=role, participant=participant, round=round, held_on=day
            )
            bindings.bind_source(work, found.id, binding)
            work.summary = f"bind source '{found.name}'"
            count = codings.counts_by_source(work.conn).get(found.id, 0)
            return replace(sources.find_source(work.conn, found.id), codings=count)

    def sources(self) -> list[Source]:
        """All sources in their current version, with the number of codings in each."""
        with self.file.read() as conn:
            counts = codings.counts_by_source(conn)
            return [replace(source, codings=counts.get(source.id, 0)) for source in sources.list_sources(conn)]

    def source(self, name: str | int) -> Source:
        """One source by name, file name or id. Raises UnknownName."""
        with self.file.read() as conn:
            found = sources.find_source(conn, name)
            return replace(found, codings=codings.counts_by_source(conn, found.id).get(found.id, 0))

    def transcript(self, source: str | int) -> Transcript:
        """A source's text, turns and sentences. Raises UnknownName."""
        with self.file.read() as conn:
            return sources.transcript(conn, source)
