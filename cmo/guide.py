"""Interview guides: their questions, where each was asked and answered, and which points nobody was asked about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from store import schema
from store.errors import InputError, UnknownName
from store.work import Work
from transcripts.fieldwork.questions import Passage, answers, find_asked
from transcripts.people import fold
from transcripts.records import Transcript
from transcripts.sources import find_source, list_sources, transcript

_asked, _guides, _questions, _aims = schema.asked, schema.guides, schema.questions, schema.question_aims


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a guide. ``points`` (``#7``) and ``codes`` are what it is to throw light on.

    ``sources`` are those in which it was asked, in the order of the study.
    """

    id: int
    guide: str
    role: str | None
    round: str | None
    number: str
    wording: str
    purpose: str
    points: tuple[str, ...]
    codes: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question in one place: ``text`` from ``start`` to ``end`` (code points).

    ``turn`` is the number of the turn that asks, ``score`` how near it comes to the guide's wording (0 to 100), and
    ``is_confirmed`` what a person has said of that. ``text`` is empty where nobody answered.
    """

    source_id: int
    source: str
    case: str | None
    role: str | None
    turn: int
    asked_as: str
    score: int
    is_confirmed: bool | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the guides and the theory meet: for each point its questions, and in how many sources one was asked."""

    questions: dict[str, tuple[Question, ...]]
    asked: dict[str, int]
    never_asked: tuple[Question, ...]

    @property
    def unasked_points(self) -> tuple[str, ...]:
        """The points that no question is about, or about which nobody was asked."""
        return tuple(point for point, sources in self.asked.items() if sources == 0)


def list_questions(conn: Connection) -> list[Question]:
    """All questions of all guides, in their order."""
    points, codes, sources = _aims_of(conn), _codes_of(conn), _sources_of(conn)
    query = (
        select(_questions, _guides.c.name.label("guide"), schema.roles.c.name.label("role"), _guides.c.round)
        .join(_guides, _guides.c.id == _questions.c.guide_id)
        .outerjoin(schema.roles, schema.roles.c.id == _guides.c.role_id)
        .order_by(_guides.c.position, _questions.c.position)
    )
    return [
        Question(
            id=row.id,
            guide=row.guide,
            role=row.role,
            round=row.round,
            number=row.number,
            wording=row.wording,
            purpose=row.purpose,
            points=tuple(points[row.id]),
            codes=tuple(codes[row.id]),
            sources=tuple(sources[row.id]),
        )
        for row in conn.execute(query)
    ]


def find_question(conn: Connection, number: str, guide: str | None = None) -> Question:
    """A question by its number, and its guide where several have that number. Raises UnknownName."""
    found = [
        question
        for question in list_questions(conn)
        if fold(question.number) == fold(number) and (guide is None or fold(question.guide) == fold(guide))
    ]
    if len(found) > 1:
        names = ", ".join(question.guide for question in found)
        raise UnknownName(f"{len(found)} guides have a question {number}.", f"Say which guide: {names}.")
    if not found:
        raise UnknownName(f"There is no question '{number}'.", "`cmo guide STUDY` lists them.")
    return found[0]


def find_all(work: Work) -> int:
    """Look for every question in every source, and return in how many turns one was found.

    A question of a guide for one role or one round is looked for in sources of that role or round. What a person has
    confirmed or denied stays.
    """
    questions = list_questions(work.conn)
    said = select(_asked.c.question_id, _asked.c.turn_id).where(_asked.c.is_confirmed.is_not(None))
    kept = {(row.question_id, row.turn_id) for row in work.conn.execute(said)}
    found: dict[tuple[int, int], int] = {}
    for source in list_sources(work.conn):
        roles = {fold(role) for role in (source.role, *_roles_in(work.conn, source.id)) if role}
        meant = [
            question
            for question in questions
            if (not question.role or not roles or fold(question.role) in roles)
            and (not question.round or not source.round or fold(question.round) == fold(source.round))
        ]
        if meant:
            text = transcript(work.conn, source.id)
            ids = _turn_ids(work.conn, source.version_id)
            for asked in find_asked(text, [question.wording for question in meant]):
                found[meant[asked.question].id, ids[asked.turn.number]] = asked.score
    before = {
        (row.question_id, row.turn_id): row
        for row in work.conn.execute(select(_asked).where(_asked.c.is_confirmed.is_(None)))
    }
    work.delete(_asked, [row.id for key, row in before.items() if found.get(key) != row.score])
    new = [
        [question_id, turn_id, score]
        for (question_id, turn_id), score in found.items()
        if (question_id, turn_id) not in kept
        and ((question_id, turn_id) not in before or before[question_id, turn_id].score != score)
    ]
    work.insert_many(_asked, ["question_id", "turn_id", "score"], new)
    return len(found.keys() | kept)


def judge_question(work: Work, question: Question, source: str, turn: int, is_asked: bool) -> None:
    """Say that a turn asks a question, or that it does not, whatever its wording.

    Raises:
        UnknownName: there is no such source.
        InputError: the source has no such turn.
    """
    found = find_source(work.conn, source)
    turn_id = _turn_ids(work.conn, found.version_id).get(turn)
    if turn_id is None:
        raise InputError(f"'{found.name}' has no turn {turn}.", f"Its turns are 1 to {found.turns}.")
    row_id = work.conn.scalar(
        select(_asked.c.id).where(_asked.c.question_id == question.id, _asked.c.turn_id == turn_id)
    )
    if row_id is None:
        values = {"question_id": question.id, "turn_id": turn_id, "score": 0, "is_confirmed": is_asked}
        work.insert(_asked, values)
    else:
        work.update(_asked, row_id, is_confirmed=is_asked)


def answers_to(conn: Connection, question: Question) -> list[Answer]:
    """The answers to a question across sources, in the order of the study and the text.

    An answer runs up to the next question of a guide; what the interviewer asks in between belongs to it.
    """
    found = []
    for source in list_sources(conn):
        rows = _asked_in(conn, source.version_id)
        mine = {row.number: row for row in rows if row.question_id == question.id}
        if not mine:
            continue
        text = transcript(conn, source.id)
        at = {turn.number: index for index, turn in enumerate(text.turns)}
        passages = answers(text.turns, {at[row.number] for row in rows})
        for number, row in mine.items():
            found.append(_answer(text, number, row.score, row.is_confirmed, passages.get(at[number])))
    return found


def coverage(conn: Connection) -> Coverage:
    """Which points the guides ask about, and about which nobody was asked."""
    questions = list_questions(conn)
    numbers = conn.scalars(select(schema.points.c.number).order_by(schema.points.c.position)).all()
    about = {number: tuple(q for q in questions if number in q.points) for number in numbers}
    asked = {number: len({source for q in found for source in q.sources}) for number, found in about.items()}
    return Coverage(about, asked, tuple(question for question in questions if not question.sources))


def _answer(text: Transcript, number: int, score: int, is_confirmed: bool | None, passage: Passage | None) -> Answer:
    turn = text.turns[number - 1]
    start, end = (passage.start, passage.end) if passage else (turn.end, turn.end)
    first = text.turns[passage.first] if passage else turn
    return Answer(
        source_id=text.source.id,
        source=text.source.name,
        case=text.source.case,
        role=first.role or text.source.role,
        turn=number,
        asked_as=text.text[turn.speech_start : turn.end],
        score=score,
        is_confirmed=is_confirmed,
        start=start,
        end=end,
        text=text.text[start:end],
    )


def _asked_in(conn: Connection, version_id: int) -> list[Row[Any]]:
    query = (
        select(_asked.c.question_id, schema.turns.c.number, _asked.c.score, _asked.c.is_confirmed)
        .join(schema.turns, schema.turns.c.id == _asked.c.turn_id)
        .where(schema.turns.c.version_id == version_id, _asked.c.is_confirmed.is_not(False))
        .order_by(schema.turns.c.number)
    )
    return list(conn.execute(query))


def _turn_ids(conn: Connection, version_id: int) -> dict[int, int]:
    query = select(schema.turns.c.number, schema.turns.c.id).where(schema.turns.c.version_id == version_id)
    return {row.number: row.id for row in conn.execute(query)}


def _roles_in(conn: Connection, source_id: int) -> list[str]:
    query = (
        select(schema.roles.c.name)
        .join(schema.speakers, schema.speakers.c.role_id == schema.roles.c.id)
        .where(schema.speakers.c.source_id == source_id, schema.speakers.c.asks.is_not(True))
    )
    return list(conn.scalars(query))


def _aims_of(conn: Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(_aims.c.question_id, schema.points.c.number).join(schema.points).order_by(_aims.c.id)
    for question_id, number in conn.execute(query):
        found[question_id].append(number)
    return found


def _codes_of(conn: Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(_aims.c.question_id, schema.codes.c.name).join(schema.codes).order_by(_aims.c.id)
    for question_id, name in conn.execute(query):
        found[question_id].append(name)
    return found


def _sources_of(conn: Connection) -> dict[int, list[str]]:
    """In which sources, in their current version, each question was asked."""
    found: dict[int, list[str]] = defaultdict(list)
    versions, sources = schema.source_versions, schema.sources
    query = (
        select(_asked.c.question_id, sources.c.name)
        .join(schema.turns, schema.turns.c.id == _asked.c.turn_id)
        .join(versions, versions.c.id == schema.turns.c.version_id)
        .join(sources, sources.c.id == versions.c.source_id)
        .where(versions.c.is_current, _asked.c.is_confirmed.is_not(False))
        .order_by(sources.c.position)
        .distinct()
    )
    for question_id, name in conn.execute(query):
        found[question_id].append(name)
    return found
