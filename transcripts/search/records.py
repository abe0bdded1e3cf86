"""What a search hands out."""

from __future__ import annotations

from dataclasses import dataclass

from transcripts.records import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a search holds. Positions are code points into the source's current version.

    ``start`` to ``end`` is the shortest stretch of one turn with all that was asked for, ``words`` is its text and
    ``terms`` are the places of the words that were asked for. ``before`` and ``after`` are a little of the same turn's
    text. ``case`` is the speaker's, else the source's, as ``role`` and ``participant`` are. ``codings`` counts the
    codings that have text in common with it.
    """

    source_id: int
    version_id: int
    source: str
    kind: str
    case: str | None
    role: str | None
    participant: str | None
    speaker: str | None
    asks: bool | None
    turn: int
    start: int
    end: int
    terms: tuple[Span, ...]
    before: str
    words: str
    after: str
    codings: int


@dataclass(frozen=True, slots=True)
class HitCounts:
    """How much a search finds, in each unit. A turn may have several hits."""

    turns: int
    sources: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits in the order of sources and texts; ``more`` says that there are others after these.

    ``counts`` is of all hits; None where nobody asked to count.
    """

    hits: tuple[Hit, ...]
    more: bool
    counts: HitCounts | None = None
