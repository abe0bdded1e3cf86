"""Write the rows that were got out of a damaged study into a new one, with a journal that explains each of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Table, func, insert, select, update

from store import changes, journal, schema, sqlite
from store.changes import Change, Operation, Row
from store.clock import fresh_uuids, now
from store.findings import Finding, place
from store.salvage import Salvage, Values
from store.salvaged_journal import Act, replay
from store.salvaged_rows import LOST, Rows, mended, quotes_by_text, sha256, without_lost_references
from store.study_file import StudyFile
from store.work import ROWS_PER_PART

_ASIDE = (schema.words, schema.reading_places, schema.drafts)
"""Tables that are neither texts nor known to the journal."""


class Building:
    """A new study file on its way. Everything is committed when the block ends, and nothing when it raises.

    ``findings`` says what could not be taken along, and what was mended.
    """

    def __init__(self, path: Path, name: str, coder: str) -> None:
        self.findings: list[Finding] = []
        self._path = path
        self._name = name
        self._coder = coder
        self._texts: dict[str, int] = {}
        """The ids of the texts that are whole, by their hashes."""

    def __enter__(self) -> Self:
        StudyFile.create(self._path, name=self._name, language="en", coder=self._coder).close()
        # References are looked at while rows are chosen.
        self._engine = sqlite.engine(sqlite.way_in(self._path), writes=True, foreign_keys=False)
        self._conn: Connection = self._engine.connect()
        self._transaction = self._conn.begin()
        for table in reversed(schema.metadata.sorted_tables):
            self._conn.execute(table.delete())
        self._conn.exec_driver_sql("DROP TABLE spoken")  # the first search makes the index of words anew
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._transaction.commit()
        else:
            self._transaction.rollback()
        self._conn.close()
        self._engine.dispose()

    # -- texts and originals ------------------------------------------------------------------------------------

    def write_texts(self, file: Salvage, backup: Path | None, rows: Rows) -> None:
        """Texts that are as their hashes say, from the file or its backup; and what is left of those that are not.

        ``rows`` are changed: a version whose text was mended belongs to the mended text.
        """
        self._take_texts(file)
        if backup is not None:
            with TemporaryDirectory() as folder, Salvage(backup, Path(folder)) as copy:
                self._take_texts(copy)
                self._take_originals(copy)
        self._take_originals(file)
        quotes = quotes_by_text(rows)
        for version in rows["source_versions"].values():
            if version["sha256"] in self._texts:
                version["text_id"] = self._texts[version["sha256"]]
            else:
                self._mend(file, version, quotes.get(version["text_id"], []), rows)

    def _take_texts(self, file: Salvage) -> None:
        for row in file.rows("texts"):
            body, row_id = row["body"], row["id"]
            if isinstance(body, str) and sha256(body) == row["sha256"] and row["sha256"] not in self._texts:
                self._insert(schema.texts, [{"id": row_id, "sha256": row["sha256"], "body": body}])
                self._texts[row["sha256"]] = row_id

    def _mend(self, file: Salvage, version: Values, quotes: Sequence[tuple[int, str]], rows: Rows) -> None:
        data = file.bytes_of("texts", "body", version["text_id"])
        body = mended(data, version["characters"], quotes)
        digest = sha256(body)
        if digest not in self._texts:
            taken = self._conn.scalar(select(func.max(schema.texts.c.id))) or 0
            highest = max(taken, *(row["text_id"] for row in rows["source_versions"].values()))
            self._texts[digest] = highest + 1
            self._insert(schema.texts, [{"id": highest + 1, "sha256": digest, "body": body}])
        version["text_id"], version["sha256"] = self._texts[digest], digest
        source = rows["sources"].get(version["source_id"], {}).get("name", f"source {version['source_id']}")
        lost = body.count(LOST)
        what = f"{lost:,} of its {len(body):,} characters are lost and stand as {LOST}" if lost else "was mended"
        cure = "`cmo original` may give the file as it came, `cmo correct` its text anew"
        self.findings.append(Finding("rescue-text", str(source), f"its text was damaged: {what}; {cure}"))

    def _take_originals(self, file: Salvage) -> None:
        taken = set(self._conn.scalars(select(schema.originals.c.sha256)))
        for row in file.rows("originals"):
            try:
                whole = hashlib.sha256(zlib.decompress(row["body"])).hexdigest() == row["sha256"]
            except (zlib.error, TypeError):
                whole = False
            if whole and row["sha256"] not in taken:
                self._insert(schema.originals, [row])
                taken.add(row["sha256"])

    # -- rows ---------------------------------------------------------------------------------------------------

    def write_rows(self, rows: Rows) -> None:
        """All rows that obey the rules of their tables, parents before children; the others are findings."""
        if not rows["studies"]:
            values = {"name": self._name, "language": "en", "created_at": now()}
            rows["studies"][1] = {"id": 1, "uuid": fresh_uuids(1)[0], **values}
            self.findings.append(Finding("rescue-study", "study", "its name and language could not be read"))
        self._lost_originals(rows["source_versions"].values())
        present: dict[str, set[int]] = {"texts": set(self._texts.values())}
        for table in schema.journalled_tables():
            given = rows[table.name]
            self._insert(table, list(without_lost_references(table, given.values(), present)))
            self._empty_lost_references_to_itself(table)
            present[table.name] = set(self._conn.scalars(select(table.c.id)))
            for row_id in sorted(given.keys() - present[table.name]):
                what = "refers to what is lost, or breaks a rule of its table, and was left out"
                self.findings.append(Finding("rescue-left-out", place(table.name, row_id), what))

    def _lost_originals(self, versions: Iterable[Values]) -> None:
        taken = set(self._conn.scalars(select(schema.originals.c.sha256)))
        for version in versions:
            if taken and version["file_sha256"] not in taken:
                what = f"the file as it came, {version['file_name']}, could not be read"
                self.findings.append(Finding("rescue-original", place("source_versions", version["id"]), what))

    def _empty_lost_references_to_itself(self, table: Table) -> None:
        for column in table.columns:
            if column.references(table.c.id):
                there = select(table.alias().c.id)
                self._conn.execute(update(table).where(column.not_in(there)).values({column.name: None}))

    def write_aside(self, file: Salvage) -> None:
        """Words with their lemmas, and where coders left off: as far as they can be read."""
        for table in _ASIDE:
            self._insert(table, list(file.rows(table.name)))

    def _insert(self, table: Table, rows: Sequence[Values]) -> None:
        """Insert rows; those that break a rule of the table are left out."""
        columns = [column.name for column in table.columns]
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        if rows:
            statement = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"
            self._conn.exec_driver_sql(statement, [tuple(row.get(name) for name in columns) for row in rows])

    def counts(self) -> dict[str, int]:
        """How many rows each table has that has any."""
        tables = [schema.texts, schema.originals, *schema.journalled_tables()]
        counted = {t.name: self._conn.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
        return {name: count for name, count in counted.items() if count}

    # -- journal ------------------------------------------------------------------------------------------------

    def write_journal(self, kept: Sequence[Act], highest_ids: dict[str, int]) -> None:
        """The entries that are whole from the first on, and one more that explains what they do not."""
        for act in kept:
            self._conn.execute(insert(schema.journal), {n: getattr(act.entry, n) for n in journal.Entry.__slots__})
            rows = [[act.entry.seq, number, part] for number, part in enumerate(act.parts)]
            changes.insert_rows(self._conn, schema.journal_parts, ["seq", "part", "payload"], rows)
        differences = self._differences(replay(kept).rows)
        if differences:
            journal.append(
                self._conn,
                kind="do" if kept else "create",
                coder=self._coder,
                act="rescue",
                summary="rescued from a damaged study",
                parts=[changes.pack([change]) for change in differences],
                row_count=sum(len(change.rows) for change in differences),
            )
        self._write_counters(highest_ids)

    def _differences(self, explained: Rows) -> list[Change]:
        """The changes from the rows that the journal explains to those that are there."""
        deleted: list[Change] = []
        updated: list[Change] = []
        inserted: list[Change] = []
        for table in schema.journalled_tables():
            columns = [column.name for column in table.columns]
            now_there = {row.id: list(row) for row in self._conn.execute(select(table))}
            before = {i: [row.get(name) for name in columns] for i, row in explained.get(table.name, {}).items()}
            gone = [row for i, row in before.items() if i not in now_there]
            new = [row for i, row in now_there.items() if i not in before]
            deleted.extend(_in_parts("delete", table, columns, changes.children_first(table, columns, gone)))
            inserted.extend(_in_parts("insert", table, columns, changes.children_first(table, columns, new)[::-1]))
            for name in columns[1:]:
                at = columns.index(name)
                differ = [i for i, row in now_there.items() if i in before and before[i][at] != row[at]]
                if differ:
                    after, then = [[i, now_there[i][at]] for i in differ], [[i, before[i][at]] for i in differ]
                    updated.append(Change("update", table.name, ["id", name], after, then))
        return [*deleted[::-1], *updated, *inserted]

    def _write_counters(self, highest_ids: dict[str, int]) -> None:
        for table in schema.metadata.sorted_tables:
            if "id" in table.c:
                highest = self._conn.scalar(select(func.max(table.c.id))) or 0
                following = max(highest, highest_ids.get(table.name, 0)) + 1
                self._conn.execute(insert(schema.sequences), {"table_name": table.name, "next_id": following})


def _in_parts(op: Operation, table: Table, columns: list[str], rows: Sequence[Row]) -> Iterator[Change]:
    for start in range(0, len(rows), ROWS_PER_PART):
        yield Change(op, table.name, columns, list(rows[start : start + ROWS_PER_PART]), [])
