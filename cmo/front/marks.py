"""Marks: what is written in the transcripts and was not said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cmo.front.base import Front
from store.rooms import Room

if TYPE_CHECKING:
    from transcripts import sources
    from transcripts.conventions import attributions, house_forms, marked
    from transcripts.conventions.attributions import Attribution, AttributionReport
    from transcripts.conventions.marked import MarkForm
    from transcripts.conventions.marks import Mark
    from transcripts.sources import CurrentText
else:
    attributions = Room("transcripts.conventions.attributions")
    house_forms = Room("transcripts.conventions.house_forms")
    marked = Room("transcripts.conventions.marked")
    sources = Room("transcripts.sources")


class MarkCalls(Front):
    def marks(self, source: str | int) -> list[Mark]:
        """The marks of a source in text order: as found, or as a person said. Raises UnknownName."""
        with self.file.read() as conn:
            return marked.version_marks(conn, sources.current_version(conn, source))

    def mark_forms(self, source: str | int | None = None) -> list[MarkForm]:
        """Every way in which marks are written, in one source or in all, by kind. Raises UnknownName."""
        with self.file.read() as conn:
            read = _current(conn, source)
            return marked.count_forms((text.text, marked.version_marks(conn, text.version_id)) for text in read)

    def set_mark(self, source: str | int, start: int, end: int, kind: str | None) -> None:
        """Say what the stretch from ``start`` to ``end`` is: a kind, ``none`` for plain speech; None: as found.

        Raises:
            UnknownName, BadPosition, InputError: nothing is changed.
        """
        with self._act("mark") as work:
            found = sources.current_text(work.conn, source)
            marked.set_mark(work, found.version_id, found.text, (start, end, kind))
            form = " ".join(found.text[start:end].split())
            work.summary = f"“{form[:40]}” in '{found.name}' is {_in_words(kind)}"

    def set_mark_form(self, form: str, kind: str | None, source: str | int | None = None) -> int:
        """Say of every mark written like ``form`` what it is, in one source or in all; return the number of places.

        What is said of all sources is kept, and holds for those that come in later too. None: as it is found.

        Raises:
            UnknownName, InputError: nothing is changed.
        """
        with self._act("mark") as work:
            read = ((text.version_id, text.text) for text in _current(work.conn, source))
            places = marked.set_form(work, read, form, kind)
            if source is None:
                house_forms.keep_house_form(work, form, kind)
            work.summary = f"every “{form[:40]}” is {_in_words(kind)} ({places})"
            return places

    def house_forms(self) -> dict[str, str]:
        """What marks of a form are in all sources, also those that come in later: kinds by form, as a person said."""
        with self.file.read() as conn:
            return house_forms.house_forms(conn)

    def attributions(self, source: str | int) -> list[Attribution]:
        """The attributions in a source, as ``(Leder, case 3)``, and what they name. Raises UnknownName."""
        with self.file.read() as conn:
            return attributions.list_attributions(conn, sources.current_text(conn, source))

    def attribute_by_marks(self, source: str | int) -> AttributionReport:
        """Bind quotes to the case and the role that the attribution under them names. Raises UnknownName."""
        with self._act("attribute") as work:
            return attributions.attribute_by_marks(work, sources.current_text(work.conn, source))


def _current(conn: Connection, source: str | int | None) -> Iterator[CurrentText]:
    listed = [one.id for one in sources.list_sources(conn)] if source is None else [source]
    return (sources.current_text(conn, one) for one in listed)


def _in_words(kind: str | None) -> str:
    return "as it was found" if kind is None else "plain speech" if kind == marked.PLAIN_SPEECH else f"a mark: {kind}"
