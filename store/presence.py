"""Whether a study is still the file that was opened.

Another program may move, remove or replace it meanwhile: a person in the file manager, a client that syncs a folder. On
Unix what is written then goes into a file that has no name any more, and is lost without a word when it is closed.
"""

from __future__ import annotations

from pathlib import Path

from store.errors import StudyMoved


class Presence:
    """Remembers which file was opened, and which write-ahead log belongs to it from the first act on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._file_seen = _identity(path)
        self._log_seen: tuple[int, int] | None = None

    def require(self) -> None:
        """Raises StudyMoved unless the study's name leads to the file that was opened."""
        if _identity(self._path) != self._file_seen:
            raise StudyMoved(
                f"{self._path.name} was moved, removed or replaced by another program while it was open.",
                "Nothing was changed. Put it back where it was, or open the study again from where it is now.",
            )

    def require_with_log(self) -> None:
        """The same for a transaction that writes, just begun; also the log must be the one of the first act."""
        self.require()
        found = _identity(self._log)
        if self._log_seen is None:
            self._log_seen = found
        elif found != self._log_seen:
            raise StudyMoved(
                f"{self._log.name} was removed or replaced by another program while the study was open.",
                "Nothing was changed. End every cmo that has the study open: that saves what was in the log.",
            )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
