"""Versions of a source: a text that never changes, with its turns, its sentences and the file it came from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from store import schema
from store.work import Work
from transcripts.conventions.marks import pack_marks
from transcripts.language.spoken_words import spoken_words
from transcripts.people import file_name
from transcripts.reading import Reading
from transcripts.search.indexing import index_speech
from transcripts.settings import to_json
from transcripts.speaking.turns import TurnSpan


def keep_version(work: Work, source_id: int, number: int, reading: Reading, reason: str | None = None) -> int:
    """Keep a reading as a version of a source and return the version's id.

    The version is the current one; whoever replaces an older one says of that one that it no longer is. Speakers
    belong to the source: a label that it knows already keeps its participant and role.
    """
    document = reading.document
    text_id, sha256 = work.keep_text(document.text)
    work.keep_original(reading.data)
    version_id = work.insert(
        schema.source_versions,
        {
            "source_id": source_id,
            "number": number,
            "is_current": True,
            "text_id": text_id,
            "sha256": sha256,
            "characters": len(document.text),
            "turn_count": len(reading.turns),
            "sentence_count": reading.sentence_count,
            "sentences": reading.sentences,
            "furniture": _packed(document.furniture),
            "file_name": file_name(reading.path),
            "file_format": document.format,
            "file_sha256": reading.file_sha256,
            "encoding": document.encoding,
            "created_at": work.at,
            "style": reading.style,
            "settings": to_json(reading.settings),
            "findings": _packed(reading.findings),
            "marks": pack_marks(reading.marks),
            "reason": reason,
        },
    )
    turn_ids = _keep_turns(work, source_id, version_id, reading.turns)
    index_speech(work, turn_ids, reading.spoken or spoken_words(document.text, reading.turns), reading.language)
    return version_id


def _packed(pieces: Sequence[object]) -> str:
    plain = [{key: value for key, value in asdict(piece).items() if value is not None} for piece in pieces]  # type: ignore[call-overload]
    return json.dumps(plain, ensure_ascii=False)


def _keep_turns(work: Work, source_id: int, version_id: int, spans: Sequence[TurnSpan]) -> range:
    speaker_of = _speakers(work, source_id, spans)
    return work.insert_many(
        schema.turns,
        ["version_id", "number", "start", "speech_start", "end", "speaker_id", "begins_at", "ends_at"],
        [
            [
                version_id,
                number,
                span.start,
                span.speech_start,
                span.end,
                speaker_of.get(span.label or ""),
                span.begins_at,
                span.ends_at,
            ]
            for number, span in enumerate(spans, start=1)
        ],
    )


def _speakers(work: Work, source_id: int, spans: Sequence[TurnSpan]) -> dict[str, int]:
    """The source's speakers by label, with those added that are new in these turns."""
    known = select(schema.speakers.c.label, schema.speakers.c.id).where(schema.speakers.c.source_id == source_id)
    speaker_of = {row.label: row.id for row in work.conn.execute(known)}
    labels = [label for label in dict.fromkeys(span.label for span in spans) if label is not None]
    new = [label for label in labels if label not in speaker_of]
    ids = work.insert_many(schema.speakers, ["source_id", "label"], [[source_id, label] for label in new])
    return speaker_of | dict(zip(new, ids, strict=True))
