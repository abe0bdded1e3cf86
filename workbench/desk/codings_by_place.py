"""The codings of the open source by place, read as far as somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from codebook.records import Coding
from store.errors import CmoError
from workbench.text.spans import SpanIndex

BLOCK = 8_000
"""Code points of text whose codings are read at once: some screenfuls."""
BLOCKS_IN_A_REST = 3
"""Blocks that are read while nobody types: a key that comes meanwhile waits for a few milliseconds at most."""

Read = Callable[[int, int], list[Coding]]
"""Reads the codings that touch a stretch of the text, from the study. Raises CmoError: it cannot be read just now."""


class CodingsByPlace(SpanIndex[Coding]):
    """Looks to whoever asks as if all were there; a source of thousands is shown before they are.

    What has been read is not read again: acts are told by :meth:`changed`, as with any index.
    """

    def __init__(self, length: int, read: Read) -> None:
        """``length`` is that of the text, in code points."""
        super().__init__((), _span)
        self.by_id: dict[int, Coding] = {}
        self._length, self._read = length, read
        self._unread = set(range(length // BLOCK + 1))

    @property
    def items(self) -> list[Coding]:
        """All of them, in order of place. Raises CmoError: they cannot be read just now."""
        self.read_all()
        return self._items

    @property
    def is_whole(self) -> bool:
        """Whether all have been read."""
        return not self._unread

    def read_all(self) -> None:
        """Read what is left. Raises CmoError: it cannot be read just now."""
        self._read_blocks(sorted(self._unread))

    def touching(self, start: int, end: int) -> list[Coding]:
        self._read_if_possible(start, end)
        return super().touching(start, end)

    def hanging_together(self, start: int, end: int, are_apart: Callable[[int, int], bool]) -> list[Coding]:
        while True:
            found = super().hanging_together(start, end, are_apart)
            if self.is_whole:
                return found
            first = min(start, *(coding.start for coding in found), self._length)
            last = max(end, *(coding.end for coding in found), 0)
            before, after = first, last
            while before > 0 and not are_apart(before, first):
                before -= 1
            while after < self._length and not are_apart(last, after):
                after += 1
            if not self._read_if_possible(before, after + 1):
                return found

    def changed(self, gone: Iterable[Coding], added: Iterable[Coding]) -> CodingsByPlace:
        """Another index without some codings and with others; what was not read yet is not read by it either."""
        made = CodingsByPlace(self._length, self._read)
        made._unread = self._unread.copy()
        left, new = list(gone), list(added)
        made._take_over(super().changed(left, new))
        made.by_id = self.by_id.copy()
        for coding in left:
            del made.by_id[coding.id]
        made.by_id |= {coding.id: coding for coding in new}
        return made

    def read_more(self) -> bool:
        """Read a little of what is left, the first of it first; False where nothing is left or can be read."""
        blocks = sorted(self._unread)[:BLOCKS_IN_A_REST]
        try:
            self._read_blocks(blocks)
        except CmoError:
            return False
        return bool(self._unread)

    def _read_if_possible(self, start: int, end: int) -> bool:
        """Read what touches a stretch; False where it was read before, or cannot be: the next look tries again."""
        wanted = self._unread.intersection(range(max(start, 0) // BLOCK, max(end - 1, start, 0) // BLOCK + 1))
        try:
            self._read_blocks(sorted(wanted))
        except CmoError:
            return False
        return bool(wanted)

    def _read_blocks(self, blocks: list[int]) -> None:
        """Read blocks, those that follow each other at once; one coding may touch several, or be there by an act."""
        new: dict[int, Coding] = {}
        for first, last in _runs(blocks):
            found = self._read(first * BLOCK, (last + 1) * BLOCK)
            new |= {coding.id: coding for coding in found if coding.id not in self.by_id}
        self._unread.difference_update(blocks)
        if new:
            self.by_id |= new
            self._take_over(SpanIndex([*self._items, *new.values()], _span))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """The first and last of each run of numbers without a gap."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _span(coding: Coding) -> tuple[int, int]:
    return coding.start, coding.end
