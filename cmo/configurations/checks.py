"""Whether the configurations of a study hold together, and what about them a person should look at."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from cmo.configurations.grammar import read_grammar
from cmo.configurations.links import ONE_WAY_UP
from cmo.configurations.members import reached
from cmo.configurations.reading import list_configurations
from cmo.configurations.records import Configuration
from store import schema
from store.findings import Finding, place


def check_configurations(conn: Connection) -> Iterator[Finding]:
    """What no act leaves behind: elements of another grammar, and links of a configuration to itself.

    That parts, links and presences refer to something that is there is a rule of the tables, looked at by the store.
    """
    known = set(read_grammar(conn).elements)
    tables: tuple[Table, ...] = (schema.configuration_parts, schema.configuration_cases)
    for table in tables:
        for row in conn.execute(select(table.c.id, table.c.element_id).where(table.c.element_id.is_not(None))):
            if row.element_id not in known:
                yield Finding("element-foreign", place(table.name, row.id), "has an element of another grammar")
    links = schema.configuration_links
    for (link_id,) in conn.execute(select(links.c.id).where(links.c.from_id == links.c.to_id)):
        yield Finding("link-to-itself", place(links.name, link_id), "links a configuration to itself")


def doubts(conn: Connection) -> Iterator[Finding]:
    """What is unfinished or questionable about configurations, each with its number."""
    listed = list_configurations(conn)
    for one in listed:
        where = f"configuration {one.number}"
        for code, message in _doubts_of(one):
            yield Finding(code, where, message)
    for kind in ONE_WAY_UP:
        onward = {one.number: [link.target for link in one.links if link.kind == kind and link.source == one.number]
                  for one in listed}  # fmt: skip
        for one in listed:
            if any(one.number in reached(target, onward) for target in onward[one.number]):
                message = f"comes back to itself by way of links '{kind}'"
                yield Finding("configuration-circle", f"configuration {one.number}", message)


def _doubts_of(one: Configuration) -> Iterator[tuple[str, str]]:
    if one.is_partial:
        yield "configuration-partial", f"is {one.waiting}"
    if not one.restatement:
        yield "configuration-not-restated", "is not restated in the analyst's words"
    undecided = sum(part.element is None for part in one.parts)
    if undecided:
        yield "configuration-undecided", f"parts of which the element is undecided: {undecided}"
    if one.parts and not any(part.is_stated for part in one.parts):
        yield "configuration-inferred", "is inferred throughout: nobody states any part of it"
    if one.case is not None and one.level != "case":
        yield "configuration-level", f"reaches over cases and belongs to one: {one.case}"
    strange = [part for part in one.parts if one.case is not None and part.cases and one.case not in part.cases]
    if strange:
        others = ", ".join(dict.fromkeys(case for part in strange for case in part.cases))
        yield "configuration-other-case", f"is of {one.case} and has passages of {others}"
    if any(part.coding_id is None and not part.wording for part in one.parts):
        yield "configuration-empty-part", "has a part without a passage and without words"
