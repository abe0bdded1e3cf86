"""Profiles: how to read a batch of files alike, and what labels mean in all of them; kept in the study by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, select

from store import schema
from store.errors import BadTable, InputError, UnknownName
from store.work import Work
from transcripts.fieldwork.speakers import COLUMNS, NO, NOT_SAID, YES, asks_in
from transcripts.language.languages import require_language
from transcripts.people import Names, fold, nearest, tidy
from transcripts.readers.tables import TableProblems, column, read_table
from transcripts.settings import DEFAULT, Settings, from_json, to_json
from transcripts.speaking.turn_styles import NAMES as STYLES
from transcripts.speaking.turn_styles import PARAGRAPHS
from transcripts.text import require_encoding

_TABLE = schema.profiles


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means in every source of a batch. None: nothing is said of it."""

    role: str | None = None
    participant: str | None = None
    asks: bool | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read files, and what the labels in them mean, by a name."""

    name: str
    settings: Settings = DEFAULT
    labels: Mapping[str, Meaning] = field(default_factory=dict)


def checked(settings: Settings) -> Settings:
    """The settings with encoding and language as codes.

    Raises:
        InputError: encoding, language or style are none that we know.
    """
    if settings.style is not None and settings.style not in STYLES:
        raise InputError(f"There is no style '{settings.style}'.", f"The styles of turns: {', '.join(STYLES)}.")
    return replace(
        settings,
        encoding=require_encoding(settings.encoding) if settings.encoding else None,
        language=require_language(settings.language) if settings.language else None,
    )


def list_profiles(conn: Connection) -> list[Profile]:
    """All profiles of the study by name. Raises InputError: a newer cmo wrote one that this one cannot read."""
    rows = conn.execute(select(_TABLE.c.name, _TABLE.c.settings).order_by(_TABLE.c.name))
    return [_unpacked(row.name, row.settings) for row in rows]


def find_profile(conn: Connection, name: str) -> Profile:
    """One profile by name, whatever its capitals. Raises UnknownName."""
    row_id = _id_of(conn, name)
    if row_id is None:
        near = nearest(name, conn.scalars(select(_TABLE.c.name)))
        hint = f"Did you mean {near}?" if near else "`cmo profiles STUDY` lists them."
        raise UnknownName(f"There is no profile '{name}'.", hint)
    row = conn.execute(select(_TABLE.c.name, _TABLE.c.settings).where(_TABLE.c.id == row_id)).one()
    return _unpacked(row.name, row.settings)


def save_profile(work: Work, profile: Profile) -> Profile:
    """Keep a profile; one of the same name is replaced. Raises InputError: no name, or settings nobody knows."""
    name = tidy(profile.name)
    if not name:
        raise InputError("A profile needs a name.")
    kept = Profile(name, checked(profile.settings), profile.labels)
    values = {"name": name, "settings": _packed(kept)}
    row_id = _id_of(work.conn, name)
    if row_id is None:
        work.insert(_TABLE, values)
    else:
        work.update(_TABLE, row_id, **values)
    return kept


def remove_profile(work: Work, name: str) -> None:
    """Take a profile away; what was imported by it stays. Raises UnknownName."""
    profile = find_profile(work.conn, name)
    row_id = _id_of(work.conn, profile.name)
    if row_id is not None:
        work.delete(_TABLE, [row_id])


def profile_of_source(conn: Connection, name: str, source_id: int) -> Profile:
    """A profile after the model of a source: as it was read, in the style found, and what was said of its labels.

    Who answers is another person in the next source, so a participant is taken over only for a label that asks.
    """
    version, speakers = schema.source_versions, schema.speakers
    current = (version.c.source_id == source_id) & version.c.is_current
    read = conn.execute(select(version.c.settings, version.c.style).where(current)).one()
    settings = from_json(read.settings)
    if settings.style is None and read.style in STYLES and read.style != PARAGRAPHS:
        settings = replace(settings, style=read.style)
    said = (
        select(
            speakers.c.label,
            speakers.c.asks,
            schema.roles.c.name.label("role"),
            schema.participants.c.name.label("participant"),
        )
        .outerjoin(schema.roles, schema.roles.c.id == speakers.c.role_id)
        .outerjoin(schema.participants, schema.participants.c.id == speakers.c.participant_id)
        .where(speakers.c.source_id == source_id)
        .order_by(speakers.c.id)
    )
    labels = {
        row.label: Meaning(row.role, row.participant if row.asks else None, row.asks) for row in conn.execute(said)
    }
    return Profile(name, settings, {label: said for label, said in labels.items() if said != Meaning()})


def labels_from_table(path: Path) -> dict[str, Meaning]:
    """What labels mean, from a table of label, role, participant, asks.

    Rows that name a file hold for that file alone and are left out.

    Raises:
        BadTable: no column for the label, no row for every file, or a cell that cannot be used.
    """
    table = read_table(path)
    at = {key: column(table, *names) for key, names in COLUMNS.items()}
    if at["label"] is None:
        raise BadTable(path, [f"no column for the label; found {', '.join(table.columns)}"], "Call one column 'label'.")
    problems, labels = TableProblems(path), {}
    for row in table.rows:
        cell = {key: (row.values[place] or "") if place is not None else None for key, place in at.items()}
        asks = cell["asks"]
        if asks is not None and fold(asks) not in YES + NO + NOT_SAID:
            problems.add(row.number, table.columns[at["asks"] or 0], asks, "yes, no or not said")
        if cell["label"] and not cell["file"]:
            is_asking = asks_in(asks) if asks else None
            labels[tidy(cell["label"])] = Meaning(cell["role"] or None, cell["participant"] or None, is_asking)
    problems.raise_if_any()
    if not labels:
        raise BadTable(path, ["no row for every file"], "Leave the column 'file' empty in rows that hold for all.")
    return labels


def apply_labels(work: Work, names: Names, source_id: int, labels: Mapping[str, Meaning]) -> None:
    """Say of a source's speakers what their labels mean, as part of an act; not every source has every label."""
    if not labels:
        return
    meaning_of = {fold(label): meaning for label, meaning in labels.items()}
    speakers = schema.speakers
    query = select(speakers.c.id, speakers.c.label).where(speakers.c.source_id == source_id)
    for row in work.conn.execute(query).all():
        meaning = meaning_of.get(fold(row.label), Meaning())
        said = {
            "role_id": names.role(meaning.role or ""),
            "participant_id": names.participant(meaning.participant or ""),
            "asks": meaning.asks,
        }
        work.update(speakers, row.id, **{key: value for key, value in said.items() if value is not None})
        if said["participant_id"] and said["role_id"]:
            work.update(schema.participants, said["participant_id"], role_id=said["role_id"])


def _id_of(conn: Connection, name: str) -> int | None:
    rows = conn.execute(select(_TABLE.c.id, _TABLE.c.name))
    return next((row.id for row in rows if fold(row.name) == fold(name)), None)


def _packed(profile: Profile) -> str:
    labels = {
        label: {key: value for key, value in asdict(meaning).items() if value is not None}
        for label, meaning in profile.labels.items()
    }
    return json.dumps({"settings": json.loads(to_json(profile.settings)), "labels": labels}, ensure_ascii=False)


def _unpacked(name: str, packed: str) -> Profile:
    try:
        values = json.loads(packed)
        labels = {label: Meaning(**meaning) for label, meaning in values["labels"].items()}
    except (ValueError, KeyError, TypeError) as exc:
        raise InputError(f"The profile '{name}' is of a newer cmo and cannot be read.", "Update cmo.") from exc
    return Profile(name, from_json(json.dumps(values["settings"])), labels)
