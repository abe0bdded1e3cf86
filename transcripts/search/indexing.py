"""What a search looks things up in: the index of words and the lemmas, filled as texts come in, or made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from store.schema import source_versions, sources, texts, turns
from store.sqlite_search import has_index, make_index
from store.work import Work
from transcripts.language.spoken_words import SpokenWords, spoken_words
from transcripts.search.forms import keep_forms

Progress = Callable[[int, int, str], bool]
"""Called with sources done, sources in all and the next one's name; what it answers is not asked for."""


def index_speech(work: Work, turn_ids: Sequence[int], spoken: SpokenWords, language: str) -> None:
    """Put the turns of a version into the index, and the lemmas of words not met before beside it."""
    work.index_turns(turn_ids, spoken.turns)
    keep_forms(work, language, spoken)


def is_indexed(conn: Connection) -> bool:
    """Whether a study can be searched as it is; studies that an older cmo made get their index by :func:`index_all`."""
    return has_index(conn)


def index_all(work: Work, progress: Progress | None = None) -> int:
    """Make the index anew from all texts, whatever was in it; return the number of turns.

    Lemmas are kept and added to. Nothing of it is an act: the study says the same as before.
    """
    make_index(work.conn)
    versions = work.conn.execute(
        select(source_versions.c.id, source_versions.c.text_id, sources.c.name, sources.c.language)
        .join(sources, sources.c.id == source_versions.c.source_id)
        .order_by(source_versions.c.id)
    ).all()
    spans = select(turns.c.id, turns.c.speech_start, turns.c.end).order_by(turns.c.number)
    number = 0
    for done, version in enumerate(versions):
        if progress is not None:
            progress(done, len(versions), version.name)
        text = work.conn.scalars(select(texts.c.body).where(texts.c.id == version.text_id)).one()
        rows = work.conn.execute(spans.where(turns.c.version_id == version.id)).all()
        index_speech(work, [row.id for row in rows], spoken_words(text, rows), version.language)
        number += len(rows)
    if progress is not None:
        progress(len(versions), len(versions), "")
    return number
