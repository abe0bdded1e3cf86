"""The unit of work: every change to a study goes through one, and one is one transaction and one journal entry."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from store import changes, journal, schema, sqlite_search
from store.changes import Change, Row
from store.clock import fresh_uuids, now
from store.driver import ask, tell
from store.errors import ActError, UnknownName
from store.findings import place

ROWS_PER_PART = 20_000

_CODER_ID = select(schema.coders.c.id).where(schema.coders.c.name == bindparam("name"))
_TEXT_ID = select(schema.texts.c.id).where(schema.texts.c.sha256 == bindparam("sha256"))
_ORIGINAL_ID = select(schema.originals.c.id).where(schema.originals.c.sha256 == bindparam("sha256"))
_COUNTERS = select(schema.sequences.c.table_name, schema.sequences.c.next_id)
_MOVE_ON = (
    update(schema.sequences)
    .where(schema.sequences.c.table_name == bindparam("table"))
    .values(next_id=bindparam("next"))
)


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
        self.row_count = 0
        self._pending: list[Change] = []
        self._pending_rows = 0
        self._parts: list[bytes] = []
        self._counters: dict[str, int] | None = None
        self._next_ids: dict[str, int] = {}
        self._coder_id: int | None = None
        self._failed = False

    @property
    def coder_id(self) -> int:
        """The id of the coder who acts; the coder is added to the study by their first act."""
        if self._coder_id is None:
            self._coder_id = self.coder_named(self.coder)
        return self._coder_id

    def coder_named(self, name: str) -> int:
        for (found,) in ask(self.conn, _CODER_ID, name=name):
            return int(found)
        return self.insert(schema.coders, {"name": name, "created_at": self.at})

    def insert(self, table: Table, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id."""
        return self.insert_many(table, list(values), [list(values.values())])[0]

    def insert_many(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> range:
        """Insert rows (values in the order of ``columns``) and return their ids; ids and UUIDs are given here.

        Columns that are not given are NULL. Raises ValueError: a row has too few or too many values.
        """
        given = list(rows)
        if not given:
            return range(0)
        if any(len(row) != len(columns) for row in given):
            raise ValueError(f"a row for '{table.name}' has not one value for each of {', '.join(columns)}")
        ids = self._take_ids(table, len(given))
        named = "uuid" in table.c
        key = ["id", "uuid"] if named else ["id"]
        blank = [column.name for column in table.columns if column.name not in (*key, *columns)]
        names, nothing = [*key, *columns, *blank], [None] * len(blank)
        for start in range(0, len(given), ROWS_PER_PART):
            piece = given[start : start + ROWS_PER_PART]
            keys: Iterable[Sequence[Any]] = zip(ids[start : start + len(piece)], strict=True)
            if named:
                keys = zip(ids[start : start + len(piece)], fresh_uuids(len(piece)), strict=True)
            full = [[*of_row, *row, *nothing] for of_row, row in zip(keys, piece, strict=True)]
            with self._whole():
                changes.insert_rows(self.conn, table, names, full)
                self._record(Change("insert", table.name, names, full, []))
        return ids

    def update(self, table: Table, row_id: int, **values: Any) -> None:
        """Change columns of one row. A change to the same values is no change and is not recorded.

        Raises:
            UnknownName: there is no such row (any more).
        """
        self.update_many(table, [row_id], **values)

    def update_many(self, table: Table, ids: Sequence[int], **values: Any) -> None:
        """Give columns of many rows the same values. Raises UnknownName as :meth:`update` does."""
        if not values:
            return
        columns = ["id", *values]
        wanted = list(values.values())
        for start in range(0, len(ids), ROWS_PER_PART):
            found = self._rows(table, columns, ids[start : start + ROWS_PER_PART])
            before = [row for row in found if row[1:] != wanted]
            after = [[row[0], *wanted] for row in before]
            if before:
                with self._whole():
                    changes.update_rows(self.conn, table, columns, after)
                    self._record(Change("update", table.name, columns, after, before))

    def delete(self, table: Table, ids: Sequence[int]) -> None:
        """Delete rows; rows of other tables that refer to them must be deleted before, by the caller, so that
        the journal has them.

        Raises:
            UnknownName: a row is not there (any more).
        """
        columns = [column.name for column in table.columns]
        rows = changes.children_first(table, columns, self._rows(table, columns, ids))
        for start in range(0, len(rows), ROWS_PER_PART):
            piece = rows[start : start + ROWS_PER_PART]
            with self._whole():
                changes.delete_rows(self.conn, table, [row[0] for row in piece])
                self._record(Change("delete", table.name, columns, piece, []))

    def keep_text(self, body: str) -> tuple[int, str]:
        """Keep a text by the hash of its content; return its id and its SHA-256.

        Texts are not undone: the rows that use them are. The same text is kept once.
        """
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        found = self.conn.scalar(_TEXT_ID, {"sha256": sha256})
        if found is not None:
            return found, sha256
        text_id = self._take_ids(schema.texts, 1)[0]
        with self._whole():
            self.conn.execute(insert(schema.texts), {"id": text_id, "sha256": sha256, "body": body})
        return text_id, sha256

    def keep_original(self, data: bytes) -> int:
        """Keep the bytes of a file by their hash, as texts are kept; return the id. The same bytes are kept once."""
        sha256 = hashlib.sha256(data).hexdigest()
        found: int | None = self.conn.scalar(_ORIGINAL_ID, {"sha256": sha256})
        if found is not None:
            return found
        original_id = self._take_ids(schema.originals, 1)[0]
        values = {"id": original_id, "sha256": sha256, "size": len(data), "body": zlib.compress(data, level=4)}
        with self._whole():
            self.conn.execute(insert(schema.originals), values)
        return original_id

    def index_turns(self, turn_ids: Iterable[int], spoken: Iterable[str]) -> None:
        """Put the words of turns, parted by spaces, into the index; the first search of a study without one makes it.

        The index is not undone: entries of turns that are not there find nothing.
        """
        if sqlite_search.has_index(self.conn):
            with self._whole():
                sqlite_search.add_turns(self.conn, zip(turn_ids, spoken, strict=True))

    def new_words(self, language: str, forms: Iterable[str]) -> list[str]:
        """Those of the word forms that have no lemma in the study yet, each once."""
        return sqlite_search.words_without_lemma(self.conn, language, forms)

    def keep_words(self, language: str, lemmas: Iterable[tuple[str, str]]) -> None:
        """Keep word forms with their lemmas, none of which the study has in this language; they are not undone."""
        new = [[language, form, lemma] for form, lemma in lemmas]
        ids = self._take_ids(schema.words, len(new))
        with self._whole():
            rows = [[row_id, *row] for row_id, row in zip(ids, new, strict=True)]
            changes.insert_rows(self.conn, schema.words, ["id", "language", "form", "lemma"], rows)

    @property
    def changed(self) -> bool:
        return self.row_count > 0

    def write_entry(self, kind: journal.Kind = "do") -> journal.Entry | None:
        """Close the act: write its journal entry. An act that changed nothing leaves no entry.

        Raises:
            ActError: a change failed and the block went on: what it left behind is not known.
        """
        if self._failed:
            raise ActError(f"A change of the act '{self.act}' failed, so the act cannot be kept.")
        self._keep_counters()
        if not self.changed:
            return None
        self._flush()
        return journal.append(
            self.conn,
            kind=kind,
            coder=self.coder,
            act=self.act,
            summary=self.summary,
            at=self.at,
            parts=self._parts,
            row_count=self.row_count,
            batch=self.batch,
        )

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """A statement over many rows that fails may have changed some of them, and the journal has none."""
        try:
            yield
        except BaseException:
            self._failed = True
            raise

    def _rows(self, table: Table, columns: Sequence[str], ids: Sequence[int]) -> list[Row]:
        found = changes.rows_now(self.conn, table, columns, ids)
        gone = next((row_id for row_id in ids if row_id not in found), None)
        if gone is not None:
            raise UnknownName(f"There is no {place(table.name, gone)} any more.", "Somebody may have removed it.")
        return list(found.values())

    def _take_ids(self, table: Table, count: int) -> range:
        if self._counters is None:
            self._counters = dict(ask(self.conn, _COUNTERS))
        first = self._next_ids.get(table.name) or self._counters.get(table.name, 1)
        self._next_ids[table.name] = first + count
        return range(first, first + count)

    def _keep_counters(self) -> None:
        """Write the id counters once an act: nobody else can take ids while it holds the write lock."""
        known = self._counters or {}
        moved = [{"table": name, "next": i} for name, i in self._next_ids.items() if name in known]
        begun = [[name, i] for name, i in self._next_ids.items() if name not in known]
        tell(self.conn, _MOVE_ON, moved)
        changes.insert_rows(self.conn, schema.sequences, ["table_name", "next_id"], begun)

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
