"""Where to search: which sources, and whose words in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    and_,
    case,
    exists,
    func,
    null,
    or_,
    select,
    union_all,
)

from store.schema import participants, source_cases, source_versions, sources, speakers, turns
from store.sqlite import while_unchanged


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must belong to. Each is the set of ids or labels that will do, where None among them is "without";
    None in place of a set asks for nothing.

    ``speakers`` are labels as they stand; ``asks`` wants interviewers (True) or everybody else (False). ``coded`` wants
    hits that have text in common with a coding, or with none; ``codes`` those with a coding of one of these codes.
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
    turn_count: int

    @property
    def last_turn(self) -> int:
        return self.first_turn + self.turn_count - 1


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose turns to look at: these speakers', and of these versions those that nobody is named for."""

    speaker_ids: frozenset[int]
    unnamed_in: frozenset[int]

    def speak(self, version_id: int, speaker_id: int | None) -> bool:
        """Whether a turn of this version by this speaker is one of theirs."""
        return version_id in self.unnamed_in if speaker_id is None else speaker_id in self.speaker_ids


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks under a label of a source, or where nobody is named: the ids are the speaker's, else the source's."""

    label: str | None
    asks: bool | None
    role_id: int | None
    participant_id: int | None
    case_ids: frozenset[int]


def searched(conn: Connection, filters: Filters) -> tuple[Sequence[Place], Voices | None]:
    """Where somebody speaks who passes the filters, in the order of the study, and whose turns those are; None:
    everybody's.
    """
    return while_unchanged(conn, filters, lambda: _by_voice(conn, filters, _places(conn, filters)))


def _places(conn: Connection, filters: Filters) -> list[Place]:
    # By itself, and not joined: else SQLite looks for the first turns among all turns.
    first_turn = (
        select(turns.c.id).where(turns.c.version_id == source_versions.c.id, turns.c.number == 1).scalar_subquery()
    )
    query = (
        select(
            sources.c.id,
            sources.c.name,
            sources.c.kind,
            source_versions.c.id,
            source_versions.c.text_id,
            first_turn,
            source_versions.c.turn_count,
        )
        .join(source_versions, source_versions.c.source_id == sources.c.id)
        .where(source_versions.c.is_current, source_versions.c.turn_count > 0)
        .order_by(sources.c.position, sources.c.id)
    )
    for column, accepted in (
        (sources.c.id, filters.sources),
        (sources.c.kind, filters.kinds),
        (sources.c.round, filters.rounds),
    ):
        if accepted is not None:
            query = query.where(_is_one_of(column, accepted))
    return [Place(*row) for row in conn.execute(query).all()]


def _is_one_of(column: ColumnElement[Any], accepted: Collection[Any]) -> ColumnElement[bool]:
    chosen = column.in_([value for value in accepted if value is not None])
    return or_(chosen, column.is_(None)) if None in accepted else chosen


def voices_in(conn: Connection, source_ids: Collection[int]) -> dict[tuple[int, int | None], Voice]:
    """Everybody who may speak in these sources, by source and speaker; None is speech that nobody is named for."""
    known: dict[int, dict[tuple[int, int | None], Voice]] = while_unchanged(conn, "voices by source", dict)
    new = set(source_ids).difference(known)
    if new:
        known |= {source_id: {} for source_id in new}
        for key, voice in _read_voices(conn, new).items():
            known[key[0]][key] = voice
    return {key: voice for source_id in source_ids for key, voice in known[source_id].items()}


def _read_voices(conn: Connection, source_ids: Collection[int]) -> dict[tuple[int, int | None], Voice]:
    cases_of = defaultdict(set)
    bound = select(source_cases.c.source_id, source_cases.c.case_id).where(source_cases.c.source_id.in_(source_ids))
    for source_id, case_id in conn.execute(bound):
        cases_of[source_id].add(case_id)
    return {
        (row.source_id, row.speaker_id): Voice(
            row.label,
            row.asks,
            row.role_id,
            row.participant_id,
            frozenset(cases_of[row.source_id] if row.own_case_id is None else {row.own_case_id}),
        )
        for row in conn.execute(select(_VOICES).where(_VOICES.c.source_id.in_(source_ids)))
    }


def _by_voice(conn: Connection, filters: Filters, places: list[Place]) -> tuple[list[Place], Voices | None]:
    if not filters.tell_voices_apart:
        return places, None
    query = select(_VOICES.c.source_id, _VOICES.c.speaker_id).where(*_conditions(filters))
    wanted = [(source_id, speaker_id) for source_id, speaker_id in conn.execute(query)]
    having = {source_id for source_id, _ in wanted}
    unnamed = {source_id for source_id, speaker_id in wanted if speaker_id is None}
    voices = Voices(
        frozenset(speaker_id for _, speaker_id in wanted if speaker_id is not None),
        frozenset(place.version_id for place in places if place.source_id in unnamed),
    )
    return [place for place in places if place.source_id in having], voices


def _voices() -> Subquery:
    """A row for each speaker of each source, and for the speech of it that nobody is named for."""
    # The source's role and participant stand for everybody who does not ask.
    answers = or_(speakers.c.asks.is_(None), ~speakers.c.asks)
    named = (
        select(
            speakers.c.source_id,
            speakers.c.id.label("speaker_id"),
            speakers.c.label,
            speakers.c.asks,
            func.coalesce(speakers.c.role_id, participants.c.role_id, case((answers, sources.c.role_id))).label(
                "role_id"
            ),
            func.coalesce(speakers.c.participant_id, case((answers, sources.c.participant_id))).label("participant_id"),
            participants.c.case_id.label("own_case_id"),
        )
        .join(sources, sources.c.id == speakers.c.source_id)
        .outerjoin(participants, participants.c.id == speakers.c.participant_id)
    )
    unnamed = select(sources.c.id, null(), null(), null(), sources.c.role_id, sources.c.participant_id, null())
    return union_all(named, unnamed).subquery("voices")


_VOICES = _voices()


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for column, accepted in (
        (_VOICES.c.role_id, filters.roles),
        (_VOICES.c.participant_id, filters.participants),
        (_VOICES.c.label, filters.speakers),
    ):
        if accepted is not None:
            yield _is_one_of(column, accepted)
    if filters.asks is not None:
        yield func.coalesce(_VOICES.c.asks, False) == filters.asks
    if filters.cases is not None:
        of_source = select(source_cases.c.id).where(source_cases.c.source_id == _VOICES.c.source_id)
        among = of_source.where(source_cases.c.case_id.in_(filters.cases - {None}))
        by_source: ColumnElement[bool] = exists(among)
        if None in filters.cases:
            by_source = or_(by_source, ~exists(of_source))
        yield or_(_VOICES.c.own_case_id.in_(filters.cases - {None}), and_(_VOICES.c.own_case_id.is_(None), by_source))
