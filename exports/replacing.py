"""A file for others: written beside its place and moved there whole, or not at all."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.errors import BadFile, StudyFull

OPEN_MARKS = (("~${}", "Excel"), (".~lock.{}#", "LibreOffice"))
"""The file that each program puts beside a workbook while it is open there."""


@contextmanager
def replacing(path: Path, suffix: str) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends, or is removed when it raises.

    Raises:
        BadFile: the suffix is another, the folder is missing, or the file is open elsewhere or write-protected.
        StudyFull: the disk has no room.
    """
    target = path.resolve()
    require_writable(target, suffix)
    _remove_left_behind(target)
    building = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        yield building
        building.replace(target)
    except OSError as exc:
        raise _plain(exc, target) from exc
    finally:
        building.unlink(missing_ok=True)


def _remove_left_behind(target: Path) -> None:
    """Remove what programs that were killed have left of this file; one that is still writing keeps its own."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.new"):
        process = left.name.removeprefix(f".{target.name}.").removesuffix(".new")
        if process.isdecimal() and not _is_running(int(process)):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return False  # Windows removes no file that somebody writes
    try:
        os.kill(process, 0)  # asks, and ends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def require_writable(target: Path, suffix: str) -> None:
    """Look whether a file can be put at ``target``, before the work is done."""
    if target.suffix.lower() != suffix:
        raise BadFile(target, f"the name of this file must end in {suffix}.", f"Try '{target.stem}{suffix}'.")
    if not target.parent.is_dir():
        raise BadFile(target, f"there is no folder '{target.parent}'.", "Make it first.")
    if target.is_dir():
        raise BadFile(target, "is a folder.", "Choose another name.")
    for pattern, program in OPEN_MARKS:
        mark = target.with_name(pattern.format(target.name))
        if target.exists() and mark.exists():
            raise BadFile(
                target,
                f"is open in {program}.",
                f"Close it there, or choose another name. If it is not open, remove '{mark.name}' beside it.",
            )
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise BadFile(target, "is write-protected.", "Choose another name, or allow writing to it.")


def _plain(exc: OSError, target: Path) -> Exception:
    if exc.errno == errno.ENOSPC:
        return StudyFull(f"{target.name}: the disk has no room for this file.", "Free some space and export again.")
    if isinstance(exc, PermissionError):
        hint = "Close it if it is open in another program, or choose another folder."
        return BadFile(target, "cannot be written here.", hint)
    return BadFile(target, f"cannot be written: {exc.strerror or exc}.", "Choose another name or folder.")
