"""Is the study file sound? Every doubt is a finding; nothing is repaired and nothing is raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from sqlalchemy import CompoundSelect, Connection, func, literal, select, union_all
from sqlalchemy.exc import InvalidRequestError

from store import journal, sqlite
from store.check_rows import RowCheck
from store.check_texts import check_originals, check_texts
from store.driver import ERRORS, cause_of
from store.errors import DamagedStudy
from store.findings import Finding
from store.migrate import revision
from store.schema import SCHEMA_REVISION, metadata, sequences

SHOWN_OF_A_KIND = 20


def check_store(conn: Connection) -> Iterator[Finding]:
    """Everything that the store can say about a study, from the pages of the file to the quotes.

    Reads the whole study, a part at a time. Of many findings of one kind in one table the first 20 come one by
    one and the rest as a number.
    """
    rows = RowCheck(conn)
    steps: list[Callable[[], Iterator[Finding]]] = [
        lambda: sqlite.integrity(conn),
        lambda: _revision(conn),
        lambda: journal.verify(conn),
        rows.findings,
        lambda: _counters(conn, rows.highest_ids),
        lambda: check_texts(conn),
        lambda: check_originals(conn),
    ]
    for step in steps:
        yield from _shortened(to_the_end(step))


def to_the_end(step: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings of one step; a file so damaged that it cannot read on is a finding as well."""
    try:
        yield from step()
    except ERRORS as exc:
        yield Finding("file-unreadable", "study file", f"cannot be read to the end: {cause_of(exc)}")
    except DamagedStudy as exc:
        yield Finding("file-unreadable", "study file", exc.message)
    except (ArithmeticError, AttributeError, InvalidRequestError, LookupError, TypeError, ValueError) as exc:
        # A damaged row may hold anything: numbers where text belongs, or nothing at all; or it is not found by its id.
        yield Finding("values-unreadable", "study file", f"holds values that make no sense: {type(exc).__name__}")


def _shortened(findings: Iterator[Finding]) -> Iterator[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        kind = finding.code, finding.where.rpartition(" ")[0] or finding.where
        seen[kind] += 1
        if seen[kind] <= SHOWN_OF_A_KIND:
            yield finding
    for (code, where), number in seen.items():
        if number > SHOWN_OF_A_KIND:
            yield Finding(code, where, f"and {number - SHOWN_OF_A_KIND:,} more like these")


def _revision(conn: Connection) -> Iterator[Finding]:
    found = revision(conn)
    if found != SCHEMA_REVISION:
        yield Finding("schema-revision", "study file", f"has schema {found} and not {SCHEMA_REVISION}")


def _counters(conn: Connection, in_journal: dict[str, int]) -> Iterator[Finding]:
    """An id counter that stands too low would give an id twice."""
    counters = dict(conn.execute(select(sequences.c.table_name, sequences.c.next_id)).all())
    for name, in_table in conn.execute(_highest_ids()):
        highest = max(in_table or 0, in_journal.get(name, 0))
        if highest and counters.get(name, 1) <= highest:
            yield Finding("id-counter", name, f"ids up to {highest} are taken, but its counter is below")


@cache
def _highest_ids() -> CompoundSelect[str, int | None]:
    """The name of every table that has ids, and its highest."""
    tables = [table for table in metadata.sorted_tables if "id" in table.c]
    return union_all(*(select(literal(table.name), func.max(table.c.id)) for table in tables))
