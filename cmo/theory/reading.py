"""Reading the theory as it stands, and every wording that its points ever had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from cmo.records import Element, Point, Theory
from cmo.theory.labels import overall_label, point_label
from cmo.theory.sentences import composed
from store import schema
from store.errors import UnknownName
from store.rooms import Room
from transcripts.language.detecting import detect_language
from transcripts.people import fold, nearest

if TYPE_CHECKING:
    from cmo.theory import records
else:
    records = Room("cmo.theory.records")

HELD = "held"


def read_theory(conn: Connection) -> Theory:
    """The theory; without points where none was imported."""
    theories = schema.theories
    head = conn.execute(select(theories).order_by(theories.c.position).limit(1)).first()
    terms = select(schema.glossary.c.term, schema.glossary.c.meaning).order_by(schema.glossary.c.id)
    glossary = {row.term: row.meaning for row in conn.execute(terms)}
    if head is None:
        return Theory("", (), (), glossary)
    elements = read_elements(conn)
    wording = _wording(conn, elements, schema.point_versions.c.is_current)
    language = theory_language(conn)
    rows = conn.execute(_current_points(head.id)).all()
    labels = {row.id: row.number for row in rows}
    points = tuple(_point(row, elements, wording[row.version_id], labels, language) for row in rows)
    return Theory(head.name, elements, points, glossary, head.grammar)


def _current_points(theory_id: int) -> Select[Any]:
    versions, points = schema.point_versions, schema.points
    return (
        select(points, versions.c.id.label("version_id"), versions.c.number.label("version"), versions.c.sentence)
        .join(versions, versions.c.point_id == points.c.id)
        .where(points.c.theory_id == theory_id, versions.c.is_current)
        .order_by(points.c.position, points.c.id)
    )


def _point(
    row: Row[Any], elements: Sequence[Element], wording: Mapping[str, str], labels: Mapping[int, str], language: str
) -> Point:
    return Point(
        id=row.id,
        uuid=row.uuid,
        label=row.number,
        title=row.title,
        is_overall=row.is_overall,
        version=row.version,
        version_id=row.version_id,
        wording=wording,
        state=row.state or HELD,
        parent=labels.get(row.parent_id),
        rival_of=labels.get(row.rival_of_id),
        sentence=row.sentence or composed(elements, wording, language),
        is_sentence_own=row.sentence is not None,
    )


def read_elements(conn: Connection) -> tuple[Element, ...]:
    """The elements of the theory's grammar, in its order."""
    elements, above = schema.elements, schema.elements.alias("above")
    first = select(schema.theories.c.id).order_by(schema.theories.c.position).limit(1).scalar_subquery()
    query = (
        select(elements.c.letter, elements.c.name, above.c.letter.label("parent"), elements.c.definition)
        .outerjoin(above, above.c.id == elements.c.parent_id)
        .where(elements.c.theory_id == first)
        .order_by(elements.c.position, elements.c.id)
    )
    return tuple(Element(row.letter, row.name, row.parent, row.definition or "") for row in conn.execute(query))


def theory_language(conn: Connection) -> str:
    """The language that sentences are composed in: the one that the theory's words tell, else the study's."""
    worded, versions = schema.point_elements, schema.point_versions
    query = select(worded.c.wording).join(versions, versions.c.id == worded.c.point_version_id)
    told = _language_told("\n".join(conn.scalars(query.where(versions.c.is_current))))
    return told or str(conn.scalar(select(schema.studies.c.language)) or "")


@lru_cache(maxsize=4)  # the theory is read again and again, and seldom has other words
def _language_told(text: str) -> str | None:
    detected = detect_language(text)
    return detected.language if detected else None


def list_versions(conn: Connection, *conditions: ColumnElement[bool]) -> list[records.PointVersion]:
    """Wordings of points, in the order of the theory and of time; all, or those that meet the conditions."""
    versions, points, coders = schema.point_versions, schema.points, schema.coders
    query = (
        select(versions, points.c.number.label("label"), coders.c.name.label("coder"))
        .join(points, points.c.id == versions.c.point_id)
        .join(coders, coders.c.id == versions.c.coder_id)
        .where(*conditions)
        .order_by(points.c.position, points.c.id, versions.c.number)
    )
    elements, language = read_elements(conn), theory_language(conn)
    wording = _wording(conn, elements, *conditions)
    return [
        records.PointVersion(
            id=row.id,
            uuid=row.uuid,
            point=row.label,
            number=row.number,
            is_current=row.is_current,
            wording=wording[row.id],
            sentence=row.sentence or composed(elements, wording[row.id], language),
            is_sentence_own=row.sentence is not None,
            coder=row.coder,
            created_at=row.created_at,
            decision_id=row.decision_id,
        )
        for row in conn.execute(query)
    ]


def find_point(conn: Connection, text: str) -> int:
    """The id of a point by what people call it: ``7``, ``#7``, ``PT 7``, ``H``, or an overall hypothesis' title.

    Raises:
        UnknownName: with the labels that come nearest.
    """
    points = schema.points
    rows = conn.execute(select(points.c.id, points.c.number, points.c.title, points.c.is_overall)).all()
    label = point_label(text) or overall_label(text) or text
    found = next((row.id for row in rows if fold(row.number) == fold(label)), None)
    if found is None and text.strip():
        found = next((row.id for row in rows if row.is_overall and fold(row.title) == fold(text)), None)
    if found is None:
        near = nearest(label, (row.number for row in rows))
        raise UnknownName(f"The theory has no point '{text}'.", f"Did you mean {near}?" if near else "")
    return int(found)


def _wording(
    conn: Connection, elements: Sequence[Element], *conditions: ColumnElement[bool]
) -> Mapping[int, Mapping[str, str]]:
    """The words of each element of point versions by the versions' ids; empty words where a version has none."""
    worded, versions, points = schema.point_elements, schema.point_versions, schema.points
    query = (
        select(worded.c.point_version_id, schema.elements.c.letter, worded.c.wording)
        .join(schema.elements, schema.elements.c.id == worded.c.element_id)
        .join(versions, versions.c.id == worded.c.point_version_id)
        .join(points, points.c.id == versions.c.point_id)
        .where(*conditions)
    )
    empty = {element.letter: "" for element in elements}
    found: dict[int, dict[str, str]] = defaultdict(lambda: dict(empty))
    for version_id, letter, text in conn.execute(query):
        found[version_id][letter] = text
    return found
