"""How wide the columns of a table are, so that words stay whole as long as they can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

GAP = 2
"""Screen columns between two columns of a table, and after the last one."""


def width_of(texts: Iterable[str]) -> int:
    """Screen columns that the longest line needs."""
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def word_width_of(texts: Iterable[str]) -> int:
    """Screen columns that the longest word needs."""
    return max((cell_len(word) for text in texts for word in text.split()), default=0)


def column_widths(columns: Sequence[Sequence[str]], available: int) -> list[int]:
    """A width for each column of texts, together at most ``available``.

    Every column has its longest word whole where that can be; what is left goes to those that have more to say.
    """
    available = max(available - GAP * len(columns), len(columns))
    wanted = [width_of(column) for column in columns]
    if sum(wanted) <= available:
        return wanted
    widths = [word_width_of(column) for column in columns]
    while sum(widths) > available:
        widths[widths.index(max(widths))] -= 1
    missing = [want - width for want, width in zip(wanted, widths, strict=True)]
    spare = available - sum(widths)
    return [width + spare * lack // sum(missing) for width, lack in zip(widths, missing, strict=True)]


def blocks_of(columns: Sequence[Sequence[str]], width: int) -> list[list[Sequence[str]]]:
    """Columns of texts in as few blocks as have every word whole at this width."""
    blocks: list[list[Sequence[str]]] = [[]]
    left = width
    for column in columns:
        needed = word_width_of(column) + GAP
        if needed > left and blocks[-1]:
            blocks.append([])
            left = width
        blocks[-1].append(column)
        left -= needed
    return blocks
