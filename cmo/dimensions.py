"""What evidence can be arranged by: points, cases, roles, attributes, ...; and the labels of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from cmo.records import OUTSIDE, STALE
from cmo.theory import point_label
from codebook.codes import list_codes
from store import schema
from store.errors import UnknownName
from store.schema import SOURCE_KINDS, STANCES
from transcripts.fieldwork.dates import iso_date
from transcripts.people import fold, natural, nearest

DIMENSIONS = (
    "point",
    "element",
    "code",
    "case",
    "role",
    "kind",
    "round",
    "source",
    "participant",
    "coder",
    "judge",
    "stance",
)
Key = int | str
"""What a row of evidence carries of a dimension: an id, or the label itself."""
MOST_LISTED = 12
"""Labels that an error names where none comes near."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to arrange by. ``labels`` are those of the study by key, in the order of the study.

    ``attribute_id`` is set where the dimension is an attribute of cases.
    """

    name: str
    labels: Mapping[Key, str]
    attribute_id: int | None = None

    def key(self, wanted: str) -> Key:
        """The key of a label, however it is written (``7`` is ``#7``, ``case 1`` is ``Case 1``).

        Raises:
            UnknownName: with the labels that come nearest.
        """
        label = (point_label(wanted) or wanted) if self.name == "point" else wanted
        exact = next((key for key, known in self.labels.items() if known == label), None)
        if exact is not None:
            return exact
        for key, known in self.labels.items():
            if fold(known) == fold(label):
                return key
        near, few = nearest(label, self.labels.values()), 0 < len(self.labels) <= MOST_LISTED
        listed = f"There are: {', '.join(self.labels.values())}." if few else ""
        raise UnknownName(f"There is no {self.name} '{wanted}' in this study.", f"Nearest: {near}." if near else listed)


def find_dimension(conn: Connection, name: str) -> Dimension:
    """A dimension by name: one of ``DIMENSIONS``, or ``attribute:NAME``.

    Raises:
        UnknownName: there is no such dimension.
    """
    if name in DIMENSIONS:
        return Dimension(name, _labels(conn, name))
    prefix, _, attribute = name.partition(":")
    if fold(prefix) == "attribute" and attribute.strip():
        return _attribute(conn, name, attribute)
    raise _unknown(conn, name)


def dimension_labels(conn: Connection, name: str) -> list[str]:
    """All labels that the study has in a dimension. Raises UnknownName."""
    return list(find_dimension(conn, name).labels.values())


def _labels(conn: Connection, name: str) -> Mapping[Key, str]:
    if name == "code":
        return {code.id: code.name for code in list_codes(conn)}
    if name == "kind":
        used = set(conn.scalars(select(schema.sources.c.kind)))
        return {kind: kind for kind in SOURCE_KINDS if kind in used}
    if name == "round":
        rounds = conn.scalars(select(schema.sources.c.round).where(schema.sources.c.round.is_not(None)).distinct())
        return {name: name for name in sorted(rounds, key=natural)}
    if name == "stance":
        return {stance: stance for stance in (*STANCES, STALE, OUTSIDE)}
    table, label = {
        "point": (schema.points, "number"),
        "element": (schema.elements, "letter"),
        "case": (schema.cases, "name"),
        "source": (schema.sources, "name"),
        "role": (schema.roles, "name"),
        "participant": (schema.participants, "name"),
        "coder": (schema.coders, "name"),
        "judge": (schema.coders, "name"),
    }[name]
    order = [table.c.position, table.c.id] if "position" in table.c else [table.c.id]
    return {
        row.id: row.label for row in conn.execute(select(table.c.id, table.c[label].label("label")).order_by(*order))
    }


def _attribute(conn: Connection, name: str, attribute: str) -> Dimension:
    found = next((row for row in _attributes(conn) if fold(row.name) == fold(attribute)), None)
    if found is None:
        raise _unknown(conn, name)
    held = schema.attribute_values
    values = conn.scalars(select(held.c.value).where(held.c.attribute_id == found.id).distinct())
    orders: dict[str, Callable[[str], Any]] = {"number": _number_first, "date": _day_first}
    places = {choice: place for place, choice in enumerate(json.loads(found.choices or "[]"))}
    ordered = sorted(
        sorted(values, key=orders.get(found.kind, natural)), key=lambda value: places.get(value, len(places))
    )
    return Dimension(f"attribute:{found.name}", {value: value for value in ordered}, found.id)


def _attributes(conn: Connection) -> list[Row[Any]]:
    return list(conn.execute(select(schema.attributes).order_by(schema.attributes.c.position)))


def _unknown(conn: Connection, name: str) -> UnknownName:
    attributes = ", ".join(row.name for row in _attributes(conn)) or "none"
    return UnknownName(
        f"'{name}' is nothing that evidence can be arranged by.",
        f"Use one of {', '.join(DIMENSIONS)}, or attribute:NAME. Attributes of this study: {attributes}.",
    )


def _number_first(value: str) -> tuple[float, str]:
    """Numbers by size; words that stand for a missing number after them."""
    try:
        return float(value.replace(",", ".")), value
    except ValueError:
        return float("inf"), value


def _day_first(value: str) -> tuple[str, str]:
    """Days one after the other, however they are written; words that stand for a missing day after them."""
    return iso_date(value) or "~", value
