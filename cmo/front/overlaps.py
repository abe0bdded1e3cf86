"""Codes that stand together in the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import overlaps
    from cmo.overlaps import Overlap, SharedPassage
else:
    overlaps = Room("cmo.overlaps")


class OverlapCalls(Front):
    def overlaps(self) -> list[Overlap]:
        """Every two codes that stand together somewhere, in how many places and code points; in the frame's order."""
        with self.file.read() as conn:
            return overlaps.overlaps(conn)

    def coded_with(self, codes: Sequence[str | int]) -> list[SharedPassage]:
        """The stretches of text that bear all of these codes. Raises UnknownName, InputError."""
        with self.file.read() as conn:
            return overlaps.coded_with(conn, codes)
