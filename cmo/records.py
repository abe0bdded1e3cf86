"""What the realist core hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.findings import Finding

STALE = "stale"
"""Counted in place of the stance where a judgement was made against an older wording."""
OUTSIDE = "outside the theory"
"""Counted in place of the stance where a code belongs to no point, so that there is nothing to judge it against."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the theory's grammar, e.g. letter ``M``, name ``mechanism``.

    ``parent`` is the letter of the element that it is a part of, as reasoning is of mechanism.
    """

    letter: str
    name: str
    parent: str | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A PT point in its current wording. ``wording`` maps each element's letter to its text; an element that
    the point lacks is there with an empty text. ``label`` is ``#7``, or ``H`` for an overall hypothesis.

    ``state`` is one of ``schema.POINT_STATES``; ``parent`` and ``rival_of`` are labels of other points. ``sentence``
    is the if-then-because sentence: a person's where ``is_sentence_own``, else composed.
    """

    id: int
    uuid: str
    label: str
    title: str
    is_overall: bool
    version: int
    version_id: int
    wording: Mapping[str, str]
    state: str = "held"
    parent: str | None = None
    rival_of: str | None = None
    sentence: str = ""
    is_sentence_own: bool = False

    @property
    def is_held(self) -> bool:
        """Whether the point is in force: not split, merged into another or given up."""
        return self.state == "held"


@dataclass(frozen=True, slots=True)
class Theory:
    """The programme theory of a study as it stands. ``glossary`` maps terms to meanings.

    ``points`` are all that the theory ever had, those that are no longer held as well: ``state`` tells them apart.
    ``grammar`` is the name of the elements' grammar, None where they are the study's own.
    """

    name: str
    elements: tuple[Element, ...]
    points: tuple[Point, ...]
    glossary: Mapping[str, str]
    grammar: str | None = None

    @property
    def held(self) -> tuple[Point, ...]:
        """The points that are in force."""
        return tuple(point for point in self.points if point.is_held)

    def lacking(self, point: Point) -> tuple[Element, ...]:
        """The elements that the point has no words for: an element has words where one of its parts has."""
        worded = {e.letter for e in self.elements if point.wording.get(e.letter)}
        worded |= {e.parent for e in self.elements if e.parent and e.letter in worded}
        return tuple(e for e in self.elements if e.parent is None and e.letter not in worded)

    def point(self, label: str) -> Point | None:
        wanted = label.strip().lstrip("#").casefold()
        return next((p for p in self.points if p.label.lstrip("#").casefold() == wanted), None)


@dataclass(frozen=True, slots=True)
class Quote:
    """One row of evidence: a coding, held (or not yet held) against a point by a judge, counted in one case.

    A coding in a source of two cases is two rows, one for each case; a coding judged by two persons is two
    rows as well. ``coding_id`` and ``excerpt_id`` tell them apart when counting. ``stance`` is None where
    nobody has judged, and ``stale`` is True where the judgement was made against an older wording. ``anchor`` is one of
    ``schema.ANCHOR_STATES``: how sure the place is after a correction of the source. Where ``is_placed`` is False,
    ``start``, ``end`` and ``turn`` are those of an older version: it has no place in the current one. ``strength``,
    ``relevance`` and ``rigour`` are rated from 1 to 5 (None: not rated). ``undecided`` are the letters of the elements
    that a coding of the whole point may belong to, such as ``CM``; ``is_best`` says that a person chose it for reports.
    """

    coding_id: int
    excerpt_id: int
    judgement_id: int | None
    point: str | None
    element: str | None
    undecided: str | None
    code: str
    stance: str | None
    stale: bool
    strength: int | None
    relevance: int | None
    rigour: int | None
    rationale: str
    is_best: bool
    quote: str
    anchor: str
    is_placed: bool
    start: int
    end: int
    source_id: int
    source: str
    kind: str
    round: str | None
    turn: int | None
    speaker: str | None
    participant: str | None
    role: str | None
    case: str | None
    attributes: Mapping[str, str]
    coder: str
    judge: str | None
    memo: str
    at: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much evidence, in each of the units that must not be confused. ``rows`` are rows of the quotes table."""

    rows: int = 0
    excerpts: int = 0
    sources: int = 0
    participants: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix: all its evidence, and the same by stance (None: not judged; ``stale``: look again;
    ``outside the theory``: the code is of no point, so nobody can judge it).
    """

    total: Counts = Counts()
    stances: Mapping[str | None, Counts] = field(default_factory=dict)

    def excerpts(self, stance: str | None) -> int:
        return self.stances.get(stance, Counts()).excerpts


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows × columns of evidence. Keys are labels; None is the row or column of what has no value there.

    Distinct counts do not add up (one source may stand in two columns), so ``row_totals``,
    ``column_totals`` and ``grand_total`` are counted on their own.
    """

    rows_by: str
    columns_by: str
    rows: tuple[str | None, ...]
    columns: tuple[str | None, ...]
    cells: Mapping[tuple[str | None, str | None], Cell]
    row_totals: Mapping[str | None, Cell]
    column_totals: Mapping[str | None, Cell]
    grand_total: Cell

    def cell(self, row: str | None, column: str | None) -> Cell:
        return self.cells.get((row, column), Cell())

    def to_pandas(self, count: str = "excerpts") -> Any:
        """The counts as a pandas DataFrame (needs the ``pandas`` extra); ``count`` is a field of :class:`Counts`."""
        import pandas

        data = [[getattr(self.cell(r, c).total, count) for c in self.columns] for r in self.rows]
        names = [
            [key if key is not None else missing(by) for key in keys]
            for by, keys in ((self.rows_by, self.rows), (self.columns_by, self.columns))
        ]
        return pandas.DataFrame(
            data, index=pandas.Index(names[0], name=self.rows_by), columns=pandas.Index(names[1], name=self.columns_by)
        )


def missing(dimension: str) -> str:
    """The words for evidence that has no value in a dimension: ``(no case)``."""
    return f"(no {dimension})"


@dataclass(frozen=True, slots=True)
class PointAudit:
    """A point's standing: how many of what for each stance, and every quote."""

    point: Point
    evidence: Cell
    cases: tuple[str, ...]
    roles: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """Which points stand on what, and what is missing."""

    points: tuple[PointAudit, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StudyInfo:
    """The study in figures. ``state`` is the hash of the newest act in force and ``changed_at`` its time (UTC)."""

    name: str
    language: str
    created_at: str
    schema: str
    state: str
    changed_at: str
    acts: int
    counts: Mapping[str, int]
