"""Which places of the texts are coded, for searches that ask."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing

from sqlalchemy import Connection, select

from store.driver import ask_driver
from store.schema import codings, excerpts
from transcripts.records import Span

_COUNT = """
SELECT count(*) FROM excerpts JOIN codings ON codings.excerpt_id = excerpts.id
WHERE excerpts.version_id = ? AND excerpts."end" > ? AND excerpts.start < ?
"""


def count_codings(conn: Connection, version_id: int, place: Span) -> int:
    """How many codings have text in common with a place of a source version."""
    with closing(ask_driver(conn, _COUNT, (version_id, *place))) as found:
        return int(found.fetchone()[0])


class CodedPlaces:
    """The codings of source versions, read when a version is first asked about."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._of_version: dict[int, list[tuple[Span, int]]] = {}

    def read(self, version_ids: Collection[int]) -> None:
        """Read the codings of versions at once, where many will be asked about."""
        query = (
            select(excerpts.c.version_id, excerpts.c.start, excerpts.c.end, codings.c.code_id)
            .join(codings, codings.c.excerpt_id == excerpts.c.id)
            .where(excerpts.c.version_id.in_(version_ids))
        )
        self._of_version |= {version_id: [] for version_id in version_ids}
        for version_id, start, end, code_id in self._conn.execute(query):
            self._of_version[version_id].append((Span(start, end), code_id))

    def codes_at(self, version_id: int, place: Span) -> list[int]:
        """The code of every coding that has text in common with a place."""
        if version_id not in self._of_version:
            self.read([version_id])
        coded = self._of_version[version_id]
        return [code_id for span, code_id in coded if span.start < place.end and place.start < span.end]
