"""Codings changed after they were made: another code, another passage, in two, into one.

A coding keeps its judgements, memo and places in configurations through all of this. Where it comes to stand on the
passage and the code of another by the same coder, the two become one; see :mod:`codebook.joining`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from codebook.asking import rows_of
from codebook.codings import gone
from codebook.joining import join
from codebook.judging import let_rest
from codebook.removing import release
from store.errors import BadPosition, InputError
from store.schema import codes, codings, elements, excerpts, points, source_versions
from store.work import Work
from transcripts.excerpts import check_span, keep_excerpt
from transcripts.records import Span
from transcripts.sources import CurrentText, current_text


@dataclass(frozen=True, slots=True)
class Recoded:
    """The codings there are now, and how many of their judgements stay as history only."""

    coding_ids: tuple[int, ...]
    resting: int


def recode(work: Work, coding_ids: Iterable[int], code_id: int, undecided: str | None = None) -> Recoded:
    """Give codings another code. One that was undecided is so no longer, unless the code is a whole point and the
    letters say between which of its elements.

    Judgements are held against the wording of a point: those of another point count no more.

    Raises:
        UnknownName: there is no such coding.
        InputError: one would become one with another that was judged otherwise; or these are no letters to be
            undecided between.
    """
    letters = None if undecided is None else undecided_letters(work.conn, code_id, undecided)
    rows = _rows(work.conn, list(dict.fromkeys(coding_ids)))
    point_id = _point(work.conn, code_id)
    resting = let_rest(work, [row.id for row in rows if row.point_id != point_id])
    there = _codings_of(work.conn, code_id, [row.excerpt_id for row in rows])
    left = {row.id for row in rows}
    for row in rows:
        place = row.excerpt_id, row.coder_id
        twin = there.get(place, row.id)
        there[place] = row.id
        if row.id in left and twin != row.id:
            join(work, twin, row.id)
            left.discard(twin)
    stay = [row.id for row in rows if row.id in left]
    work.update_many(codings, stay, code_id=code_id, undecided=letters)
    return Recoded(tuple(stay), resting)


def _codings_of(conn: Connection, code_id: int, excerpt_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """The codings with a code on some excerpts, by excerpt and coder."""
    query = select(codings.c.id, codings.c.excerpt_id, codings.c.coder_id).where(codings.c.code_id == code_id)
    found = rows_of(conn, query, codings.c.excerpt_id, excerpt_ids)
    return {(row.excerpt_id, row.coder_id): row.id for row in found}


def set_undecided(work: Work, coding_id: int, letters: str) -> None:
    """Say between which elements a coding of a whole point is undecided; see :func:`undecided_letters`."""
    row = _row(work.conn, coding_id)
    work.update(codings, coding_id, undecided=undecided_letters(work.conn, row.code_id, letters))


def undecided_letters(conn: Connection, code_id: int, letters: str) -> str:
    """The letters of the elements that a coding with this code may belong to, in the order of the theory: ``CM``.

    Raises:
        InputError: the code is no whole point, or these are not two or more elements of its theory.
    """
    code = conn.execute(select(codes.c.point_id, codes.c.element_id).where(codes.c.id == code_id)).one()
    if code.point_id is None or code.element_id is not None:
        raise InputError("Only a coding of a whole point can be undecided.", "Code the point without an element.")
    known = _letters(conn, code.point_id)
    asked = {letter for letter in letters.casefold() if letter.isalnum()}
    found = [letter for letter in known if letter.casefold() in asked]
    if len(found) < 2 or len(found) != len(asked):
        raise InputError(f"'{letters}' are not two or more elements of the theory.", f"It has {', '.join(known)}.")
    return "".join(found)


def element_code(conn: Connection, coding_id: int, letter: str) -> int:
    """The code of an element of the point that a coding belongs to. Raises InputError: there is none."""
    row = _row(conn, coding_id)
    query = select(elements.c.letter, codes.c.id).join(codes, codes.c.element_id == elements.c.id)
    found = {name.casefold(): code_id for name, code_id in conn.execute(query.where(codes.c.point_id == row.point_id))}
    if letter.casefold() not in found:
        cure = f"It has {', '.join(_letters(conn, row.point_id))}." if found else "It belongs to no PT point."
        raise InputError(f"'{letter}' is no element of what this coding belongs to.", cure)
    return int(found[letter.casefold()])


def resize(work: Work, coding_id: int, start: int, end: int) -> None:
    """Let a coding stand from ``start`` to ``end`` (code points) of its source's current version.

    Raises:
        UnknownName: there is no such coding.
        BadPosition: the passage is not inside the text.
        InputError: the passage there is bound to another case, or was judged otherwise.
    """
    row = _row(work.conn, coding_id)
    now = current_text(work.conn, row.source_id)
    _move(work, row, now, Span(start, end))


def split(work: Work, coding_id: int, at: int) -> int:
    """Cut a coding in two before the code point ``at``; return the id of the new one, which stands on the second part.

    White space at the cut is left out. Judgements, memo and places in configurations stay with the first part:
    nobody has judged the second by itself yet.

    Raises:
        UnknownName: there is no such coding.
        BadPosition: ``at`` leaves no words on one side.
        InputError: it has no place in the current version of its source.
    """
    row = _row(work.conn, coding_id)
    now = _text_of(work.conn, row)
    first, second = now.text[row.start : at], now.text[at : row.end]
    if not row.start < at < row.end or not first.strip() or not second.strip():
        raise BadPosition(
            f"{at} does not leave words on both sides of the passage from {row.start} to {row.end}.",
            "Give a place inside the passage, in code points of the text.",
        )
    start = row.end - len(second.lstrip())
    excerpt_id = _excerpt(work, now, Span(start, row.end), row.case_id)
    values = {"code_id": row.code_id, "coder_id": row.coder_id, "undecided": row.undecided, "created_at": work.at}
    there = _codings_of(work.conn, row.code_id, [excerpt_id]).get((excerpt_id, row.coder_id))
    new_id = there if there is not None else work.insert(codings, {"excerpt_id": excerpt_id, **values})
    _move(work, row, now, Span(row.start, row.start + len(first.rstrip())))
    return new_id


def merge(work: Work, coding_ids: Sequence[int]) -> int:
    """Make one coding of several that overlap or touch, with one code and by one coder; return its id.

    It stands on all of their words, and on the white space between them.

    Raises:
        UnknownName: there is no such coding.
        InputError: they are fewer than two, apart from one another, or differ in source, code, coder, case or stance.
    """
    rows = sorted((_row(work.conn, coding_id) for coding_id in dict.fromkeys(coding_ids)), key=lambda row: row.start)
    _check_alike(rows)
    now = _text_of(work.conn, rows[0])
    end = rows[0].end
    for row in rows[1:]:
        if now.text[end : row.start].strip():
            raise InputError("There is text between these codings.", "Resize one of them first, or leave them apart.")
        end = max(end, row.end)
    first, *others = rows
    for row in others:
        join(work, row.id, first.id)
    _move(work, first, now, Span(first.start, end))
    release(work, {row.excerpt_id for row in others})
    return int(first.id)


def _check_alike(rows: Sequence[Row[Any]]) -> None:
    if len(rows) < 2:
        raise InputError("Two codings or more make one.", "Name at least two.")
    alike = {"version_id": "text", "code_id": "code", "coder_id": "coder", "case_id": "case"}
    for name, what in alike.items():
        if len({getattr(row, name) for row in rows}) > 1:
            raise InputError(f"These codings are not of one {what}.", "Only codings that are alike can become one.")


def _move(work: Work, row: Row[Any], now: CurrentText, span: Span) -> None:
    """Let a coding stand on another passage; the excerpt that it leaves goes when nothing is left on it."""
    excerpt_id = _excerpt(work, now, span, row.case_id)
    there = _codings_of(work.conn, row.code_id, [excerpt_id]).get((excerpt_id, row.coder_id), row.id)
    if there != row.id:
        join(work, there, row.id)
    work.update(codings, row.id, excerpt_id=excerpt_id)
    if excerpt_id != row.excerpt_id:
        release(work, {row.excerpt_id})


def _excerpt(work: Work, now: CurrentText, span: Span, case_id: int | None) -> int:
    """The excerpt on a passage, bound to the case that the coding's passage was bound to by itself, if it was."""
    check_span(now.text, *span)
    here = (excerpts.c.version_id == now.version_id, excerpts.c.start == span.start, excerpts.c.end == span.end)
    present = work.conn.execute(select(excerpts.c.id, excerpts.c.case_id).where(*here)).first()
    if present is None:
        excerpt_id = keep_excerpt(work, now.version_id, now.text, *span)
        if case_id is not None:
            work.update(excerpts, excerpt_id, case_id=case_id)
        return excerpt_id
    if present.case_id != case_id:
        raise InputError("The passage there is bound to another case.", "Choose a slightly different passage.")
    return int(present.id)


def _text_of(conn: Connection, row: Row[Any]) -> CurrentText:
    if not row.is_current:
        raise InputError("This coding has no place in the corrected text.", "`cmo review STUDY` lists such codings.")
    return current_text(conn, row.source_id)


def _row(conn: Connection, coding_id: int) -> Row[Any]:
    """A coding with its place and its point. Raises UnknownName: there is no such coding (any more)."""
    return _rows(conn, [coding_id])[0]


def _rows(conn: Connection, coding_ids: Sequence[int]) -> list[Row[Any]]:
    """Codings with their places and points, in the order asked for. Raises UnknownName as :func:`_row` does."""
    columns = (excerpts.c.version_id, excerpts.c.start, excerpts.c.end, excerpts.c.case_id)
    query = (
        select(codings, *columns, source_versions.c.source_id, source_versions.c.is_current)
        .add_columns(codes.c.point_id, codes.c.element_id)
        .join(excerpts, excerpts.c.id == codings.c.excerpt_id)
        .join(source_versions, source_versions.c.id == excerpts.c.version_id)
        .join(codes, codes.c.id == codings.c.code_id)
    )
    by_id = {row.id: row for row in rows_of(conn, query, codings.c.id, coding_ids)}
    return [by_id.get(coding_id) or gone(coding_id) for coding_id in coding_ids]


def _point(conn: Connection, code_id: int) -> int | None:
    found: int | None = conn.scalar(select(codes.c.point_id).where(codes.c.id == code_id))
    return found


def _letters(conn: Connection, point_id: int) -> list[str]:
    """The letters of the elements of a point's theory, in their order."""
    query = select(elements.c.letter).join(points, points.c.theory_id == elements.c.theory_id)
    return list(conn.scalars(query.where(points.c.id == point_id).order_by(elements.c.position)))
