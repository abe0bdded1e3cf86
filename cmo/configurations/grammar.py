"""The elements that a configuration can have, from the grammar of the study's theory, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from cmo.records import Element
from cmo.theory.grammar import kind_of, names_of
from store import schema
from store.errors import InputError, UnknownName
from transcripts.people import fold


@dataclass(frozen=True, slots=True)
class GrammarElement:
    """An element of the grammar. ``main_id`` is the element it is a part of in the end, as reasoning is of mechanism,
    or its own id."""

    id: int
    letter: str
    name: str
    main_id: int


class Grammar:
    """The elements of a theory in their order; empty for a study without a theory."""

    def __init__(self, elements: Iterable[GrammarElement]) -> None:
        self.elements: Mapping[int, GrammarElement] = {element.id: element for element in elements}
        self.main = tuple(element for element in self.elements.values() if element.id == element.main_id)
        mains = [element.id for element in self.main]
        self.places: Mapping[int, tuple[int, int]] = {
            element.id: (mains.index(element.main_id), place) for place, element in enumerate(self.elements.values())
        }
        """Where an element stands when parts are told in order: by its main element, then its own place."""

    def find(self, wanted: str) -> GrammarElement:
        """An element by its letter, its name, or what people call one of its kind. Raises UnknownName."""
        named = self._first(lambda element: fold(element.letter) == fold(wanted)) or self._first(
            lambda element: fold(wanted) in map(fold, names_of(element.letter, element.name))
        )
        if named is None:
            known = ", ".join(f"{element.letter} ({element.name})" for element in self.elements.values())
            hint = f"The grammar has {known}." if known else "The study has no programme theory: bring it in first."
            raise UnknownName(f"There is no element '{wanted}'.", hint)
        return named

    def find_main(self, wanted: str) -> GrammarElement:
        """A main element by letter or name. Raises UnknownName, InputError: it is a part of another."""
        found = self.find(wanted)
        if found.id != found.main_id:
            main = self.elements[found.main_id]
            raise InputError(
                f"{found.name} is a part of {main.name}.", f"Say it of {main.name}, and the rest in a note."
            )
        return found

    def missing(self, present: Iterable[int]) -> tuple[GrammarElement, ...]:
        """The main elements that none of these elements (ids) is, or is a part of."""
        filled = {self.elements[element_id].main_id for element_id in present if element_id in self.elements}
        return tuple(element for element in self.main if element.id not in filled)

    @property
    def context(self) -> GrammarElement:
        """Where a configuration begins: the element called context, else the first. Raises InputError: none at all."""
        return self._main_kind("C") or self._some()[0]

    @property
    def outcome(self) -> GrammarElement:
        """Where a configuration ends: the element called outcome, else the last. Raises InputError: none at all."""
        return self._main_kind("O") or self._some()[-1]

    def _first(self, holds: Callable[[GrammarElement], bool]) -> GrammarElement | None:
        return next(filter(holds, self.elements.values()), None)

    def _main_kind(self, letter: str) -> GrammarElement | None:
        return next((e for e in self.main if kind_of(Element(e.letter, e.name)) == letter), None)

    def _some(self) -> tuple[GrammarElement, ...]:
        if not self.main:
            raise InputError("The study has no grammar.", "Bring in the programme theory first.")
        return self.main


def read_grammar(conn: Connection) -> Grammar:
    """The grammar of the study's theory."""
    theories, elements = schema.theories, schema.elements
    theory_id = select(theories.c.id).order_by(theories.c.position).limit(1).scalar_subquery()
    query = select(elements).where(elements.c.theory_id == theory_id).order_by(elements.c.position, elements.c.id)
    rows = conn.execute(query).all()
    parents = {row.id: row.parent_id for row in rows}
    return Grammar(GrammarElement(row.id, row.letter, row.name, _main(row.id, parents)) for row in rows)


def _main(element_id: int, parents: Mapping[int, int | None]) -> int:
    for _ in parents:  # never more steps than there are elements, whatever the parents say
        parent = parents[element_id]
        if parent is None:
            break
        element_id = parent
    return element_id
