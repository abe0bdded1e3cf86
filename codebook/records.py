"""What the codebook room hands out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code. A code with a ``point`` belongs to the programme theory; with an ``element`` to one element of it."""

    id: int
    uuid: str
    name: str
    definition: str
    parent_id: int | None
    point_id: int | None
    point: str | None
    element: str | None
    codings: int


@dataclass(frozen=True, slots=True)
class Coding:
    """An excerpt given a code by a coder. Positions are code points into the source's current version.

    ``stance`` is a judgement of the passage against the point: that of the coder who looks, else that of the coding's
    own coder, else None; ``judge`` is whose it is. ``stale`` says that it was made against an older wording.
    ``point`` is a label such as ``#7``. ``anchor`` says how sure the place is after a correction of the source; see
    :mod:`transcripts.correcting.anchors`.
    """

    id: int
    uuid: str
    excerpt_id: int
    source_id: int
    start: int
    end: int
    quote: str
    anchor: str
    code_id: int
    code: str
    point: str | None
    element: str | None
    coder: str
    created_at: str
    stance: str | None
    judge: str | None
    stale: bool
    memo: str


@dataclass(frozen=True, slots=True)
class CodingsReport:
    """What a table of codings brought in. ``problems`` name row, column and cure for each row left out."""

    table: str
    rows: int
    added: int
    unchanged: int
    problems: tuple[str, ...]
