"""Excerpts after a correction: every one finds its place in the new text, or says that it has none.

An excerpt that has a place goes to the new version with its codings; a lost one stays on the version that it was coded
in, whose text is kept, so that its quote is always what stands there. Where a later correction brings the words back,
a lost excerpt comes back too.

Where two excerpts come to the same place, they become one: the codings of the younger go to the older. A coding that
the older one has already (the same code by the same coder) stays where it is and needs review, and so does an excerpt
whose own case differs: nothing is thrown away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from store import schema
from store.vocabularies import LOST, MOVED, NEEDS_REVIEW, OK
from transcripts.correcting.alignment import Alignment, align
from transcripts.correcting.anchors import Anchors
from transcripts.excerpts import CONTEXT, TurnSpot, turn_of, turn_spots

if TYPE_CHECKING:
    from store.work import Work
    from transcripts.records import Span

_ORDER = (OK, MOVED, NEEDS_REVIEW, LOST)


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What a correction does to one excerpt. ``words`` and ``span`` are None where it has no place in the new text.

    ``before`` are the words as they stood; ``codings`` say codes with their coders: ``#7 M (AB)``.
    """

    excerpt_id: int
    state: str
    before: str
    words: str | None
    span: Span | None
    codings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A version that excerpts are put on, with its text and its turns."""

    version_id: int
    text: str
    spots: Sequence[TurnSpot]

    def put(self, work: Work, excerpt_id: int, span: Span, *, anchor: str, was: str | None) -> None:
        """Let an excerpt stand here. Nothing else may stand on the very same span."""
        start, end = span
        work.update(
            schema.excerpts,
            excerpt_id,
            version_id=self.version_id,
            start=start,
            end=end,
            quote=self.text[start:end],
            before=self.text[max(0, start - CONTEXT) : start],
            after=self.text[end : end + CONTEXT],
            turn_id=turn_of(self.spots, start, end),
            anchor=anchor,
            was=was,
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """An excerpt and where it is to stand; ``span`` is None where it stays on the version it is on."""

    row: Row[Any]
    state: str
    span: Span | None
    was: str | None


def reanchor(work: Work, source_id: int, version_id: int, alignment: Alignment, old_version: int) -> list[Reanchored]:
    """Move the excerpts of a source to its new version. ``alignment`` is that of the old version, the last, with it."""
    text = alignment.new
    places: list[_Place] = []
    by_version: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in _excerpts(work.conn, source_id):
        by_version[row.version_id].append(row)
    for number, rows in by_version.items():
        if number == version_id:
            continue
        is_last = number == old_version
        anchors = Anchors(alignment if is_last else align(_text(work.conn, number), text))
        places += [_place(row, anchors, text, is_last=is_last) for row in rows]
    named = _coding_names(work.conn, source_id)
    here = Target(version_id, text, turn_spots(work.conn, version_id))
    done = [place for group in _groups(places) for place in _put(work, here, group)]
    return [
        Reanchored(
            place.row.id,
            place.state,
            place.row.quote,
            text[slice(*place.span)] if place.span is not None else None,
            place.span,
            tuple(named[place.row.id]),
        )
        for place in sorted(done, key=lambda place: (place.row.start, place.row.end, place.row.id))
    ]


def _place(row: Row[Any], anchors: Anchors, text: str, *, is_last: bool) -> _Place:
    """Where an excerpt goes, and its state with what earlier corrections left to be looked at."""
    found = anchors.find(row.start, row.end)
    if found.span is None:
        return _Place(row, LOST if row.anchor != NEEDS_REVIEW or is_last else NEEDS_REVIEW, None, row.was)
    words = text[slice(*found.span)]
    was = row.was or (row.quote if words != row.quote else None)
    if was == words:  # the words that a correction had changed are as they were
        return _Place(row, OK, found.span, None)
    earlier = row.anchor if is_last else (MOVED if row.was else OK)
    return _Place(row, max(found.state, earlier, key=_ORDER.index), found.span, was)


def _groups(places: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The excerpts that come to the same place together, the oldest first; those without a place each alone."""
    at: dict[Span, list[_Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place.row.id):
        if place.span is None:
            yield [place]
        else:
            at[place.span].append(place)
    yield from at.values()


def _put(work: Work, here: Target, group: Sequence[_Place]) -> list[_Place]:
    """Write the places of a group, merged into one; return what became of each."""
    first, *others = group
    if first.span is None:
        work.update(schema.excerpts, first.row.id, anchor=first.state)
        return [first]
    merged = [place for place in others if place.row.case_id == first.row.case_id]
    state = max((place.state for place in (first, *merged)), key=_ORDER.index)
    was = next((place.was for place in (first, *merged) if place.was is not None), None)
    here.put(work, first.row.id, first.span, anchor=state, was=was)
    done = [replace(first, state=state, was=was)]
    for place in others:
        if place in merged and merge(work, place.row.id, first.row.id):
            done.append(replace(place, state=state))
        else:
            work.update(schema.excerpts, place.row.id, anchor=NEEDS_REVIEW)
            done.append(replace(place, state=NEEDS_REVIEW, span=None))
    return done


def merge(work: Work, excerpt_id: int, into: int) -> bool:
    """Give one excerpt's codings to another; False where some stay, because the other has them already."""
    codings = schema.codings
    query = select(codings.c.id, codings.c.code_id, codings.c.coder_id).order_by(codings.c.id)
    held = {row[1:] for row in work.conn.execute(query.where(codings.c.excerpt_id == into))}
    own = work.conn.execute(query.where(codings.c.excerpt_id == excerpt_id)).all()
    for row in own:
        if row[1:] not in held:
            work.update(codings, row.id, excerpt_id=into)
    if any(row[1:] in held for row in own):
        return False
    work.delete(schema.excerpts, [excerpt_id])
    return True


def _excerpts(conn: Connection, source_id: int) -> Sequence[Row[Any]]:
    excerpts, versions = schema.excerpts, schema.source_versions
    query = select(excerpts).join(versions, versions.c.id == excerpts.c.version_id)
    return conn.execute(query.where(versions.c.source_id == source_id).order_by(excerpts.c.id)).all()


def _text(conn: Connection, version_id: int) -> str:
    versions, texts = schema.source_versions, schema.texts
    query = select(texts.c.body).join(versions, versions.c.text_id == texts.c.id).where(versions.c.id == version_id)
    body: str = conn.scalars(query).one()
    return body


def _coding_names(conn: Connection, source_id: int) -> dict[int, list[str]]:
    codings, codes, coders = schema.codings, schema.codes, schema.coders
    excerpts, versions = schema.excerpts, schema.source_versions
    query = (
        select(codings.c.excerpt_id, codes.c.name, coders.c.name)
        .join(codes, codes.c.id == codings.c.code_id)
        .join(coders, coders.c.id == codings.c.coder_id)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .join(versions, versions.c.id == excerpts.c.version_id)
        .where(versions.c.source_id == source_id)
        .order_by(codings.c.id)
    )
    named: dict[int, list[str]] = defaultdict(list)
    for excerpt_id, code, coder in conn.execute(query):
        named[excerpt_id].append(f"{code} ({coder})")
    return named
