"""A corrected text takes the place of a source's text: a new version, with what people had said of the old one.

The old version stays, text and all. What a person said of a turn or a stretch (its speaker, its marks, that a
question was asked in it) goes along where that is untouched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select

from store import schema
from store.errors import BadFile, InputError
from store.work import Work
from transcripts.conventions import marked
from transcripts.conventions.house_forms import apply_house_forms
from transcripts.conventions.marks import Mark, unpack_marks
from transcripts.correcting.alignment import Alignment
from transcripts.correcting.anchors import Anchors
from transcripts.readers import Document, Furniture
from transcripts.reading import Reading, read_file, understand
from transcripts.records import Span
from transcripts.settings import Settings, from_json, overlaid
from transcripts.sources import find_source
from transcripts.speaking.turns import TurnSpan, find_turns
from transcripts.text import normalise
from transcripts.versions import keep_version


@dataclass(frozen=True, slots=True)
class Present:
    """A source as it stands before a correction: its current version, the text of that, and how it was read."""

    source_id: int
    name: str
    language: str
    version_id: int
    number: int
    text: str
    settings: Settings
    style: str | None
    file_name: str
    furniture: tuple[Furniture, ...]


def present(conn: Connection, source: str | int) -> Present:
    """The current version of a source. Raises UnknownName."""
    found, versions, texts = find_source(conn, source), schema.source_versions, schema.texts
    columns = (versions.c.settings, versions.c.style, versions.c.furniture, texts.c.body)
    query = select(*columns).join(texts, texts.c.id == versions.c.text_id).where(versions.c.id == found.version_id)
    row = conn.execute(query).one()
    furniture = tuple(Furniture(**piece) for piece in json.loads(row.furniture))
    return Present(
        source_id=found.id,
        name=found.name,
        language=found.language,
        version_id=found.version_id,
        number=found.version,
        text=row.body,
        settings=from_json(row.settings),
        style=row.style,
        file_name=found.file_name,
        furniture=furniture,
    )


def edited_text(text: str) -> str:
    """A text that a person edited, in the form that texts are kept in.

    Raises:
        InputError: nothing is left of it, or it holds what no text holds.
    """
    if "\0" in text:
        raise InputError("The corrected text has NUL characters.", "Take them out.")
    kept = normalise(text)
    if not kept.strip():
        raise InputError("The corrected text is empty.", "A source that has gone is not corrected but removed.")
    return kept


def read_edited(conn: Connection, now: Present, alignment: Alignment) -> Reading:
    """The reading of an edited text: in the manner of the version before it, whose furniture and times it keeps.

    Turns are found in the text where those of the version before were; where the file told them (captions, tables),
    they are carried over, and what was put in between two of them belongs to the first.
    """
    anchors = Anchors(alignment)
    rows = _turn_rows(conn, now.version_id)
    found = find_turns(now.text, now.settings)
    is_told = [turn[:3] for turn in found.turns] != [(row.start, row.speech_start, row.end) for row in rows]
    turns = tuple(_carried_turns(alignment.new, anchors, rows)) if is_told else None
    furniture = tuple(
        piece if piece.at is None else replace(piece, at=anchors.position(piece.at)) for piece in now.furniture
    )
    placed = sorted(furniture, key=lambda piece: -1 if piece.at is None else piece.at)
    document = Document(alignment.new, "txt", "utf-8", tuple(placed), turns=turns, style=now.style if is_told else None)
    settings = replace(now.settings, language=now.language)
    return understand(Path(now.file_name), alignment.new.encode(), settings, document, now.language)


def read_replacement(now: Present, path: Path, settings: Settings | None) -> Reading:
    """The reading of a file that takes the place of a source's text, with the labels and the language of the source.

    Raises:
        BadFile: there is no such file, or it cannot be read.
    """
    under = Settings(language=now.language, labels=now.settings.labels)
    decided = overlaid(under, settings) if settings is not None else under
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise BadFile(path, f"cannot be read: {exc.strerror}.", "Nothing was changed; check the path.") from exc
    return read_file(path, data, settings=decided, language=now.language)


def replace_version(work: Work, now: Present, reading: Reading, alignment: Alignment, reason: str) -> int:
    """Keep a reading as the source's next version and return its id; what people said of untouched turns goes along.

    Raises:
        InputError: it says what the present version says.
    """
    versions = schema.source_versions
    old_turns = _turn_rows(work.conn, now.version_id)
    spans = [(row.start, row.speech_start, row.end, row.label) for row in old_turns]
    if reading.document.text == now.text and [turn[:4] for turn in reading.turns] == spans:
        raise InputError(f"'{now.name}' would be as it is: the same text and the same turns.", "Nothing was changed.")
    last = work.conn.scalar(select(func.max(versions.c.number)).where(versions.c.source_id == now.source_id)) or 0
    work.update(versions, now.version_id, is_current=False)
    version_id = keep_version(work, now.source_id, last + 1, reading, reason.strip() or None)
    anchors = Anchors(alignment)
    same_turns = _untouched(anchors, old_turns, _turn_rows(work.conn, version_id))
    if reading.settings.labels == now.settings.labels:
        _carry_speakers(work, same_turns)
    _carry_asked(work, same_turns)
    _carry_marks(work, anchors, now.version_id, version_id, reading)
    return version_id


def _turn_rows(conn: Connection, version_id: int) -> Sequence[Row[Any]]:
    turns, speakers = schema.turns, schema.speakers
    query = select(turns, speakers.c.label).outerjoin(speakers, speakers.c.id == turns.c.speaker_id)
    return conn.execute(query.where(turns.c.version_id == version_id).order_by(turns.c.number)).all()


def _carried_turns(text: str, anchors: Anchors, rows: Sequence[Row[Any]]) -> Iterator[TurnSpan]:
    starts = {anchors.position(row.start): row for row in rows}
    first = min(starts, default=len(text))
    if text[:first].strip():
        yield _trimmed(text, 0, 0, first, None)
    places = sorted(starts)
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        if text[start:end].strip():
            yield _trimmed(text, start, anchors.position(starts[start].speech_start), end, starts[start])


def _trimmed(text: str, start: int, speech_start: int, end: int, row: Row[Any] | None) -> TurnSpan:
    """A turn without outer space, with the label and the times of the turn that it was."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    last = start + len(text[start:end].rstrip())
    speech = min(max(speech_start, first), last)
    speech += len(text[speech:last]) - len(text[speech:last].lstrip())
    if row is None:
        return TurnSpan(first, first, last, None)
    return TurnSpan(first, speech, last, row.label, row.begins_at, row.ends_at)


def _untouched(anchors: Anchors, old: Sequence[Row[Any]], new: Sequence[Row[Any]]) -> list[tuple[Row[Any], Row[Any]]]:
    """The turns that are letter by letter what they were, each with what it is now."""
    by_span = {(row.start, row.end): row for row in new}
    pairs = ((row, anchors.intact(row.start, row.end)) for row in old)
    return [(row, by_span[span]) for row, span in pairs if span is not None and span in by_span]


def _carry_speakers(work: Work, same_turns: Sequence[tuple[Row[Any], Row[Any]]]) -> None:
    for old, new in same_turns:
        work.update(schema.turns, new.id, speaker_id=old.speaker_id)


def _carry_asked(work: Work, same_turns: Sequence[tuple[Row[Any], Row[Any]]]) -> None:
    new_turn = {old.id: new.id for old, new in same_turns}
    asked = schema.asked
    for row in work.conn.execute(select(asked.c.id, asked.c.turn_id)).all():
        if row.turn_id in new_turn:
            work.update(asked, row.id, turn_id=new_turn[row.turn_id])


def _carry_marks(work: Work, anchors: Anchors, old_version: int, new_version: int, reading: Reading) -> None:
    """What was said of untouched stretches stays said; of marks that are new, the study's forms say what they are."""
    marks, versions = schema.marks, schema.source_versions
    packed = work.conn.scalar(select(versions.c.marks).where(versions.c.id == old_version))
    said = work.conn.execute(select(marks).where(marks.c.version_id == old_version).order_by(marks.c.start)).all()
    places = [(anchors.intact(row.start, row.end), row.kind) for row in said]
    kept = [[new_version, span.start, span.end, kind] for span, kind in places if span is not None]
    work.insert_many(marks, ["version_id", "start", "end", "kind"], kept)
    known = (anchors.intact(mark.start, mark.end) for mark in unpack_marks(packed))
    settled = ([span for span in known if span is not None], [Span(start, end) for _, start, end, _ in kept])
    new = reading.marks
    for spans in settled:
        new = marked.overlaid(new, [Mark(*span, marked.PLAIN_SPEECH) for span in spans])
    apply_house_forms(work, new_version, reading.document.text, new)
