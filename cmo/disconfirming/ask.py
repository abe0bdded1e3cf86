"""What to ask in the next interviews, by role: where a role is silent on a point, or has spoken on one side only.

The point itself is put to people for them to confirm, refute or refine, as realist interviews do (Pawson 1996,
Manzano 2016); of a side that is missing, a time is asked for when it was otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, case, func, select

from cmo.disconfirming.points import held_points
from cmo.disconfirming.records import Ask, AskRole
from cmo.disconfirming.support import AGAINST
from cmo.evidence import evidence
from cmo.guide import Question, list_questions
from cmo.theory import read_theory
from cmo.theory.reading import theory_language
from codebook.codes import list_codes
from store import schema
from store.errors import UnknownName
from transcripts.fieldwork.sample import Sample, read_sample
from transcripts.people import fold, nearest

_WORDINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "silent": "We have come to think: {} How is that with you?",
        "only for": "We have been told: {} Can you think of a time when it went otherwise? What was different then?",
        "only against": "We had thought: {} Can you think of a time when it did go like that? What made it so?",
    },
    "da": {
        "silent": "Vi er kommet til at tænke: {} Hvordan er det hos jer?",
        "only for": "Vi har fået fortalt: {} Kan du komme i tanke om en gang, hvor det gik anderledes? "
        "Hvad var anderledes dér?",
        "only against": "Vi havde tænkt: {} Kan du komme i tanke om en gang, hvor det faktisk gik sådan? "
        "Hvad gjorde udslaget?",
    },
}


class _Point(NamedTuple):
    """A point in force, with what can be asked of it: its sentence, and the guides' questions that aim at it."""

    id: int
    label: str
    sentence: str
    questions: Sequence[Question]


def asks_by_role(conn: Connection, role: str | None = None) -> list[AskRole]:
    """For each role that is interviewed or planned for, the points to ask about; roles without any are left out.

    A role is silent on a point when nothing of what its people said is coded to it, *only for* when some of it
    supports the point in its present wording and nothing refutes it or is a rival, *only against* the other way round.
    What nobody has judged is no reason to ask: it is to be judged. An overall hypothesis is asked through its points.
    A silent role is asked the questions of the guides for it that aim at the point, else one made of its sentence.

    Raises:
        UnknownName: nobody of this role was interviewed or is planned to be.
    """
    sample = read_sample(conn)
    roles = _roles(sample, role)
    points, spoken = _points(conn), _spoken(conn)
    wordings = _WORDINGS.get(theory_language(conn), _WORDINGS["en"])
    found = []
    for name in roles:
        asks = tuple(ask for point in points for ask in _asks(point, name, spoken.get((point.id, name)), wordings))
        if asks:
            found.append(AskRole(name, *_planned(sample, name), asks))
    return found


def _roles(sample: Sample, wanted: str | None) -> list[str]:
    known = [name for name in sample.of_roles if name is not None]
    if wanted is None:
        return known
    chosen = [name for name in known if fold(name) == fold(wanted)]
    if not chosen:
        near = nearest(wanted, known)
        raise UnknownName(f"Nobody is interviewed as '{wanted}'.", f"Nearest: {near}." if near else "")
    return chosen


def _points(conn: Connection) -> list[_Point]:
    held, aims, questions = held_points(conn), _point_of_code(conn), list_questions(conn)
    return [
        _Point(
            point.id,
            point.label,
            point.sentence,
            [q for q in questions if point.label in (*q.points, *(aims.get(code) for code in q.codes))],
        )
        for point in read_theory(conn).points
        if point.id in held and not point.is_overall
    ]


def _point_of_code(conn: Connection) -> dict[str, str]:
    return {code.name: code.point for code in list_codes(conn) if code.point is not None}


def _spoken(conn: Connection) -> dict[tuple[int, str], Row[Any]]:
    """What is coded of each role to each point: how many excerpts, and whether any is for it and any against."""
    rows, roles = evidence(), schema.roles
    query = (
        select(
            rows.c.point_id,
            roles.c.name,
            func.count(rows.c.excerpt_id.distinct()).label("excerpts"),
            func.max(case((rows.c.stance == "supports", 1), else_=0)).label("is_for"),
            func.max(case((rows.c.stance.in_(AGAINST), 1), else_=0)).label("is_against"),
        )
        .join(roles, roles.c.id == rows.c.role_id)
        .where(rows.c.point_id.is_not(None))
        .group_by(rows.c.point_id, roles.c.id)
    )
    return {(row.point_id, row.name): row for row in conn.execute(query)}


def _asks(point: _Point, role: str, spoken: Row[Any] | None, wordings: Mapping[str, str]) -> Iterator[Ask]:
    gap = _gap(spoken)
    if gap is None:
        return
    excerpts = spoken.excerpts if spoken is not None else 0
    aiming = [q for q in point.questions if q.role is None or fold(q.role) == fold(role)] if gap == "silent" else []
    for question in aiming:
        yield Ask(point.label, gap, excerpts, question.wording, question.guide, question.number)
    if not aiming:
        yield Ask(point.label, gap, excerpts, wordings[gap].format(point.sentence), None, None)


def _gap(spoken: Row[Any] | None) -> str | None:
    if spoken is None:
        return "silent"
    if spoken.is_for == spoken.is_against:
        return None
    return "only for" if spoken.is_for else "only against"


def _planned(sample: Sample, role: str) -> tuple[int | None, tuple[str, ...]]:
    """How many planned interviews with a role are still to be held, and in which cases."""
    held = sample.of_roles[role]
    if held.planned is None:
        return None, ()
    missing = {case: cell.missing for (of, case), cell in sample.cells.items() if of == role and case and cell.missing}
    return max(held.missing, sum(missing.values())), tuple(missing)
