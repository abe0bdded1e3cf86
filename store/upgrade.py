"""Bring a study of an older `cmo` up to date: a verified backup first, then all migrations or none."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from store import migrate, sqlite
from store.backup import backup
from store.errors import DamagedStudy, OlderSchema, StudyNotFound


def upgrade(path: Path) -> Path | None:
    """Migrate a study to the present schema; return the backup made before, or None where nothing was to do.

    Raises:
        StudyNotFound, NotAStudy, DamagedStudy, NewerSchema: nothing is changed.
        StudyBusy, StudyReadOnly, StudyFull, StudyError: nothing is changed; a backup may have been made.
    """
    if not path.is_file():
        raise StudyNotFound(f"There is no study '{path}'.", "`cmo new STUDY` makes one.")
    with sqlite.plain_errors(path):
        sqlite.look_at_header(path)
        way = sqlite.way_in(path)
        reader = sqlite.engine(way)
        # Foreign keys are off while tables are built again, and looked at before anything is kept.
        writer = sqlite.engine(way, writes=True, foreign_keys=False)
        try:
            with reader.begin() as conn:
                if not _is_older(conn, path):
                    return None
            with writer.begin() as conn:
                made = backup(path)  # while nobody else can write, so that it has every act
                if _is_older(conn, path):  # another program may have been quicker
                    migrate.upgrade(conn)
                    _require_whole(conn, path)
            return made
        finally:
            reader.dispose()
            writer.dispose()


def _is_older(conn: Connection, path: Path) -> bool:
    try:
        migrate.require_current(conn, path)
    except OlderSchema:
        return True
    return False


def _require_whole(conn: Connection, path: Path) -> None:
    migrate.require_current(conn, path)
    broken = next(sqlite.broken_references(conn), None)
    if broken is not None:
        raise DamagedStudy(f"{path.name} was not upgraded: {broken}.", "Nothing was changed; run `cmo check STUDY`.")
