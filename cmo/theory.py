"""The programme theory: read from a table, kept in versions, and given to the study as its code frame."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from cmo.records import Element, Point, Theory
from store import schema
from store.errors import BadTable
from store.findings import Finding
from store.work import Work
from transcripts.people import fold, next_position
from transcripts.readers.tables import Table, TableProblems, column, read_table
from transcripts.records import TableReport

NUMBER = (
    "number",
    "no",
    "nr",
    "nummer",
    "#",
    "pt",
    "pt #",
    "pt nr",
    "pt-punkt",
    "pt-punkt #",
    "pt point",
    "point",
    "punkt",
    "id",
    "pt-punkt nr",
)
ELEMENT_COLUMNS: dict[tuple[str, str], tuple[str, ...]] = {
    ("S", "strategy"): ("strategy", "strategi", "s"),
    ("I", "intervention"): ("intervention", "indsats", "i"),
    ("C", "context"): ("context", "kontekst", "c"),
    ("A", "actor"): ("actor", "aktør", "a"),
    ("M", "mechanism"): ("mechanism", "mekanisme", "m"),
    ("O", "outcome"): ("outcome", "outcomes", "udfald", "resultat", "virkning", "effekt", "o"),
}
"""The grammar's elements that a table's columns are recognised as, in the order they are told."""

TERM = ("term", "abbreviation", "forkortelse", "begreb", "ord")
MEANING = ("meaning", "definition", "betydning", "forklaring", "explanation")

_NUMBERED = re.compile(r"^(?:pt|point|punkt|no\.?|nr\.?)?[\s\-]*#?\s*(\d+(?:\.\d+)*\s?[a-zæøå]?)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    title: str
    is_overall: bool
    wording: dict[str, str]


def read_theory(conn: Connection) -> Theory:
    """The theory as it stands: its elements, its points in their current wording, the glossary."""
    theories, elements = schema.theories, schema.elements
    head = conn.execute(select(theories).order_by(theories.c.position).limit(1)).first()
    terms = select(schema.glossary.c.term, schema.glossary.c.meaning).order_by(schema.glossary.c.id)
    glossary = dict(conn.execute(terms).tuples().all())
    if head is None:
        return Theory("", (), (), glossary)
    listed = conn.execute(select(elements).where(elements.c.theory_id == head.id).order_by(elements.c.position)).all()
    worded = schema.point_elements
    wording: dict[int, dict[int, str]] = defaultdict(dict)
    for row in conn.execute(select(worded.c.point_version_id, worded.c.element_id, worded.c.wording)):
        wording[row.point_version_id][row.element_id] = row.wording
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


def import_theory(work: Work, path: Path) -> TableReport:
    """A programme theory from a table of number and elements; it becomes the code frame.

    Any element may be empty; a row without a number is an overall hypothesis. Importing again with another
    wording makes a new version of the point: judgements of the old wording are kept and become stale.

    Raises:
        BadTable: no column is recognised as number or as an element, or rows that cannot be used.
    """
    table = read_table(path)
    columns = {key: at for key, names in ELEMENT_COLUMNS.items() if (at := column(table, *names)) is not None}
    number_at = column(table, *NUMBER)
    if number_at is None or not columns:
        wanted = "a number" if number_at is None else "any element"
        raise BadTable(
            path,
            [f"no column for {wanted}; found {', '.join(table.columns)}"],
            "Name the columns number, context, mechanism, outcome (or nr., kontekst, mekanisme, "
            "udfald); any element may be empty.",
        )
    rows = _rows(path, table, number_at, {key[0]: at for key, at in columns.items()})
    element_ids = _elements(work, path, list(columns))
    present = {point.label: point for point in read_theory(work.conn).points}
    added = changed = 0
    for row in rows:
        point = present.get(row.label)
        if point is None:
            _add_point(work, row, element_ids)
            added += 1
        elif {letter: text for letter, text in point.wording.items() if letter in row.wording} != row.wording:
            _new_version(work, point, {**point.wording, **row.wording}, element_ids)
            changed += 1
    used = {number_at, *columns.values()}
    findings = [
        Finding("column-not-used", path.name, f"the column '{name}' is no element of the theory; it was left out")
        for index, name in enumerate(table.columns)
        if index not in used and name
    ]
    labels = {row.label for row in rows}
    findings += [
        Finding("point-not-in-table", path.name, f"the study's point {label} is not in the table; it stays as it is")
        for label in present
        if label not in labels
    ]
    work.summary = f"import {len(rows)} PT points from '{path.name}'"
    return TableReport(path.name, len(rows), added, changed, len(rows) - added - changed, tuple(findings))


def import_glossary(work: Work, path: Path) -> None:
    """Terms and their meanings; a term that is there gets the new meaning."""
    table = read_table(path)
    term_at, meaning_at = column(table, *TERM), column(table, *MEANING)
    if term_at is None or meaning_at is None:
        raise BadTable(
            path,
            [f"no columns for term and meaning; found {', '.join(table.columns)}"],
            "Name them 'term' and 'meaning' (or 'forkortelse' and 'betydning').",
        )
    known = dict(work.conn.execute(select(schema.glossary.c.term, schema.glossary.c.id)).tuples().all())
    problems, seen = TableProblems(path), set()
    for row in table.rows:
        term, meaning = row.values[term_at], row.values[meaning_at]
        if not term or fold(term) in seen:
            problems.add(row.number, table.columns[term_at], term, "a term, each once")
        elif term in known:
            work.update(schema.glossary, known[term], meaning=meaning)
        else:
            work.insert(schema.glossary, {"term": term, "meaning": meaning})
        seen.add(fold(term))
    problems.raise_if_any()


def point_label(text: str) -> str | None:
    """``#7`` for what people write as the number of a point (``7``, ``#7``, ``PT 7``); None where it is none."""
    match = _NUMBERED.match(text.strip())
    return "#" + match.group(1).replace(" ", "").casefold() if match else None


def _rows(path: Path, table: Table, number_at: int, columns: dict[str, int]) -> list[_Row]:
    problems, rows, overall = TableProblems(path), [], 0
    seen: set[str] = set()
    for row in table.rows:
        text = row.values[number_at]
        wording = {letter: row.values[at] for letter, at in columns.items()}
        label = point_label(text)
        if not any(wording.values()):
            problems.add(
                row.number,
                ", ".join(table.columns[at] for at in columns.values()),
                "",
                "at least one element with words",
            )
        if label is None and re.search(r"\d", text) and len(text) <= 8:
            problems.add(
                row.number,
                table.columns[number_at],
                text,
                "a number such as #7, 7a or 3.1, or no number for an overall hypothesis",
            )
        if label is None:
            overall += 1
            label = "H" if overall == 1 else f"H{overall}"
            rows.append(_Row(label, text, True, wording))
        else:
            rows.append(_Row(label, "", False, wording))
        if label in seen:
            problems.add(row.number, table.columns[number_at], text, "each number once")
        seen.add(label)
    problems.raise_if_any()
    return rows


def _elements(work: Work, path: Path, wanted: list[tuple[str, str]]) -> dict[str, int]:
    """The ids of the grammar's elements by letter; the theory and missing elements are added."""
    theories, elements = schema.theories, schema.elements
    theory_id = work.conn.scalar(select(theories.c.id).order_by(theories.c.position).limit(1))
    if theory_id is None:
        theory_id = work.insert(theories, {"name": path.stem, "position": 1})
    query = select(elements.c.letter, elements.c.id).where(elements.c.theory_id == theory_id)
    known = dict(work.conn.execute(query).tuples().all())
    order = list(ELEMENT_COLUMNS)
    for key in wanted:
        if key[0] not in known:
            values = {"theory_id": theory_id, "letter": key[0], "name": key[1], "position": order.index(key) + 1}
            known[key[0]] = work.insert(elements, values)
    return known


def _add_point(work: Work, row: _Row, element_ids: dict[str, int]) -> None:
    theory_id = work.conn.scalar(select(schema.elements.c.theory_id).limit(1))
    point_id = work.insert(
        schema.points,
        {
            "theory_id": theory_id,
            "number": row.label,
            "title": row.title,
            "is_overall": row.is_overall,
            "position": next_position(work.conn, schema.points),
        },
    )
    _add_version(work, point_id, 1, row.wording, element_ids)
    frame = {
        "name": row.label,
        "definition": _definition(row.wording),
        "parent_id": None,
        "point_id": point_id,
        "element_id": None,
        "position": next_position(work.conn, schema.codes),
    }
    parent_id = work.insert(schema.codes, frame)
    for letter, element_id in element_ids.items():
        below = {
            "name": f"{row.label} {letter}",
            "definition": row.wording.get(letter, ""),
            "parent_id": parent_id,
            "element_id": element_id,
            "position": next_position(work.conn, schema.codes),
        }
        work.insert(schema.codes, frame | below)


def _new_version(work: Work, point: Point, wording: dict[str, str], element_ids: dict[str, int]) -> None:
    work.update(schema.point_versions, point.version_id, is_current=False)
    _add_version(work, point.id, point.version + 1, wording, element_ids)
    codes, letters = schema.codes, {element_id: letter for letter, element_id in element_ids.items()}
    query = select(codes.c.id, codes.c.element_id).where(codes.c.point_id == point.id)
    for row in work.conn.execute(query).all():
        text = _definition(wording) if row.element_id is None else wording.get(letters[row.element_id], "")
        work.update(codes, row.id, definition=text)


def _add_version(work: Work, point_id: int, number: int, wording: dict[str, str], element_ids: dict[str, int]) -> None:
    version = {"point_id": point_id, "number": number, "is_current": True, "coder_id": work.coder_id}
    version_id = work.insert(schema.point_versions, version | {"created_at": work.at})
    rows = [[version_id, element_ids[letter], text] for letter, text in wording.items() if text]
    work.insert_many(schema.point_elements, ["point_version_id", "element_id", "wording"], rows)


def _definition(wording: dict[str, str]) -> str:
    return " → ".join(text for text in wording.values() if text)
