"""What the workbench shows beside a text and goes to from it: bounded, so that it can be read after every key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.journal import Entry
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import beside
    from cmo.beside import PointEvidence, Spot
    from codebook import touched
    from codebook.records import Coding
else:
    beside = Room("cmo.beside")
    touched = Room("codebook.touched")

QUOTES_OF_A_STANCE = 40


class BesideCalls(Front):
    def point_evidence(
        self, point_id: int, reading: int | None = None, most: int = QUOTES_OF_A_STANCE
    ) -> PointEvidence:
        """A point's evidence by stance with its first quotes, those of other cases than ``reading``'s first."""
        with self.file.read() as conn:
            return beside.point_evidence(conn, point_id, reading=reading, most=most)

    def next_evidence(self, point_id: int, after: Spot, *, back: bool = False) -> Spot | None:
        """The next coding to a point in the order of sources and text, or the one before; None: no more."""
        with self.file.read() as conn:
            return beside.following(conn, point_id, after, back=back)

    def first_to_read(self) -> int | None:
        """The id of the first source without codings, or where all have some of the first; None: there is none."""
        with self.file.read() as conn:
            return beside.first_to_read(conn)

    def uncoded_sources(self) -> list[int]:
        """The ids of the sources in which this coder has no coding, in the order of the study."""
        with self.file.read() as conn:
            return beside.uncoded_sources(conn, self.coder)

    def codings_touched(self, source_id: int, acts: Sequence[Entry]) -> tuple[list[int], list[Coding]] | None:
        """What acts, or undoing them, may have changed of a source's codings: their ids, and those that are there now.

        None where that is too much to be told one by one: read :meth:`codings` then.
        """
        with self.file.read() as conn:
            return touched.codings_touched(conn, [entry.seq for entry in acts], source_id, self.coder)
