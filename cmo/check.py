"""Is the study sound? The store's checks, and those that need to know what texts and codings are."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, case, func, select

from cmo.casework.summaries import check_summaries
from cmo.configurations.checks import check_configurations
from cmo.theory.check import check_theory
from store import schema
from store.check import check_store
from store.findings import Finding
from store.sqlite_search import check_index
from transcripts.language.sentences import unpack_sentences


def check_study(conn: Connection) -> Iterator[Finding]:
    """Every finding about the study; none for a sound one."""
    yield from check_store(conn)
    yield from check_index(conn)
    yield from _sentences(conn)
    yield from _one_current(conn, schema.source_versions, "source_id", "source")
    yield from _one_current(conn, schema.point_versions, "point_id", "point")
    yield from _judgements(conn)
    yield from check_theory(conn)
    yield from check_configurations(conn)
    yield from check_summaries(conn)


def _sentences(conn: Connection) -> Iterator[Finding]:
    versions = schema.source_versions
    query = select(versions.c.id, versions.c.sentences, versions.c.sentence_count, versions.c.characters)
    for row in conn.execute(query):
        where = f"source version {row.id}"
        try:
            spans = unpack_sentences(row.sentences)
        except ValueError:
            yield Finding("sentences-unreadable", where, "its sentence boundaries cannot be read")
            continue
        if len(spans) != row.sentence_count or any(s.end <= s.start or s.end > row.characters for s in spans):
            yield Finding("sentences-outside", where, "its sentence boundaries do not fit the text")


def _one_current(conn: Connection, table: Table, owner: str, words: str) -> Iterator[Finding]:
    current = func.sum(case((table.c.is_current, 1), else_=0))
    query = select(table.c[owner], current).group_by(table.c[owner]).having(current != 1)
    for owner_id, count in conn.execute(query):
        yield Finding("current-version", f"{words} {owner_id}", f"has {count} current versions instead of one")


def _judgements(conn: Connection) -> Iterator[Finding]:
    judgements, versions, codings, codes = schema.judgements, schema.point_versions, schema.codings, schema.codes
    query = (
        select(judgements.c.id)
        .join(versions, versions.c.id == judgements.c.point_version_id)
        .join(codings, codings.c.id == judgements.c.coding_id)
        .join(codes, codes.c.id == codings.c.code_id)
        .where(judgements.c.is_current, codes.c.point_id.is_distinct_from(versions.c.point_id))
    )
    for (judgement_id,) in conn.execute(query):
        yield Finding("judgement-point", f"judgement {judgement_id}", "is held against another point than it codes")
