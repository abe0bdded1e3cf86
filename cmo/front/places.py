"""Places: where a coder left each source, and bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmo.front.base import Front
from store.errors import InputError, StudyBusy, StudyFull, StudyReadOnly
from store.rooms import Room
from transcripts.excerpts import check_span
from transcripts.people import tidy
from transcripts.places import Bookmark

if TYPE_CHECKING:
    from transcripts import places, sources
else:
    places = Room("transcripts.places")
    sources = Room("transcripts.sources")


class PlaceCalls(Front):
    def reading_place(self, source_id: int) -> int | None:
        """Where this coder left a source, in code points; None where it was never open."""
        with self.file.read() as conn:
            return places.reading_place(conn, source_id, self.coder)

    def last_read(self) -> int | None:
        """The id of the source that this coder read last, if it is still in the study."""
        with self.file.read() as conn:
            return places.last_read(conn, self.coder)

    def keep_reading_place(self, source_id: int, start: int) -> bool:
        """Keep where this coder is in a source; no act, and nothing to undo.

        False where the study cannot be written just now: a place is not worth an error.
        """
        try:
            with self.file.aside() as conn:
                places.keep_reading_place(conn, source_id, self.coder, start)
        except (StudyBusy, StudyFull, StudyReadOnly):
            return False
        return True

    def bookmarks(self) -> list[Bookmark]:
        """This coder's bookmarks in the order of the sources and of the text."""
        with self.file.read() as conn:
            return places.list_bookmarks(conn, self.coder)

    def add_bookmark(self, source: str | int, start: int, name: str) -> Bookmark:
        """Set a bookmark at a place of a source.

        Raises:
            UnknownName, BadPosition, NameTaken, InputError: nothing is changed.
        """
        if not tidy(name):
            raise InputError("A bookmark needs a name.")
        with self._act("bookmark") as work:
            found = sources.find_source(work.conn, source)
            check_span(sources.current_text(work.conn, found.id).text, start, start + 1)
            bookmark_id = places.add_bookmark(work, found.id, start, name)
            work.summary = f"bookmark '{tidy(name)}' in '{found.name}'"
        return Bookmark(bookmark_id, tidy(name), found.id, found.name, start)

    def remove_bookmark(self, bookmark_id: int) -> None:
        """Take a bookmark away. Raises UnknownName."""
        with self._act("bookmark") as work:
            work.summary = f"remove bookmark '{places.remove_bookmark(work, bookmark_id)}'"
