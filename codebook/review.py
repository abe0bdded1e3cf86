"""The queue of excerpts that a correction left to a person's eye, and what the person says of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from codebook.codings import excerpt_codings
from store import schema
from store.errors import InputError, UnknownName
from store.rooms import Room
from store.vocabularies import LOST, MOVED, NEEDS_REVIEW, OK
from transcripts.excerpts import check_span, turn_spots
from transcripts.records import Span
from transcripts.sources import current_text

if TYPE_CHECKING:
    from codebook import reanchoring
    from codebook.records import Coding
    from store.work import Work
else:
    reanchoring = Room("codebook.reanchoring")

WAITING = (NEEDS_REVIEW, LOST)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An excerpt that waits for a person.

    ``was`` are the words that were coded, ``words`` those at its place in the source's current version, ``span`` that
    place in code points; both are None where it has none there. ``version`` is the number of the version it stands
    on. ``before`` and ``after`` are the text around it there.
    """

    excerpt_id: int
    state: str
    source_id: int
    source: str
    version: int
    turn: int | None
    was: str
    words: str | None
    span: Span | None
    before: str
    after: str
    codings: tuple[Coding, ...]


def review_queue(conn: Connection, viewer: str, source_id: int | None = None) -> list[ReviewItem]:
    """The excerpts that need an eye, by source and place; codings as the coder ``viewer`` sees them."""
    excerpts, versions, sources, turns = schema.excerpts, schema.source_versions, schema.sources, schema.turns
    query = (
        select(excerpts, versions.c.number, versions.c.is_current, sources.c.id.label("source_id"), sources.c.name)
        .add_columns(turns.c.number.label("turn"))
        .join(versions, versions.c.id == excerpts.c.version_id)
        .join(sources, sources.c.id == versions.c.source_id)
        .outerjoin(turns, turns.c.id == excerpts.c.turn_id)
        .where(excerpts.c.anchor.in_(WAITING))
        .order_by(sources.c.position, sources.c.id, versions.c.number.desc(), excerpts.c.start, excerpts.c.id)
    )
    rows = conn.execute(query if source_id is None else query.where(sources.c.id == source_id)).all()
    codings = excerpt_codings(conn, [row.id for row in rows], viewer)
    return [
        ReviewItem(
            excerpt_id=row.id,
            state=row.anchor,
            source_id=row.source_id,
            source=row.name,
            version=row.number,
            turn=row.turn,
            was=row.was or row.quote,
            words=row.quote if row.is_current else None,
            span=Span(row.start, row.end) if row.is_current else None,
            before=row.before,
            after=row.after,
            codings=tuple(codings.get(row.id, ())),
        )
        for row in rows
    ]


def waiting_codings(conn: Connection) -> list[tuple[str, str, int]]:
    """How many codings of each source wait, by the state of their excerpts: source, state, codings."""
    excerpts, versions, sources, codings = schema.excerpts, schema.source_versions, schema.sources, schema.codings
    query = (
        select(sources.c.name, excerpts.c.anchor, func.count())
        .join(versions, versions.c.source_id == sources.c.id)
        .join(excerpts, excerpts.c.version_id == versions.c.id)
        .join(codings, codings.c.excerpt_id == excerpts.c.id)
        .where(excerpts.c.anchor.in_(WAITING))
        .group_by(sources.c.id, excerpts.c.anchor)
        .order_by(sources.c.position, sources.c.id, excerpts.c.anchor.desc())
    )
    return [(name, anchor, count) for name, anchor, count in conn.execute(query)]


def settle(work: Work, excerpt_id: int, start: int | None = None, end: int | None = None) -> None:
    """Say that an excerpt stands where it is, or from ``start`` to ``end`` of its source's current version.

    It is ``ok`` where the words are those that were coded, else ``moved``. Where another excerpt stands on that very
    span, they become one.

    Raises:
        UnknownName: there is no such excerpt.
        InputError: it has no place in the current version, and none is given; or the excerpt there has the same code
            by the same coder, or another case.
        BadPosition: the place is not inside the text.
    """
    excerpts, versions = schema.excerpts, schema.source_versions
    query = select(excerpts, versions.c.source_id, versions.c.is_current).join(versions)
    row = work.conn.execute(query.where(excerpts.c.id == excerpt_id)).first()
    if row is None:
        raise UnknownName(f"There is no excerpt {excerpt_id} any more.", "`cmo review STUDY` lists what waits.")
    if (start is None) != (end is None):
        raise InputError("A place has a start and an end.", "Give both, or none to leave the excerpt where it is.")
    if start is None or end is None:
        if not row.is_current:
            cure = "Give its start and end there, or remove its codings."
            raise InputError("This excerpt has no place in the corrected text.", cure)
        start, end = row.start, row.end
    now = current_text(work.conn, row.source_id)
    check_span(now.text, start, end)
    words, coded = now.text[start:end], row.was or row.quote
    here = (excerpts.c.version_id == now.version_id, excerpts.c.start == start, excerpts.c.end == end)
    other = work.conn.execute(select(excerpts).where(*here, excerpts.c.id != excerpt_id)).first()
    if other is None:
        target = reanchoring.Target(now.version_id, now.text, turn_spots(work.conn, now.version_id))
        was, state = (None, OK) if words == coded else (coded, MOVED)
        target.put(work, excerpt_id, Span(start, end), anchor=state, was=was)
    elif other.case_id != row.case_id or not reanchoring.merge(work, excerpt_id, other.id):
        raise InputError(
            "Another excerpt stands there, with the same code by the same coder or another case.",
            "Remove the coding that is one too many.",
        )
