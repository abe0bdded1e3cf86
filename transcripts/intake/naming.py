"""Names for new sources: the file's, told apart from the names that the study has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Connection, func, select

from store import schema
from transcripts.intake.gathering import Candidate
from transcripts.people import file_name, fold, tidy


class FreeNames:
    """Chooses names for the sources of a batch. The names of the study are read again only when others changed it."""

    def __init__(self, batch: Iterable[Candidate]) -> None:
        self._same_name = Counter(fold(file_name(candidate.path)) for candidate in batch)
        self._taken: set[str] = set()
        self._files: set[str] = set()
        self._state: int | None = None

    def look(self, conn: Connection) -> bool:
        """Learn the names that the study has by now; say whether nobody else has changed the study since."""
        state = conn.scalar(select(func.max(schema.journal.c.seq))) or 0
        if state == self._state:
            return True
        is_current = schema.source_versions.c.is_current
        query = select(schema.sources.c.name, schema.source_versions.c.file_name).join(schema.source_versions)
        rows = conn.execute(query.where(is_current)).all()
        self._taken, self._files = {fold(row.name) for row in rows}, {fold(row.file_name) for row in rows}
        self._state = state
        return False

    def choose(self, candidate: Candidate) -> str:
        """The file's name without its ending; with its folder, its ending or a number where that names another."""
        whole = file_name(candidate.path)
        stem, folder = tidy(Path(whole).stem), tidy(candidate.folder)
        in_folder = [f"{folder}/{stem}"] if folder else []
        is_shared = self._same_name[fold(whole)] > 1 or fold(whole) in self._files
        candidates = [*in_folder, stem] if is_shared else [stem, whole, *in_folder]
        numbered = (f"{candidates[0]} ({number})" for number in count(2))
        return next(name for name in chain(candidates, numbered) if fold(name) not in self._taken)

    def take(self, name: str, candidate: Candidate, acts: int = 0) -> None:
        """Remember that a source has the name now; ``acts`` is by how many acts the study went on for it."""
        self._taken.add(fold(name))
        self._files.add(fold(file_name(candidate.path)))
        if self._state is not None:
            self._state += acts
