"""Numbers in words, the same in the journal, on screen and in reports."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 quote``, ``3 quotes``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
