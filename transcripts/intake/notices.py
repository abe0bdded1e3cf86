"""Findings that only tell how a file was read: all is as it should be, and nothing is left for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.findings import Finding

NOTICES = frozenset(
    {
        "captions-repeat",
        "captions-roll",
        "deletions-read",
        "language-detected",
        "legend",
        "line-end-hyphens",
        "moved-text",
        "notes-after-text",
        "table-columns",
        "tracked-changes",
    }
)


def to_look_at(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that a person should look at."""
    return [finding for finding in findings if finding.code not in NOTICES]
