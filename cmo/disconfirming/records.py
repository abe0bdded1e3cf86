"""What the disconfirming room is told and hands out."""

from __future__ import annotations

from dataclasses import dataclass

from store.errors import InputError


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When one source counts as talkative: it gives more than ``share`` (0 to 1) of a point's excerpts, where the
    point has at least ``excerpts`` of them. They are the analyst's own; nothing but habit speaks for the defaults.

    Raises:
        InputError: a share that is none, or fewer than two excerpts.
    """

    share: float = 0.5
    excerpts: int = 5

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise InputError(f"{self.share:g} is no share of a point's excerpts.", "Give one between 0 and 1.")
        if self.excerpts < 2:
            raise InputError("One excerpt always comes from one source.", "Ask for two excerpts or more.")


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A passage that nobody has coded and that is like the evidence: something to read, and no coding.

    ``start`` and ``end`` are code points in the source's current version, ``score`` is 0 to 1, and ``shared`` are the
    words in it that count most towards the score, the weightiest first.
    """

    source_id: int
    source: str
    case: str | None
    role: str | None
    speaker: str | None
    turn: int
    start: int
    end: int
    text: str
    score: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingList:
    """What to read next about a point or a coding. ``basis`` is what passages were held against: ``evidence``, the
    ``wording`` of a point that has none, or a ``quote``. ``quotes`` is how many quotes that were.
    """

    about: str
    basis: str
    quotes: int
    passages: tuple[SimilarPassage, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to ask people of a role about a point, and why.

    ``gap`` is ``silent`` (nobody of the role has said anything to it), ``only for``, ``only against`` or ``not
    judged``; ``excerpts`` is how many of theirs are coded to it. ``wording`` is a question of the guide, whose name
    and number are given, or composed from the point's sentence, with both of them None.
    """

    point: str
    gap: str
    excerpts: int
    wording: str
    guide: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class AskRole:
    """What to ask in the next interviews with people of one role. ``planned`` is how many of the planned interviews
    with them are still to be held (None without a plan), ``cases`` in which cases, as far as the plan says.
    """

    role: str
    planned: int | None
    cases: tuple[str, ...]
    asks: tuple[Ask, ...]
