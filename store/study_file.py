"""A study file, open: reading, acts, undo and redo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, select

from store import changes, journal, migrate, schema, sqlite
from store.clock import now
from store.errors import NothingToRedo, NothingToUndo, StudyExists, StudyNotFound
from store.journal import Entry
from store.work import Work


class StudyFile:
    """One open study. Not shared between threads; open it again there, the file allows it."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def create(cls, path: Path, *, name: str, language: str, coder: str) -> Self:
        """Make a new study and open it.

        Raises:
            StudyExists: there is a file of that name.
        """
        if path.exists():
            raise StudyExists(f"{path.name} exists already.", "Choose another name, or move the file away.")
        if not path.parent.is_dir():
            raise StudyNotFound(f"There is no folder '{path.parent}'.", "Make it first.")
        # Built beside its place and moved there whole: a kill leaves no half-made study.
        building = path.with_name(f".{path.name}.new")
        _remove(building)
        try:
            with sqlite.plain_errors(path):
                engine = sqlite.engine(building, create=True)
                with engine.connect().execution_options(writes=True) as conn, conn.begin():
                    sqlite.mark(conn)
                    schema.metadata.create_all(conn)
                    migrate.stamp(conn)
                    work = Work(conn, coder, "new study", f"new study '{name}'")
                    work.insert(schema.studies, {"name": name, "language": language, "created_at": now()})
                    work.write_entry("create")
                engine.dispose()
            building.rename(path)
        finally:
            _remove(building)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a study after looking whether it is one, and one that this version can read.

        Raises:
            StudyNotFound, NotAStudy, DamagedStudy, NewerSchema, OlderSchema: each says what to do.
        """
        if not path.is_file():
            raise StudyNotFound(f"There is no study '{path}'.", "`cmo new STUDY` makes one.")
        with sqlite.plain_errors(path):
            sqlite.look_at_header(path)
            engine = sqlite.engine(path)
            try:
                with engine.connect() as conn:
                    migrate.require_current(conn, path)
            except BaseException:
                engine.dispose()
                raise
        return cls(path, engine)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose reads all see the same state of the study."""
        with sqlite.plain_errors(self.path), self._engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def act(self, coder: str, act: str, summary: str = "", *, batch: str | None = None) -> Iterator[Work]:
        """One unit of work: one transaction, one journal entry; all or nothing.

        ``act`` is the verb (``code``), ``summary`` the words that undo will show; the block may set
        ``work.summary`` when it knows better. Acts with the same ``batch`` are undone together.
        """
        with self._writing() as conn:
            work = Work(conn, coder, act, summary, batch)
            yield work
            work.write_entry()

    def undo(self, coder: str, *, only: str | None = None) -> list[Entry]:
        """Take back the newest act in force (with ``only``: of that coder), together with its batch.

        Returns the acts taken back, newest first.

        Raises:
            NothingToUndo: the study is as it was made.
            UndoConflict: later work builds on the act.
        """
        with self._writing() as conn:
            undone: list[Entry] = []
            while (entry := journal.next_undo(conn, only)) is not None and _same_batch(undone, entry):
                for change in journal.changes_of(conn, entry.seq, backwards=True):
                    changes.apply(conn, change.inverse())
                self._note(conn, "undo", coder, entry)
                undone.append(entry)
            if not undone:
                raise NothingToUndo("There is nothing to undo.")
            return undone

    def redo(self, coder: str, *, only: str | None = None) -> list[Entry]:
        """Do again what was undone last, together with its batch; oldest first.

        Raises:
            NothingToRedo: nothing is undone, or something new was done since.
        """
        with self._writing() as conn:
            redone: list[Entry] = []
            while (entry := journal.next_redo(conn, only)) is not None and _same_batch(redone, entry):
                for change in journal.changes_of(conn, entry.seq):
                    changes.apply(conn, change)
                self._note(conn, "redo", coder, entry)
                redone.append(entry)
            if not redone:
                raise NothingToRedo("There is nothing to redo.")
            return redone

    def data_version(self) -> int:
        """The number of the newest journal entry: changes when anybody has changed the study."""
        with self.read() as conn:
            return conn.scalar(select(func.max(schema.journal.c.seq))) or 0

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with sqlite.plain_errors(self.path), self._engine.connect() as plain:
            conn = plain.execution_options(writes=True)
            with conn.begin():
                yield conn

    @staticmethod
    def _note(conn: Connection, kind: journal.Kind, coder: str, about: Entry) -> None:
        journal.append(
            conn,
            kind=kind,
            coder=coder,
            act=kind,
            summary=f"{kind}: {about.summary}",
            parts=[],
            row_count=about.row_count,
            target=about.seq,
            batch=about.batch,
        )


def _same_batch(done: list[Entry], entry: Entry) -> bool:
    return not done or (entry.batch is not None and entry.batch == done[0].batch)


def _remove(path: Path) -> None:
    for suffix in ("", *sqlite.SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
