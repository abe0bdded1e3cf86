"""Where to search: which sources, and whose words in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, or_, select

from store.schema import participants, source_cases, source_versions, sources, speakers, turns
from store.sqlite_search import Voices
from transcripts.people import fold


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must belong to. Each is the set of ids or labels that will do, where None among them is "without";
    None in place of a set asks for nothing.

    ``speakers`` are labels, folded; ``asks`` wants interviewers (True) or everybody else (False). ``coded`` wants hits
    that have text in common with a coding, or with none; ``codes`` those with a coding of one of these codes.
    """

    sources: frozenset[int | None] | None = None
    kinds: frozenset[str | None] | None = None
    rounds: frozenset[str | None] | None = None
    cases: frozenset[int | None] | None = None
    roles: frozenset[int | None] | None = None
    participants: frozenset[int | None] | None = None
    speakers: frozenset[str | None] | None = None
    asks: bool | None = None
    coded: bool | None = None
    codes: frozenset[int] | None = None

    @property
    def tell_voices_apart(self) -> bool:
        """Whether turns of one source can be in and out."""
        of_voices = (self.cases, self.roles, self.participants, self.speakers, self.asks)
        return any(wanted is not None for wanted in of_voices)

    @property
    def look_at_codings(self) -> bool:
        return self.coded is not None or self.codes is not None


class Place(NamedTuple):
    """A source to search: its current version and the ids of its turns, which were given in a row."""

    source_id: int
    source: str
    kind: str
    version_id: int
    text_id: int
    first_turn: int
    last_turn: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks under a label of a source, or where nobody is named: the ids are the speaker's, else the source's."""

    label: str | None
    asks: bool | None
    role_id: int | None
    participant_id: int | None
    case_ids: frozenset[int]


def places(conn: Connection, filters: Filters) -> list[Place]:
    """The sources to search in the order of the study."""
    query = (
        select(
            sources.c.id,
            sources.c.name,
            sources.c.kind,
            source_versions.c.id,
            source_versions.c.text_id,
            turns.c.id,
            turns.c.id + source_versions.c.turn_count - 1,
        )
        .join(source_versions, source_versions.c.source_id == sources.c.id)
        .join(turns, turns.c.version_id == source_versions.c.id)
        .where(source_versions.c.is_current, turns.c.number == 1)
        .order_by(sources.c.position, sources.c.id)
    )
    for column, accepted in (
        (sources.c.id, filters.sources),
        (sources.c.kind, filters.kinds),
        (sources.c.round, filters.rounds),
    ):
        if accepted is not None:
            query = query.where(_is_one_of(column, accepted))
    return [Place(*row) for row in conn.execute(query)]


def _is_one_of(column: ColumnElement[Any], accepted: Collection[Any]) -> ColumnElement[bool]:
    chosen = column.in_([value for value in accepted if value is not None])
    return or_(chosen, column.is_(None)) if None in accepted else chosen


def voices_in(conn: Connection, source_ids: Collection[int]) -> dict[tuple[int, int | None], Voice]:
    """Everybody who may speak in these sources, by source and speaker; None is speech that nobody is named for."""
    cases_of = defaultdict(set)
    bound = select(source_cases.c.source_id, source_cases.c.case_id).where(source_cases.c.source_id.in_(source_ids))
    for source_id, case_id in conn.execute(bound):
        cases_of[source_id].add(case_id)
    of_source = select(sources.c.id, sources.c.role_id, sources.c.participant_id).where(sources.c.id.in_(source_ids))
    found: dict[tuple[int, int | None], Voice] = {
        (row.id, None): Voice(None, None, row.role_id, row.participant_id, frozenset(cases_of[row.id]))
        for row in conn.execute(of_source)
    }
    of_speaker = (
        select(
            speakers.c.id,
            speakers.c.source_id,
            speakers.c.label,
            speakers.c.asks,
            func.coalesce(speakers.c.role_id, participants.c.role_id).label("role_id"),
            speakers.c.participant_id,
            participants.c.case_id,
        )
        .outerjoin(participants, participants.c.id == speakers.c.participant_id)
        .where(speakers.c.source_id.in_(source_ids))
    )
    for row in conn.execute(of_speaker):
        role_id, participant_id = row.role_id, row.participant_id
        if not row.asks:  # the source's role and participant stand for everybody who does not ask
            source = found[row.source_id, None]
            role_id = source.role_id if role_id is None else role_id
            participant_id = source.participant_id if participant_id is None else participant_id
        own_case = {row.case_id} if row.case_id is not None else cases_of[row.source_id]
        found[row.source_id, row.id] = Voice(row.label, row.asks, role_id, participant_id, frozenset(own_case))
    return found


def voices_wanted(conn: Connection, filters: Filters, looked_at: Collection[Place]) -> Voices | None:
    """Whose turns pass the filters; None where everybody's do."""
    if not filters.tell_voices_apart:
        return None
    version_of = {place.source_id: place.version_id for place in looked_at}
    wanted = [key for key, voice in voices_in(conn, version_of).items() if _passes(voice, filters)]
    return Voices(
        frozenset(speaker_id for _, speaker_id in wanted if speaker_id is not None),
        frozenset(version_of[source_id] for source_id, speaker_id in wanted if speaker_id is None),
    )


def _passes(voice: Voice, filters: Filters) -> bool:
    label = fold(voice.label) if voice.label is not None else None
    return (
        (filters.cases is None or not filters.cases.isdisjoint(voice.case_ids or {None}))
        and (filters.roles is None or voice.role_id in filters.roles)
        and (filters.participants is None or voice.participant_id in filters.participants)
        and (filters.speakers is None or label in filters.speakers)
        and (filters.asks is None or bool(voice.asks) is filters.asks)
    )
