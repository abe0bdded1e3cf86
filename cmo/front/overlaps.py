"""Codes that stand together in the texts."""

from __future__ import annotations

from collections.abc import Sequence

from cmo.front.base import Front
from cmo.overlaps import Overlap, SharedPassage, coded_with, overlaps


class OverlapCalls(Front):
    def overlaps(self) -> list[Overlap]:
        """Every two codes that stand together somewhere, in how many places and code points; in the frame's order."""
        with self.file.read() as conn:
            return overlaps(conn)

    def coded_with(self, codes: Sequence[str | int]) -> list[SharedPassage]:
        """The stretches of text that bear all of these codes. Raises UnknownName, InputError."""
        with self.file.read() as conn:
            return coded_with(conn, codes)
