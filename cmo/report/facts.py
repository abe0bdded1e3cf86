"""What the study's own data says of how it was done: the facts of a methods section, counted, never judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from cmo.report.ground import Ground
from store import schema
from transcripts.fieldwork.sample import read_sample

_s = schema


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words, and the name of the table of reports that shows it in full."""

    words: str
    where: str


def fact(ground: Ground, name: str) -> Fact | None:
    """A fact by its name in ``FACTS``; None where the study has nothing to say of it."""
    words = FACTS[name](ground)
    return Fact(words, WHERE[name]) if words else None


def facts(ground: Ground) -> Iterator[Fact]:
    """Every fact that the study can state, in the order of a methods section."""
    for name in FACTS:
        found = fact(ground, name)
        if found is not None:
            yield found


def _cases(ground: Ground) -> str:
    if not ground.cases:
        return ""
    without = sum(not case.sources for case in ground.cases)
    words = ground.say(
        "Cases: {n} ({names}).", n=len(ground.cases), names=", ".join(case.name for case in ground.cases)
    )
    return words + (" " + ground.say("Cases without a source: {n}.", n=without) if without else "")


def _sources(ground: Ground) -> str:
    kinds = _tally(ground, _s.sources.c.kind)
    listed = ", ".join(f"{ground.say(kind)}: {count}" for kind, count in kinds)
    return ground.say("Sources: {n} ({listed}).", n=sum(count for _, count in kinds), listed=listed) if kinds else ""


def _period(ground: Ground) -> str:
    held = _s.sources.c.held_on
    first, last, dated = ground.conn.execute(select(func.min(held), func.max(held), func.count(held))).one()
    if not dated:
        return ""
    return ground.say(
        "Held from {first} to {last}, as far as a day is noted ({n} sources).", first=first, last=last, n=dated
    )


def _rounds(ground: Ground) -> str:
    rounds = [(name, count) for name, count in _tally(ground, _s.sources.c.round) if name]
    listed = ", ".join(f"{name}: {count}" for name, count in rounds)
    return ground.say("Rounds of interviews: {listed}.", listed=listed) if rounds else ""


def _sample(ground: Ground) -> str:
    held = read_sample(ground.conn)
    if not held.total.interviews:
        return ""
    roles = ", ".join(f"{role}: {of.interviews}" for role, of in held.of_roles.items() if role)
    listed = f" ({roles})" if roles else ""
    return ground.say("Interviews and focus groups: {n}{listed}.", n=held.total.interviews, listed=listed)


def _persons(ground: Ground) -> str:
    persons = read_sample(ground.conn).total.persons
    return ground.say("Participants who are named: {n}.", n=persons) if persons else ""


def _refused(ground: Ground) -> str:
    total = read_sample(ground.conn).total
    if total.planned is None:
        return ""
    return ground.say(
        "Interviews planned: {planned}; refused: {refused}.", planned=total.planned, refused=total.refused
    )


def _languages(ground: Ground) -> str:
    listed = ", ".join(f"{language}: {count}" for language, count in _tally(ground, _s.sources.c.language))
    return ground.say("Languages of the sources: {listed}.", listed=listed) if listed else ""


def _text(ground: Ground) -> str:
    versions = _s.source_versions
    query = select(func.sum(versions.c.characters), func.sum(versions.c.turn_count)).where(versions.c.is_current)
    characters, turns = ground.conn.execute(query).one()
    if not characters:
        return ""
    return ground.say(
        "Characters of text: {characters}; turns: {turns}.",
        characters=ground.say.number(characters),
        turns=ground.say.number(turns),
    )


def _questions(ground: Ground) -> str:
    guides, questions = _count(ground, _s.guides.c.id), _count(ground, _s.questions.c.id)
    return (
        ground.say("Interview guides: {guides}; questions in them: {n}.", guides=guides, n=questions) if guides else ""
    )


def _coders(ground: Ground) -> str:
    codings = _s.codings
    query = (
        select(_s.coders.c.name, func.count())
        .join(codings, codings.c.coder_id == _s.coders.c.id)
        .group_by(_s.coders.c.id)
        .order_by(_s.coders.c.id)
    )
    found = ground.conn.execute(query).all()
    listed = ", ".join(f"{name}: {ground.say.number(count)}" for name, count in found)
    return ground.say("Coders: {n} (codings: {listed}).", n=len(found), listed=listed) if found else ""


def _codes(ground: Ground) -> str:
    own = sum(code.point_id is None for code in ground.codes)
    if not ground.codes:
        return ""
    return ground.say("Codes of the theory: {theory}; codes beside it: {own}.", theory=len(ground.codes) - own, own=own)


def _codings(ground: Ground) -> str:
    total = ground.matrix("point", "case").grand_total.total
    if not total.excerpts:
        return ""
    codings = _count(ground, _s.codings.c.id)
    return ground.say(
        "Codings: {codings}; excerpts coded: {excerpts}.",
        codings=ground.say.number(codings),
        excerpts=ground.say.number(total.excerpts),
    )


def _judgements(ground: Ground) -> str:
    current = _s.judgements.c.is_current
    judged = ground.conn.scalar(select(func.count(_s.judgements.c.coding_id.distinct())).where(current)) or 0
    judges = ground.conn.scalar(select(func.count(_s.judgements.c.coder_id.distinct())).where(current)) or 0
    if not judged:
        return ""
    return ground.say(
        "Codings judged for or against their point: {n}; judges: {judges}.", n=ground.say.number(judged), judges=judges
    )


def _reviews(ground: Ground) -> str:
    reviews = ground.conn.scalar(select(func.count()).select_from(_s.reviews)) or 0
    agreed = ground.conn.scalar(select(func.count()).select_from(_s.reviews).where(_s.reviews.c.agrees)) or 0
    if not reviews:
        return ""
    return ground.say("Judgements that a second judge looked at: {n}; agreed with: {agreed}.", n=reviews, agreed=agreed)


def _theory(ground: Ground) -> str:
    points = ground.theory.points
    if not points:
        return ""
    held = sum(point.is_held for point in points)
    words = ground.say("Points of the theory: {n}; in force: {held}.", n=len(points), held=held)
    if ground.initial_state is not None:
        state = ground.initial_state
        words += " " + ground.say("It was first frozen as “{name}”, {day}.", name=state.name, day=state.created_at[:10])
    return words


def _decisions(ground: Ground) -> str:
    if not ground.decisions:
        return ""
    kinds = ", ".join(f"{ground.say(kind)}: {count}" for kind, count in _tally(ground, _s.decisions.c.kind))
    words = ground.say("Decisions that changed the theory: {n} ({kinds}).", n=len(ground.decisions), kinds=kinds)
    inferred = [(kind, count) for kind, count in _tally(ground, _s.decisions.c.inference) if kind]
    listed = ", ".join(f"{ground.say(kind)}: {count}" for kind, count in inferred)
    return words + (" " + ground.say("Modes of inference: {listed}.", listed=listed) if inferred else "")


def _configurations(ground: Ground) -> str:
    found = ground.configurations
    if not found:
        return ""
    partial = sum(one.is_partial for one in found)
    return ground.say("Configurations: {n}; partial: {partial}.", n=len(found), partial=partial)


def _against(ground: Ground) -> str:
    total = ground.matrix("point", "case").grand_total
    if not total.total.excerpts:
        return ""
    against = total.excerpts("refutes"), total.excerpts("rival")
    return ground.say(
        "Excerpts that refute a point: {refutes}; that speak for a rival: {rival}.",
        refutes=against[0],
        rival=against[1],
    )


def _software(ground: Ground) -> str:
    from cmo import __version__

    return ground.say("Analysed with cmo {version}; every change is in the study's journal.", version=__version__)


FACTS: Mapping[str, Callable[[Ground], str]] = {
    "cases": _cases,
    "sources": _sources,
    "period": _period,
    "rounds": _rounds,
    "sample": _sample,
    "persons": _persons,
    "refused": _refused,
    "languages": _languages,
    "text": _text,
    "questions": _questions,
    "coders": _coders,
    "codes": _codes,
    "codings": _codings,
    "judgements": _judgements,
    "reviews": _reviews,
    "theory": _theory,
    "decisions": _decisions,
    "configurations": _configurations,
    "against": _against,
    "software": _software,
}
"""How each fact is found out, in the order of a methods section."""

WHERE: Mapping[str, str] = {
    **dict.fromkeys(("cases", "sources", "period", "rounds", "sample", "persons", "refused"), "sample"),
    **dict.fromkeys(("languages", "text", "questions", "software"), "log"),
    **dict.fromkeys(("coders", "codes", "codings"), "codebook"),
    **dict.fromkeys(("judgements", "reviews", "against"), "quote-audit"),
    "theory": "initial-theory",
    "decisions": "refinement",
    "configurations": "configurations",
}
"""The table of reports that shows a fact, or comes nearest to it."""


def _tally(ground: Ground, column: ColumnElement[str | None]) -> Sequence[tuple[str, int]]:
    """How often each value stands in a column, the most frequent first."""
    query = select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
    return [(value or "", count) for value, count in ground.conn.execute(query)]


def _count(ground: Ground, column: ColumnElement[int]) -> int:
    return ground.conn.scalar(select(func.count(column))) or 0
