"""What a study says of cases, sources, speakers, plan, theory and codes, value by value; how two pictures differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from cmo.theory import read_theory
from codebook.codes import list_codes
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
    for term, meaning in theory.glossary.items():
        yield Place("glossary", term, "meaning"), meaning
    listed = list_codes(conn)
    names = {code.id: code.name for code in listed}
    for code in listed:
        if code.point is None:
            yield Place("code", code.name, ""), "yes"
            yield Place("code", code.name, "definition"), code.definition
            yield Place("code", code.name, "under"), names[code.parent_id] if code.parent_id is not None else ""
        yield Place("code", code.name, "codings"), str(code.codings or "")
