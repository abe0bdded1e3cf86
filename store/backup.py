"""Verified copies of a study, beside it: the only ones that count are whole and have the study's journal."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from store import sqlite
from store.clock import now
from store.errors import CmoError, StudyError, StudyNotFound

DUE_AFTER = timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, order=True, slots=True)
class _Named:
    """A backup by what its name says: when (UTC), and its number among those of the same second."""

    at: datetime
    number: int
    path: Path


def backup(path: Path, folder: Path | None = None, keep: int = 10) -> Path:
    """Copy a study while it is in use, verify the copy and return where it is.

    The copy goes to ``folder``, by default ``NAME.cmo-backups`` beside the study. Of the backups of this study
    there the ``keep`` newest are kept, this one among them; no other file is touched.

    Raises:
        StudyNotFound, NotAStudy, DamagedStudy: there is nothing to copy, or the copy is not like the study.
        StudyFull, StudyError: the copy cannot be written.
    """
    if keep < 1:
        raise ValueError("a backup keeps at least itself")
    if not path.is_file():
        raise StudyNotFound(f"There is no study '{path}'.", "`cmo new STUDY` makes one.")
    folder = folder or backup_folder(path)
    with sqlite.plain_errors(path):
        sqlite.look_at_header(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = _verified_copy(path, folder)
            for old in _backups(path, folder)[:-keep]:
                old.path.unlink()
        except OSError as exc:
            what = f"No backup can be written to '{folder}': {exc.strerror}."
            raise StudyError(what, "Name another folder.") from exc
    return made


def newest_backup(path: Path, folder: Path | None = None) -> Path | None:
    """The newest backup of this study in ``folder`` (default: beside the study)."""
    found = _backups(path, folder or backup_folder(path))
    return found[-1].path if found else None


def last_good_backup(path: Path) -> Path | None:
    """The newest backup beside this study that can be read from the first page to the last."""
    for made in reversed(_backups(path, backup_folder(path))):
        with suppress(CmoError), sqlite.plain_errors(made.path):
            sqlite.verify_copy(made.path, sqlite.head_of(made.path))
            return made.path
    return None


def backup_if_due(path: Path) -> Path | None:
    """Make a backup unless the newest is less than a day old or has all that the study has."""
    found = _backups(path, backup_folder(path))
    if found:
        age = datetime.fromisoformat(now()) - found[-1].at
        if timedelta(0) <= age < DUE_AFTER:
            return None
        with sqlite.plain_errors(path):
            if sqlite.head_of(found[-1].path) == sqlite.head_of(path):
                return None
    return backup(path)


def backup_folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}.cmo-backups")


def _verified_copy(path: Path, folder: Path) -> Path:
    building = folder / f".{path.stem}-{os.getpid()}.new"
    try:
        building.unlink(missing_ok=True)
        head = sqlite.copy(sqlite.way_in(path), building)
        sqlite.verify_copy(building, head)
        return _give_name(building, path, folder)
    finally:
        building.unlink(missing_ok=True)


def _give_name(building: Path, path: Path, folder: Path) -> Path:
    """Move a copy to the first name that is free, and never over another file.

    Names tell the order: where the clock went back, the copy bears the time of the newest backup, and a higher number.
    """
    made_before = _backups(path, folder)
    at = max([datetime.fromisoformat(now()).replace(microsecond=0), *(named.at for named in made_before)])
    stamp = at.strftime(_STAMP)
    for number in count(max((named.number + 1 for named in made_before if named.at == at), default=1)):
        target = folder / f"{path.stem}-{stamp}{f'-{number}' if number > 1 else ''}.cmo"
        try:
            os.link(building, target)
            return target
        except FileExistsError:
            continue
        except OSError:  # a disk without hard links, e.g. a USB stick
            if not target.exists():
                return building.rename(target)
    raise AssertionError("numbers do not end")


def _backups(path: Path, folder: Path) -> list[_Named]:
    """The files that bear a name that only we give, oldest first."""
    ours = re.compile(re.escape(path.stem) + r"-(\d{8}T\d{6}Z)(?:-(\d+))?\.cmo")
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        name = ours.fullmatch(file.name)
        if name and file.is_file() and not file.is_symlink():
            try:
                at = datetime.fromisoformat(name[1])
            except ValueError:
                continue
            found.append(_Named(at, int(name[2] or 1), file))
    return sorted(found)
