"""Judgements: a coding held against the present wording of its point, by one judge; and what a second judge says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, select

from codebook.asking import rows_of
from codebook.removing import remove_reviews
from store.errors import InputError, UnknownName
from store.schema import STANCES, codes, codings, judgements, point_versions, reviews

if TYPE_CHECKING:
    from store.work import Work

RATINGS = ("strength", "relevance", "rigour")
OF_THE_PASSAGE = ("relevance", "rigour")
"""The ratings that say something of the passage, whatever wording it is held against."""
HIGHEST_RATING = 5
TAKE_AWAY = 0
"""Given for a rating: there shall be none."""

_OF_CODER = select(judgements).where(
    judgements.c.coding_id == bindparam("coding"), judgements.c.coder_id == bindparam("coder")
)
_COUNTING = select(judgements.c.id).where(judgements.c.is_current)
_WORDING = (
    select(point_versions.c.id)
    .join(codes, codes.c.point_id == point_versions.c.point_id)
    .join(codings, codings.c.code_id == codes.c.id)
    .where(codings.c.id == bindparam("coding"), point_versions.c.is_current)
)


def judge(work: Work, coding_id: int, stance: str, *, rationale: str | None = None, **ratings: int | None) -> None:
    """This coder's judgement of a coding against the present wording of its point.

    ``ratings`` are strength, relevance and rigour from 1 to 5. What is None stays as this coder has said it of the
    present wording. An earlier judgement of an older wording is kept as it is, and no longer counts; its
    relevance and rigour hold on where they are not said again, because they are of the passage; its strength and
    rationale do not.

    Raises:
        InputError: the stance is none of the five, a rating is not from 1 to 5, or the code belongs to no point.
    """
    said: dict[str, Any] = {"stance": _stance(stance)}
    said |= {name: _rating(name, value) for name, value in ratings.items() if value is not None}
    said |= {"rationale": rationale} if rationale is not None else {}
    version_id = _present_wording(work.conn, coding_id)
    mine = work.conn.execute(_OF_CODER, {"coding": coding_id, "coder": work.coder_id}).all()
    for row in mine:
        if row.is_current and row.point_version_id != version_id:
            work.update(judgements, row.id, is_current=False)
            said = {name: getattr(row, name) for name in OF_THE_PASSAGE} | said
    here = next((row for row in mine if row.point_version_id == version_id), None)
    if here is None:
        blank = {"coding_id": coding_id, "point_version_id": version_id, "coder_id": work.coder_id, "rationale": ""}
        work.insert(judgements, blank | said | {"is_current": True, "created_at": work.at})
    else:
        _judge_anew(work, here, said)


def _judge_anew(work: Work, row: Row[Any], said: dict[str, Any]) -> None:
    """Change a judgement; its time tells which reviews came before. One that did not count any more begins anew."""
    if not row.is_current:
        said = dict.fromkeys(RATINGS) | {"rationale": "", "is_current": True} | said
    if any(getattr(row, name) != value for name, value in said.items()):
        work.update(judgements, row.id, **said, created_at=work.at)


def confirm(work: Work, coding_id: int) -> None:
    """Take this coder's judgement of an older wording, as it was, against the present one.

    Raises:
        InputError: this coder has not judged the coding.
    """
    mine = _current(work.conn, coding_id, work.coder_id)
    if mine is None:
        raise InputError(f"{work.coder} has not judged this coding.", "Judge it: with a stance, or a whole judgement.")
    if mine.point_version_id != _present_wording(work.conn, coding_id):
        given = {name: getattr(mine, name) for name in (*RATINGS, "rationale")}
        judge(work, coding_id, mine.stance, **given)


def withdraw(work: Work, coding_id: int) -> None:
    """Take away this coder's judgement; one of an older wording is kept, and no longer counts."""
    mine = _current(work.conn, coding_id, work.coder_id)
    if mine is None:
        return
    if mine.point_version_id == _present_wording(work.conn, coding_id):
        remove_reviews(work, [mine.id])
        work.delete(judgements, [mine.id])
    else:
        work.update(judgements, mine.id, is_current=False)


def review(work: Work, judgement_id: int, *, agrees: bool, note: str) -> None:
    """Say of another's judgement that this coder agrees, or does not; said again, it takes the place of the first.

    Raises:
        UnknownName: there is no such judgement.
        InputError: it is this coder's own, or counts no more.
    """
    row = work.conn.execute(select(judgements).where(judgements.c.id == judgement_id)).first()
    if row is None:
        raise UnknownName(f"There is no judgement {judgement_id}.", "`cmo quotes STUDY` names them.")
    if row.coder_id == work.coder_id:
        raise InputError("A review is a second judge's word; this judgement is your own.", "Change your judgement.")
    if not row.is_current:
        raise InputError("This judgement counts no more: its judge has judged anew.", "Review the newer one.")
    here = (reviews.c.judgement_id == judgement_id, reviews.c.coder_id == work.coder_id)
    present = work.conn.execute(select(reviews).where(*here)).first()
    said = {"agrees": agrees, "note": note.strip(), "created_at": work.at}
    if present is None:
        work.insert(reviews, {"judgement_id": judgement_id, "coder_id": work.coder_id, **said})
    elif (present.agrees, present.note) != (agrees, said["note"]) or present.created_at < row.created_at:
        work.update(reviews, present.id, **said)


def remove_review(work: Work, judgement_id: int) -> None:
    """Take back what this coder said of another's judgement. Raises UnknownName: nothing was said."""
    here = (reviews.c.judgement_id == judgement_id, reviews.c.coder_id == work.coder_id)
    present = work.conn.scalar(select(reviews.c.id).where(*here))
    if present is None:
        raise UnknownName(f"{work.coder} has not reviewed judgement {judgement_id}.", "`cmo reviews STUDY` lists them.")
    work.delete(reviews, [present])


def let_rest(work: Work, coding_ids: Sequence[int]) -> int:
    """Let all judgements of codings be history, because these come to another point; return how many counted."""
    counting = rows_of(
        work.conn, select(judgements.c.id).where(judgements.c.is_current), judgements.c.coding_id, coding_ids
    )
    work.update_many(judgements, [row.id for row in counting], is_current=False)
    return len(counting)


def _current(conn: Connection, coding_id: int, coder_id: int) -> Row[Any] | None:
    mine = conn.execute(_OF_CODER, {"coding": coding_id, "coder": coder_id})
    return next((row for row in mine if row.is_current), None)


def _present_wording(conn: Connection, coding_id: int) -> int:
    """The id of the present version of the point that a coding belongs to. Raises InputError: it belongs to none."""
    found: int | None = conn.scalar(_WORDING, {"coding": coding_id})
    if found is None:
        cure = "Code the passage to a point's element as well."
        raise InputError("A stance is held against a PT point; this code belongs to none.", cure)
    return found


def _stance(stance: str) -> str:
    if stance not in STANCES:
        raise InputError(f"'{stance}' is not a stance.", "Stances are " + ", ".join(STANCES) + ".")
    return stance


def _rating(name: str, value: int) -> int | None:
    if not TAKE_AWAY <= value <= HIGHEST_RATING:
        raise InputError(
            f"{value} is no {name}: it is rated from 1 to {HIGHEST_RATING}.", f"{TAKE_AWAY} takes a rating away."
        )
    return value or None
