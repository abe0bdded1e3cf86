"""Is the study sound? The store's checks, and those that need to know what texts and codings are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Table, case, func, select

from cmo.casework.summaries import check_summaries
from cmo.configurations.checks import check_configurations
from cmo.theory.check import check_theory
from store import schema, sqlite
from store.check import check_store, to_the_end
from store.driver import ERRORS, cause_of
from store.errors import DamagedStudy
from store.findings import Finding
from store.sqlite_search import check_index
from transcripts.language.sentences import unpack_sentences


def check_study(conn: Connection) -> Iterator[Finding]:
    """Every finding about the study; none for a sound one."""
    yield from check_store(conn)
    steps: list[Callable[[], Iterator[Finding]]] = [
        lambda: check_index(conn),
        lambda: _sentences(conn),
        lambda: _one_current(conn, schema.source_versions, "source_id", "source"),
        lambda: _one_current(conn, schema.point_versions, "point_id", "point"),
        lambda: _judgements(conn),
        lambda: check_theory(conn),
        lambda: check_configurations(conn),
        lambda: check_summaries(conn),
    ]
    for step in steps:
        yield from to_the_end(step)


def check_damaged(path: Path) -> list[Finding]:
    """What is wrong with a study that is too damaged to be opened, as far as it can be read; nothing is changed.

    Acts that wait in the log beside the file are not looked at.
    """
    engine = sqlite.engine(sqlite.way_to_damaged(path))
    try:
        with engine.connect() as conn:
            found = list(check_study(conn))
    except ERRORS as exc:
        return [Finding("file-unreadable", "study file", f"cannot be read at all: {cause_of(exc)}")]
    except DamagedStudy as exc:
        return [Finding("file-unreadable", "study file", exc.message)]
    finally:
        engine.dispose()
    return list(dict.fromkeys(found))


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
