"""What a study says of cases, sources, speakers, plan, theory and codes, value by value; how two pictures differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, func, select

from cmo.casework.ladders import list_ladders
from cmo.casework.measures import list_measures
from cmo.configurations.patterns import said_presences
from cmo.configurations.reading import list_configurations
from cmo.theory import read_theory
from codebook.codes import list_codes
from store import schema
from transcripts.fieldwork.cases import list_cases
from transcripts.fieldwork.plans import list_plan
from transcripts.sources import list_sources, list_speakers

T = TypeVar("T")


class Place(NamedTuple):
    """Where a value stands: ``Place("case", "North", "staff")``. ``field`` is empty for the thing itself."""

    thing: str
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that would change; None where there is none before, or after."""

    place: Place
    before: str | None
    after: str | None

    def __str__(self) -> str:
        thing, name, field = self.place
        what = f"{thing} '{name}'"
        if not field:
            return f"{what} is {'new' if self.before is None else 'taken away'}"
        if self.before is None:
            return f"{what}: {field} {self.after}"
        return f"{what}: {field} {self.before} → {self.after or '(nothing)'}"


@dataclass(frozen=True, slots=True)
class Rehearsal(Generic[T]):
    """What a call would answer and change; nothing of it is kept."""

    answer: T
    differences: tuple[Difference, ...]


def picture(conn: Connection) -> dict[Place, str]:
    """Every value that a table can bring in, and of codings how many each code has. What is empty is left out."""
    return {place: value for place, value in _values(conn) if value}


def differences(before: Mapping[Place, str], after: Mapping[Place, str]) -> list[Difference]:
    """What two pictures do not have in common, in the order of the later one; what is gone at the end."""
    found = [
        Difference(place, before.get(place), value) for place, value in after.items() if before.get(place) != value
    ]
    return found + [Difference(place, value, None) for place, value in before.items() if place not in after]


def _values(conn: Connection) -> Iterator[tuple[Place, str]]:
    for case in list_cases(conn):
        yield Place("case", case.name, ""), "yes"
        for name, value in case.attributes.items():
            yield Place("case", case.name, name), value
    for source in list_sources(conn):
        yield Place("source", source.name, ""), "yes"
        for field in ("kind", "case", "role", "participant", "language", "round", "held_on"):
            yield Place("source", source.name, field.replace("_", " ")), getattr(source, field) or ""
    for speaker in list_speakers(conn):
        name = f"{speaker.label} in {speaker.source}"
        yield Place("speaker", name, "participant"), speaker.participant or ""
        yield Place("speaker", name, "role"), speaker.role or ""
        yield Place("speaker", name, "asks"), {True: "yes", False: "no", None: ""}[speaker.asks]
    for planned in list_plan(conn):
        name = ", ".join(part for part in (planned.role, planned.case, planned.round) if part)
        yield Place("plan", name, "expected"), str(planned.expected)
        yield Place("plan", name, "refused"), str(planned.refused)
        yield Place("plan", name, "note"), planned.note
    theory = read_theory(conn)
    elements = {element.letter: element.name for element in theory.elements}
    for point in theory.points:
        yield Place("point", point.label, ""), "yes"
        yield Place("point", point.label, "title"), point.title
        for letter, wording in point.wording.items():
            yield Place("point", point.label, elements[letter]), wording
        yield Place("point", point.label, "sentence"), point.sentence if point.is_sentence_own else ""
        yield Place("point", point.label, "part of"), point.parent or ""
        yield Place("point", point.label, "rival of"), point.rival_of or ""
        yield Place("point", point.label, "state"), "" if point.is_held else point.state
    for term, meaning in theory.glossary.items():
        yield Place("glossary", term, "meaning"), meaning
    yield from _codes(conn)
    yield from _ladders(conn)
    yield from _configurations(conn)


def _configurations(conn: Connection) -> Iterator[tuple[Place, str]]:
    """Configurations with their parts, their links, and what was said of them in cases."""
    for one in list_configurations(conn):
        name = str(one.number)
        yield Place("configuration", name, ""), "yes"
        for field in ("name", "restatement", "level", "point", "case"):
            yield Place("configuration", name, field), getattr(one, field) or ""
        for part in one.parts:
            inferred = "" if part.is_stated else ", inferred"
            yield Place("configuration", name, f"part {part.id}"), f"{part.element_name}{inferred}: {part.text}"
        for link in one.links:
            if link.source == one.number:
                yield Place("configuration", name, f"{link.kind} {link.target}"), link.note or "yes"
    for number, said in said_presences(conn).items():
        for spot, (presence, note) in said.items():
            field = f"{spot.element} in {spot.case}"
            yield Place("configuration", str(number), field), f"{presence}, {note}" if note else presence


def _ladders(conn: Connection) -> Iterator[tuple[Place, str]]:
    """Ladders with their steps, and the measures on them."""
    for ladder in list_ladders(conn):
        yield Place("ladder", ladder.name, ""), "yes"
        yield Place("ladder", ladder.name, "definition"), ladder.definition
        for step in ladder.steps:
            yield Place("ladder", ladder.name, f"step {step.number}"), step.name or "(no name)"
            yield Place("ladder", ladder.name, f"step {step.number} means"), step.definition
    for measure in list_measures(conn):
        name = ", ".join(part for part in (measure.name, measure.case, measure.ladder) if part)
        yield Place("measure", name, ""), "yes"
        yield Place("measure", name, "step"), "" if measure.step is None else str(measure.step)
        yield Place("measure", name, "note"), measure.note


def _codes(conn: Connection) -> Iterator[tuple[Place, str]]:
    """The code frame; those of the theory are told by their points, and here only with what was coded."""
    codes, on_code = list_codes(conn), schema.memos.c.code_id
    names = {code.id: code.name for code in codes}
    memos = select(on_code, func.count()).where(on_code.is_not(None)).group_by(on_code)
    noted: dict[int, int] = dict(conn.execute(memos).all())
    for code in codes:
        if code.point is None:
            yield Place("code", code.name, ""), "yes"
            yield Place("code", code.name, "definition"), code.definition
            yield Place("code", code.name, "under"), names[code.parent_id] if code.parent_id is not None else ""
        yield Place("code", code.name, "codings"), str(code.codings or "")
        yield Place("code", code.name, "memos"), str(noted.get(code.id, ""))
