"""What the codebook room hands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.findings import Finding


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

    ``stance``, ``strength``, ``relevance``, ``rigour`` (1 to 5, None: not rated) and ``rationale`` are a judgement of
    the passage against the point: that of the coder who looks, else that of the coding's own coder, else None;
    ``judge`` is whose it is. ``stale`` says that it was made against an older wording.
    ``point`` is a label such as ``#7``. ``anchor`` says how sure the place is after a correction of the source; see
    :mod:`transcripts.correcting.anchors`. ``undecided`` are the letters of the elements that a coding of a whole point
    may belong to; None where nobody is in doubt. ``is_best`` says that a person chose it for reports.
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
    undecided: str | None
    is_best: bool
    judgement_id: int | None
    stance: str | None
    strength: int | None
    relevance: int | None
    rigour: int | None
    rationale: str
    judge: str | None
    stale: bool
    memo: str


@dataclass(frozen=True, slots=True)
class CodingsReport:
    """What a table of codings brought in. ``problems`` name row, column and cure for each row left out.

    ``not_used`` are findings about the table: what of it was guessed, and the columns that say nothing known; the rows
    come in without what they hold.
    ``coding_ids`` has for each row of the table, in its order, the coding that it is, new or there before; None for one
    that was left out.
    """

    table: str
    rows: int
    added: int
    unchanged: int
    problems: tuple[str, ...]
    not_used: tuple[Finding, ...] = ()
    coding_ids: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeMerge:
    """What became of the codings of merged codes: ``moved`` to the code, and ``joined`` with one that was there."""

    into: Code
    moved: int
    joined: int


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a coding, source, case, code or point, or on the study as a whole. Times are UTC.

    ``thing`` is one of :data:`codebook.memos.THINGS` and ``name`` its name; ``thing_id`` is None for the study.
    """

    id: int
    uuid: str
    body: str
    coder: str
    created_at: str
    changed_at: str
    thing: str
    thing_id: int | None
    name: str
