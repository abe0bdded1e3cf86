"""What only SQLite can do: its header, pragmas, locks, backup. Everything else in the house is portable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from store.errors import CmoError, DamagedStudy, NotAStudy, StudyBusy, StudyError, StudyFull, StudyReadOnly
from store.findings import Finding
from store.schema import APPLICATION_ID

HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 10.0
SIDE_FILES = ("-wal", "-shm", "-journal")


def look_at_header(path: Path) -> None:
    """Refuse what is not a study before SQLite is asked to open it, so that no foreign file is ever touched.

    Raises:
        NotAStudy: another kind of file, or another program's database.
        DamagedStudy: a study that is cut short.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(HEADER):
        what = "is empty" if not header else "is not a study file"
        raise NotAStudy(f"{path.name} {what}.", "`cmo new STUDY` makes a study.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAStudy(f"{path.name} is a database of another program, not a study.", "`cmo new STUDY` makes a study.")
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    expected = (65536 if page_size == 1 else page_size) * pages
    waiting = path.with_name(path.name + "-wal")
    if path.stat().st_size < expected and not (waiting.exists() and waiting.stat().st_size):
        raise DamagedStudy(
            f"{path.name} is cut short: {path.stat().st_size:,} of {expected:,} bytes are there.",
            "Copy the file again from where it came, or open the newest file in its '.cmo-backups' folder.",
        )


def engine(path: Path, *, create: bool = False) -> Engine:
    """An engine whose connections have our pragmas and begin transactions as we say (see :func:`begin_write`)."""
    mode = "rwc" if create else "rw"
    uri = path.resolve().as_uri().replace("?", "%3f").replace("#", "%23")
    made = create_engine(
        URL.create("sqlite", database=f"{uri}?mode={mode}", query={"uri": "true"}),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(made, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "temp_store = MEMORY",
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(made, "begin")
    def on_begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get("writes", False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def mark(conn: Connection) -> None:
    """Write our mark into the header of a new file."""
    conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn the database driver's errors into ours, with words a person can act on."""
    try:
        yield
    except DBAPIError as exc:
        raise _plain(path, exc.orig or exc) from exc
    except sqlite3.Error as exc:
        raise _plain(path, exc) from exc


def _plain(path: Path, exc: BaseException) -> CmoError:
    text = str(exc).lower()
    if "locked" in text or "busy" in text:
        return StudyBusy(
            f"{path.name} is being written by another program.",
            "Nothing was changed; wait until the other program has finished and try again.",
        )
    if "readonly" in text or "read-only" in text:
        return StudyReadOnly(f"{path.name} cannot be written.", "Check the rights of the file and its folder.")
    if "full" in text:
        return StudyFull("The disk is full; nothing of this act was kept.", "Make room and try again.")
    if "unable to open" in text:
        return StudyError(f"{path.name} cannot be opened.", "Check the path and the rights of its folder.")
    if isinstance(exc, sqlite3.DatabaseError) and not isinstance(exc, sqlite3.OperationalError | sqlite3.IntegrityError):
        return DamagedStudy(
            f"{path.name} is damaged: {exc}.", "Open the newest file in its '.cmo-backups' folder (`cmo check` first)."
        )
    return StudyError(f"{path.name}: {exc}", "Run `cmo check STUDY`.")


def integrity(conn: Connection) -> Iterator[Finding]:
    """SQLite's own full check of pages and indexes, and of the foreign keys."""
    for (line,) in conn.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield Finding("file-integrity", "study file", str(line))
    for table, row, parent, _ in conn.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding("foreign-key", f"{table} {row}", f"refers to a row of '{parent}' that does not exist")


def copy(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's backup API while the study is in use, as one file without side files."""
    with closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as live, closing(sqlite3.connect(target)) as made:
        live.backup(made, pages=4096)
        made.execute("PRAGMA journal_mode = DELETE").close()


def scalar(path: Path, statement: str) -> Any:
    """One value from a file that no one else has open."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchone()[0]


__all__ = ["OperationalError", "copy", "engine", "integrity", "look_at_header", "mark", "plain_errors", "scalar"]
