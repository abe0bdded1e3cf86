"""The attributes of cases: their kinds, found from the values or settled by a person, and their pick-lists."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from store.errors import InputError, UnknownName
from store.schema import ATTRIBUTE_KINDS, attribute_values, attributes
from transcripts.fieldwork import dates
from transcripts.people import fold, nearest, tidy
from transcripts.records import Attribute

if TYPE_CHECKING:
    from store.work import Work

NOT_STATED = frozenset(
    {
        "",
        "?",
        "-",
        "not stated",
        "uoplyst",
        "ikke oplyst",
        "ikke angivet",
        "keine angabe",
        "k.a.",
        "unknown",
        "n/a",
        "na",
    }
)
"""Values of any kind: it was asked for, and nobody said."""
MOST_CHOICES = 12
_WHAT = {"number": "a number", "date": "a date such as 2026-04-14 or 14.4.2026", "text": "a text", "choice": "a choice"}


def list_attributes(conn: Connection) -> list[Attribute]:
    """The attributes of cases in the order of the study."""
    query = select(attributes).order_by(attributes.c.position, attributes.c.id)
    return [
        Attribute(row.name, row.kind, tuple(json.loads(row.choices or "[]")), row.choices is not None)
        for row in conn.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class SettledKind:
    """A kind that values are held to, with its pick-list."""

    kind: str
    choices: tuple[str, ...]

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        what = "one of " + ", ".join(self.choices) if self.choices else _WHAT[self.kind]
        return f"{what}, or 'not stated'"

    def value(self, written: str) -> str | None:
        """The value as it is kept, a choice as its pick-list spells it; None where it cannot be one."""
        if fold(written) in NOT_STATED:
            return written
        if self.choices:
            return next((choice for choice in self.choices if fold(choice) == fold(written)), None)
        return written if _fits(self.kind, [written]) else None


def settled_kinds(conn: Connection) -> dict[int, SettledKind]:
    """The attributes, by id, whose kind a person has decided."""
    query = select(attributes.c.id, attributes.c.kind, attributes.c.choices).where(attributes.c.choices.is_not(None))
    return {row.id: SettledKind(row.kind, tuple(json.loads(row.choices))) for row in conn.execute(query)}


def found_kind(conn: Connection, attribute_id: int | None, case_id: int) -> SettledKind:
    """The kind that the values of all cases but this one have; a text where no other has a value."""
    held = attribute_values
    query = select(held.c.value).where(held.c.attribute_id == attribute_id, held.c.case_id != case_id)
    values = [value for value in conn.scalars(query) if fold(value) not in NOT_STATED]
    return SettledKind(attribute_kind(values) if values else "text", ())


def settle(work: Work, name: str, kind: str | None, choices: Sequence[str] = ()) -> None:
    """Decide the kind of an attribute and, for a choice, its pick-list; None lets the values decide again.

    Raises:
        UnknownName: there is no such attribute.
        InputError: no such kind; a pick-list for another kind than a choice; cases have values that do not fit.
    """
    listed = list(dict.fromkeys(filter(None, map(tidy, choices))))
    if kind is not None and kind not in ATTRIBUTE_KINDS:
        raise InputError(f"'{kind}' is no kind of attribute.", f"Kinds are {', '.join(ATTRIBUTE_KINDS)}.")
    if listed and kind != "choice":
        raise InputError("Only a choice has a pick-list.", "Give the kind 'choice' with it.")
    attribute_id = _find(work.conn, name)
    if kind is not None:
        _keep_to(work, attribute_id, SettledKind(kind, tuple(listed)))
    packed = None if kind is None else json.dumps(listed, ensure_ascii=False)
    work.update(attributes, attribute_id, choices=packed, **({} if kind is None else {"kind": kind}))
    settle_kinds(work)


def _keep_to(work: Work, attribute_id: int, settled: SettledKind) -> None:
    """Spell the present values as the pick-list does. Raises InputError where one does not fit."""
    held = select(attribute_values.c.id, attribute_values.c.value)
    misfits = []
    for row in work.conn.execute(held.where(attribute_values.c.attribute_id == attribute_id)).all():
        value = settled.value(row.value)
        if value is None:
            misfits.append(row.value)
        else:
            work.update(attribute_values, row.id, value=value)
    if misfits:
        found = ", ".join(f"'{value}'" for value in dict.fromkeys(misfits))
        raise InputError(f"Cases have {found}; expected {settled.expected}.", "Change those first, or the pick-list.")


def _find(conn: Connection, name: str) -> int:
    known = {row.name: row.id for row in conn.execute(select(attributes.c.id, attributes.c.name))}
    found: int | None = next((known[other] for other in known if fold(other) == fold(name)), None)
    if found is None:
        near = nearest(name, known)
        raise UnknownName(f"Cases have no attribute '{name}'.", f"Nearest: {near}." if near else "")
    return found


def settle_kinds(work: Work) -> None:
    """Give every attribute that nobody has settled the narrowest kind that all its values have."""
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(attribute_values.c.attribute_id, attribute_values.c.value)
        .join(attributes)
        .where(attributes.c.choices.is_(None))
    )
    for attribute_id, value in work.conn.execute(query):
        if fold(value) not in NOT_STATED:
            found[attribute_id].append(value)
    for attribute_id, values in found.items():
        work.update(attributes, attribute_id, kind=attribute_kind(values))


def attribute_kind(values: list[str]) -> str:
    """``number``, ``date`` (a day), ``choice`` (a few values that come again) or ``text``."""
    if _fits("number", values):
        return "number"
    if _fits("date", values):
        return "date"
    distinct = {fold(value) for value in values}
    return "choice" if len(distinct) <= MOST_CHOICES and len(distinct) < len(values) else "text"


def _fits(kind: str, values: list[str]) -> bool:
    checks = {"number": _is_number, "date": _is_date}
    return all(checks[kind](value) for value in values) if kind in checks else True


def _is_number(value: str) -> bool:
    digits = value.replace(",", ".").removeprefix("-").removeprefix("+")
    return digits.replace(".", "", 1).isdecimal()


def _is_date(value: str) -> bool:
    """Whether it is a day; a month or a year alone could be a number of anything."""
    return len(dates.iso_date(value) or "") == len("2026-04-14")
