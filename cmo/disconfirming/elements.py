"""Elements of a point that nobody has put into words, and parts of an element that nobody has spoken to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, func, select

from cmo.configurations.grammar import GrammarElement, read_grammar
from cmo.disconfirming.points import Told, where_of
from cmo.evidence import evidence
from store import schema
from store.findings import Finding


def wording_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Elements without words in a point's present wording.

    Of an element that the grammar splits, such as mechanism into resource and reasoning, the whole is asked for where
    nothing of it is said; else the parts that are not said.
    """
    versions, wordings = schema.point_versions, schema.point_elements
    worded: dict[int, set[int]] = defaultdict(set)
    query = (
        select(versions.c.point_id, wordings.c.element_id)
        .join(wordings, wordings.c.point_version_id == versions.c.id)
        .where(versions.c.is_current, func.trim(wordings.c.wording) != "")
    )
    for point_id, element_id in conn.execute(query):
        worded[point_id].add(element_id)
    parts = _parts(conn)
    for point_id, label in held.items():
        for main, under in parts.items():
            for element in _without_words(main, under, worded[point_id]):
                message = f"has no words for its element {element.letter}"
                yield Told(point_id, Finding("element-empty", where_of(label), message))


def part_findings(conn: Connection, held: Mapping[int, str]) -> Iterator[Told]:
    """Points with evidence of one part of an element and none of another: a resource without the reasoning it is met
    with, or the other way round (Dalkin et al. 2015 on why a mechanism is both).

    Excerpts coded to the element as a whole speak to no part of it.
    """
    rows = evidence()
    excerpts: dict[int, dict[int, int]] = defaultdict(dict)
    query = (
        select(rows.c.point_id, rows.c.element_id, func.count(rows.c.excerpt_id.distinct()))
        .where(rows.c.point_id.is_not(None), rows.c.element_id.is_not(None))
        .group_by(rows.c.point_id, rows.c.element_id)
    )
    for point_id, element_id, count in conn.execute(query):
        excerpts[point_id][element_id] = count
    split = {main: under for main, under in _parts(conn).items() if len(under) > 1}
    for point_id, label in held.items():
        for main, under in split.items():
            found = {part.name: excerpts[point_id].get(part.id, 0) for part in under}
            lacking = [name for name, count in found.items() if not count]
            if 0 < len(lacking) < len(found):
                there = ", ".join(f"{name} ({count:,})" for name, count in found.items() if count)
                message = f"its {main.name} has excerpts of {there} and none of {', '.join(lacking)}"
                yield Told(point_id, Finding("part-no-evidence", where_of(label), message))


def _parts(conn: Connection) -> dict[GrammarElement, list[GrammarElement]]:
    """The main elements of the grammar with what each is split into, in order."""
    grammar = read_grammar(conn)
    return {
        main: [e for e in grammar.elements.values() if e.main_id == main.id and e.id != main.id]
        for main in grammar.main
    }


def _without_words(main: GrammarElement, parts: list[GrammarElement], worded: set[int]) -> list[GrammarElement]:
    said = [part for part in parts if part.id in worded]
    if main.id not in worded and not said:
        return [main]
    return [part for part in parts if part.id not in worded]
