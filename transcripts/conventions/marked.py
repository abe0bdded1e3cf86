"""The marks of a source as they hold: those found in its text, with what a person said of them put over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from store import schema
from store.errors import InputError
from store.work import Work
from transcripts.conventions.marks import Mark, unpack_marks
from transcripts.excerpts import check_span

PLAIN_SPEECH = "none"
"""What a person calls a stretch that was taken for a mark and is speech."""
KINDS = (*schema.MARK_KINDS, PLAIN_SPEECH)
_TIME = re.compile(r"\d{1,2}(?::\d\d){1,2}(?:[.,-]\d{1,3})?")
_RUN = re.compile(r"([^\w\s]|[Xx_])\1{3,}")


@dataclass(frozen=True, slots=True)
class MarkForm:
    """One way of writing, as ``[enhed]``: what it is taken for, and in how many places and sources it stands."""

    kind: str
    form: str
    places: int
    sources: int


def version_marks(conn: Connection, version_id: int) -> list[Mark]:
    """The marks of a version, in text order and not overlapping."""
    versions = schema.source_versions
    found = unpack_marks(conn.scalar(select(versions.c.marks).where(versions.c.id == version_id)))
    return overlaid(found, _said(conn, version_id))


def overlaid(found: Sequence[Mark], said: Sequence[Mark]) -> list[Mark]:
    """Marks found, without those that touch a stretch of which a person said what it is, and with what they said.

    Both are in text order and do not overlap among themselves.
    """
    ends = [one.end for one in said]
    kept = []
    for mark in found:
        at = bisect_right(ends, mark.start)  # the first of which the end comes after this mark's start
        if at == len(said) or said[at].start >= mark.end:
            kept.append(mark)
    return sorted([*kept, *(mark for mark in said if mark.kind != PLAIN_SPEECH)])


def set_mark(work: Work, version_id: int, text: str, mark: Mark | tuple[int, int, str | None]) -> None:
    """Say what a stretch of a text is: a kind, ``none`` for plain speech, or None to take back what was said.

    What was said of stretches that overlap this one is replaced.

    Raises:
        BadPosition: the stretch is not inside the text.
        InputError: there is no such kind.
    """
    start, end, kind = mark
    check_span(text, start, end)
    if kind is not None:
        require_kind(kind)
    marks = schema.marks
    touching = (marks.c.version_id == version_id, marks.c.start < end, marks.c.end > start)
    present = work.conn.execute(select(marks).where(*touching)).all()
    if len(present) == 1 and (present[0].start, present[0].end) == (start, end) and kind is not None:
        work.update(marks, present[0].id, kind=kind)
        return
    work.delete(marks, [row.id for row in present])
    if kind is not None:
        work.insert(marks, {"version_id": version_id, "start": start, "end": end, "kind": kind})


def set_form(work: Work, versions: Iterable[tuple[int, str]], form: str, kind: str | None) -> int:
    """Say of every mark that is written like ``form``, in versions given with their texts, what it is.

    Returns the number of places. Forms are compared by :func:`form_of`, and capitals make no difference. None takes
    back what was said.

    Raises:
        InputError: there is no such kind.
    """
    if kind is not None:
        require_kind(kind)
    wanted, places = form_of(form).casefold(), 0
    for version_id, text in versions:
        stored = schema.source_versions
        packed = work.conn.scalar(select(stored.c.marks).where(stored.c.id == version_id))
        spans = {(mark.start, mark.end) for mark in (*unpack_marks(packed), *_said(work.conn, version_id))}
        for start, end in sorted(spans):
            if form_of(text[start:end]).casefold() == wanted:
                set_mark(work, version_id, text, (start, end, kind))
                places += 1
    return places


def form_of(written: str) -> str:
    """How something is written, for all that is written alike: one space for any white space, zeros for the figures of
    a time, no sign more than three times in a row. ``[00:12:03]`` and ``XXXXX`` stand for all of their like.
    """
    timeless = _TIME.sub(lambda match: re.sub(r"\d", "0", match[0]), " ".join(written.split()))
    return _RUN.sub(r"\1\1\1", timeless)


def count_forms(texts: Iterable[tuple[str, Sequence[Mark]]]) -> list[MarkForm]:
    """Every way of writing in these texts with their marks: kinds in the order of the schema, the most used first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for number, (text, marks) in enumerate(texts):
        for start, end, kind in marks:
            entry = counts.setdefault((kind, form_of(text[start:end])), [0, 0, -1])
            entry[0] += 1
            if entry[2] != number:
                entry[1], entry[2] = entry[1] + 1, number
    forms = [MarkForm(kind, form, places, sources) for (kind, form), (places, sources, _) in counts.items()]
    return sorted(forms, key=lambda one: (schema.MARK_KINDS.index(one.kind), -one.places, one.form))


def require_kind(kind: str) -> str:
    """A kind of mark. Raises InputError where there is none of that name."""
    if kind not in KINDS:
        raise InputError(f"'{kind}' is no kind of mark.", f"Kinds are {', '.join(KINDS)}.")
    return kind


def _said(conn: Connection, version_id: int) -> list[Mark]:
    marks = schema.marks
    query = select(marks.c.start, marks.c.end, marks.c.kind).where(marks.c.version_id == version_id)
    return [Mark(*row) for row in conn.execute(query.order_by(marks.c.start))]
