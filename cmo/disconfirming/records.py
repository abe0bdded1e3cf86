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


USUAL = Thresholds()
"""The thresholds where the analyst has said nothing."""


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A passage that nobody has coded and that is like the evidence: something to read, and no coding.

    ``start`` and ``end`` are code points in the source's current version, ``score`` is the share (0 to 1)
    of the weight of the evidence's words that it has, and ``shared`` are the weightiest of these words.
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
    """What to read next about a point, a code or a coding. ``quotes`` is how many quotes passages were held against; a
    point's wording always goes with them, and stands alone where it has none.
    """

    about: str
    quotes: int
    passages: tuple[SimilarPassage, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to ask people of a role about a point, and why.

    ``gap`` is ``silent`` (nobody of the role has said anything to it), ``only for`` or ``only against``; ``excerpts``
    is how many of theirs are coded to it. ``wording`` is a question of the guide, whose name
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
