"""The journal: one entry for each act, chained by hash, in the order they were committed.

An entry's hash is SHA-256 over the hash before it, its own words and the hashes of its parts, so that a
changed, missing or added entry breaks the chain at that place. An undo or a redo is an entry of its own: it
names the act it takes back and needs no rows, because they are that act's rows.

Which act is next to be undone is not stored anywhere; it follows from the entries. An act is *in force* when
the last entry that concerns it is not an undo.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Row, and_, exists, func, insert, select

from store.changes import Change, unpack
from store.clock import fresh_uuids, now
from store.findings import Finding
from store.schema import journal, journal_parts

START = "0" * 64
Kind = Literal["create", "do", "undo", "redo"]


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


def head(conn: Connection) -> Entry | None:
    """The newest entry."""
    row = conn.execute(select(journal).order_by(journal.c.seq.desc()).limit(1)).first()
    return _entry(row) if row else None


def append(
    conn: Connection,
    *,
    kind: Kind,
    coder: str,
    act: str,
    summary: str,
    parts: list[bytes],
    row_count: int,
    target: int | None = None,
    batch: str | None = None,
) -> Entry:
    """Write the next entry with its parts (packed changes)."""
    last = head(conn)
    fields = {
        "seq": last.seq + 1 if last else 1,
        "uuid": fresh_uuids(1)[0],
        "kind": kind,
        "target": target,
        "batch": batch,
        "at": now(),
        "coder": coder,
        "act": act,
        "summary": summary,
        "row_count": row_count,
        "previous": last.hash if last else START,
    }
    fields["hash"] = _hash(fields, [hashlib.sha256(part).hexdigest() for part in parts])
    conn.execute(insert(journal), fields)
    rows = [{"seq": fields["seq"], "part": number, "payload": part} for number, part in enumerate(parts)]
    if rows:
        conn.execute(insert(journal_parts), rows)
    return Entry(**fields)  # type: ignore[arg-type]


def entries(conn: Connection, *, newest_first: bool = False, limit: int | None = None) -> list[Entry]:
    order = journal.c.seq.desc() if newest_first else journal.c.seq
    return [_entry(row) for row in conn.execute(select(journal).order_by(order).limit(limit))]


def changes_of(conn: Connection, seq: int, *, backwards: bool = False) -> Iterator[Change]:
    """The changes of an act in the order they were made, one part in memory at a time; or the last first."""
    order = journal_parts.c.part.desc() if backwards else journal_parts.c.part
    numbers = conn.scalars(select(journal_parts.c.part).where(journal_parts.c.seq == seq).order_by(order)).all()
    for number in numbers:
        payload = conn.scalar(
            select(journal_parts.c.payload).where(journal_parts.c.seq == seq, journal_parts.c.part == number)
        )
        assert payload is not None
        changes = unpack(payload)
        yield from reversed(changes) if backwards else changes


def is_undone() -> object:
    """SQL: this act's last undo or redo was an undo."""
    return exists().where(_last_about(journal.c.seq))


def _last_about(seq: object) -> object:
    about, later = journal.alias("about"), journal.alias("later")
    newer = exists().where(later.c.target == about.c.target, later.c.seq > about.c.seq)
    return and_(about.c.target == seq, about.c.kind == "undo", ~newer)


def next_undo(conn: Connection, coder: str | None = None) -> Entry | None:
    """The newest act in force; with ``coder``, the newest of that coder's."""
    query = select(journal).where(journal.c.kind == "do", ~is_undone())  # type: ignore[operator]
    if coder is not None:
        query = query.where(journal.c.coder == coder)
    row = conn.execute(query.order_by(journal.c.seq.desc()).limit(1)).first()
    return _entry(row) if row else None


def next_redo(conn: Connection, coder: str | None = None) -> Entry | None:
    """The act undone last that is still undone, unless something new was done since."""
    undo, later = journal.alias("undo"), journal.alias("later")
    mine = [undo.c.coder == coder] if coder is not None else []
    last_new = select(func.coalesce(func.max(later.c.seq), 0)).where(later.c.kind == "do")
    if coder is not None:
        last_new = last_new.where(later.c.coder == coder)
    again = journal.alias("again")
    query = (
        select(journal)
        .join(undo, undo.c.target == journal.c.seq)
        .where(
            undo.c.kind == "undo",
            undo.c.seq > last_new.scalar_subquery(),
            ~exists().where(again.c.target == journal.c.seq, again.c.seq > undo.c.seq),
            *mine,
        )
        .order_by(undo.c.seq.desc())
        .limit(1)
    )
    row = conn.execute(query).first()
    return _entry(row) if row else None


def state(conn: Connection) -> Entry:
    """The newest entry in force: what the study *is*, however many undos and redos led there.

    Undoing everything and redoing it ends in the same state, so exports print this and not the head.
    """
    found = next_undo(conn)
    if found is None:
        found = _entry(conn.execute(select(journal).order_by(journal.c.seq).limit(1)).one())
    return found


def verify(conn: Connection) -> Iterator[Finding]:
    """Every place where the chain does not hold. Reads the whole journal, one part at a time."""
    previous, expected = START, 1
    for row in conn.execute(select(journal).order_by(journal.c.seq)):
        entry = _entry(row)
        where = f"journal {entry.seq}"
        if entry.seq != expected:
            yield Finding("journal-gap", where, f"entries {expected} to {entry.seq - 1} are missing")
        if entry.previous != previous:
            yield Finding("journal-chain", where, "does not follow from the entry before it")
        digests = []
        parts = select(journal_parts.c.payload).where(journal_parts.c.seq == entry.seq)
        for (payload,) in conn.execute(parts.order_by(journal_parts.c.part)):
            digests.append(hashlib.sha256(payload).hexdigest())
        fields = {name: getattr(entry, name) for name in Entry.__slots__ if name != "hash"}
        if _hash(fields, digests) != entry.hash:
            yield Finding("journal-entry", where, "was changed after it was written")
        previous, expected = entry.hash, entry.seq + 1


def _hash(fields: dict[str, object], part_digests: list[str]) -> str:
    words = json.dumps([fields, part_digests], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**row._mapping)
