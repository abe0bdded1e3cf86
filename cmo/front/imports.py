"""Bringing files in: a look before, the import, profiles for whole batches, and each file as it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.findings import Finding
from store.rooms import Room
from transcripts.people import fold
from transcripts.settings import DEFAULT, Settings, overlaid

if TYPE_CHECKING:
    from transcripts import sources as sources_of_study
    from transcripts.fieldwork import sources_table
    from transcripts.fieldwork.sources_table import BindingTable
    from transcripts.intake import importing, previewing, profiles, provenance
    from transcripts.intake.gathering import Progress
    from transcripts.intake.previewing import PreviewReport
    from transcripts.intake.profiles import Meaning, Profile
    from transcripts.intake.provenance import Provenance
    from transcripts.records import ImportReport
else:
    importing = Room("transcripts.intake.importing")
    previewing = Room("transcripts.intake.previewing")
    profiles = Room("transcripts.intake.profiles")
    provenance = Room("transcripts.intake.provenance")
    sources_of_study = Room("transcripts.sources")
    sources_table = Room("transcripts.fieldwork.sources_table")


class ImportCalls(Front):
    def import_files(
        self,
        paths: Iterable[str | Path],
        *,
        sources: str | Path | None = None,
        language: str | None = None,
        profile: str | None = None,
        settings: Settings = DEFAULT,
        only: Iterable[str | Path] | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files, folders and zip archives.

        ``sources`` is a table that binds them to kinds, cases, roles, participants. ``profile`` names a profile of the
        study; what ``settings`` and ``language`` decide goes before what it says. ``only`` takes those files alone, by
        the paths that the preview gives them; None takes all.

        Raises:
            BadTable: the table cannot be used; nothing is imported.
            BadFile: a path does not exist; nothing is imported.
            UnknownName, InputError: no such profile, language or encoding; nothing is imported.
        """
        how, bound = self._how(profile, settings, language), self._bound(sources)
        listed, taken = [Path(path) for path in paths], None if only is None else {Path(path) for path in only}
        return importing.import_files(self.file, self.coder, listed, how, table=bound, only=taken, progress=progress)

    def preview(
        self,
        paths: Iterable[str | Path],
        *,
        sources: str | Path | None = None,
        language: str | None = None,
        profile: str | None = None,
        settings: Settings = DEFAULT,
        progress: Progress | None = None,
    ) -> PreviewReport:
        """What :meth:`import_files` would do with the same arguments, file by file; nothing is written.

        Raises:
            BadTable, BadFile, UnknownName, InputError: as the import would.
        """
        how, bound = self._how(profile, settings, language), self._bound(sources)
        listed = [Path(path) for path in paths]
        return previewing.preview_files(self.file, listed, how, table=bound, progress=progress)

    def profiles(self) -> list[Profile]:
        """The profiles that the study keeps, by name."""
        with self.file.read() as conn:
            return profiles.list_profiles(conn)

    def profile(self, name: str) -> Profile:
        """One profile by name. Raises UnknownName."""
        with self.file.read() as conn:
            return profiles.find_profile(conn, name)

    def save_profile(
        self, name: str, settings: Settings = DEFAULT, labels: Mapping[str, Meaning] | None = None
    ) -> Profile:
        """Keep how to read a batch of files, and what labels mean in all of them; the same name is replaced.

        Raises:
            InputError: no name, or a language or encoding that nobody knows.
        """
        with self._act("save profile", f"profile '{name}'") as work:
            return profiles.save_profile(work, profiles.Profile(name, settings, labels or {}))

    def save_profile_of(self, source: str | int, name: str) -> Profile:
        """Keep as a profile how a source was read and what is said of its labels. Raises UnknownName."""
        with self._act("save profile") as work:
            found = sources_of_study.find_source(work.conn, source)
            work.summary = f"profile '{name}' after '{found.name}'"
            return profiles.save_profile(work, profiles.profile_of_source(work.conn, name, found.id))

    def save_profile_labels(self, name: str, table: str | Path) -> Profile:
        """Say in a profile what labels mean, by a table; a profile of that name keeps its settings.

        Raises:
            BadTable: with row, column and what was expected.
        """
        labels = profiles.labels_from_table(Path(table))
        with self._act("save profile", f"labels of profile '{name}'") as work:
            known = {fold(profile.name): profile for profile in profiles.list_profiles(work.conn)}
            base = known.get(fold(name), profiles.Profile(name))
            return profiles.save_profile(work, profiles.Profile(base.name, base.settings, {**base.labels, **labels}))

    def remove_profile(self, name: str) -> None:
        """Take a profile away; what was imported by it stays. Raises UnknownName."""
        with self._act("remove profile", f"remove profile '{name}'") as work:
            profiles.remove_profile(work, name)

    def provenance(self, source: str | int, version: int | None = None) -> Provenance:
        """How a source was read: file, format, style, settings, furniture, findings. Raises UnknownName."""
        with self.file.read() as conn:
            return provenance.provenance(conn, source, version)

    def source_findings(self, source: str | int) -> tuple[Finding, ...]:
        """What was found doubtful when a source was read. Raises UnknownName."""
        return self.provenance(source).findings

    def original(self, source: str | int, version: int | None = None) -> bytes:
        """The file that a source came from, byte for byte.

        Raises:
            UnknownName: no such source or version.
            InputError: the file was not kept: an older cmo imported it.
            DamagedStudy: what was kept is not the file.
        """
        with self.file.read() as conn:
            return provenance.original(conn, source, version)

    def _bound(self, table: str | Path | None) -> BindingTable | None:
        if table is None:
            return None
        with self.file.read() as conn:
            return sources_table.read_bindings(conn, Path(table))

    def _how(self, profile: str | None, settings: Settings, language: str | None) -> Profile:
        """The profile named, or one without a name, with what is decided for this batch over it."""
        base = self.profile(profile) if profile is not None else profiles.Profile("")
        over = overlaid(settings, Settings(language=language))
        return profiles.Profile(base.name, overlaid(base.settings, over), base.labels)
