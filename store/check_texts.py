"""Texts and what lies in them: hashes, quotes, turns. One text is in memory at a time."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from store.findings import Finding, place
from store.schema import excerpts, originals, source_versions, texts, turns


def check_texts(conn: Connection) -> Iterator[Finding]:
    for text_id in conn.scalars(select(texts.c.id).order_by(texts.c.id)).all():
        sha256, body = conn.execute(select(texts.c.sha256, texts.c.body).where(texts.c.id == text_id)).one()
        if not isinstance(body, str) or hashlib.sha256(body.encode()).hexdigest() != sha256:
            yield Finding("text-changed", place("texts", text_id), "is not the text that was imported (SHA-256)")
        if isinstance(body, str):
            versions = select(source_versions).where(source_versions.c.text_id == text_id)
            for version in conn.execute(versions.order_by(source_versions.c.id)).all():
                yield from _version(version, sha256, body)
                yield from _turns(conn, version)
                yield from _excerpts(conn, version.id, body)


def check_originals(conn: Connection) -> Iterator[Finding]:
    """The files as they came, against their hashes. Studies of before 0002 have none for their sources."""
    for original_id in conn.scalars(select(originals.c.id).order_by(originals.c.id)).all():
        kept = conn.execute(select(originals).where(originals.c.id == original_id)).one()
        try:
            data = zlib.decompress(kept.body)
        except (zlib.error, TypeError):
            data = b""
        if len(data) != kept.size or hashlib.sha256(data).hexdigest() != kept.sha256:
            yield Finding("original-changed", place("originals", original_id), "is not the file that was imported")


def _version(version: Row[Any], sha256: str, body: str) -> Iterator[Finding]:
    where = place("source_versions", version.id)
    if version.sha256 != sha256:
        yield Finding("version-text", where, f"does not belong to text {version.text_id} (SHA-256)")
    if version.characters != len(body):
        yield Finding("version-length", where, f"says {version.characters:,} characters; its text has {len(body):,}")


def _turns(conn: Connection, version: Row[Any]) -> Iterator[Finding]:
    query = select(turns).where(turns.c.version_id == version.id).order_by(turns.c.number)
    expected, at = 1, 0
    for turn in conn.execute(query):
        where = place("turns", turn.id)
        if not 0 <= turn.start <= turn.speech_start <= turn.end <= version.characters:
            yield Finding("turn-outside", where, f"from {turn.start} to {turn.end} is not inside its text")
        elif turn.start < at or turn.number != expected:
            yield Finding("turn-order", where, f"turn {turn.number} does not follow from the turn before it")
        expected, at = turn.number + 1, turn.end
    if expected - 1 != version.turn_count:
        where = place("source_versions", version.id)
        yield Finding("turn-count", where, f"says {version.turn_count} turns and has {expected - 1}")


def _excerpts(conn: Connection, version_id: int, body: str) -> Iterator[Finding]:
    turn = turns.c.version_id.label("turn_version")
    query = select(excerpts, turn).outerjoin(turns, turns.c.id == excerpts.c.turn_id)
    for excerpt in conn.execute(query.where(excerpts.c.version_id == version_id).order_by(excerpts.c.id)):
        where = place("excerpts", excerpt.id)
        if not 0 <= excerpt.start < excerpt.end <= len(body):
            yield Finding("excerpt-outside", where, f"from {excerpt.start} to {excerpt.end} is not inside its text")
        elif body[excerpt.start : excerpt.end] != excerpt.quote:
            yield Finding("quote-mismatch", where, "its quote is not what stands at its place in the text")
        elif not _around(body, excerpt):
            yield Finding("context-mismatch", where, "the text before or after its quote is not what stands there")
        if excerpt.turn_id is not None and excerpt.turn_version not in (None, version_id):
            yield Finding("excerpt-turn", where, f"refers to turn {excerpt.turn_id} of another text")


def _around(body: str, excerpt: Row[Any]) -> bool:
    before = body[max(0, excerpt.start - len(excerpt.before)) : excerpt.start]
    return before == excerpt.before and body.startswith(excerpt.after, excerpt.end)
