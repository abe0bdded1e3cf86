"""The journal: one entry for each act, chained by hash, in the order they were committed.

An entry's hash is SHA-256 over the hash before it, its own words and the hashes of its parts, so that a
changed, missing or added entry breaks the chain at that place. An undo or a redo is an entry of its own: it
names the act it takes back and needs no rows, because they are that act's rows.

Which act is next to be undone is not stored anywhere; it follows from the entries. An act is *in force* when
the last entry that concerns it is not an undo. The acts in force, in the order in which they were done or redone,
always lead from an empty study to the present one, so that the last of them can always be undone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, Row, bindparam, exists, func, or_, select

from store.changes import Change, insert_rows, unpack
from store.clock import fresh_uuids, now
from store.driver import ask
from store.findings import Finding
from store.schema import journal, journal_parts

START = "0" * 64
Kind = Literal["create", "do", "undo", "redo"]

_HEAD = select(journal).order_by(journal.c.seq.desc()).limit(1)

# The acts, each with the last entry about it, which says whether the act is in force; the newest such entry first.
_last, _later, _other = journal.alias("last"), journal.alias("later"), journal.alias("other")
_act = func.coalesce(_last.c.target, _last.c.seq)
_ACTS = (
    select(journal)
    .join(_last, journal.c.seq == _act)
    .where(~exists().where(_later.c.target == _act, _later.c.seq > _last.c.seq))
    .order_by(_last.c.seq.desc())
)
_IN_FORCE = _ACTS.where(_last.c.kind != "undo")

# Made once: a key waits for them, and to make them takes longer than to ask. Of one coder, or of all where it is None.
_coder: BindParameter[str | None] = bindparam("coder")
_is_theirs, _is_new = (or_(_coder.is_(None), of.c.coder == _coder) for of in (journal, _other))
_NEW = select(func.coalesce(func.max(_other.c.seq), 0)).where(_other.c.kind == "do", _is_new)
_NEXT_UNDO = _IN_FORCE.where(_last.c.kind != "create", _is_theirs).limit(1)
_NEXT_REDO = _ACTS.where(_last.c.kind == "undo", _last.c.seq > _NEW.scalar_subquery(), _is_theirs).limit(1)

_DONE = select(func.max(_other.c.seq)).where(or_(_other.c.seq == bindparam("of"), _other.c.target == bindparam("of")))
_APPLIED_AFTER = _IN_FORCE.where(_last.c.seq > _DONE.scalar_subquery())

_PARTS = select(journal_parts.c.part).where(journal_parts.c.seq == bindparam("of")).order_by(journal_parts.c.part)
_PAYLOAD = select(journal_parts.c.payload).where(
    journal_parts.c.seq == bindparam("of"), journal_parts.c.part == bindparam("number")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. ``at`` is UTC; ``target`` is the act that an undo or redo concerns."""

    seq: int
    uuid: str
    kind: str
    target: int | None
    batch: str | None
    at: str
    coder: str
    act: str
    summary: str
    row_count: int
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class State:
    """What the study *is*, however many undos and redos led there.

    ``hash`` is SHA-256 over the hashes of the acts in force, oldest first; ``seq`` and ``at`` (UTC) are of the
    newest of them.
    """

    hash: str
    seq: int
    at: str


def head(conn: Connection) -> Entry | None:
    """The newest entry."""
    return next((Entry(*row) for row in ask(conn, _HEAD)), None)


def append(
    conn: Connection,
    *,
    kind: Kind,
    coder: str,
    act: str,
    summary: str,
    at: str | None = None,
    parts: Sequence[bytes] = (),
    row_count: int = 0,
    target: int | None = None,
    batch: str | None = None,
) -> Entry:
    """Write the next entry with its parts (packed changes). ``at`` is now where it is not given."""
    last = head(conn)
    fields: dict[str, Any] = {
        "seq": last.seq + 1 if last else 1,
        "uuid": fresh_uuids(1)[0],
        "kind": kind,
        "target": target,
        "batch": batch,
        "at": at or now(),
        "coder": coder,
        "act": act,
        "summary": summary,
        "row_count": row_count,
        "previous": last.hash if last else START,
    }
    fields["hash"] = _hash(fields, [hashlib.sha256(part).hexdigest() for part in parts])
    insert_rows(conn, journal, list(fields), [list(fields.values())])
    rows = [[fields["seq"], number, part] for number, part in enumerate(parts)]
    insert_rows(conn, journal_parts, ["seq", "part", "payload"], rows)
    return Entry(**fields)


def entries(conn: Connection, *, newest_first: bool = False, limit: int | None = None) -> list[Entry]:
    order = journal.c.seq.desc() if newest_first else journal.c.seq
    return [_entry(row) for row in conn.execute(select(journal).order_by(order).limit(limit))]


def changes_of(conn: Connection, seq: int, *, backwards: bool = False) -> Iterator[Change]:
    """The changes of an act in the order they were made, one part in memory at a time; or the last first.

    Raises:
        DamagedStudy: a part cannot be read.
    """
    numbers = [number for (number,) in ask(conn, _PARTS, of=seq)]
    for number in reversed(numbers) if backwards else numbers:
        changes = unpack(ask(conn, _PAYLOAD, of=seq, number=number)[0][0])
        yield from reversed(changes) if backwards else changes


def next_undo(conn: Connection, coder: str | None = None) -> Entry | None:
    """The act in force that was done or redone last; with ``coder``, the last of that coder's."""
    return next((Entry(*row) for row in ask(conn, _NEXT_UNDO, coder=coder)), None)


def next_redo(conn: Connection, coder: str | None = None) -> Entry | None:
    """The act undone last that is still undone, unless something new was done since.

    With ``coder``, only that coder's acts count, on both sides.
    """
    return next((Entry(*row) for row in ask(conn, _NEXT_REDO, coder=coder)), None)


def in_force(conn: Connection) -> list[Entry]:
    """The acts in force, the one done or redone last first; the making of the study is the last of them."""
    return [_entry(row) for row in conn.execute(_IN_FORCE)]


def applied_after(conn: Connection, seq: int) -> list[Entry]:
    """The acts in force that were done or redone after this one, which is in force; the last first."""
    return [Entry(*row) for row in ask(conn, _APPLIED_AFTER, of=seq)]


def state(conn: Connection) -> State:
    """The state of the study: undoing everything and redoing it ends in the same one.

    Exports print this and not the head of the journal, which moves on with every undo.
    """
    acts = sorted(in_force(conn), key=lambda entry: entry.seq)
    digest = hashlib.sha256("".join(entry.hash for entry in acts).encode())
    return State(digest.hexdigest(), acts[-1].seq, acts[-1].at)


def verify(conn: Connection) -> Iterator[Finding]:
    """Every place where the chain does not hold. Reads the whole journal, one entry's parts at a time."""
    previous, expected = START, 1
    undone: dict[int, bool] = {}
    for entry, digests in _with_digests(conn):
        where = f"journal {entry.seq}"
        if entry.seq != expected:
            yield Finding("journal-gap", where, f"entries {expected} to {entry.seq - 1} are missing before it")
        if entry.previous != previous:
            yield Finding("journal-chain", where, "does not follow from the entry before it")
        if not is_as_written(entry, digests):
            yield Finding("journal-entry", where, "was changed after it was written")
        if not _in_order(entry, undone):
            yield Finding("journal-order", where, f"is a '{entry.kind}' that cannot stand there")
        previous, expected = entry.hash, entry.seq + 1


def is_as_written(entry: Entry, part_digests: list[str]) -> bool:
    """Whether an entry and its parts (SHA-256, in hex, in their order) are what its own hash says."""
    fields = {name: getattr(entry, name) for name in Entry.__slots__ if name != "hash"}
    return _hash(fields, part_digests) == entry.hash


def _with_digests(conn: Connection) -> Iterator[tuple[Entry, list[str]]]:
    """Every entry with the hashes of its parts: the two tables are read side by side."""
    query = select(journal_parts.c.seq, journal_parts.c.payload)
    order = journal_parts.c.seq, journal_parts.c.part
    rows = conn.execute(query.order_by(*order).execution_options(yield_per=1))
    by_entry = groupby(rows, key=lambda row: row.seq)
    parts = next(by_entry, None)
    for row in conn.execute(select(journal).order_by(journal.c.seq).execution_options(yield_per=500)):
        entry = _entry(row)
        while parts is not None and parts[0] < entry.seq:
            parts = next(by_entry, None)
        digests = []
        if parts is not None and parts[0] == entry.seq:
            digests = [hashlib.sha256(part.payload).hexdigest() for part in parts[1]]
        yield entry, digests


def _in_order(entry: Entry, undone: dict[int, bool]) -> bool:
    """Whether an entry can follow what ``undone`` says of the acts before it; ``undone`` is brought up to date."""
    if entry.target is None:
        undone[entry.seq] = False
        return entry.kind == ("create" if entry.seq == 1 else "do")
    fits = entry.target > 1 and undone.get(entry.target) == (entry.kind == "redo")
    undone[entry.target] = entry.kind == "undo"
    return fits


def _hash(fields: dict[str, Any], part_digests: list[str]) -> str:
    words = json.dumps([fields, part_digests], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)
