"""Grammars: which elements a theory has, what people call them, and in which order they are told.

CMO is Pawson and Tilley (1997); mechanisms in resource and reasoning are Dalkin et al. (2015); CIMO is Denyer,
Tranfield and van Aken (2008); ICAMO is Mukumbang et al. (2018); SCMO puts the strategy before the context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmo.records import Element
from store.errors import InputError
from store.rooms import Room
from transcripts.people import fold, tidy

if TYPE_CHECKING:
    from transcripts.readers import tables
    from transcripts.readers.tables import Table
else:
    tables = Room("transcripts.readers.tables")

LONGEST_LETTER = 3


@dataclass(frozen=True, slots=True)
class ElementKind:
    """An element that grammars share. ``names`` are what tables call it."""

    letter: str
    name: str
    names: tuple[str, ...]
    parent: str | None = None

    @property
    def element(self) -> Element:
        return Element(self.letter, self.name, self.parent)


KINDS: Sequence[ElementKind] = (
    ElementKind("S", "strategy", ("strategy", "strategi", "strategie", "s")),
    ElementKind("I", "intervention", ("intervention", "indsats", "i")),
    ElementKind("C", "context", ("context", "contexts", "kontekst", "kontext", "c", "k")),
    ElementKind("A", "actor", ("actor", "actors", "aktør", "aktører", "a")),
    ElementKind("M", "mechanism", ("mechanism", "mechanisms", "mekanisme", "mekanism", "mechanismus", "m")),
    ElementKind(
        "R",
        "resource",
        ("resource", "resources", "ressource", "ressourcer", "mechanism resource", "mechanism resources", "r"),
        parent="M",
    ),
    ElementKind(
        "T",
        "reasoning",
        ("reasoning", "ræsonnement", "tankegang", "mechanism reasoning", "mechanism response", "reaction", "t"),
        parent="M",
    ),
    ElementKind(
        "O",
        "outcome",
        ("outcome", "outcomes", "udfald", "utfall", "resultat", "ergebnis", "virkning", "wirkung", "effekt", "o", "u"),
    ),
)
"""The elements that named grammars are made of, in the order they are told where no grammar says another one."""

GRAMMARS: Mapping[str, str] = {
    "CMO": "CMO",
    "CMO-split": "CMRTO",
    "CIMO": "CIMO",
    "ICAMO": "ICAMO",
    "SCMO": "SCMO",
}
"""The letters of each named grammar, in its order; ``CMO-split`` tells a mechanism's resource from its reasoning."""

Grammar = str | Sequence[Element]
"""A grammar by its name, or element by element."""


def elements_of(grammar: Grammar) -> tuple[Element, ...]:
    """The elements of a grammar: a named one, one in words, or given element by element.

    In words it is ``B=barrier, E=enabler, W=worry:B``: letter, name, and after a colon the letter of the element
    that it is a part of; the letter may be left out.

    Raises:
        InputError: letters or names that are not one each, or a part of something that is not there.
    """
    if not isinstance(grammar, str):
        return _checked(tuple(grammar))
    named = next((letters for name, letters in GRAMMARS.items() if fold(name) == fold(grammar)), None)
    if named is not None:
        by_letter = {kind.letter: kind.element for kind in KINDS}
        return tuple(by_letter[letter] for letter in named)
    return _checked(_in_words(grammar))


def grammar_name(elements: Iterable[Element]) -> str | None:
    """The name of the grammar that has exactly these elements; None where they are the study's own."""
    listed = list(elements)
    letters = {element.letter for element in listed}
    is_shared = all(kind_of(element) == element.letter for element in listed)
    return next((name for name, wanted in GRAMMARS.items() if is_shared and set(wanted) == letters), None)


def names_of(letter: str, name: str) -> tuple[str, ...]:
    """What people may write for an element: its letter, its name, and what tables call one of its kind."""
    kind = next((kind for kind in KINDS if kind.letter == letter and fold(name) in kind.names), None)
    return (letter, name, *(kind.names if kind else ()))


def kind_of(element: Element) -> str:
    """The letter of the shared element that one is called like (``C`` for ``kontekst``); empty for the study's own."""
    return next((kind.letter for kind in KINDS if fold(element.name) in kind.names), "")


def recognised(table: Table, known: Sequence[Element]) -> tuple[tuple[Element, ...], dict[str, int]]:
    """The elements that a table has columns for, and the column of each letter.

    Those of the study (``known``) come first; another column is an element where it is called like one that grammars
    share and its letter is free. A part brings the element that it is a part of, which may have no column.
    """
    taken = {fold(element.letter) for element in known}
    new = [kind.element for kind in KINDS if fold(kind.letter) not in taken]
    columns: dict[str, int] = {}
    for in_full in (True, False):  # "Mechanism (resource)" is a mechanism only where it is no resource
        for element in (*known, *new):
            at = tables.column(table, *names_of(element.letter, element.name), in_full=in_full)
            if at is not None and at not in columns.values():
                columns.setdefault(element.letter, at)
    elements = [*known, *(element for element in new if element.letter in columns)]
    return in_order(elements), columns


def in_order(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Elements in the order of the named grammar that they make up, else of ``KINDS``, the study's own where they were.

    A shared element that one of them is a part of is added.
    """
    listed = list(elements)
    letters = {element.letter for element in listed}
    wanted = {element.parent for element in listed if element.parent} - letters
    listed += [kind.element for kind in KINDS if kind.letter in wanted]
    if not all(kind_of(element) == element.letter for element in listed):
        return tuple(listed)
    name = grammar_name(listed)
    order = GRAMMARS[name] if name else "".join(kind.letter for kind in KINDS)
    return tuple(sorted(listed, key=lambda element: order.index(element.letter)))


def _in_words(grammar: str) -> tuple[Element, ...]:
    elements: list[Element] = []
    taken: set[str] = set()
    for part in filter(None, (piece.strip() for piece in grammar.replace(";", ",").split(","))):
        given, _, rest = part.rpartition("=")
        name, _, parent = rest.partition(":")
        letter = given.strip().upper() or _free_letter(tidy(name), taken)
        taken.add(fold(letter))
        elements.append(Element(letter, tidy(name), parent.strip().upper() or None))
    if len(elements) < 2:
        raise InputError(
            f"'{grammar}' is no grammar.",
            f"Grammars are {', '.join(GRAMMARS)}, or your own: 'B=barrier, E=enabler, O=outcome'.",
        )
    return tuple(elements)


def _free_letter(name: str, taken: set[str]) -> str:
    """The first letter of a name that no other element has, else its first two."""
    free = (char.upper() for char in name if char.isalpha() and fold(char) not in taken)
    return next(free, name[:2].upper())


def _checked(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    letters = [fold(element.letter) for element in elements]
    names = [fold(element.name) for element in elements]
    by_letter = {element.letter: element for element in elements}
    for element in elements:
        if not (element.letter.isalnum() and len(element.letter) <= LONGEST_LETTER and element.name.strip()):
            raise InputError(
                f"'{element.letter}' ({element.name}) is no element.",
                f"An element has a letter, of at most {LONGEST_LETTER} letters or digits, and a name.",
            )
        if letters.count(fold(element.letter)) > 1 or names.count(fold(element.name)) > 1:
            raise InputError(f"The element '{element.name}' ({element.letter}) is not told from another one.")
        if element.parent is not None and (
            element.parent not in by_letter or element.parent == element.letter or by_letter[element.parent].parent
        ):
            raise InputError(
                f"'{element.name}' cannot be a part of '{element.parent}'.",
                "Name the letter of another element that is itself no part.",
            )
    return elements
