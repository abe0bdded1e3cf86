"""What every change of the theory writes: elements, points, wordings, and the codes that the theory makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from cmo.records import Element, Point
from cmo.theory.grammar import grammar_name
from cmo.theory.reading import read_elements, read_theory
from store import schema
from store.errors import InputError, NameTaken
from store.work import Work
from transcripts.people import fold, next_position
from transcripts.text import normalise


class TheoryWriter:
    """Writes points and their wordings; one for each act. ``theory_id`` is the theory's, made where there is none."""

    def __init__(self, work: Work, elements: Sequence[Element], name: str = "") -> None:
        self._work = work
        theories = schema.theories
        found: int | None = work.conn.scalar(select(theories.c.id).order_by(theories.c.position).limit(1))
        self.theory_id = work.insert(theories, {"name": name, "position": 1}) if found is None else found
        self._elements = self._keep_elements(elements)

    def _keep_elements(self, wanted: Sequence[Element]) -> dict[str, int]:
        """The ids of the theory's elements by letter, in the order wanted; those that it lacks are added."""
        table = schema.elements
        query = select(table.c.letter, table.c.id).where(table.c.theory_id == self.theory_id)
        ids = {row.letter: row.id for row in self._work.conn.execute(query)}
        last = [element.letter for element in read_elements(self._work.conn)]
        order = [*(e.letter for e in wanted), *(letter for letter in last if letter not in {e.letter for e in wanted})]
        for element in sorted(wanted, key=lambda element: element.parent is not None):
            values = {
                "name": element.name,
                "position": order.index(element.letter) + 1,
                "parent_id": ids[element.parent] if element.parent else None,
                "definition": element.definition or None,
            }
            if element.letter in ids:
                self._work.update(table, ids[element.letter], **values)
            else:
                ids[element.letter] = self._work.insert(
                    table, {"theory_id": self.theory_id, "letter": element.letter, **values}
                )
        for letter in order[len(wanted) :]:
            self._work.update(table, ids[letter], position=order.index(letter) + 1)
        grammar = grammar_name(read_elements(self._work.conn))
        self._work.update(schema.theories, self.theory_id, grammar=grammar)
        return {letter: ids[letter] for letter in order}

    def add_point(self, label: str, title: str, position: int, *, is_overall: bool = False) -> int:
        """A point without a wording yet, at a place in the order of the theory."""
        values = {"theory_id": self.theory_id, "number": label, "title": title, "position": position}
        return self._work.insert(schema.points, values | {"is_overall": is_overall})

    def add_version(
        self,
        point_id: int,
        number: int,
        wording: Mapping[str, str],
        sentence: str | None = None,
        decision_id: int | None = None,
    ) -> int:
        """A wording of a point, from now on its current one."""
        versions = schema.point_versions
        current = select(versions.c.id).where(versions.c.point_id == point_id, versions.c.is_current)
        self._work.update_many(versions, list(self._work.conn.scalars(current)), is_current=False)
        values = {
            "point_id": point_id,
            "number": number,
            "is_current": True,
            "coder_id": self._work.coder_id,
            "created_at": self._work.at,
            "decision_id": decision_id,
            "sentence": sentence,
        }
        version_id = self._work.insert(versions, values)
        rows = [[version_id, self._elements[letter], text] for letter, text in wording.items() if text]
        self._work.insert_many(schema.point_elements, ["point_version_id", "element_id", "wording"], rows)
        return version_id

    def position_after(self, label: str | None) -> int:
        """Make room in the order of the theory after a point and its sub-points, at the end where None; return it."""
        points = read_theory(self._work.conn).points
        if label is None:
            return next_position(self._work.conn, schema.points)
        at = 1 + max(
            index for index, point in enumerate(points) if point.label == label or _is_below(point, label, points)
        )
        for position, point in enumerate(points[at:], start=at + 2):
            self._work.update(schema.points, point.id, position=position)
        for position, point in enumerate(points[:at], start=1):
            self._work.update(schema.points, point.id, position=position)
        return at + 1

    def complete_frame(self) -> None:
        """Give every point its code, and below it one for each element; their definitions are the current wording.

        Codes and their codings stay with the point that they are of, whatever becomes of it.
        """
        codes, conn = schema.codes, self._work.conn
        query = select(codes).where(codes.c.point_id.is_not(None))
        present = {(row.point_id, row.element_id): (row.id, row.definition) for row in conn.execute(query)}
        letters: list[str | None] = [None, *self._elements]
        for point in read_theory(conn).points:
            for letter in letters:
                element_id = None if letter is None else self._elements[letter]
                definition = _definition(point) if letter is None else point.wording[letter]
                code_id, before = present.get((point.id, element_id), (None, ""))
                if code_id is None:
                    parent = present.get((point.id, None))
                    values = {
                        "name": f"{point.label} {letter or ''}".strip(),
                        "definition": definition,
                        "parent_id": parent and parent[0],
                        "point_id": point.id,
                        "element_id": element_id,
                        "position": next_position(conn, codes),
                    }
                    present[point.id, element_id] = (self._work.insert(codes, values), definition)
                elif definition != before:
                    self._work.update(codes, code_id, definition=definition)


def codes_outside(work: Work) -> Mapping[str, str]:
    """The names of the codes that belong to no point, by how names are compared."""
    codes = schema.codes
    return {fold(name): name for name in work.conn.scalars(select(codes.c.name).where(codes.c.point_id.is_(None)))}


def require_free_codes(work: Work, labels: Iterable[str], elements: Iterable[Element]) -> None:
    """Raises NameTaken where a code outside the theory has the name that a point's code would get."""
    outside, letters = codes_outside(work), [element.letter for element in elements]
    for label in labels:
        for name in (label, *(f"{label} {letter}" for letter in letters)):
            if fold(name) in outside:
                hint = "Give that code another name, or the point another number."
                raise NameTaken(f"A code outside the theory is called '{outside[fold(name)]}'.", hint)


def wording_by_letter(elements: Sequence[Element], given: Mapping[str, str]) -> dict[str, str]:
    """Words for elements by letter, where they may be given by letter or name; NFC, LF line ends, stripped.

    Raises:
        InputError: the theory has no such element.
    """
    letters = {fold(name): element.letter for element in elements for name in (element.name, element.letter)}
    found: dict[str, str] = {}
    for name, text in given.items():
        if fold(name) not in letters:
            known = ", ".join(f"{element.letter} ({element.name})" for element in elements) or "none yet"
            raise InputError(f"The theory has no element '{name}'.", f"Its elements: {known}.")
        found[letters[fold(name)]] = normalise(text).strip()
    return found


def same_words(text: str, other: str) -> bool:
    """Whether two wordings are the same: other line breaks and spaces are no other wording."""
    return text.split() == other.split()


def _is_below(point: Point, label: str, points: Sequence[Point]) -> bool:
    """Whether a point is a part of another, or a part of its parts."""
    above = {p.label: p.parent for p in points}
    at, seen = point.parent, set[str]()
    while at is not None and at not in seen:
        if at == label:
            return True
        seen.add(at)
        at = above.get(at)
    return False


def _definition(point: Point) -> str:
    return " → ".join(text for text in point.wording.values() if text)
