"""Where codes stand together in the texts: the stretches that bear several codes, and the overlaps of all pairs.

A stretch of a code is a run of text that bears it without a gap, however many codings and coders it has it from; so
each place is counted once. The stretches of a text are passed from its beginning to its end (a sweep), with only those
held that have not ended: what a database would compare all with all is done in one reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import itemgetter

from sqlalchemy import Connection, select

from codebook.codes import find_code, list_codes
from store.driver import ask_driver
from store.errors import InputError
from store.schema import source_versions, sources, texts

_CURRENT = (
    select(source_versions.c.id, source_versions.c.source_id, source_versions.c.text_id, sources.c.name)
    .join(sources, sources.c.id == source_versions.c.source_id)
    .where(source_versions.c.is_current)
    .order_by(sources.c.position, sources.c.id)
)
_CODED = """
SELECT excerpts.version_id, excerpts.start, excerpts."end", codings.code_id
FROM excerpts JOIN codings ON codings.excerpt_id = excerpts.id
WHERE excerpts.version_id IN (SELECT id FROM source_versions WHERE is_current){}
ORDER BY excerpts.version_id, excerpts.start
"""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two codes in the order of the code frame: in how many places, and code points, they stand together."""

    code: str
    other: str
    places: int
    characters: int


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A stretch of a source that bears all codes asked for; ``start`` and ``end`` in code points, end exclusive."""

    source_id: int
    source: str
    start: int
    end: int
    quote: str


_Stretch = list[int]
"""Start, end and code id; a list and no record, because a large study has hundreds of thousands."""


def overlaps(conn: Connection) -> list[Overlap]:
    """Every two codes that stand together somewhere in the current texts; in the order of the code frame."""
    places: dict[tuple[int, int], int] = {}
    characters: dict[tuple[int, int], int] = {}
    for _, stretches in _stretches(conn):
        for code_id, other_id, shared in _shared(stretches):
            pair = (code_id, other_id) if code_id < other_id else (other_id, code_id)
            places[pair] = places.get(pair, 0) + 1
            characters[pair] = characters.get(pair, 0) + shared
    names = {code.id: code.name for code in list_codes(conn)}
    pairs = combinations(names, 2)  # each as the code frame has it, whichever came first in a text
    found = [(one, other, (one, other) if one < other else (other, one)) for one, other in pairs]
    return [Overlap(names[one], names[other], places[p], characters[p]) for one, other, p in found if p in places]


def coded_with(conn: Connection, names: Sequence[str | int]) -> list[SharedPassage]:
    """The stretches of the current texts that bear every one of these codes, by source and place.

    Raises:
        UnknownName: there is no such code.
        InputError: no code is named.
    """
    wanted = list(dict.fromkeys(find_code(conn, name) for name in names))
    if not wanted:
        raise InputError("Name the codes that a passage should have.", "For example '#1 M' and '#1 O'.")
    found = {version_id: _with_all(stretches, wanted) for version_id, stretches in _stretches(conn, wanted)}
    return [
        SharedPassage(row.source_id, row.name, start, end, body[start:end])
        for row in conn.execute(_CURRENT)
        if found.get(row.id)
        for body in conn.scalars(select(texts.c.body).where(texts.c.id == row.text_id))
        for start, end in found[row.id]
    ]


def _stretches(conn: Connection, code_ids: Sequence[int] = ()) -> Iterator[tuple[int, list[_Stretch]]]:
    """The stretches of each current text that has any, by their starts; of these codes, or of all."""
    asked = f" AND codings.code_id IN ({', '.join('?' * len(code_ids))})" if code_ids else ""
    with closing(ask_driver(conn, _CODED.format(asked), code_ids)) as rows:
        for version_id, coded in groupby(rows, key=itemgetter(0)):
            yield version_id, _joined(coded)


def _joined(rows: Iterable[Sequence[int]]) -> list[_Stretch]:
    """Passages of one text by their starts, with those of one code that overlap or touch made one."""
    last: dict[int, _Stretch] = {}
    stretches = []
    for _, start, end, code_id in rows:
        before = last.get(code_id)
        if before is not None and start <= before[1]:
            before[1] = max(before[1], end)
        else:
            last[code_id] = made = [start, end, code_id]
            stretches.append(made)
    return stretches


def _shared(stretches: Iterable[_Stretch]) -> Iterator[tuple[int, int, int]]:
    """Every two stretches that overlap: their codes, and how many code points they share."""
    still: list[_Stretch] = []
    reach = 0  # where the last of those that are still there ends
    for stretch in stretches:
        start, end, code_id = stretch
        if start >= reach:  # nothing is there any more: so it is for every second one
            still, reach = [stretch], end
            continue
        still = [other for other in still if other[1] > start]
        for _, other_end, other_id in still:
            yield other_id, code_id, (other_end if other_end < end else end) - start
        still.append(stretch)
        if end > reach:
            reach = end


def _with_all(stretches: Sequence[_Stretch], code_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Where the stretches of all codes overlap."""
    first, *others = ([(start, end) for start, end, code in stretches if code == code_id] for code_id in code_ids)
    for other in others:
        first = list(_common(first, other))
    return first


def _common(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where two rows of spans overlap, each row in order and without overlaps of its own."""
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            yield start, end
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
