"""Files changed at random: bytes flipped, pieces cut, doubled, moved and spliced, and words of the format put in."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from fuzz.trees import tree_changed

MAX_BYTES = 200_000
"""Longer files try patience and not the reader; what size does is measured in ``benchmarks/hostile.py``."""
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"65535", b"2147483648", b"4294967295", b"99999999999999999999")
_BYTES = (b"\0", b"\xff", b"\r", b"\n", b"\x1a", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xcc\x81", b"\xf0\x9f\x98\x80")
_PACKED = b"PK\x03\x04"


class Mutation:
    """One change of one file after the other, as ``chance`` has it. ``words`` are those of the format."""

    def __init__(self, chance: random.Random, files: Sequence[bytes], words: Sequence[bytes]) -> None:
        self._chance, self._files, self._words = chance, files, (*words, *_BYTES)
        self._ways = (self._flip, self._cut, self._end, self._double, self._move, self._splice, self._word, self._word)

    def result(self) -> bytes:
        """One of the files, changed in 1 to 8 ways. Of a zipped one mostly a part is changed, and packed again."""
        file = self._chance.choice(self._files)
        if file.startswith(_PACKED) and self._chance.random() < 0.8:
            return self._with_part_changed(file)
        return self._changed(file)

    def _changed(self, data: bytes) -> bytes:
        for _ in range(self._chance.randint(1, 8)):
            data = self._chance.choice((*self._ways, self._number))(data)[:MAX_BYTES]
        return data

    def _with_part_changed(self, packed: bytes) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(BytesIO(packed)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            parts = {info.filename: old.read(info) for info in old.infolist()}
            wanted = self._chance.choice([*parts])
            is_missing = self._chance.random() < 0.05
            for name, content in parts.items():
                if name != wanted or not is_missing:
                    new.writestr(name, self._part(content) if name == wanted else content)
        return stream.getvalue()

    def _part(self, content: bytes) -> bytes:
        if content.lstrip().startswith(b"<") and self._chance.random() < 0.7:
            return tree_changed(self._chance, content)
        return self._changed(content)

    # -- the ways ---------------------------------------------------------------------------------------

    def _place(self, data: bytes) -> int:
        return self._chance.randint(0, len(data))

    def _piece(self, data: bytes) -> tuple[bytes, bytes, bytes]:
        """What stands before a short piece, the piece, and what stands behind it."""
        start = self._place(data)
        end = start + int(self._chance.expovariate(1 / 30))
        return data[:start], data[start:end], data[end:]

    def _flip(self, data: bytes) -> bytes:
        at = self._place(data)
        flipped = bytes(byte ^ (1 << self._chance.randrange(8)) for byte in data[at : at + 1])
        return data[:at] + flipped + data[at + 1 :]

    def _cut(self, data: bytes) -> bytes:
        before, _, behind = self._piece(data)
        return before + behind

    def _end(self, data: bytes) -> bytes:
        """The file breaks off; seldom, for there is nothing behind it to be read."""
        return data[: self._place(data)] if self._chance.random() < 0.2 else data

    def _double(self, data: bytes) -> bytes:
        before, piece, behind = self._piece(data)
        return before + piece * self._chance.choice((2, 3, 50, 1000)) + behind

    def _move(self, data: bytes) -> bytes:
        before, piece, behind = self._piece(data)
        at = self._place(before + behind)
        return (before + behind)[:at] + piece + (before + behind)[at:]

    def _splice(self, data: bytes) -> bytes:
        other = self._chance.choice(self._files)
        return data[: self._place(data)] + other[self._place(other) :]

    def _word(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self._chance.choice(self._words) * self._chance.choice((1, 1, 1, 2, 300)) + data[at:]

    def _number(self, data: bytes) -> bytes:
        found = [*_NUMBER.finditer(data)]
        if not found:
            return data
        match = self._chance.choice(found)
        return data[: match.start()] + self._chance.choice(_NUMBERS) + data[match.end() :]
