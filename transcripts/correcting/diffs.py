"""The versions of a source, and what is different between two of them, in sentences that a person can read."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, select

from store import schema
from store.errors import UnknownName
from transcripts.correcting.alignment import BACKBONE, Alignment, align
from transcripts.language.sentences import unpack_sentences
from transcripts.records import Source, Span
from transcripts.sources import list_turns

_LEAST_SHARED = 3
"""Two sentences are the same one where they share a third of the longer."""

ChangeKind = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a source. ``created_at`` is UTC, ``reason`` why it took the place of the one before."""

    number: int
    is_current: bool
    created_at: str
    file_name: str
    characters: int
    turns: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence, or the label of a turn, that is not as it was. Turns count from 1; None, and no words, where there
    is no such sentence in that version. What only moved has the same words twice.
    """

    kind: ChangeKind
    old_turn: int | None
    new_turn: int | None
    old: str
    new: str


class _Segment(NamedTuple):
    span: Span
    turn: int


def list_versions(conn: Connection, source_id: int) -> list[Version]:
    """The versions of a source, the oldest first."""
    return [
        Version(row.number, row.is_current, row.created_at, row.file_name, row.characters, row.turn_count, row.reason)
        for row in _rows(conn, source_id)
    ]


def version_text(conn: Connection, source: Source, number: int) -> str:
    """The text of a version. Raises UnknownName."""
    texts = schema.texts
    query = select(texts.c.body).where(texts.c.id == _version(conn, source, number).text_id)
    body: str = conn.scalars(query).one()
    return body


def diff(conn: Connection, source: Source, old: int, new: int) -> list[Change]:
    """What is different between two versions, in the order of the new one. Raises UnknownName."""
    old_text, new_text = version_text(conn, source, old), version_text(conn, source, new)
    old_segments, new_segments = (_segments(conn, _version(conn, source, number)) for number in (old, new))
    alignment = align(old_text, new_text)
    partners, moved = _partners(alignment, old_segments, new_segments)
    return list(_changes(alignment, old_segments, new_segments, partners, moved))


def _rows(conn: Connection, source_id: int) -> Sequence[Row[Any]]:
    versions = schema.source_versions
    return conn.execute(select(versions).where(versions.c.source_id == source_id).order_by(versions.c.number)).all()


def _version(conn: Connection, source: Source, number: int) -> Row[Any]:
    found = {row.number: row for row in _rows(conn, source.id)}
    if number not in found:
        known = ", ".join(map(str, found))
        raise UnknownName(f"'{source.name}' has no version {number}.", f"It has: {known}.")
    return found[number]


def _segments(conn: Connection, version: Row[Any]) -> list[_Segment]:
    """The labels and the sentences of a version, in text order."""
    turns = list_turns(conn, version.id)
    spans = [_Segment(Span(turn.start, turn.speech_start), turn.number) for turn in turns]
    for sentence in unpack_sentences(version.sentences):
        spans.append(_Segment(sentence, turns[bisect_right(turns.starts, sentence.start) - 1].number))
    return sorted(segment for segment in spans if segment.span.start < segment.span.end)


def _partners(
    alignment: Alignment, old: Sequence[_Segment], new: Sequence[_Segment]
) -> tuple[dict[int, int], set[int]]:
    """Which old segment (by number) is which new one: those that have most in common with each other. And which of
    the old ones moved.
    """
    shared, moved = _shared(alignment, old, new), set()
    best_new: dict[int, int] = {}
    best_old: dict[int, int] = {}
    for (i, j), (length, lane) in sorted(shared.items(), key=lambda item: (-item[1][0], item[0])):
        longer = max(span.end - span.start for span in (old[i].span, new[j].span))
        if i not in best_new and j not in best_old and _LEAST_SHARED * length >= longer:
            best_new[i], best_old[j] = j, i
            if lane != BACKBONE:
                moved.add(i)
    return best_new, moved


def _shared(
    alignment: Alignment, old: Sequence[_Segment], new: Sequence[_Segment]
) -> dict[tuple[int, int], tuple[int, int]]:
    """How many code points two segments share, and in which lane."""
    shared: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, BACKBONE))
    old_starts, new_starts = ([segment.span.start for segment in segments] for segments in (old, new))
    for block in alignment.blocks:
        for i in _touched(old, old_starts, block.old, block.old_end):
            first = max(old[i].span.start, block.old) - block.old + block.new
            last = min(old[i].span.end, block.old_end) - block.old + block.new
            for j in _touched(new, new_starts, first, last):
                common = min(new[j].span.end, last) - max(new[j].span.start, first)
                shared[i, j] = (shared[i, j][0] + common, block.lane)
    return shared


def _touched(segments: Sequence[_Segment], starts: Sequence[int], first: int, last: int) -> Iterator[int]:
    for number in range(max(bisect_right(starts, first) - 1, 0), len(segments)):
        if segments[number].span.start >= last:
            return
        if segments[number].span.end > first:
            yield number


def _changes(
    alignment: Alignment,
    old: Sequence[_Segment],
    new: Sequence[_Segment],
    partners: dict[int, int],
    moved: set[int],
) -> Iterator[Change]:
    partner_of = {j: i for i, j in partners.items()}
    removed = [i for i in range(len(old)) if i not in partners]
    following = 0  # of what is removed, that which stood behind the last sentence told comes before what is new there
    for j, segment in enumerate(new):
        i = partner_of.get(j)
        words = alignment.new[slice(*segment.span)]
        while removed and (removed[0] <= following if i is None or i in moved else removed[0] < i):
            following = removed.pop(0) + 1
            yield _removed(alignment, old[following - 1])
        if i is None:
            yield Change("added", None, segment.turn, "", words)
            continue
        following = following if i in moved else i + 1
        before = alignment.old[slice(*old[i].span)]
        if before != words:
            yield Change("changed", old[i].turn, segment.turn, before, words)
        elif i in moved:
            yield Change("moved", old[i].turn, segment.turn, before, words)
    yield from (_removed(alignment, old[i]) for i in removed)


def _removed(alignment: Alignment, segment: _Segment) -> Change:
    return Change("removed", segment.turn, None, alignment.old[slice(*segment.span)], "")
