"""A study file, open: reading, acts, undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from store import blind, changes, journal, migrate, schema, sqlite, sqlite_search
from store.driver import ask_driver
from store.errors import (
    ActError,
    NotAStudy,
    NothingToRedo,
    NothingToUndo,
    StudyExists,
    StudyNotFound,
    UndoConflict,
)
from store.presence import Presence
from store.work import Work

if TYPE_CHECKING:
    from store.journal import Entry


class StudyFile:
    """One open study. Not shared between threads; open it again there, the file allows it.

    ``read_only`` says that the file or its folder cannot be written: reading works, an act raises StudyReadOnly.
    """

    def __init__(self, path: Path, way: sqlite.WayIn) -> None:
        self.path = path
        self.read_only = way.stamp is not None or not sqlite.may_write(path)
        self._way = way
        self._presence = Presence(path.resolve())
        self._engine = sqlite.engine(way)
        self._writer = sqlite.engine(way, writes=True)
        self._blind_engine: Engine | None = None
        self._acting = False
        self._has_log = False

    @classmethod
    def create(cls, path: Path, *, name: str, language: str, coder: str) -> Self:
        """Make a new study and open it.

        Raises:
            StudyExists: there is a file of that name, or the remains of one.
            StudyNotFound: there is no such folder.
        """
        if not path.parent.is_dir():
            raise StudyNotFound(f"There is no folder '{path.parent}'.", "Make it first.")
        # The log of a study that is gone would be taken for the new one's.
        for found in (path.with_name(path.name + suffix) for suffix in ("", *sqlite.SIDE_FILES)):
            if found.exists():
                raise StudyExists(f"{found.name} exists already.", "Choose another name, or move the file away.")
        # Built beside its place and moved there whole: a kill leaves no half-made study.
        building = path.with_name(f".{path.name}.new")
        _remove(building)
        try:
            with sqlite.plain_errors(path):
                _build(building, name, language, coder)
            building.rename(path)
        finally:
            _remove(building)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a study after looking whether it is one, and one that this version can read.

        Raises:
            StudyNotFound, NotAStudy, DamagedStudy, NewerSchema, OlderSchema: each says what to do.
            StudyBusy: another program holds it.
        """
        if path.is_dir():
            raise NotAStudy(f"'{path}' is a folder.", "Name the study file in it.")
        if not path.is_file():
            raise StudyNotFound(f"There is no study '{path}'.", "`cmo new STUDY` makes one.")
        with sqlite.plain_errors(path):
            sqlite.look_at_header(path)
            study = cls(path, sqlite.way_in(path))
            try:
                with study.read() as conn:
                    migrate.require_current(conn, path)
                    sqlite.look_through(conn, path)
            except BaseException:
                study.close()
                raise
        return study

    @contextmanager
    def read(self, *, whole: bool = False) -> Iterator[Connection]:
        """A connection whose reads all see the same state of the study; it cannot write. Raises StudyMoved.

        ``whole`` reads past what is hidden from a blind coder: for what is asked of the file and not of its evidence.
        """
        self._presence.require()
        engine = self._engine if whole or self._blind_engine is None else self._blind_engine
        with sqlite.plain_errors(self.path), self._way.steady(), engine.connect() as conn:
            yield conn

    @property
    def is_blind(self) -> bool:
        """Whether reading passes over what other coders have made; see :mod:`store.blind`."""
        return self._blind_engine is not None

    def hide_others(self, coder: str) -> None:
        """Pass over what others than this coder have made, in every read from now on."""
        self.show_others()
        self._blind_engine = sqlite.engine(self._way, prepare=lambda made: blind.hide_others(made, coder))

    def show_others(self) -> None:
        """Read what everybody has made again."""
        if self._blind_engine is not None:
            self._blind_engine.dispose()
            self._blind_engine = None

    @contextmanager
    def act(self, coder: str, act: str, summary: str = "", *, batch: str | None = None) -> Iterator[Work]:
        """One unit of work: one transaction, one journal entry; all or nothing.

        ``act`` is the verb (``code``), ``summary`` the words that undo will show; the block may set
        ``work.summary`` when it knows better. Acts with the same ``batch`` are undone together.

        Raises:
            StudyBusy, StudyReadOnly, StudyFull, StudyMoved: nothing of the act is kept.
            ActError: an act was begun inside this one, or went on after one of its changes had failed.
        """
        with self._writing() as conn:
            work = Work(conn, coder, act, summary, batch)
            yield work
            work.write_entry()

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """Write what is no part of the study, such as where a coder left off: no act, and nothing to undo.

        Raises as :meth:`act` does.
        """
        with self._writing() as conn:
            yield conn

    @contextmanager
    def rehearse(self, coder: str, act: str) -> Iterator[Work]:
        """A unit of work of which nothing is kept, to see what it would do. Raises as :meth:`act` does."""
        with self._writing() as conn:
            yield Work(conn, coder, act, "")
            conn.rollback()

    def undo(self, coder: str, *, only: str | None = None) -> list[Entry]:
        """Take back the newest act in force (with ``only``: of that coder), together with its batch.

        Returns the acts taken back, newest first.

        Raises:
            NothingToUndo: the study is as it was made.
            UndoConflict: later work builds on the act; nothing is changed.
        """
        carry_out = partial(_undo, names_others=not self.is_blind)
        undone = self._all_of_batch(coder, "undo", lambda conn: journal.next_undo(conn, only), carry_out)
        if not undone:
            raise NothingToUndo("There is nothing to undo.")
        return undone

    def redo(self, coder: str, *, only: str | None = None) -> list[Entry]:
        """Do again what was undone last (with ``only``: of that coder's), together with its batch; oldest first.

        Raises:
            NothingToRedo: nothing is undone, or something new was done since.
            UndoConflict: other work stands in the way; nothing is changed.
        """
        redone = self._all_of_batch(coder, "redo", lambda conn: journal.next_redo(conn, only), _redo)
        if not redone:
            raise NothingToRedo("There is nothing to redo.")
        return redone

    def data_version(self) -> int:
        """The number of the newest journal entry: changes when anybody has changed the study."""
        with self.read(whole=True) as conn:
            return conn.scalar(select(func.max(schema.journal.c.seq))) or 0

    def written_by_others(self) -> int:
        """A number that changes when somebody else than this study file has written anything: a hint, and cheap."""
        with sqlite.plain_errors(self.path), self._writer.connect() as conn:
            return int(ask_driver(conn, "PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        self.show_others()
        self._engine.dispose()
        self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._acting:
            raise ActError("An act is under way in this study; another cannot be begun inside it.")
        self._acting = True
        try:
            with sqlite.plain_errors(self.path):
                if not self._has_log:
                    sqlite.use_log(self._way)
                    self._has_log = True
                with self._writer.begin() as conn:
                    self._presence.require_with_log()
                    yield conn
        finally:
            self._acting = False

    def _all_of_batch(
        self,
        coder: str,
        kind: journal.Kind,
        following: Callable[[Connection], Entry | None],
        carry_out: Callable[[Connection, Entry], None],
    ) -> list[Entry]:
        done: list[Entry] = []
        with self._writing() as conn:
            while (entry := following(conn)) is not None and _same_batch(done, entry):
                carry_out(conn, entry)
                journal.append(
                    conn,
                    kind=kind,
                    coder=coder,
                    act=kind,
                    summary=f"{kind}: {entry.summary}",
                    row_count=entry.row_count,
                    target=entry.seq,
                    batch=entry.batch,
                )
                done.append(entry)
        return done


def _undo(conn: Connection, entry: Entry, *, names_others: bool) -> None:
    """Take back an act as if the later ones had been done without it: they are taken back and done again around it.

    What cannot be done again builds on the act, even where the rows look as they did then. Unless it ``names_others``,
    the error says of another coder's act only that there is one.
    """
    later = journal.applied_after(conn, entry.seq)
    for other in [*later, entry]:
        for change in journal.changes_of(conn, other.seq, backwards=True):
            _apply(conn, change.inverse())
    for other in reversed(later):
        try:
            _redo(conn, other)
        except UndoConflict as exc:
            raise _built_on(entry, other if names_others or other.coder == entry.coder else None) from exc


def _built_on(entry: Entry, other: Entry | None) -> UndoConflict:
    """Why an act cannot be taken back: the other act that builds on it, or one that is not to be named."""
    refused = f"Cannot undo act {entry.seq}, '{entry.summary or entry.act}':"
    if other is None:
        return UndoConflict(
            f"{refused} something that was done since builds on it.", "Show all coders' work, then undo that first."
        )
    return UndoConflict(
        f"{refused} act {other.seq} of {other.coder}, '{other.summary or other.act}', builds on it.",
        "Undo that act first: `cmo log STUDY` lists them.",
    )


def _redo(conn: Connection, entry: Entry) -> None:
    for change in journal.changes_of(conn, entry.seq):
        _apply(conn, change)


def _apply(conn: Connection, change: changes.Change) -> None:
    changes.apply(conn, change)
    if change.table == schema.turns.name and change.op == "insert":
        sqlite_search.add_missing_turns(conn, [row[0] for row in change.rows])


def _same_batch(done: list[Entry], entry: Entry) -> bool:
    return not done or (entry.batch is not None and entry.batch == done[0].batch)


def _build(path: Path, name: str, language: str, coder: str) -> None:
    engine = sqlite.engine(sqlite.new_file(path), writes=True)
    try:
        with engine.begin() as conn:
            for statement in _statements_that_make(conn.dialect.name):
                conn.exec_driver_sql(statement)
            sqlite_search.make_index(conn)
            migrate.stamp(conn)
            work = Work(conn, coder, "new study", f"new study '{name}'")
            work.insert(schema.studies, {"name": name, "language": language, "created_at": work.at})
            work.write_entry("create")
    finally:
        engine.dispose()


@cache
def _statements_that_make(dialect: str) -> tuple[str, ...]:
    """The statements that make all tables and indexes; put into words once, which takes longer than to run them."""
    spoken = registry.load(dialect)()
    tables = schema.metadata.sorted_tables
    indexes = (index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name)))
    made: list[ExecutableDDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    return tuple(str(element.compile(dialect=spoken)) for element in made)


def _remove(path: Path) -> None:
    for suffix in ("", *sqlite.SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
