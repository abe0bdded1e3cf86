"""The programme theory as it stands: its grammar, its points in their current wording, its glossary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from cmo.records import Element, Point, Theory
from store import schema

GRAMMAR: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("S", "strategy"): ("strategy", "strategi", "s"),
    ("I", "intervention"): ("intervention", "indsats", "i"),
    ("C", "context"): ("context", "kontekst", "c", "k"),
    ("A", "actor"): ("actor", "aktør", "a"),
    ("M", "mechanism"): ("mechanism", "mekanisme", "m"),
    ("O", "outcome"): ("outcome", "outcomes", "udfald", "resultat", "virkning", "effekt", "o", "u"),
}
"""The elements that a theory may have, in the order they are told, and what people call them."""

_NUMBERED = re.compile(
    r"""
    \(? (?:pt)? [\s\-]* (?:point|punkt|no\.?|nr\.?)? [\s\-]* \#? \s*
    (?P<number> \d+ (?:[.,]\d+)* \s? [a-zæøå]? )
    [.):]*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def point_label(text: str) -> str | None:
    """``#7`` for what people write as a point's number (``7``, ``#7``, ``PT 7``, ``07.``); None for anything else."""
    match = _NUMBERED.fullmatch(text.strip())
    if match is None:
        return None
    number = match["number"].replace(" ", "").replace(",", ".").casefold()
    return "#" + re.sub(r"^0+(?=\d)", "", number)


def read_theory(conn: Connection) -> Theory:
    """The theory; without points where none was imported."""
    theories, elements = schema.theories, schema.elements
    head = conn.execute(select(theories).order_by(theories.c.position).limit(1)).first()
    terms = select(schema.glossary.c.term, schema.glossary.c.meaning).order_by(schema.glossary.c.id)
    glossary = {row.term: row.meaning for row in conn.execute(terms)}
    if head is None:
        return Theory("", (), (), glossary)
    listed = conn.execute(select(elements).where(elements.c.theory_id == head.id).order_by(elements.c.position)).all()
    wording = _wording(conn)
    versions, points = schema.point_versions, schema.points
    query = (
        select(points, versions.c.id.label("version_id"), versions.c.number.label("version"))
        .join(versions, versions.c.point_id == points.c.id)
        .where(points.c.theory_id == head.id, versions.c.is_current)
        .order_by(points.c.position, points.c.id)
    )
    return Theory(
        head.name,
        tuple(Element(row.letter, row.name) for row in listed),
        tuple(
            Point(
                id=row.id,
                uuid=row.uuid,
                label=row.number,
                title=row.title,
                is_overall=row.is_overall,
                version=row.version,
                version_id=row.version_id,
                wording={element.letter: wording[row.version_id].get(element.id, "") for element in listed},
            )
            for row in conn.execute(query)
        ),
        glossary,
    )


def _wording(conn: Connection) -> Mapping[int, Mapping[int, str]]:
    """The words of each element of each point version, by their ids."""
    worded = schema.point_elements
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in conn.execute(select(worded.c.point_version_id, worded.c.element_id, worded.c.wording)):
        found[row.point_version_id][row.element_id] = row.wording
    return found
