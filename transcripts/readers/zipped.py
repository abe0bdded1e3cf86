"""Zipped formats, read with care: sizes are counted while unpacking, and nothing is ever written to disk."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from store.errors import BadFile

MAX_PART_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 192 * 1024 * 1024
MAX_EXPANSION = 200
"""How many times larger than its packed form a part may be; real documents stay below 50."""
SMALL_PART_BYTES = 1024 * 1024
"""Below this size a part does no harm, however well it was packed."""

_DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Zipped:
    """The parts of a zipped file by name. ``words`` is what it should be: ``a Word document``."""

    def __init__(self, path: Path, data: bytes, words: str) -> None:
        self.path = path
        self._words = words
        self._total = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            self._parts = {info.filename: info for info in self._archive.infolist()}
        except _DAMAGE as exc:
            raise self.damaged("it is cut off or was changed") from exc

    def names(self) -> list[str]:
        return list(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            BadFile: there is no such part; it is damaged; it unpacks to more than the limits allow.
        """
        if name not in self._parts:
            raise self.damaged(f"its part '{name}' is missing")
        info = self._parts[name]
        allowed = min(
            MAX_PART_BYTES, MAX_TOTAL_BYTES - self._total, max(SMALL_PART_BYTES, info.compress_size * MAX_EXPANSION)
        )
        try:
            # The size that the archive states may be a lie, so the unpacked bytes are counted.
            with self._archive.open(info) as part:
                content = part.read(allowed + 1)
        except _DAMAGE as exc:
            raise self.damaged(f"its part '{name}' cannot be unpacked") from exc
        if len(content) > allowed:
            raise BadFile(
                self.path,
                f"its part '{name}' unpacks to more than {allowed // 2**20} MB.",
                "This is no ordinary document; it was not opened.",
            )
        self._total += len(content)
        return content

    def read_xml(self, name: str) -> bytes:
        """Unpack one part of XML, of which a document type is refused: entities are defined there.

        Raises:
            BadFile: as :meth:`read`; it has a document type, which no office program writes.
        """
        content = self.read(name)
        if any(mark in content for mark in _DOCUMENT_TYPES):
            raise BadFile(
                self.path,
                f"its part '{name}' has a document type, as no office program writes.",
                "This may be meant to do harm; it was not opened.",
            )
        return content

    def damaged(self, how: str) -> BadFile:
        return BadFile(
            self.path,
            f"cannot be read as {self._words}: {how}.",
            "Open it in the program it was written with and save it again.",
        )
