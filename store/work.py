"""The unit of work: every change to a study goes through one, and one is one transaction and one journal entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy import update as sql_update

from store import changes, journal, schema
from store.changes import Change
from store.clock import fresh_uuids, now

ROWS_PER_PART = 20_000


class Work:
    """Insert, update and delete rows; the rows before and after are kept for the journal.

    Made by :meth:`store.study_file.StudyFile.act`; everything is committed when that block ends and nothing
    when it raises. ``at`` is the one time stamp (UTC) of the whole act.
    """

    def __init__(self, conn: Connection, coder: str, act: str, summary: str, batch: str | None = None) -> None:
        self.conn = conn
        self.coder = coder
        self.act = act
        self.summary = summary
        self.batch = batch
        self.at = now()
        self._pending: list[Change] = []
        self._pending_rows = 0
        self.row_count = 0
        self._parts: list[bytes] = []
        self._coder_id: int | None = None

    @property
    def coder_id(self) -> int:
        """The id of the coder who acts; the coder is added to the study by their first act."""
        if self._coder_id is None:
            self._coder_id = self.coder_named(self.coder)
        return self._coder_id

    def coder_named(self, name: str) -> int:
        found = self.conn.scalar(select(schema.coders.c.id).where(schema.coders.c.name == name))
        if found is not None:
            return found
        return self.insert(schema.coders, {"name": name, "created_at": self.at})

    def insert(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        return self.insert_many(table, list(values), [list(values.values())])[0]

    def insert_many(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> range:
        """Insert rows (values in the order of ``columns``) and return their ids; ids and UUIDs are given here."""
        batch = list(rows)
        ids = self._take_ids(table, len(batch))
        if "uuid" in table.c:
            names = ["id", "uuid", *columns]
            full = [[i, u, *row] for i, u, row in zip(ids, fresh_uuids(len(batch)), batch, strict=True)]
        else:
            names = ["id", *columns]
            full = [[i, *row] for i, row in zip(ids, batch, strict=True)]
        for start in range(0, len(full), ROWS_PER_PART):
            piece = full[start : start + ROWS_PER_PART]
            changes.insert_rows(self.conn, table, names, piece)
            self._record(Change("insert", table.name, names, piece, []))
        return ids

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change columns of one row. A change to the same values is no change and is not recorded."""
        self.update_many(table, [row_id], **values)

    def update_many(self, table: Table, ids: Sequence[int], **values: Any) -> None:
        if not values:
            return
        columns = ["id", *values]
        found = changes.rows_now(self.conn, table, columns, ids)
        before = [row for row in found.values() if row[1:] != list(values.values())]
        if not before:
            return
        after = [[row[0], *values.values()] for row in before]
        changes.update_rows(self.conn, table, columns, after)
        self._record(Change("update", table.name, columns, after, before))

    def delete(self, table: Table, ids: Sequence[int]) -> None:
        """Delete rows; what refers to them must be deleted before, by the caller, so that the journal has it."""
        columns = [column.name for column in table.columns]
        found = changes.rows_now(self.conn, table, columns, ids)
        if not found:
            return
        changes.delete_rows(self.conn, table, list(found))
        self._record(Change("delete", table.name, columns, list(found.values()), []))

    def keep_text(self, body: str) -> tuple[int, str]:
        """Keep a text by the hash of its content; return its id and its SHA-256.

        Texts are not undone: the rows that use them are. The same text is kept once.
        """
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        found = self.conn.scalar(select(schema.texts.c.id).where(schema.texts.c.sha256 == sha256))
        if found is not None:
            return found, sha256
        text_id = self._take_ids(schema.texts, 1)[0]
        self.conn.execute(insert(schema.texts), {"id": text_id, "sha256": sha256, "body": body})
        return text_id, sha256

    @property
    def changed(self) -> bool:
        return self.row_count > 0

    def write_entry(self, kind: journal.Kind = "do") -> journal.Entry | None:
        """Close the act: write its journal entry. An act that changed nothing leaves no entry."""
        if not self.changed:
            return None
        self._flush()
        return journal.append(
            self.conn,
            kind=kind,
            coder=self.coder,
            act=self.act,
            summary=self.summary,
            parts=self._parts,
            row_count=self.row_count,
            batch=self.batch,
        )

    def _take_ids(self, table: Table, count: int) -> range:
        sequences = schema.sequences
        mine = sequences.c.table_name == table.name
        first = self.conn.scalar(select(sequences.c.next_id).where(mine))
        if first is None:
            first = 1
            self.conn.execute(insert(sequences), {"table_name": table.name, "next_id": first + count})
        else:
            self.conn.execute(sql_update(sequences).where(mine).values(next_id=first + count))
        return range(first, first + count)

    def _record(self, change: Change) -> None:
        self._pending.append(change)
        self._pending_rows += len(change.rows)
        self.row_count += len(change.rows)
        if self._pending_rows >= ROWS_PER_PART:
            self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._parts.append(changes.pack(self._pending))
            self._pending, self._pending_rows = [], 0
