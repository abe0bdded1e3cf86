"""What the casework room hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """A case in the analyst's words: as a whole, or as to one theme, which is a ``point`` or a ``code``.

    A summary with a theme is a cell of the framework matrix (case x theme). ``quotes`` are the ids of the codings it
    leans on, in the order they were given. ``coder`` is who wrote the words as they stand; times are UTC.
    """

    id: int
    uuid: str
    case: str
    point: str | None
    code: str | None
    body: str
    quotes: tuple[int, ...]
    coder: str
    created_at: str
    changed_at: str

    @property
    def theme(self) -> str | None:
        """The label of the point or the name of the code; None for the case as a whole."""
        return self.point or self.code


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder. ``name`` is empty where a measure was put on a step that nobody has named."""

    number: int
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """An ordinal scale of the study's own: its steps from the lowest number to the highest."""

    id: int
    uuid: str
    name: str
    definition: str
    steps: tuple[Step, ...]

    def step_name(self, number: int) -> str:
        """The name of a step; empty where it has none, or the ladder has no such step."""
        return next((step.name for step in self.steps if step.number == number), "")


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that was done in a case, and the step of a ladder on which it stands.

    ``case`` is None where it belongs to none, ``ladder`` and ``step`` where it is not placed (yet).
    """

    id: int
    uuid: str
    case: str | None
    name: str
    ladder: str | None
    step: int | None
    step_name: str
    note: str


@dataclass(frozen=True, slots=True)
class StepCounts:
    """The measures on one step; ``number`` is None for those not placed on any. ``by_case`` counts measures by case,
    under None those without a case. Each measure is counted once; ``cases`` counts each case once.
    """

    number: int | None
    name: str
    measures: int
    cases: int
    by_case: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class LadderCounts:
    """The measures of a ladder by step, also on steps where none stands; ``ladder`` is None for those on no ladder.

    ``cases`` is counted on its own: a case with measures on two steps is one case.
    """

    ladder: str | None
    steps: tuple[StepCounts, ...]
    measures: int
    cases: int
