"""The study as a whole: figures, journal, check, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from cmo.front.base import Front
from cmo.records import StudyInfo
from store import journal, schema
from store.backup import backup
from store.findings import Finding
from store.journal import Entry
from store.rooms import Room

if TYPE_CHECKING:
    from cmo import check
else:
    check = Room("cmo.check")


class JournalCalls(Front):
    @property
    def name(self) -> str:
        """What the study is called."""
        with self.file.read(whole=True) as conn:
            return str(conn.scalar(select(schema.studies.c.name)))

    def info(self) -> StudyInfo:
        """The study in figures."""
        counted = ("sources", "cases", "participants", "points", "codes", "excerpts", "codings", "judgements", "memos")
        with self.file.read(whole=True) as conn:
            study = conn.execute(select(schema.studies)).one()
            state = journal.state(conn)
            head = journal.head(conn)
        with self.file.read() as conn:
            counts = {
                name: conn.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0
                for name in counted
            }
        return StudyInfo(
            name=study.name,
            language=study.language,
            created_at=study.created_at,
            schema=schema.SCHEMA_REVISION,
            state=state.hash,
            changed_at=state.at,
            acts=head.seq if head else 0,
            counts=counts,
        )

    def undo(self, *, mine: bool = False) -> list[Entry]:
        """Take back the newest act (``mine``, or blind: the newest of this coder) with its batch; newest first."""
        return self.file.undo(self.coder, only=self._only(mine))

    def redo(self, *, mine: bool = False) -> list[Entry]:
        """Do again what was undone last (``mine``, or blind: of this coder), unless something new was done since.

        Oldest first.
        """
        return self.file.redo(self.coder, only=self._only(mine))

    def log(self, limit: int | None = None, *, whole: bool = False) -> list[Entry]:
        """The journal, newest first; ``whole`` has everybody's acts also while those of others are hidden."""
        with self.file.read(whole=whole) as conn:
            return journal.entries(conn, newest_first=True, limit=limit)

    def check(self) -> list[Finding]:
        """Everything that is not as it must be; an empty list for a sound study."""
        with self.file.read(whole=True) as conn:
            return list(check.check_study(conn))

    def backup(self, folder: str | Path | None = None) -> Path:
        """A verified copy beside the study (or in ``folder``); the newest ten are kept."""
        return backup(self.path, Path(folder) if folder is not None else None)

    def _only(self, mine: bool) -> str | None:
        """Whose acts are undone and done again: a blind coder is to meet nobody else's."""
        return self.coder if mine or self.is_blind else None
