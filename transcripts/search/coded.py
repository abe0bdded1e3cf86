"""Which places of the texts are coded, for searches that ask."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Integer, bindparam, func, select

from store.schema import codings, excerpts
from transcripts.records import Span


_GIVEN = func.json_each(bindparam("places")).table_valued("key", "value")
_PLACES = select(
    _GIVEN.c.key.label("number"),
    *(
        func.json_extract(_GIVEN.c.value, f"$[{column}]", type_=Integer).label(name)
        for column, name in enumerate(("version_id", "start", "end"))
    ),
).cte("places")
_COUNT = (
    select(func.count())
    .select_from(excerpts.join(codings, codings.c.excerpt_id == excerpts.c.id))
    .where(
        excerpts.c.version_id == _PLACES.c.version_id,
        excerpts.c.start < _PLACES.c.end,
        excerpts.c.end > _PLACES.c.start,
    )
    .correlate(_PLACES)
    .scalar_subquery()
)
_COUNTS = select(_COUNT).select_from(_PLACES).order_by(_PLACES.c.number)


def count_codings(conn: Connection, places: Sequence[tuple[int, Span]]) -> list[int]:
    """How many codings have text in common with each place of a source version."""
    given = json.dumps([[version_id, *place] for version_id, place in places])
    return list(conn.scalars(_COUNTS, {"places": given}))


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
