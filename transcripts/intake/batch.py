"""A batch of files and what a person has said of them: the same for an import and for its preview."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from store import schema
from store.findings import Finding
from transcripts.fieldwork.sources_table import Binding, BindingTable, match_files
from transcripts.intake.gathering import Candidate, Gathering, Progress
from transcripts.intake.naming import FreeNames
from transcripts.intake.profiles import Profile, checked
from transcripts.settings import Settings


class Batch:
    """The files of one import, how each is read and bound, and what was found before any is read.

    Raises:
        BadFile: a path does not exist.
        InputError: encoding, language or style are none that we know.
    """

    def __init__(
        self,
        conn: Connection,
        paths: Iterable[Path],
        profile: Profile,
        table: BindingTable | None,
        only: Collection[Path] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.settings = checked(profile.settings)
        self.labels = profile.labels
        self.language: str = conn.scalars(select(schema.studies.c.language)).one()
        self._gathering = Gathering(paths, progress)
        self.stopped = self._gathering.stopped
        self.files = [file for file in self._gathering.files if only is None or file.path in only]
        self.failed = self._gathering.failed
        self.findings = self._gathering.findings
        self.names = FreeNames(self._gathering.files)  # the names of a preview, whichever files are then taken
        self._table = table
        self._bindings: dict[Path, Binding] = {}
        if table is not None:
            everything = [candidate.path for candidate in self._gathering.files]
            self._bindings, findings = match_files(table, everything, conn)
            self.findings = [*self.findings, *findings]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gathering.close()

    def bytes_of(self, candidate: Candidate) -> bytes:
        """A file's bytes. Raises BadFile, OSError."""
        return self._gathering.read(candidate)

    def passes_over(self, candidate: Candidate, data: bytes) -> bool:
        """Whether a file is none to import: a table beside the transcripts, say of cases, that nobody has named."""
        if not candidate.is_doubtful:
            return False
        from transcripts.readers.turn_table import is_transcript_table

        return not is_transcript_table(candidate.path, data)

    def binding(self, candidate: Candidate) -> Binding:
        """What the table says of a file; nothing where it has no row."""
        return self._bindings.get(candidate.path, Binding())

    def settings_of(self, candidate: Candidate) -> Settings:
        """How a file is read: the language that its row says goes before the one said of the batch."""
        language = self.binding(candidate).language
        return replace(self.settings, language=language) if language else self.settings

    def not_bound(self, candidate: Candidate, name: str) -> tuple[Finding, ...]:
        """The finding that a table was given and does not say anything of this file."""
        if self._table is None or candidate.path in self._bindings:
            return ()
        message = f"has no row in '{self._table.name}': bound to no case and role"
        return (Finding("source-not-bound", name, message),)
