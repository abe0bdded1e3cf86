"""Notes that people wrote, put together without losing a word."""

from __future__ import annotations

_PARAGRAPH = "\n\n"


def joined(first: str, second: str) -> str:
    """Two notes as one, each a paragraph; the second is left out where it is empty, or a paragraph of the first."""
    if not second.strip() or second.strip() in first.split(_PARAGRAPH):
        return first
    return f"{first}{_PARAGRAPH}{second}" if first.strip() else second
