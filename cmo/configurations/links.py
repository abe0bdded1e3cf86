"""How configurations stand to each other, and the next one in a ripple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from cmo.configurations.grammar import read_grammar
from cmo.configurations.members import reached
from cmo.configurations.reading import configuration_id
from cmo.configurations.records import Link
from cmo.configurations.writing import add_configuration, insert_part
from store import schema
from store.errors import InputError, UnknownName
from store.work import Work
from transcripts.text import normalise

_links, _parts, _configurations = schema.configuration_links, schema.configuration_parts, schema.configurations

BOTH_WAYS = ("rival", "contradicts")
"""Kinds that say the same from either end."""
ONE_WAY_UP = ("specialises", "embedded")
"""Kinds that make no sense in a circle. A ripple does: outcomes feed back into the contexts they came from."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "ripple": ("its outcome is the context of", "its context is the outcome of"),
    "rival": ("is a rival of", "is a rival of"),
    "specialises": ("specialises", "is specialised by"),
    "contradicts": ("contradicts", "contradicts"),
    "embedded": ("is embedded in", "has embedded in it"),
}


def link_words(link: Link, number: int) -> str:
    """The link as it is told of one end: ``specialises 4``, ``is specialised by 2``."""
    forth, back = _WORDS[link.kind]
    return f"{forth if number == link.source else back} {link.other(number)}"


def add_link(work: Work, source: int, target: int, kind: str, note: str = "") -> Link:
    """Say how the configuration ``source`` stands to ``target`` (numbers). Saying it again changes the note alone.

    "rival" and "contradicts" are the same from either end.

    Raises:
        UnknownName: there is no such configuration.
        InputError: no such kind, a configuration with itself, or a circle of a kind that makes no sense in one.
    """
    if kind not in schema.LINK_KINDS:
        raise InputError(f"'{kind}' is not a kind of link.", "Kinds are " + ", ".join(schema.LINK_KINDS) + ".")
    from_id, to_id = configuration_id(work.conn, source), configuration_id(work.conn, target)
    if from_id == to_id:
        raise InputError(f"Configuration {source} cannot be linked to itself.", "Choose another one.")
    note = normalise(note).strip()
    for one in _links_between(work.conn, from_id, to_id):
        if one.kind == kind and (one.from_id == from_id or kind in BOTH_WAYS):
            work.update(_links, one.id, **({"note": note} if note else {}))
            ends = (source, target) if one.from_id == from_id else (target, source)
            return Link(one.id, *ends, kind, note or one.note)
    if kind in ONE_WAY_UP:
        _refuse_circle(work.conn, from_id, to_id, kind)
    values = {"from_id": from_id, "to_id": to_id, "kind": kind, "note": note}
    return Link(work.insert(_links, values), source, target, kind, note)


def remove_link(work: Work, source: int, target: int, kind: str) -> None:
    """Take a link away. Raises UnknownName: there is no such configuration or no such link."""
    from_id, to_id = configuration_id(work.conn, source), configuration_id(work.conn, target)
    for one in _links_between(work.conn, from_id, to_id):
        if one.kind == kind and (one.from_id == from_id or kind in BOTH_WAYS):
            work.delete(_links, [one.id])
            return
    raise UnknownName(
        f"Configurations {source} and {target} have no link '{kind}'.", f"`cmo configurations STUDY {source}` shows it."
    )


def add_ripple(work: Work, number: int, *, name: str = "", restatement: str = "", point: str | None = None) -> int:
    """The next configuration: the outcome of this one, passages and words, is its context. Return its number.

    It is of the same level and case. Raises UnknownName. InputError: this one has no outcome yet.
    """
    row_id = configuration_id(work.conn, number)
    grammar = read_grammar(work.conn)
    context, outcome = grammar.context, grammar.outcome
    ends = [element.id for element in grammar.elements.values() if element.main_id == outcome.id]
    query = (
        select(_parts)
        .where(_parts.c.configuration_id == row_id, _parts.c.element_id.in_(ends))
        .order_by(_parts.c.position, _parts.c.id)
    )
    parts = work.conn.execute(query).all()
    if not parts:
        cure = f"Put in its {outcome.name} first: that is where the next one begins."
        raise InputError(f"Configuration {number} has no {outcome.name} yet.", cure)
    own = work.conn.execute(
        select(_configurations.c.level, schema.cases.c.name.label("case_name"))
        .outerjoin(schema.cases, schema.cases.c.id == _configurations.c.case_id)
        .where(_configurations.c.id == row_id)
    ).one()
    following = add_configuration(
        work, name=name, restatement=restatement, level=own.level, point=point, case=own.case_name
    )
    following_id = configuration_id(work.conn, following)
    for part in parts:
        stated = part.is_stated and part.coding_id is not None
        insert_part(work, following_id, part.coding_id, context.id, part.wording, stated)
    add_link(work, number, following, "ripple")
    return following


def _links_between(conn: Connection, one: int, other: int) -> Sequence[Row[Any]]:
    query = select(_links).where(_links.c.from_id.in_((one, other)), _links.c.to_id.in_((one, other)))
    return conn.execute(query).all()


def _refuse_circle(conn: Connection, from_id: int, to_id: int, kind: str) -> None:
    onward: defaultdict[int, list[int]] = defaultdict(list)
    for row in conn.execute(select(_links.c.from_id, _links.c.to_id).where(_links.c.kind == kind)):
        onward[row.from_id].append(row.to_id)
    if from_id in reached(to_id, onward):
        words = _WORDS[kind][0]
        raise InputError(
            f"The one {words} the other already, directly or by way of others: both cannot hold.",
            "Remove that link first, or choose another kind.",
        )
