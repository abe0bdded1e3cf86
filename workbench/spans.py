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
        placed = sorted(((span(item), item) for item in items), key=lambda pair: (pair[0][0], -pair[0][1]))
        self.items = [item for _, item in placed]
        self._ends = [end for (_, end), _ in placed]
        self._starts = [start for (start, _), _ in placed]
        self._reach = list(accumulate(self._ends, max))

    def touching(self, start: int, end: int) -> list[T]:
        """What has at least one position in common with ``start`` to ``end``."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [self.items[i] for i in range(first, last) if self._ends[i] > start]
