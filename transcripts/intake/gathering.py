"""Which files an import takes: those that are named, those of folders and of zip archives, in natural order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from store.errors import BadFile, InputError
from store.findings import Finding
from transcripts.intake.archives import Archive, Member
from transcripts.people import natural, plain
from transcripts.readers import READERS, TABLES, is_readable, require_size

ARCHIVE = ".zip"
OTHER_DOCUMENTS = (
    *(".doc", ".docm", ".dot", ".dotx", ".epub", ".htm", ".html", ".odt", ".pages", ".pdf", ".rtf", ".sbv", ".srt"),
    *(".vtt", ".wpd", ".7z", ".gz", ".rar", ".tar", ".tgz"),
)
"""Endings of documents and archives that a person would expect to be imported: where we cannot, it is told."""

Progress = Callable[[int, int, str], bool]
"""Called with files done, files in all (0: not known yet) and the next file's name; returns False to stop."""
ENTRIES_BETWEEN_LOOKS = 1000
"""So many entries of a folder are looked at before somebody is told and can stop it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to import: one on disk or, with its ``member``, one in a zip archive.

    The path of a member goes on inside the archive: ``interviews.zip/north/manager.docx``. ``is_found`` where nobody
    has named the file itself, but the folder or archive that it is in.
    """

    path: Path
    is_found: bool = False
    archive: Path | None = None
    member: Member | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether the file may be no transcript at all: a table that was found beside transcripts."""
        return self.is_found and self.path.suffix.lower() in TABLES

    @property
    def folder(self) -> str:
        """The name of the folder or archive that the file lies in; empty at the root of a disk."""
        within = self.path.parent if self.archive else self.path.resolve().parent
        return plain(self.archive.stem if self.archive and within == self.archive else within.name)


class Gathering:
    """The files of a batch, and what could not be looked into.

    At most one archive is open at a time and one file of it unpacked. Close it when done.
    """

    def __init__(self, paths: Iterable[Path], progress: Progress | None = None) -> None:
        """Look through paths, folders and archives. Raises BadFile: a path does not exist.

        In a large folder ``progress`` is told where the look is; what is ``stopped`` by it has no files.
        """
        self.stopped = False
        self._progress = progress
        self.failed: list[tuple[Path, str]] = []
        self.findings: list[Finding] = []
        self._open: Archive | None = None
        on_disk: dict[Path, bool] = {}
        for path in paths:
            is_found = path.is_dir()
            on_disk |= {file: is_found and on_disk.get(file, True) for file in self._walk(path)}
        if self.stopped:
            on_disk = {}
        try:
            self.files = [found for path, is_found in on_disk.items() for found in self._candidates(path, is_found)]
        finally:
            self.close()

    def read(self, candidate: Candidate) -> bytes:
        """A file's bytes.

        Raises:
            BadFile: it is no ordinary file, larger than we look at, or its archive refuses it.
            OSError: the system cannot read it.
        """
        if candidate.archive is not None and candidate.member is not None:
            return self._archive(candidate.archive).read(candidate.member)
        if candidate.path.exists() and not candidate.path.is_file():
            raise BadFile(candidate.path, "is no ordinary file.")
        if candidate.path.exists():
            require_size(candidate.path, candidate.path.stat().st_size)
        return candidate.path.read_bytes()

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _archive(self, path: Path) -> Archive:
        if self._open is None or self._open.path != path:
            self.close()
            self._open = Archive(path)
        return self._open

    def _walk(self, path: Path) -> Iterator[Path]:
        if path.is_dir():
            yield from self._walk_folder(path)
        elif path.exists():
            yield path
        else:
            raise BadFile(path, f"there is no such file or folder ({path}).", "Nothing was imported; check the path.")

    def _walk_folder(self, folder: Path) -> Iterator[Path]:
        """The readable files of a folder and its folders in natural order; hidden ones are passed over."""
        inside: dict[str, Path] = {}
        for path in folder.rglob("*"):
            inside[path.relative_to(folder).as_posix()] = path
            if len(inside) % ENTRIES_BETWEEN_LOOKS == 0 and self._is_asked_to_stop(path.parent):
                return
        for inner in self._readable(plain(folder.name), inside):
            if inside[inner].is_file():
                yield inside[inner]

    def _is_asked_to_stop(self, folder: Path) -> bool:
        """Say where the look is, before it is known how many files there are; hear whether to go on."""
        if self._progress is not None and not self._progress(0, 0, plain(folder.name)):
            self.stopped = True
        return self.stopped

    def _readable(self, where: str, inside: Iterable[str]) -> list[str]:
        """Those of the paths inside a folder or archive that we read, in natural order; others that matter are told."""
        visible = sorted((inner for inner in inside if not _is_hidden(inner)), key=natural)
        endings = Counter(map(_ending, visible))
        for ending in sorted(endings.keys() & set(OTHER_DOCUMENTS) - READERS.keys()):
            message = f"files ending in '{ending}' cannot be read and were passed over ({endings[ending]}); endings we "
            self.findings.append(Finding("file-not-read", where, f"{message}read are {', '.join(READERS)}"))
        return [inner for inner in visible if is_readable(Path(inner)) or _ending(inner) in (ARCHIVE, *TABLES)]

    def _candidates(self, path: Path, is_found: bool) -> Iterator[Candidate]:
        """The file itself, or the files of the archive that it is."""
        if _ending(path.name) != ARCHIVE:
            yield Candidate(path, is_found)
            return
        try:
            members = self._archive(path).members()
        except InputError as exc:
            self.failed.append((path, str(exc)))
        except OSError as exc:
            self.failed.append((path, f"{path.name}: cannot be read: {exc.strerror}."))
        else:
            yield from self._members(path, members)

    def _members(self, path: Path, members: list[Member]) -> Iterator[Candidate]:
        readable = set(self._readable(plain(path.name), {member.path for member in members}))
        for member in sorted(members, key=lambda member: natural(member.path)):
            if member.path in readable or member.is_unsafe:  # which nobody put there by chance, so it is told
                yield Candidate(Path(f"{path}/{member.path}"), True, path, member)


def shown_name(path: Path) -> str:
    """How messages name a file: by its name, with the archive and folders before it where it is in an archive."""
    archive = next((at for at, part in enumerate(path.parts[:-1]) if _ending(part) == ARCHIVE), -1)
    return "/".join(map(plain, path.parts[archive:]))


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _is_hidden(inner: str) -> bool:
    """Files and folders of the system, and what the Finder of macOS adds to every archive."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in inner.split("/"))
