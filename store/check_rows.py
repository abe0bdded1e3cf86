"""Every row against the journal: what the acts in force left must be there, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, Select, select

from store import schema
from store.changes import Change, Row, rows_now
from store.errors import DamagedStudy
from store.findings import Finding, place
from store.journal import changes_of, in_force

_PAGE = 4096


class Ids:
    """A set of ids that takes a byte each, because ids are given in a row."""

    def __init__(self) -> None:
        self._pages: defaultdict[int, bytearray] = defaultdict(lambda: bytearray(_PAGE))

    def add(self, row_id: int) -> None:
        self._pages[row_id // _PAGE][row_id % _PAGE] = 1

    def __contains__(self, row_id: int) -> bool:
        page = self._pages.get(row_id // _PAGE)
        return page is not None and page[row_id % _PAGE] == 1


@cache
def _ids_by_table() -> list[tuple[str, Select[int]]]:
    """What asks for all ids of each table that the journal records, by the table's name."""
    return [
        (table.name, select(table.c.id).execution_options(yield_per=10_000)) for table in schema.journalled_tables()
    ]


class _Seen:
    """What the acts looked at so far, which are the later ones, did to a table."""

    def __init__(self) -> None:
        self.inserted = Ids()
        self.deleted = Ids()
        self.updated: defaultdict[str, Ids] = defaultdict(Ids)


class RowCheck:
    """Walks the acts in force from the one applied last to the first, and compares each row once with its last word.

    Memory holds one journal part and a few bytes for each id.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._seen: defaultdict[str, _Seen] = defaultdict(_Seen)
        self.highest_ids: dict[str, int] = {}
        """The highest id that any act gave, by table; filled in by :meth:`findings`."""

    def findings(self) -> Iterator[Finding]:
        valid, undone = self._acts()
        for seq in valid:
            yield from self._act(seq)
        for name, ids in _ids_by_table():
            inserted = self._seen[name].inserted
            for (row_id,) in self._conn.execute(ids):
                if row_id not in inserted:
                    yield Finding("row-unexplained", place(name, row_id), "is there without an act that made it")
        for seq in undone:
            yield from self._ids_of(seq)

    def _acts(self) -> tuple[list[int], list[int]]:
        """The acts in force, the one applied last first (a redo applies again); and those undone."""
        valid = [entry.seq for entry in in_force(self._conn)]
        every = select(schema.journal.c.seq).where(schema.journal.c.kind == "do")
        return valid, sorted({*self._conn.scalars(every)}.difference(valid))

    def _act(self, seq: int) -> Iterator[Finding]:
        try:
            for change in changes_of(self._conn, seq, backwards=True):
                self._note_ids(change)
                yield from self._change(seq, change)
        except (DamagedStudy, LookupError, TypeError, ValueError, OverflowError) as exc:
            # Whoever tampered with an entry may have left anything in it.
            yield Finding("journal-unreadable", f"journal {seq}", f"its changes cannot be read: {exc}")

    def _ids_of(self, seq: int) -> Iterator[Finding]:
        try:
            for change in changes_of(self._conn, seq):
                self._note_ids(change)
        except (DamagedStudy, LookupError, TypeError, ValueError) as exc:
            yield Finding("journal-unreadable", f"journal {seq}", f"its changes cannot be read: {exc}")

    def _note_ids(self, change: Change) -> None:
        if change.op == "insert":
            highest = max((row[0] for row in change.rows), default=0)
            self.highest_ids[change.table] = max(self.highest_ids.get(change.table, 0), highest)

    def _change(self, seq: int, change: Change) -> Iterator[Finding]:
        seen = self._seen[change.table]
        if change.op == "delete":
            for row in change.rows:
                seen.deleted.add(row[0])
            return
        alive = [row for row in change.rows if row[0] not in seen.deleted]
        present = rows_now(self._conn, schema.metadata.tables[change.table], change.columns, [row[0] for row in alive])
        for row in alive:
            yield from self._row(seq, change, row, present.get(row[0]), seen)
        for row in alive if change.op == "insert" else ():
            seen.inserted.add(row[0])
        for name in change.columns[1:] if change.op == "update" else ():
            for row in change.rows:
                seen.updated[name].add(row[0])

    @staticmethod
    def _row(seq: int, change: Change, expected: Row, present: Row | None, seen: _Seen) -> Iterator[Finding]:
        where = place(change.table, expected[0])
        if present is None:
            if change.op == "insert":
                yield Finding("row-missing", where, f"was made by act {seq} and is gone without an act")
        elif present != expected:
            differs = [
                name
                for name, now, then in zip(change.columns, present, expected, strict=True)
                if now != then and expected[0] not in seen.updated[name]
            ]
            if differs:
                yield Finding("row-changed", where, f"is not as act {seq} left it: {', '.join(differs)}")
