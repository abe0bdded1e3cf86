"""What evidence can be arranged by: points, cases, roles, attributes, ...; and the labels of each."""

from __future__ import annotations

from rapidfuzz import process
from sqlalchemy import Connection, func, select

from cmo.theory import point_label
from store import schema
from store.errors import UnknownName
from store.schema import SOURCE_KINDS, STANCES
from transcripts.people import fold

DIMENSIONS = ("point", "element", "code", "case", "role", "kind", "source", "participant", "coder", "judge", "stance")


def attribute_name(dimension: str) -> str | None:
    """``Sektor`` for ``attribute:Sektor``; None for the dimensions of our own."""
    prefix, _, name = dimension.partition(":")
    return name.strip() if prefix.strip().casefold() == "attribute" and name.strip() else None


def unknown_dimension(dimension: str) -> UnknownName:
    return UnknownName(
        f"'{dimension}' is nothing that evidence can be arranged by.",
        "Use one of " + ", ".join(DIMENSIONS) + ", or attribute:NAME.",
    )


def known_label(conn: Connection, dimension: str, wanted: str | None) -> str | None:
    """A label as the study writes it (``7`` is ``#7``, ``case 1`` is ``Case 1``).

    Raises:
        UnknownName: with the labels that come nearest.
    """
    if wanted is None:
        return None
    if dimension == "point":
        wanted = point_label(wanted) or wanted
    labels = dimension_labels(conn, dimension)
    found = next((label for label in labels if fold(label) == fold(wanted)), None)
    if found is None:
        near = process.extract(wanted, labels, limit=3, score_cutoff=50)
        hint = "Nearest: " + ", ".join(match[0] for match in near) + "." if near else ""
        raise UnknownName(f"There is no {dimension} '{wanted}' in this study.", hint)
    return found


def dimension_labels(conn: Connection, dimension: str) -> list[str]:
    """All labels that the study has in a dimension.

    Raises:
        UnknownName: there is no such dimension.
    """
    tables = {
        "point": (schema.points, "number"),
        "code": (schema.codes, "name"),
        "case": (schema.cases, "name"),
        "source": (schema.sources, "name"),
        "element": (schema.elements, "letter"),
    }
    if dimension in tables:
        table, name = tables[dimension]
        return list(conn.scalars(select(table.c[name]).order_by(table.c.position, table.c.id)))
    people = {"role": schema.roles, "participant": schema.participants, "coder": schema.coders}
    if dimension in people:
        table = people[dimension]
        return list(conn.scalars(select(table.c.name).order_by(table.c.id)))
    if dimension == "judge":
        return []
    if dimension == "kind":
        used = set(conn.scalars(select(schema.sources.c.kind)))
        return [kind for kind in SOURCE_KINDS if kind in used]
    if dimension == "stance":
        return list(STANCES)
    attribute = attribute_name(dimension)
    if attribute is None:
        raise unknown_dimension(dimension)
    return _attribute_values(conn, attribute, dimension)


def _attribute_values(conn: Connection, attribute: str, dimension: str) -> list[str]:
    attributes, held = schema.attributes, schema.attribute_values
    found = conn.execute(select(attributes).where(func.lower(attributes.c.name) == attribute.lower())).first()
    if found is None:
        error = unknown_dimension(dimension)
        names = conn.scalars(select(attributes.c.name).order_by(attributes.c.position))
        error.hint += " Attributes of this study: " + (", ".join(names) or "none") + "."
        raise error
    query = select(held.c.value).where(held.c.attribute_id == found.id).distinct()
    values = list(conn.scalars(query))
    return sorted(values, key=_number_first if found.kind == "number" else None)


def _number_first(value: str) -> tuple[float, str]:
    """Numbers by size; words that stand for a missing number after them."""
    try:
        return float(value.replace(",", ".")), value
    except ValueError:
        return float("inf"), value
