"""Where coders are in the sources: the place each was left at, and the bookmarks they have set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from store.clock import now
from store.errors import NameTaken, UnknownName
from store.schema import bookmarks, coders, reading_places, sources
from transcripts.people import fold, tidy

if TYPE_CHECKING:
    from store.work import Work


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that a coder wants to find again; ``start`` is in code points into the source's current version."""

    id: int
    name: str
    source_id: int
    source: str
    start: int


def reading_place(conn: Connection, source_id: int, coder: str) -> int | None:
    """Where a coder left a source, in code points; None where it was never open."""
    place = reading_places
    found: int | None = conn.scalar(select(place.c.start).where(place.c.coder == coder, place.c.source_id == source_id))
    return found


def last_read(conn: Connection, coder: str) -> int | None:
    """The source that a coder left last, if it is still in the study."""
    place = reading_places
    query = select(place.c.source_id).join(sources, sources.c.id == place.c.source_id).where(place.c.coder == coder)
    found: int | None = conn.scalar(query.order_by(place.c.at.desc(), place.c.source_id).limit(1))
    return found


def keep_reading_place(conn: Connection, source_id: int, coder: str, start: int) -> None:
    """Keep where a coder left a source. It is no act: undo knows nothing of it."""
    place = reading_places
    conn.execute(delete(place).where(place.c.coder == coder, place.c.source_id == source_id))
    conn.execute(insert(place), {"coder": coder, "source_id": source_id, "start": start, "at": now()})


def list_bookmarks(conn: Connection, coder: str) -> list[Bookmark]:
    """A coder's bookmarks in the order of the sources and of the text."""
    query = (
        select(bookmarks.c.id, bookmarks.c.name, bookmarks.c.source_id, sources.c.name, bookmarks.c.start)
        .join(sources, sources.c.id == bookmarks.c.source_id)
        .join(coders, coders.c.id == bookmarks.c.coder_id)
        .where(coders.c.name == coder)
        .order_by(sources.c.position, sources.c.id, bookmarks.c.start, bookmarks.c.id)
    )
    return [Bookmark(*row) for row in conn.execute(query)]


def add_bookmark(work: Work, source_id: int, start: int, name: str) -> int:
    """Set a bookmark of the coder who acts.

    Raises:
        NameTaken: this coder has one of that name in the source.
    """
    name = tidy(name)
    here = (bookmarks.c.source_id == source_id, bookmarks.c.coder_id == work.coder_id)
    taken = work.conn.scalars(select(bookmarks.c.name).where(*here)).all()
    if fold(name) in map(fold, taken):
        raise NameTaken(f"You have a bookmark '{name}' here already.", "Choose another name.")
    values = {"source_id": source_id, "coder_id": work.coder_id, "name": name, "start": start}
    return work.insert(bookmarks, values)


def remove_bookmark(work: Work, bookmark_id: int) -> str:
    """Take a bookmark away and return its name. Raises UnknownName."""
    name = work.conn.scalar(select(bookmarks.c.name).where(bookmarks.c.id == bookmark_id))
    if name is None:
        raise UnknownName("That bookmark is not there any more.")
    work.delete(bookmarks, [bookmark_id])
    return str(name)
