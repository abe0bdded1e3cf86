"""What only SQLite can do: its header, pragmas, locks, copies. Everything else in the house is portable."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, QueuePool, create_engine, event, func
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from store.driver import ERRORS, ask_driver, cause_of
from store.errors import (
    ActError,
    CmoError,
    DamagedStudy,
    NotAStudy,
    StudyBusy,
    StudyError,
    StudyFull,
    StudyReadOnly,
)
from store.findings import Finding, place
from store.schema import APPLICATION_ID

HEADER = b"SQLite format 3\x00"
SIDE_FILES = ("-wal", "-shm", "-journal")
BUSY_SECONDS = 10.0
"""How long to wait for another program's write lock."""
LOOKED_THROUGH_ON_OPENING = 32 * 2**20
"""Bytes up to which opening reads every page: about a tenth of a second. `cmo check` reads larger files."""
MOST_KEPT = 8
"""How many things a connection keeps of what it read while nobody writes."""

Kept = TypeVar("Kept")

CURE = "Open a copy of the newest file in its '.cmo-backups' folder."


def look_at_header(path: Path) -> None:
    """Refuse what is not a study before SQLite is asked to open it, so that no foreign file is ever touched.

    Raises:
        NotAStudy: another kind of file, or another program's database.
        DamagedStudy: a study that is cut short.
        StudyError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except OSError as exc:
        raise StudyError(f"{path.name} cannot be read: {exc.strerror}.", "Check the rights of the file.") from exc
    if not header.startswith(HEADER):
        what = "is not a study file" if header else "is empty"
        raise NotAStudy(f"{path.name} {what}.", "`cmo new STUDY` makes a study.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAStudy(f"{path.name} is a database of another program.", "`cmo new STUDY` makes a study.")
    page_size = int.from_bytes(header[16:18], "big")
    expected = (65536 if page_size == 1 else page_size) * int.from_bytes(header[28:32], "big")
    if size < expected and not _unfinished(path):
        raise DamagedStudy(f"{path.name} is cut short: {size:,} of {expected:,} bytes are there.", CURE)


def _unfinished(path: Path) -> bool:
    """Whether committed changes wait in the write-ahead log beside the study."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


# -- ways to open ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a study can be opened. ``stamp`` is set where nobody can be locked out; see :func:`way_in`."""

    path: Path
    uri: str
    stamp: tuple[int, int] | None = None

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Raise rather than hand out what was read while somebody else changed an unlocked file."""
        try:
            yield
        finally:
            if self.stamp is not None and (_stamp(self.path) != self.stamp or _unfinished(self.path)):
                raise StudyBusy(
                    f"{self.path.name} was changed by another program while it was open for reading only.",
                    "Open it again.",
                )


def way_in(path: Path) -> WayIn:
    """Find out how this study can be opened.

    A write-ahead log needs a folder that can be written, also for reading. Where it cannot, and nothing waits
    in the log, the file is read as it is, without locks; every read then looks whether the file is still the same.

    Raises:
        StudyReadOnly: changes wait beside the study, and its folder cannot be written.
    """
    usual = WayIn(path, f"{path.resolve().as_uri()}?mode=rw")
    try:
        with closing(_bare(usual)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()  # reads the header, and no table's definition
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        if _unfinished(path):
            raise StudyReadOnly(
                f"{path.name} has changes waiting in '{path.name}-wal', and its folder cannot be written.",
                "Copy both files to a folder of your own and open the study there.",
            ) from exc
        return WayIn(path, f"{path.resolve().as_uri()}?mode=ro&immutable=1", _stamp(path))
    return usual


def way_to_damaged(path: Path) -> WayIn:
    """The way into a file that cannot be opened as it should be: as it is, without locks, and without its log."""
    return WayIn(path, f"{path.resolve().as_uri()}?mode=ro&immutable=1", _stamp(path))


def may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def connect(way: WayIn, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection of the driver with our pragmas; it begins no transaction by itself.

    Raises:
        DamagedStudy: what SQLite says of a damaged table is itself no text.
    """
    connection = _bare(way)
    try:
        for pragma in (
            f"foreign_keys = {int(foreign_keys)}",
            "synchronous = FULL",
            "temp_store = MEMORY",
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
    except UnicodeDecodeError as exc:
        connection.close()
        raise DamagedStudy(f"{way.path.name} is damaged: a table has an unreadable name or definition.", CURE) from exc
    return connection


def _bare(way: WayIn) -> sqlite3.Connection:
    return sqlite3.connect(way.uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


class AlikeDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's dialect, of which all are equal: a statement put into words for one study serves all others."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


_ALIKE = "alike"
registry.register(_ALIKE, __name__, AlikeDialect.__name__)
_STATEMENTS: LRUCache[Any, Any] = LRUCache(2000)
"""Statements in words, for all engines of the process."""


def engine(
    way: WayIn,
    *,
    writes: bool = False,
    foreign_keys: bool = True,
    prepare: Callable[[sqlite3.Connection], object] | None = None,
) -> Engine:
    """An engine whose connections can only read, or with ``writes`` take the file for themselves to write.

    A connection stays what it is: to allow and forbid it to write by turns makes SQLite prepare all it is asked anew.
    Migrations alone go without ``foreign_keys``, because they rebuild tables. ``prepare`` is done to each connection.
    """

    def connected() -> sqlite3.Connection:
        connection = connect(way, foreign_keys=foreign_keys)
        if prepare is not None:
            prepare(connection)
        if not writes:
            connection.execute("PRAGMA query_only = 1").close()
        return connection

    made = create_engine(
        f"{_ALIKE}://",
        creator=connected,
        poolclass=QueuePool,
        hide_parameters=True,  # they hold the words of interviews, and errors go into logs
        execution_options={"compiled_cache": _STATEMENTS, "writes": writes},
    )

    @event.listens_for(made, "begin")
    def on_begin(conn: Connection) -> None:
        ask_driver(conn, "BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def distinct_ids(column: ColumnElement[Any]) -> ColumnElement[str]:
    """The different ids that a group has in a column, in a row with commas between; null where it has none."""
    return func.group_concat(column.distinct())


def while_unchanged(conn: Connection, what: Hashable, read: Callable[[], Kept]) -> Kept:
    """What ``read`` found when it was last asked for ``what`` by this connection and nobody has written since.

    A connection that writes reads anew: what it sees may be rolled back. What is kept is shared by all who ask, who
    may add to it what they read of the study, and change nothing else.
    """
    if conn.get_execution_options()["writes"]:
        return read()
    driver: Any = conn.connection.driver_connection
    written = (conn.exec_driver_sql("PRAGMA data_version").scalar_one(), driver.total_changes)
    if conn.info.get("written") != written:
        conn.info["written"], conn.info["kept"] = written, LRUCache(MOST_KEPT)
    kept: LRUCache[Hashable, Kept] = conn.info["kept"]
    if what not in kept:
        kept[what] = read()
    return kept[what]


@contextmanager
def few_pages(conn: Connection) -> Iterator[None]:
    """Keep a quarter of the pages in memory that a connection keeps else: who reads a study once from its beginning to
    its end has better use for the memory.
    """
    kept = conn.exec_driver_sql("PRAGMA cache_size").scalar_one()
    conn.exec_driver_sql(f"PRAGMA cache_size = {kept // 4}")
    try:
        yield
    finally:
        conn.exec_driver_sql(f"PRAGMA cache_size = {kept}")


def new_file(path: Path) -> WayIn:
    """The way into a file that does not exist yet: it becomes ours, with a write-ahead log."""
    way = WayIn(path, f"{path.resolve().as_uri()}?mode=rwc")
    with closing(connect(way)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").close()
    use_log(way)
    return way


def use_log(way: WayIn) -> None:
    """Keep a write-ahead log from now on, so that others can read while one writes; a backup comes without one.

    Does nothing to a file that cannot be locked, nor while others have it open.
    """
    if way.stamp is None:
        with closing(connect(way)) as connection, suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL").fetchone()


# -- errors ---------------------------------------------------------------------------------------------------


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn the database's errors into ours, with words a person can act on. A programmer's errors pass."""
    try:
        yield
    except ERRORS as exc:
        cause = cause_of(exc)
        code = getattr(cause, "sqlite_errorcode", None)
        if code is None:
            raise
        # A full disk has no room for what the connections of a study share either.
        full = code == sqlite3.SQLITE_IOERR_SHMSIZE
        raise _plain(path, sqlite3.SQLITE_FULL if full else code & 0xFF, str(cause)) from exc


def _plain(path: Path, code: int, words: str) -> CmoError:
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StudyBusy(
                f"{path.name} is being written by another program.",
                "Nothing was changed; wait until the other program has finished and try again.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StudyReadOnly(
                f"{path.name} can be read but not changed.", "Check the rights of the file and its folder."
            )
        case sqlite3.SQLITE_FULL:
            return StudyFull("The disk is full; nothing of this act was kept.", "Make room and try again.")
        case sqlite3.SQLITE_CANTOPEN:
            return StudyError(f"{path.name} cannot be opened.", "Check the path and the rights of its folder.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedStudy(f"{path.name} is damaged: {words}.", CURE)
        case sqlite3.SQLITE_CONSTRAINT:
            return ActError(f"The act would break a rule of {path.name}: {words}.", "Nothing was changed.")
        case sqlite3.SQLITE_IOERR:
            return StudyError(f"The disk with {path.name} does not answer: {words}.", "Check the disk, then try again.")
        case _:
            return StudyError(f"{path.name}: {words}.", "Run `cmo check STUDY`.")


# -- integrity and copies -------------------------------------------------------------------------------------


def look_through(conn: Connection, path: Path) -> None:
    """Read every page of a file of moderate size. Raises DamagedStudy."""
    if path.stat().st_size <= LOOKED_THROUGH_ON_OPENING:
        found = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise DamagedStudy(f"{path.name} is damaged: {found}.", CURE)


def integrity(conn: Connection) -> Iterator[Finding]:
    """SQLite's own full check of pages and indexes, the foreign keys, and our mark."""
    if conn.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        yield Finding("application-id", "study file", "does not bear the mark of a study")
    for (line,) in conn.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield Finding("file-integrity", "study file", str(line))
    yield from broken_references(conn)


def broken_references(conn: Connection) -> Iterator[Finding]:
    for table, row, parent, _ in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding("foreign-key", place(table, row), f"refers to a row of '{parent}' that does not exist")


HEAD = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"


def copy(source: WayIn, target: Path) -> str:
    """A consistent copy by SQLite's backup API while the study is in use, as one file without side files.

    Returns the hash of the newest journal entry in what was copied.
    """
    with source.steady(), closing(connect(source)) as live, closing(sqlite3.connect(target)) as made:
        live.execute("BEGIN")
        head = str(live.execute(HEAD).fetchone()[0])
        live.backup(made)
        made.execute("PRAGMA journal_mode = DELETE").close()
    return head


def verify_copy(path: Path, head: str) -> None:
    """Raises DamagedStudy unless this file is whole and its newest journal entry has that hash."""
    look_at_header(path)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found == "ok":
            found = connection.execute(HEAD).fetchone()[0]
            if found == head:
                return
    raise DamagedStudy(f"The copy {path.name} is not like the study: {found}.", "Check the disk, then try again.")


def head_of(path: Path) -> str:
    """The hash of the newest journal entry of a study or a backup."""
    way = way_in(path)
    with way.steady(), closing(connect(way)) as connection:
        return str(connection.execute(HEAD).fetchone()[0])


def library() -> tuple[str, bool]:
    """The version of the SQLite library that Python uses, and whether it has full-text search (FTS5)."""
    with closing(sqlite3.connect(":memory:")) as connection:
        (searches,) = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    return sqlite3.sqlite_version, bool(searches)
