"""The index of words: which turns have which words. SQLite's FTS5, and known to nobody but this file.

The index holds words and no text (FTS5 calls that contentless); its row ids are the ids of turns. It only grows:
ids of turns are never used again, so what an undone import leaves in it finds nothing, and is there for a redo.
It is no part of the journal, and can be made anew from the texts at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from store.driver import ERRORS, ask_driver
from store.findings import Finding
from store.schema import source_versions, texts, turns
from store.words import words_of

_MAKE = """
CREATE VIRTUAL TABLE spoken USING fts5(
    words, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)
"""
_INDEXED = "SELECT id FROM spoken_docsize"  # FTS5's own table, of which the documentation says what is in it
_INSTANCES = 'SELECT term, doc, "offset" FROM temp.{} WHERE doc IN (SELECT id FROM turns)'
_ADD = "INSERT INTO spoken(rowid, words) VALUES (?, ?)"
_WITHOUT_LEMMA = """
SELECT value FROM json_each(?)
WHERE NOT EXISTS (SELECT 1 FROM words WHERE words.language = ? AND words.form = json_each.value)
"""
_MATCHING = """
FROM spoken CROSS JOIN turns ON turns.id = spoken.rowid
WHERE spoken MATCH ? AND spoken.rowid BETWEEN ? AND ?
"""
_FOUND = 'SELECT turns.id, turns.version_id, turns.number, turns.speech_start, turns."end", turns.speaker_id'
_COUNT = "SELECT turns.version_id, turns.speaker_id, count(*)"
_NEAREST = f"""
{_FOUND} FROM spoken JOIN turns ON turns.id = spoken.rowid
JOIN source_versions ON source_versions.id = turns.version_id AND source_versions.is_current
LEFT JOIN speakers ON speakers.id = turns.speaker_id
WHERE spoken MATCH ? AND NOT coalesce(speakers.asks, 0)
ORDER BY bm25(spoken), turns.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand one after the other; with ``prefix`` the last is only the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """Runs in any order; between the end of each and the beginning of the last stand at most ``within`` words."""

    runs: tuple[Run, ...]
    within: int


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Without:
    wanted: Sought
    unwanted: Sought


Sought = Run | Close | AllOf | AnyOf | Without
"""What a turn must have to be found."""


class FoundTurn(NamedTuple):
    """A turn in the index; positions are code points."""

    id: int
    version_id: int
    number: int
    speech_start: int
    end: int
    speaker_id: int | None


def make_index(conn: Connection) -> None:
    """An empty index in place of the one there is."""
    conn.exec_driver_sql("DROP TABLE IF EXISTS spoken")
    conn.exec_driver_sql(_MAKE)


def has_index(conn: Connection) -> bool:
    found = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'spoken'")
    return found.first() is not None


def add_turns(conn: Connection, spoken: Iterable[tuple[int, str]]) -> None:
    """Put turns into the index: the id of each and its words (:mod:`store.words`), parted by spaces; none is in yet."""
    rows = list(spoken)
    if rows:
        conn.exec_driver_sql(_ADD, rows)


def add_missing_turns(conn: Connection, turn_ids: Sequence[int]) -> None:
    """Put those of the turns into the index that are not in it, as after undo of work older than the index."""
    if not turn_ids or not has_index(conn):
        return
    lacking = conn.exec_driver_sql(
        f"SELECT value FROM json_each(?) WHERE value NOT IN ({_INDEXED})", (json.dumps(turn_ids),)
    )
    ids = [turn_id for (turn_id,) in lacking]
    if not ids:
        return
    query = (
        select(turns.c.id, turns.c.speech_start, turns.c.end, texts.c.body)
        .join(source_versions, source_versions.c.id == turns.c.version_id)
        .join(texts, texts.c.id == source_versions.c.text_id)
    )
    for turn_id in ids:
        row = conn.execute(query.where(turns.c.id == turn_id)).one()
        add_turns(conn, [(row.id, " ".join(words_of(row.body[row.speech_start : row.end])))])


def find_turns(conn: Connection, sought: Sought, first_id: int, last_id: int) -> Iterator[FoundTurn]:
    """The turns between two ids that have what is sought, in the order of their ids, one at a time."""
    asked = (_expression(sought), first_id, last_id)
    with closing(ask_driver(conn, f"{_FOUND} {_MATCHING} ORDER BY spoken.rowid", asked)) as found:
        yield from map(FoundTurn._make, found)


def count_turns(conn: Connection, sought: Sought, first_id: int, last_id: int) -> list[tuple[int, int | None, int]]:
    """How many such turns each speaker of each source version has, where any: the version, the speaker, the number."""
    asked = (_expression(sought), first_id, last_id)
    with closing(ask_driver(conn, f"{_COUNT} {_MATCHING} GROUP BY 1, 2", asked)) as found:
        return found.fetchall()


def nearest_turns(conn: Connection, sought: Sought, limit: int) -> list[FoundTurn]:
    """The turns of current versions, but those that ask, that come nearest to what is sought: by BM25 (Robertson and
    Zaragoza 2009), as FTS5 counts it.
    """
    return [FoundTurn(*row) for row in conn.exec_driver_sql(_NEAREST, (_expression(sought), limit))]


def count_indexed(conn: Connection) -> int:
    """How many turns are in the index, with those of older versions and of undone work."""
    return int(conn.exec_driver_sql("SELECT count(*) FROM spoken_docsize").scalar() or 0)


def count_with(conn: Connection, sought: Sought) -> int:
    """How many of them have what is sought."""
    found = conn.exec_driver_sql("SELECT count(*) FROM spoken WHERE spoken MATCH ?", (_expression(sought),))
    return int(found.scalar() or 0)


def words_without_lemma(conn: Connection, language: str, forms: Iterable[str]) -> list[str]:
    """The word forms that the table ``words`` lacks in a language, in order."""
    asked = json.dumps(sorted(set(forms)), ensure_ascii=False)
    found = conn.exec_driver_sql(_WITHOUT_LEMMA, (asked, language))
    return [form for (form,) in found]


def check_index(conn: Connection) -> Iterator[Finding]:
    """Whether every turn is in the index, with its words. A study without one gets it from its first search.

    The words are compared with an index made anew in memory, so that the same tokens are compared on both sides.
    """
    if not has_index(conn):
        return
    cure = "`cmo search STUDY --rebuild` makes it anew"
    try:
        lacking = conn.exec_driver_sql(f"SELECT count(*) FROM turns WHERE id NOT IN ({_INDEXED})").scalar()
        differs = not lacking and _differs_from_texts(conn)
    except ERRORS as exc:
        yield Finding("search-index", "index of words", f"cannot be read ({exc}); {cure}")
        return
    if lacking:
        yield Finding("search-index", "index of words", f"lacks {lacking:,} turns, so searches miss them; {cure}")
    if differs:
        yield Finding("search-index", "index of words", f"has not the words that the texts have; {cure}")


def _differs_from_texts(conn: Connection) -> bool:
    conn.exec_driver_sql("PRAGMA query_only = 0")  # or not even tables in memory can be made
    try:
        conn.exec_driver_sql(_MAKE.replace("spoken", "temp.anew"))
        conn.exec_driver_sql("CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab(temp, anew, instance)")
        conn.exec_driver_sql("CREATE VIRTUAL TABLE temp.words_kept USING fts5vocab(main, spoken, instance)")
        for text_id in conn.scalars(select(texts.c.id)).all():
            rows = list(_words_of_turns(conn, text_id))
            if rows:
                conn.exec_driver_sql(_ADD.replace("spoken", "temp.anew"), rows)
        return not _alike(conn, _INSTANCES.format("words_anew"), _INSTANCES.format("words_kept"))
    finally:
        for table in ("words_anew", "words_kept", "anew"):
            conn.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")
        conn.exec_driver_sql("PRAGMA query_only = 1")


def _alike(conn: Connection, one: str, other: str) -> bool:
    """Whether two queries have the same rows: by the million, so straight from the driver."""
    with closing(ask_driver(conn, one)) as first, closing(ask_driver(conn, other)) as second:
        while (rows := first.fetchmany(10_000)) == second.fetchmany(10_000):
            if not rows:
                return True
    return False


def _words_of_turns(conn: Connection, text_id: int) -> Iterator[tuple[int, str]]:
    body = conn.scalars(select(texts.c.body).where(texts.c.id == text_id)).one()
    query = select(turns.c.id, turns.c.speech_start, turns.c.end).join(
        source_versions, source_versions.c.id == turns.c.version_id
    )
    for turn in conn.execute(query.where(source_versions.c.text_id == text_id)):
        yield turn.id, " ".join(words_of(body[turn.speech_start : turn.end]))


def _expression(sought: Sought) -> str:
    """What is sought in FTS5's own language."""
    match sought:
        case Run(words, prefix):
            return f'"{" ".join(words)}"{"*" if prefix else ""}'
        case Close(runs, within):
            return f"NEAR({' '.join(map(_expression, runs))}, {within})"
        case AllOf(parts):
            return f"({' AND '.join(map(_expression, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(_expression, parts))})"
        case Without(wanted, unwanted):
            return f"({_expression(wanted)} NOT {_expression(unwanted)})"
