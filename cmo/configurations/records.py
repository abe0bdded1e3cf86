"""What the room of configurations hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmo.configurations.grammar import GrammarElement
    from cmo.records import Cell

PRESENT, ABSENT, PARTLY = "present", "absent", "partly"

SHOWS = "shows it"
COUNTER_CASE = "counter-case"
PARTLY_SHOWS = "partly"
NOT_IN_PLAY = "not in play"
OPEN = "open"
STANDINGS = (SHOWS, COUNTER_CASE, PARTLY_SHOWS, NOT_IN_PLAY, OPEN)
"""How a case stands to a configuration; :attr:`CaseRow.standing` says when which."""


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a configuration: a passage that somebody said, words of the analyst, or both.

    ``element`` is a letter of the grammar, or None where it is undecided. ``is_stated`` tells what somebody said from
    what the analyst infers; a part without a coding is always inferred. ``start`` and ``end`` are code points into the
    source's text. ``cases`` and ``roles`` are those that the passage counts for as evidence.
    """

    id: int
    element: str | None
    element_name: str
    wording: str
    is_stated: bool
    coding_id: int | None
    code: str | None
    quote: str
    source_id: int | None
    source: str | None
    start: int | None
    end: int | None
    cases: tuple[str, ...]
    roles: tuple[str, ...]

    @property
    def text(self) -> str:
        """The analyst's words, or where there are none what was said."""
        return self.wording or self.quote


@dataclass(frozen=True, slots=True)
class Link:
    """How the configuration ``source`` stands to ``target`` (numbers); ``kind`` is one of ``schema.LINK_KINDS``."""

    id: int
    source: int
    target: int
    kind: str
    note: str

    def other(self, number: int) -> int:
        """The configuration at the other end."""
        return self.target if number == self.source else self.source


@dataclass(frozen=True, slots=True)
class Configuration:
    """Passages that belong together, restated in the analyst's words.

    ``number`` is what people call it by. Parts stand in the order of the grammar, and within an element in the order
    given. ``missing`` are the main elements that no part speaks to; a part of a sub-element, as reasoning is of
    mechanism, speaks to the main one, and above the level of a case so does a part of what specialises it.
    ``cases`` are its own case, or without one those its passages count for.
    ``changed_at`` (UTC) is when its own words were last changed.
    """

    id: int
    uuid: str
    number: int
    name: str
    restatement: str
    level: str
    point: str | None
    case: str | None
    coder: str
    created_at: str
    changed_at: str
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    missing: tuple[GrammarElement, ...]
    cases: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def is_partial(self) -> bool:
        """Whether something is missing; without a grammar, whether it has no part."""
        return bool(self.missing) or (self.level == "case" and not self.parts)

    @property
    def waiting(self) -> str:
        """``waiting for an outcome``; empty where nothing is missing."""
        if self.missing:
            *others, last = (_with_article(element.name) for element in self.missing)
            return f"waiting for {' and '.join(filter(None, (', '.join(others), last)))}"
        return "waiting for its first part" if self.is_partial else ""


@dataclass(frozen=True, slots=True)
class PresenceCell:
    """Whether an element of a configuration was there in a case.

    ``said`` is a person's word (one of ``schema.PRESENCES``) with its ``note``. ``follows`` is "present" where a
    passage of that case is a stated part of the configuration or of one that specialises it, and ``codings`` are
    these passages.
    """

    element: str
    said: str | None
    note: str
    follows: str | None
    codings: tuple[int, ...]

    @property
    def presence(self) -> str | None:
        """A person's word before what follows; None: nobody has looked."""
        return self.said or self.follows

    @property
    def is_disputed(self) -> bool:
        """A person says that it was absent, and a passage says that it was there."""
        return self.said == ABSENT and self.follows == PRESENT


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A configuration held against one case; ``cells`` by the letters of the main elements.

    ``standing`` is *shows it* where every element is present; *counter-case* where all but the outcome are present and
    the outcome is absent; *not in play* where one before the outcome is absent; *partly* where all are known, none of
    these holds and something is only partly there; else *open*.
    """

    case: str
    cells: Mapping[str, PresenceCell]
    standing: str


@dataclass(frozen=True, slots=True)
class CrossCase:
    """A configuration held against every case of the study, in the study's order."""

    configuration: Configuration
    elements: tuple[GrammarElement, ...]
    rows: tuple[CaseRow, ...]

    def with_standing(self, standing: str) -> tuple[str, ...]:
        """The cases that stand so."""
        return tuple(row.case for row in self.rows if row.standing == standing)


@dataclass(frozen=True, slots=True)
class DemiRegularity:
    """A pattern over cases: a configuration of a higher level, and those that specialise it.

    A demi-regularity is a "semi-predictable pattern" of outcomes, in Lawson's sense as realist evaluation took it up
    (Lawson 1997, *Economics and Reality*; Jagosh et al. 2012, The Milbank Quarterly 90(2)).
    """

    configuration: Configuration
    members: tuple[Configuration, ...]
    table: CrossCase

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that show it."""
        return self.table.with_standing(SHOWS)

    @property
    def counter_cases(self) -> tuple[str, ...]:
        return self.table.with_standing(COUNTER_CASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Configurations that may show one pattern, and why; ``score`` is 0 to 100. Nothing is done with it by itself."""

    configurations: tuple[int, ...]
    why: str
    score: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A point that passages of one case speak both for and against; the ids are of codings."""

    point: str
    supporting: tuple[int, ...]
    opposing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case from within: before cases are compared, each is understood on its own.

    ``evidence`` is the balance of each point that the case says something of, ``silent_points`` are the others.
    ``conflicts`` are links of the kinds "contradicts" and "rival" between two configurations of the case.
    """

    case: str
    configurations: tuple[Configuration, ...]
    evidence: Mapping[str, Cell]
    total: Cell
    silent_points: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    conflicts: tuple[Link, ...]

    @property
    def partial(self) -> tuple[Configuration, ...]:
        """Its configurations that are waiting for something."""
        return tuple(one for one in self.configurations if one.is_partial)


def _with_article(name: str) -> str:
    return f"{'an' if name[:1].casefold() in tuple('aeiou') else 'a'} {name}"
