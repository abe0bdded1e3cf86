"""Which files an import takes: those that are named, those of folders and of zip archives, in natural order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from store.errors import BadFile, InputError
from store.findings import Finding
from transcripts.archives import Archive, Member
from transcripts.people import fold, plain
from transcripts.readers import READERS, is_readable, require_size

ARCHIVE = ".zip"
OTHER_DOCUMENTS = (
    *(".doc", ".docm", ".dot", ".dotx", ".epub", ".htm", ".html", ".odt", ".pages", ".pdf", ".rtf", ".sbv", ".srt"),
    *(".vtt", ".wpd", ".7z", ".gz", ".rar", ".tar", ".tgz"),
)
"""Endings of documents and archives that a person would expect to be imported: where we cannot, it is told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to import: one on disk or, with its ``member``, one in a zip archive.

    The path of a member goes on inside the archive: ``interviews.zip/north/manager.docx``.
    """

    path: Path
    archive: Path | None = None
    member: Member | None = None

    @property
    def folder(self) -> str:
        """The name of the folder or archive that the file lies in; empty at the root of a disk."""
        within = self.path.parent if self.archive else self.path.resolve().parent
        return plain(self.archive.stem if self.archive and within == self.archive else within.name)


class Gathering:
    """The files of a batch, and what could not be looked into.

    At most one archive is open at a time and one file of it unpacked. Close it when done.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Look through paths, folders and archives. Raises BadFile: a path does not exist."""
        self.failed: list[tuple[Path, str]] = []
        self.findings: list[Finding] = []
        self._open: Archive | None = None
        on_disk: dict[Path, None] = {}
        for path in paths:
            on_disk |= dict.fromkeys(self._walk(path))
        try:
            self.files = [candidate for path in on_disk for candidate in self._candidates(path)]
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
        inside = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
        for inner in self._readable(plain(folder.name), inside):
            if inside[inner].is_file():
                yield inside[inner]

    def _readable(self, where: str, inside: Iterable[str]) -> list[str]:
        """Those of the paths inside a folder or archive that we read, in natural order; others that matter are told."""
        visible = sorted((inner for inner in inside if not _is_hidden(inner)), key=_natural)
        endings = Counter(Path(inner).suffix.lower() for inner in visible)
        for ending in sorted(endings.keys() & set(OTHER_DOCUMENTS) - READERS.keys()):
            message = f"files ending in '{ending}' cannot be read and were passed over ({endings[ending]}); endings we "
            self.findings.append(Finding("file-not-read", where, f"{message}read are {', '.join(READERS)}"))
        return [inner for inner in visible if is_readable(Path(inner)) or _is_archive(inner)]

    def _candidates(self, path: Path) -> Iterator[Candidate]:
        """The file itself, or the files of the archive that it is."""
        if not _is_archive(path.name):
            yield Candidate(path)
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
        for member in sorted(members, key=lambda member: _natural(member.path)):
            if member.path in readable or member.is_unsafe:  # which nobody put there by chance, so it is told
                yield Candidate(Path(f"{path}/{member.path}"), path, member)


def shown_name(path: Path) -> str:
    """How messages name a file: by its name, with the archive and folders before it where it is in an archive."""
    archive = next((at for at, part in enumerate(path.parts[:-1]) if _is_archive(part)), -1)
    return "/".join(map(plain, path.parts[archive:]))


def _is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVE)


def _is_hidden(inner: str) -> bool:
    """Files and folders of the system, and what the Finder of macOS adds to every archive."""
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in inner.split("/"))


def _natural(name: str) -> list[tuple[int, int | str]]:
    """``case2`` before ``case10``."""
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in re.split(r"(\d+)", fold(name)) if piece]
