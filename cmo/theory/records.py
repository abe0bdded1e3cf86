"""What the theory room hands out beside :class:`cmo.records.Theory`: versions, decisions, lineage, states, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Required, TypedDict


class Grounds(TypedDict, total=False):
    """Why the theory is changed; every act on it takes these.

    ``what`` says what changed (composed where it is not given), ``inference`` is one of ``schema.INFERENCES``,
    ``dissent`` says who sees it otherwise, and ``evidence`` are the ids of codings that led to it.
    """

    why: Required[str]
    what: str
    inference: str | None
    dissent: str
    evidence: Sequence[int]


@dataclass(frozen=True, slots=True)
class Draft:
    """The wording of a point that a split makes. Without a ``number`` it gets the next one that is free."""

    wording: Mapping[str, str]
    number: str | None = None
    title: str = ""
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class VersionName:
    """Which wording is meant: the point's label and the number of its version; ``id`` is the version's."""

    id: int
    point: str
    number: int

    def __str__(self) -> str:
        return f"{self.point} v{self.number}"


@dataclass(frozen=True, slots=True)
class PointVersion:
    """One wording of a point; it never changes. ``wording`` is as in :class:`cmo.records.Point`.

    ``sentence`` is the person's own where ``is_sentence_own``, else composed; ``decision_id`` is the decision that
    made it, None for a first wording. ``created_at`` is UTC.
    """

    id: int
    uuid: str
    point: str
    number: int
    is_current: bool
    wording: Mapping[str, str]
    sentence: str
    is_sentence_own: bool
    coder: str
    created_at: str
    decision_id: int | None

    @property
    def name(self) -> VersionName:
        return VersionName(self.id, self.point, self.number)


@dataclass(frozen=True, slots=True)
class DecisionQuote:
    """Evidence that a decision rests on, in the words of its day. ``coding_id`` is None where the coding is gone."""

    coding_id: int | None
    quote: str
    reference: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of the theory. ``kind`` is one of ``schema.DECISIONS``, ``created_at`` is UTC.

    ``before`` are the wordings it started from and ``after`` those it ended in. One that gave a point up ends in none;
    one that took it up again starts from and ends in the same wording.
    """

    id: int
    uuid: str
    kind: str
    what: str
    why: str
    inference: str | None
    dissent: str
    coder: str
    created_at: str
    before: tuple[VersionName, ...]
    after: tuple[VersionName, ...]
    evidence: tuple[DecisionQuote, ...]


@dataclass(frozen=True, slots=True)
class LineageStep:
    """An arrow from one wording to the next. ``after`` is None where the point was given up there.

    ``decision_id`` is None where a rewording has no record: studies of before decisions were kept.
    """

    before: VersionName
    after: VersionName | None
    kind: str
    decision_id: int | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """How the theory came to be: every wording of every point in the order of the theory, and the steps between."""

    versions: tuple[PointVersion, ...]
    steps: tuple[LineageStep, ...]


@dataclass(frozen=True, slots=True)
class BlameStep:
    """A wording on the way to the one asked about, with the decision that made it.

    ``changed`` are the letters of the elements that got here the words that they have, or lost those they had.
    """

    version: PointVersion
    changed: tuple[str, ...]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both wordings have, or only the earlier, or only the later one."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class TextDiff:
    """How the words of one element (``name``), or of the sentence, differ; the pieces in order are both texts."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class PointDiff:
    """What differs between two wordings; ``before`` or ``after`` is None where the point was not in force."""

    before: PointVersion | None
    after: PointVersion | None
    texts: tuple[TextDiff, ...]

    @property
    def point(self) -> str:
        version = self.after or self.before
        return version.point if version else ""

    @property
    def is_same(self) -> bool:
        return self.before is not None and self.after is not None and all(text.is_same for text in self.texts)


@dataclass(frozen=True, slots=True)
class TheoryDiff:
    """What differs between two states of the theory, point by point; None names the theory as it stands."""

    before: str | None
    after: str | None
    points: tuple[PointDiff, ...]


@dataclass(frozen=True, slots=True)
class TheoryState:
    """The whole theory as it stood: the wordings that were in force, in the order of that day."""

    id: int
    uuid: str
    name: str
    note: str
    coder: str
    created_at: str
    versions: tuple[PointVersion, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the study says of a wording in the end; of the whole programme where ``version`` is None.

    ``is_current`` is False for one that a later verdict took the place of. ``stale``: the theory has moved on since.
    """

    id: int
    uuid: str
    version: VersionName | None
    verdict: str
    reason: str
    coder: str
    created_at: str
    is_current: bool
    stale: bool

    @property
    def point(self) -> str | None:
        return self.version.point if self.version else None
