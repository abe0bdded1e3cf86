"""Reading sources: the list, one by name, its transcript, its speakers."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from store.driver import ask
from store.errors import UnknownName
from store.schema import (
    cases,
    participants,
    roles,
    source_cases,
    source_versions,
    sources,
    speakers,
    texts,
    turns,
)
from transcripts.columns import Turns, Voice
from transcripts.language.sentences import unpack_sentences
from transcripts.people import fold, nearest
from transcripts.readers import READERS
from transcripts.records import Source, Speaker, Transcript


def list_sources(conn: Connection) -> list[Source]:
    """All sources in their current version, in the order of the study."""
    return _records(conn, _source_query())


def find_source(conn: Connection, name: str | int) -> Source:
    """One source by id, by name, or by the name of the file it came from.

    Raises:
        UnknownName: with the names that come nearest.
    """
    if isinstance(name, int):
        found = _records(conn, _source_query().where(sources.c.id == name), name)
        if found:
            return found[0]
        raise UnknownName(f"There is no source number {name}.", "`cmo sources STUDY` lists them.")
    known = SourceNames(conn)
    source_id = known.find(name)
    if source_id is None:
        raise UnknownName(f"There is no source '{name}'.", known.hint(name))
    return _records(conn, _source_query().where(sources.c.id == source_id), source_id)[0]


class CurrentText(NamedTuple):
    """A source's present text, and the version that holds it."""

    name: str
    version_id: int
    text: str


def current_text(conn: Connection, name: str | int) -> CurrentText:
    """The text alone: what a coding needs. Raises UnknownName."""
    return CurrentText._make(_current(conn, _current_text(), name))


def current_version(conn: Connection, name: str | int) -> int:
    """The id of the version that is in force. Raises UnknownName."""
    return int(_current(conn, _current_version(), name)[0])


def _current(conn: Connection, query: Select[Any], name: str | int) -> tuple[Any, ...]:
    """What a query says of a source's present version."""
    source_id = name if isinstance(name, int) else find_source(conn, name).id
    for row in ask(conn, query, source=source_id):
        return tuple(row)
    raise UnknownName(f"There is no source number {source_id}.", "`cmo sources STUDY` lists them.")


@cache  # to put the statement together takes longer than to answer it
def _current_text() -> Select[Any]:
    return (
        select(sources.c.name, source_versions.c.id, texts.c.body)
        .join(source_versions, source_versions.c.source_id == sources.c.id)
        .join(texts, texts.c.id == source_versions.c.text_id)
        .where(sources.c.id == bindparam("source"), source_versions.c.is_current)
    )


@cache
def _current_version() -> Select[Any]:
    wanted = source_versions.c.source_id == bindparam("source")
    return select(source_versions.c.id).where(wanted, source_versions.c.is_current)


class SourceNames:
    """Finds sources by what people call them: the name, the file name, or either without its ending."""

    def __init__(self, conn: Connection) -> None:
        current = source_versions.c.is_current
        joined = select(sources.c.id, sources.c.name, source_versions.c.file_name).join(source_versions).where(current)
        rows = conn.execute(joined.order_by(sources.c.position)).all()
        self.names: dict[int, str] = {row.id: row.name for row in rows}
        self._by_name: dict[str, int] = {fold(row.name): row.id for row in rows}
        self._by_file: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            self._by_file[fold(row.file_name)].append(row.id)

    def find(self, name: str) -> int | None:
        """The id of a source; None where there is none, or where it could be one of several files of that name."""
        path = name.replace("\\", "/")
        file = path.rpartition("/")[2]
        for spelling in (name, without_ending(path)) if "/" in path else (name,):
            found = self._by_name.get(fold(spelling))
            if found is not None:
                return found
        of_file = self._by_file.get(fold(file), [])
        if of_file:
            return of_file[0] if len(of_file) == 1 else None
        return self._by_name.get(fold(without_ending(file)))

    def hint(self, name: str) -> str:
        """The names that come nearest, in words."""
        near = nearest(without_ending(name), self.names.values())
        return f"Did you mean {near}?" if near else "`cmo sources STUDY` lists them."


def without_ending(name: str) -> str:
    """A file's name without its ending, where that is one of the endings we read."""
    stem, dot, ending = name.rpartition(".")
    return stem if stem and f"{dot}{ending}".lower() in READERS else name


def _source_query() -> Select[Any]:
    return (
        select(
            sources,
            roles.c.name.label("role"),
            participants.c.name.label("participant"),
            source_versions.c.id.label("version_id"),
            source_versions.c.number.label("version"),
            *(
                source_versions.c[name]
                for name in ("characters", "turn_count", "sentence_count", "file_name", "file_format", "sha256")
            ),
        )
        .join(source_versions, source_versions.c.source_id == sources.c.id)
        .outerjoin(roles, roles.c.id == sources.c.role_id)
        .outerjoin(participants, participants.c.id == sources.c.participant_id)
        .where(source_versions.c.is_current)
        .order_by(sources.c.position, sources.c.id)
    )


def _records(conn: Connection, query: Select[Any], only: int | None = None) -> list[Source]:
    """The sources that a query finds; ``only``: the id of the one that it asks for."""
    names_of = defaultdict(list)
    bound = select(source_cases.c.source_id, cases.c.name).join(cases).order_by(cases.c.position)
    if only is not None:
        bound = bound.where(source_cases.c.source_id == only)
    for source_id, name in conn.execute(bound):
        names_of[source_id].append(name)
    return [
        Source(
            id=row.id,
            uuid=row.uuid,
            name=row.name,
            kind=row.kind,
            language=row.language,
            cases=tuple(names_of[row.id]),
            role=row.role,
            participant=row.participant,
            version_id=row.version_id,
            version=row.version,
            characters=row.characters,
            turns=row.turn_count,
            sentences=row.sentence_count,
            file_name=row.file_name,
            file_format=row.file_format,
            sha256=row.sha256,
            round=row.round,
            held_on=row.held_on,
        )
        for row in conn.execute(query)
    ]


def transcript(conn: Connection, name: str | int) -> Transcript:
    """A source with its text, turns and sentences."""
    source = find_source(conn, name)
    version = conn.execute(
        select(texts.c.body, source_versions.c.sentences)
        .join(source_versions, source_versions.c.text_id == texts.c.id)
        .where(source_versions.c.id == source.version_id)
    ).one()
    return Transcript(
        source=source,
        text=version.body,
        turns=list_turns(conn, source.version_id),
        sentences=unpack_sentences(version.sentences),
    )


def list_turns(conn: Connection, version_id: int) -> Turns:
    """The turns of a text. What is said of a speaker is read once, and not for each of thousands of turns."""
    speakers_of = conn.execute(_speakers_of_turns(), {"version": version_id})
    voices: dict[int | None, Voice] = {speaker_id: Voice(*said) for speaker_id, *said in speakers_of}
    rows = conn.execute(_turns(), {"version": version_id}).all()
    return Turns(*(zip(*rows, strict=True) if rows else repeat((), len(_OF_A_TURN))), voices=voices)


_OF_A_TURN = ("number", "start", "speech_start", "end", "speaker_id", "begins_at", "ends_at")


@cache
def _turns() -> Select[Any]:
    wanted = turns.c.version_id == bindparam("version")
    return select(*(turns.c[name] for name in _OF_A_TURN)).where(wanted).order_by(turns.c.number)


@cache
def _speakers_of_turns() -> Select[Any]:
    return (
        select(
            speakers.c.id,
            speakers.c.label,
            participants.c.name.label("participant"),
            roles.c.name.label("role"),
            speakers.c.asks,
        )
        .join(source_versions, source_versions.c.source_id == speakers.c.source_id)
        .outerjoin(participants, participants.c.id == speakers.c.participant_id)
        .outerjoin(roles, roles.c.id == func.coalesce(speakers.c.role_id, participants.c.role_id))
        .where(source_versions.c.id == bindparam("version"))
    )


def list_speakers(conn: Connection) -> list[Speaker]:
    """Every label of every source, with whom it stands for and how much is said under it."""
    spoken = (
        select(
            turns.c.speaker_id,
            func.count().label("turns"),
            func.sum(turns.c.end - turns.c.speech_start).label("characters"),
        )
        .join(source_versions, source_versions.c.id == turns.c.version_id)
        .where(source_versions.c.is_current)
        .group_by(turns.c.speaker_id)
        .subquery()
    )
    query = (
        select(
            speakers.c.id,
            sources.c.name.label("source"),
            speakers.c.label,
            participants.c.name.label("participant"),
            roles.c.name.label("role"),
            speakers.c.asks,
            func.coalesce(spoken.c.turns, 0).label("turns"),
            func.coalesce(spoken.c.characters, 0).label("characters"),
        )
        .join(sources, sources.c.id == speakers.c.source_id)
        .outerjoin(participants, participants.c.id == speakers.c.participant_id)
        .outerjoin(roles, roles.c.id == func.coalesce(speakers.c.role_id, participants.c.role_id))
        .outerjoin(spoken, spoken.c.speaker_id == speakers.c.id)
        .order_by(sources.c.position, sources.c.id, speakers.c.id)
    )
    return [Speaker(**row._mapping) for row in conn.execute(query)]
