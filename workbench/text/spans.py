"""Finding what touches a stretch, by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Things that lie on stretches (start, end exclusive) of a text or of rows, ready to be asked for by place.

    ``items`` is in order of start; of two that start together, the longer comes first.
    """

    def __init__(self, items: Iterable[T], span: Callable[[T], tuple[int, int]]) -> None:
        self._span = span
        listed = list(items)
        placed = [(start, -end, number) for number, (start, end) in enumerate(map(span, listed))]
        placed.sort()
        self._items = [listed[number] for _, _, number in placed]
        self._starts = [start for start, _, _ in placed]
        self._ends = [-less for _, less, _ in placed]
        self._reach = list(accumulate(self._ends, max))

    @property
    def items(self) -> list[T]:
        """All things, in order of place."""
        return self._items

    def changed(self, gone: Iterable[T], added: Iterable[T]) -> SpanIndex[T]:
        """Another index without some of the things and with others, which come last of those on the same stretch."""
        made = SpanIndex[T]((), self._span)
        made._items, made._starts, made._ends = self._items.copy(), self._starts.copy(), self._ends.copy()
        for item in gone:
            made._take_out(item)
        for item in added:
            made._put_in(item)
        made._reach = list(accumulate(made._ends, max))
        return made

    def _take_over(self, other: SpanIndex[T]) -> None:
        """Hold what another index holds, which is not used any more."""
        self._items, self._starts, self._ends, self._reach = other._items, other._starts, other._ends, other._reach

    def _take_out(self, item: T) -> None:
        place = self._items.index(item, bisect_left(self._starts, self._span(item)[0]))
        del self._items[place], self._starts[place], self._ends[place]

    def _put_in(self, item: T) -> None:
        start, end = self._span(item)
        place = bisect_right(self._starts, start)
        while place and self._starts[place - 1] == start and self._ends[place - 1] < end:
            place -= 1
        self._items.insert(place, item)
        self._starts.insert(place, start)
        self._ends.insert(place, end)

    def touching(self, start: int, end: int) -> list[T]:
        """What has at least one position in common with ``start`` to ``end``."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [self._items[i] for i in range(first, last) if self._ends[i] > start]

    def hanging_together(self, start: int, end: int, are_apart: Callable[[int, int], bool]) -> list[T]:
        """What touches ``start`` to ``end``, and all that hangs together with it through others, in order.

        ``are_apart(end, start)``: whether what begins at ``start`` is apart from all that ended at ``end``.
        """
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        while 0 < first < len(self._items) and not are_apart(self._reach[first - 1], self._starts[first]):
            first -= 1
        while 0 < last < len(self._items) and not are_apart(self._reach[last - 1], self._starts[last]):
            last += 1
        return self._items[first:last]
