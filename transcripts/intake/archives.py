"""Zip archives of files to import, read with care: one member at a time, and nothing is ever written to disk.

An archive is hostile until read. What a member unpacks to is counted while it is unpacked, whatever the archive
states; a name that leads out of the archive, a link, a password and an archive inside the archive are refused, each
for that member alone.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from store.errors import BadFile, InputError
from transcripts.readers import MAX_FILE_BYTES, require_size
from transcripts.text import decode, normalise

MAX_LIST_BYTES = 16 * 1024 * 1024
"""The largest list of members that is looked at: room for some 150,000 names."""
MAX_MEMBERS = 20_000
MAX_ARCHIVE_BYTES = 4 * 1024 * 1024 * 1024
"""What all members that are read may unpack to."""
MAX_EXPANSION = 200
"""How many times larger than its packed form a member may be; talk typed again and again reaches 50."""
SMALL_BYTES = 4 * 1024 * 1024
"""Below this size a member does no harm, however well it was packed."""

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1 | 0x40 | 0x2000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, OverflowError)
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path inside, as far as that can be shown, and what speaks against reading it.

    ``is_unsafe`` is what no honest archive has: a name that leads out of it, a link, a device.
    """

    path: str
    info: zipfile.ZipInfo
    refusal: str | None
    is_unsafe: bool


class Archive:
    """An open zip archive. Raises BadFile: it cannot be read as one, or its list is beyond all measure."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._left = MAX_ARCHIVE_BYTES
        self._file = path.open("rb")
        try:
            self._zip = zipfile.ZipFile(_Measured(self._file))
        except _TooMuch as exc:
            self._file.close()
            raise BadFile(path, "its list of files is too long to be looked at.", "Pack the interviews alone.") from exc
        except (*_DAMAGE, NotImplementedError) as exc:
            self._file.close()
            raise BadFile(path, "cannot be read as a zip archive.", "It may be cut off; pack it again.") from exc

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def members(self) -> list[Member]:
        """The files of the archive, folders left out. Raises BadFile: there are too many."""
        infos = [info for info in self._zip.infolist() if not info.filename.endswith(("/", "\\"))]
        if len(infos) > MAX_MEMBERS:
            message = f"has {len(infos):,} files; the limit is {MAX_MEMBERS:,}."
            raise BadFile(self.path, message, "Unpack it and import the folder.")
        return [_member(name, info) for name, info in zip(_names(infos), infos, strict=True)]

    def read(self, member: Member) -> bytes:
        """Unpack one member.

        Raises:
            BadFile: it is refused, damaged, packed in a way we do not know, or larger than the limits allow.
        """
        path = Path(member.path)
        if member.refusal is not None:
            raise BadFile(path, member.refusal)
        require_size(path, member.info.file_size)
        expanded = max(SMALL_BYTES, member.info.compress_size * MAX_EXPANSION)
        allowed = min(MAX_FILE_BYTES, expanded, self._left)
        try:
            with self._zip.open(member.info) as part:
                content = part.read(allowed + 1)
        except NotImplementedError as exc:
            raise BadFile(path, "is packed in a way that we cannot read.", "Pack it again as ordinary zip.") from exc
        except (*_DAMAGE, _TooMuch) as exc:
            raise BadFile(path, "is damaged in the archive and cannot be unpacked.", "Pack it again.") from exc
        if len(content) > allowed:
            message = f"unpacks to more than {allowed // 2**20} MB, as no interview does."
            raise BadFile(path, message, "Unpack the archive yourself, look, and import the file alone.")
        self._left -= len(content)
        return content


class _TooMuch(Exception):
    """More was asked for in one read than any honest archive needs."""


class _Measured:
    """A file that hands out no more than ``MAX_LIST_BYTES`` at once: the list of an archive is read in one piece."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size > MAX_LIST_BYTES:
            raise _TooMuch
        content = self._file.read(size if size >= 0 else MAX_LIST_BYTES + 1)
        if len(content) > MAX_LIST_BYTES:
            raise _TooMuch
        return content


def _member(name: str, info: zipfile.ZipInfo) -> Member:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    shown = "/".join(parts) or "a file without a name"
    unsafe = _what_is_unsafe(name, parts, info)
    return Member(shown, info, unsafe or _what_hinders(parts, info), unsafe is not None)


def _what_is_unsafe(name: str, parts: list[str], info: zipfile.ZipInfo) -> str | None:
    if not parts or ".." in parts or name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "its name leads out of the archive, as no ordinary archive has it; it was not read."
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or a device and no file; it was not read."
    return None


def _what_hinders(parts: list[str], info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "is protected with a password. Unpack it with the password and import the folder."
    if parts[-1].lower().endswith(".zip"):
        return "is an archive inside the archive, which is not opened. Unpack it and import it by itself."
    return None


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The members' names as text.

    A name that is not marked as UTF-8 may be in it all the same (macOS), or in the code page of the machine that
    packed it (Windows): all such names of an archive together are read like the bytes of a text file.
    """
    raw = [_bytes_of(info) for info in infos]
    unmarked = b"\n".join(name for name in raw if name is not None)
    lines = _text_of(unmarked).split("\n")
    if len(lines) != unmarked.count(b"\n") + 1:
        lines = unmarked.decode("cp437").split("\n")
    read = iter(lines)
    return [normalise(info.filename) if name is None else next(read) for name, info in zip(raw, infos, strict=True)]


def _text_of(names: bytes) -> str:
    try:
        return normalise(decode(names).text)
    except InputError:
        return names.decode("cp437")


def _bytes_of(info: zipfile.ZipInfo) -> bytes | None:
    """The name's bytes where the archive does not say what they mean; None where it does."""
    if info.flag_bits & _UTF8_NAME or "\n" in info.filename or "\r" in info.filename:
        return None
    try:
        return info.filename.encode("cp437")  # as which zipfile reads every unmarked name
    except UnicodeEncodeError:
        return None  # the name was told in Unicode beside the unmarked one
