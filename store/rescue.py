"""Get everything that can still be read out of a damaged study, into a new one.

There are three sources, and each is held against its hashes: the tables of the file, its journal, which has every row
once more, and the last good backup, which has the same texts and the same entries of the journal up to its day.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store import sqlite
from store.backup import last_good_backup
from store.errors import DamagedStudy, StudyExists, StudyNotFound
from store.findings import Finding
from store.rescue_build import Building
from store.salvage import Salvage
from store.salvaged_journal import Acts, read_acts, replay, unbroken
from store.salvaged_rows import merged


@dataclass(frozen=True, slots=True)
class RescuedTable:
    """How many rows of a table are in the new study, and how many of them only the journal had."""

    table: str
    rows: int
    from_journal: int


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue got out. ``findings`` says what could not be read, and what stands in its place.

    ``acts`` is how many entries of the journal are as they were, ``acts_seen`` how many there have been.
    ``backup`` is the last good backup with the number of its entries; it ``has_more`` where it has entries that the
    damaged study and its journal no longer have.
    """

    study: Path
    tables: tuple[RescuedTable, ...]
    acts: int
    acts_seen: int
    findings: tuple[Finding, ...]
    backup: Path | None
    backup_acts: int
    has_more: bool


def rescue(path: Path, new: Path, coder: str) -> Rescued:
    """Write a new study with all that can be read of a damaged one, which is not changed.

    Raises:
        StudyNotFound: there is no such study, or no folder for the new one.
        StudyExists: there is a file where the new study would be.
        DamagedStudy: nothing at all can be read; the last good backup is named.
        StudyError, StudyFull: the new study cannot be written.
    """
    if not path.is_file():
        raise StudyNotFound(f"There is no study '{path}'.", "Name the damaged file.")
    if not new.parent.is_dir():
        raise StudyNotFound(f"There is no folder '{new.parent}'.", "Make it first.")
    for found in (new.with_name(new.name + suffix) for suffix in ("", *sqlite.SIDE_FILES)):
        if found.exists():
            raise StudyExists(f"{found.name} exists already.", "Choose another name, or move the file away.")
    backup = last_good_backup(path)
    with _workplace(new) as folder, sqlite.plain_errors(new):
        try:
            file = Salvage(path, folder)
        except DamagedStudy as exc:
            raise DamagedStudy(exc.message, _instead(backup)) from exc
        with file:
            return _rescue(file, path, new, coder, backup, folder)


@contextmanager
def _workplace(new: Path) -> Iterator[Path]:
    """A folder beside the new study, for what is on its way; the remains of a rescue that was killed are removed."""
    folder = new.with_name(f".{new.name}.new")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _instead(backup: Path | None) -> str:
    if backup is None:
        return "There is no backup beside it; look for a copy elsewhere."
    return f"The last good backup is {backup}: open a copy of it."


def _rescue(file: Salvage, path: Path, new: Path, coder: str, backup: Path | None, folder: Path) -> Rescued:
    acts, last = read_acts(file)
    of_backup: Acts = {}
    backup_acts = 0
    if backup is not None:
        with Salvage(backup, folder) as copy:
            found, backup_acts = read_acts(copy)
            if _same_history(acts, found) and _studies(file) & _studies(copy):
                of_backup = found
    every = dict(sorted({**of_backup, **acts}.items()))
    last = max(last, *every, 0)
    kept = unbroken(every)
    complete = len(kept) == last and not file.troubled & {"journal", "journal_parts"}
    rows, from_journal = merged(file, replay(every), complete=complete)
    with Building(folder / "new.cmo", path.stem, coder) as building:
        building.write_texts(file, backup if of_backup else None, rows)
        building.write_rows(rows)
        building.write_aside(file)
        building.write_journal(kept, replay(every).highest_ids)
        counts = building.counts()
    (folder / "new.cmo").rename(new)
    return Rescued(
        study=new,
        tables=tuple(RescuedTable(name, count, from_journal.get(name, 0)) for name, count in counts.items()),
        acts=len(kept),
        acts_seen=last,
        findings=(*_history(len(kept), last), *building.findings),
        backup=backup,
        backup_acts=backup_acts,
        has_more=backup_acts > len(kept) and not of_backup,
    )


def _studies(file: Salvage) -> set[object]:
    """The UUIDs by which a study is known whatever it is called: of its row about itself, and of its first entry."""
    rows = [*file.rows("studies"), *(row for row in file.rows("journal") if row["seq"] == 1)]
    return {row["uuid"] for row in rows}


def _same_history(acts: Acts, others: Acts) -> bool:
    """Whether entries of the same number are the same."""
    return all(acts[number].entry.hash == others[number].entry.hash for number in acts.keys() & others.keys())


def _history(kept: int, last: int) -> list[Finding]:
    if kept == last:
        return []
    what = f"entries {kept + 1:,} to {last:,} are not whole; what they did is kept as one act, 'rescue'"
    return [Finding("rescue-journal", "journal", what)]
