"""Who was interviewed: the table of interviews and persons that every report prints, held against what was planned.

An interview is a source of the kind interview or focus group. A person is a participant who speaks in one and does
not ask; he or she is counted once in a cell, however many rounds there were. An interview in which several roles
speak is counted under each of them, and once in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, select

from store.errors import UnknownName
from store.schema import cases, participants, roles
from transcripts.fieldwork.attributes import list_attributes
from transcripts.fieldwork.cases import list_cases
from transcripts.fieldwork.plans import list_plan
from transcripts.people import fold, nearest
from transcripts.records import Source, Speaker
from transcripts.sources import list_sources, list_speakers

INTERVIEWS = frozenset({"interview", "focus group"})


@dataclass(frozen=True, slots=True)
class Held:
    """How many interviews were held, with how many persons; how many were planned, and how many were refused.

    ``planned`` is None where no plan speaks of this role and group.
    """

    interviews: int
    persons: int
    planned: int | None
    refused: int

    @property
    def missing(self) -> int:
        """Interviews that were planned and not held."""
        return max((self.planned or 0) - self.interviews, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Interviews by role and group of cases, both in the order of the study; None is "no role" and "no case".

    ``cells`` are by role and group. ``of_roles``, ``of_groups`` and ``total`` are counted on their own: a person in
    two groups is one person in all.
    """

    by: str
    cells: dict[tuple[str | None, str | None], Held]
    of_roles: dict[str | None, Held]
    of_groups: dict[str | None, Held]
    total: Held


class _Voice(NamedTuple):
    """One who is interviewed in a source; ``person`` is None where no participant is named."""

    source: int
    person: str | None
    role: str | None
    case: str | None


@dataclass(slots=True)
class _Count:
    sources: set[int] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    planned: int | None = None
    refused: int = 0

    def hear(self, voice: _Voice) -> None:
        self.sources.add(voice.source)
        if voice.person is not None:
            self.persons.add(voice.person)

    def plan(self, expected: int, refused: int) -> None:
        self.planned = (self.planned or 0) + expected
        self.refused += refused

    def held(self) -> Held:
        return Held(len(self.sources), len(self.persons), self.planned, self.refused)


def read_sample(conn: Connection, by: str | None = None, round: str | None = None) -> Sample:
    """Interviews by role, and by case or by an attribute of cases; in one round, or in all of them.

    Raises:
        UnknownName: there is no such attribute.
    """
    group_of = _groups(conn, by)
    counts: dict[tuple[str, str | None, str | None], _Count] = defaultdict(_Count)
    for voice in _voices(conn, round):
        for key in _keys(voice.role, group_of.get(voice.case)):
            counts[key].hear(voice)
    for planned in list_plan(conn):
        if round is None or fold(planned.round or "") == fold(round):
            for key in _keys(planned.role, group_of.get(planned.case)):
                counts[key].plan(planned.expected, planned.refused)
    role_order = [*conn.scalars(select(roles.c.name).order_by(roles.c.id)), None]
    group_order = [*dict.fromkeys(name for name in group_of.values() if name is not None), None]
    return Sample(
        by=by or "case",
        cells={
            (role, group): counts["cell", role, group].held()
            for role in role_order
            for group in group_order
            if ("cell", role, group) in counts
        },
        of_roles={role: counts["role", role, None].held() for role in role_order if ("role", role, None) in counts},
        of_groups={name: counts["group", None, name].held() for name in group_order if ("group", None, name) in counts},
        total=counts["all", None, None].held(),
    )


def _keys(role: str | None, group: str | None) -> Iterable[tuple[str, str | None, str | None]]:
    return ("cell", role, group), ("role", role, None), ("group", None, group), ("all", None, None)


def _groups(conn: Connection, by: str | None) -> dict[str | None, str | None]:
    """The group of each case: itself, or what it has of an attribute."""
    found = list_cases(conn)
    if by is None:
        return {case.name: case.name for case in found}
    names = [attribute.name for attribute in list_attributes(conn)]
    name = next((name for name in names if fold(name) == fold(by)), None)
    if name is None:
        near = nearest(by, names)
        raise UnknownName(f"Cases have no attribute '{by}'.", f"Nearest: {near}." if near else "")
    return {case.name: case.attributes.get(name) for case in found}


def _voices(conn: Connection, round: str | None) -> Iterator[_Voice]:
    own_case = {
        row.name: row.case
        for row in conn.execute(
            select(participants.c.name, cases.c.name.label("case")).join(cases, cases.c.id == participants.c.case_id)
        )
    }
    speakers_of: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in list_speakers(conn):
        speakers_of[speaker.source].append(speaker)
    for source in list_sources(conn):
        if source.kind in INTERVIEWS and (round is None or fold(source.round or "") == fold(round)):
            for person, role in _people(source, speakers_of[source.name]):
                case = own_case.get(person or "")
                for name in (case,) if case else source.cases or (None,):
                    yield _Voice(source.id, person, role, name)


def _people(source: Source, speakers: Iterable[Speaker]) -> list[tuple[str | None, str | None]]:
    """Who is interviewed: the speakers with a name or a role who do not ask, and whom the source itself names."""
    found = [(s.participant, s.role or source.role) for s in speakers if not s.asks and (s.participant or s.role)]
    named = {person for person, _ in found}
    if source.participant and source.participant not in named:
        found.append((source.participant, source.role))
    return found or [(None, source.role)]
