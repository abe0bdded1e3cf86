"""Search in all sources, and coding what it finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, select

from cmo.front.base import Front
from store import schema
from store.errors import BadPosition, InputError
from store.rooms import Room
from store.work import Work
from transcripts.language.sentences import unpack_sentences

if TYPE_CHECKING:
    from cmo import search_filters
    from codebook import codes, codings
    from codebook.records import Coding
    from transcripts import sources
    from transcripts.search import finding, indexing, records, showing
    from transcripts.search.finding import Within
    from transcripts.search.indexing import Progress
    from transcripts.search.records import Hit, Hits
else:
    codes = Room("codebook.codes")
    codings = Room("codebook.codings")
    finding = Room("transcripts.search.finding")
    indexing = Room("transcripts.search.indexing")
    records = Room("transcripts.search.records")
    search_filters = Room("cmo.search_filters")
    showing = Room("transcripts.search.showing")
    sources = Room("transcripts.sources")

CONTEXT = 60
"""Code points shown before and after a hit where nobody says."""
Passage = Literal["words", "sentence", "turn"]
"""What of a hit is coded: its own words, the sentences they stand in, or the whole turn."""


class SearchCalls(Front):
    def search(
        self,
        query: str,
        where: Mapping[str, str | None] | None = None,
        *,
        exact: bool = False,
        regex: bool = False,
        within: Within = "turn",
        coded: bool | None = None,
        asks: bool | None = None,
        leave_out: Collection[str] = (),
        limit: int = 50,
        offset: int = 0,
        context: int = CONTEXT,
        count: bool = False,
        progress: Progress | None = None,
    ) -> Hits:
        """Hits in all sources, in the order of sources and texts; ``docs/search.md`` describes the query.

        ``where`` maps what a hit must belong to (source, kind, round, case, role, speaker, participant, code, point,
        ``attribute:NAME``) to a label, or to None for what has none. ``coded`` wants hits on coded text (True) or on
        text that nobody has coded (False); ``asks`` wants what interviewers say, or what all others do. ``leave_out``
        are kinds of marks that are passed over, such as ``schema.MARK_KINDS``. ``context`` is in code points. With
        ``count`` all turns that have a hit are counted as well, which can take longer. A study of an older cmo gets
        its index first, which ``progress`` is told of.

        Raises:
            BadQuery: the query cannot be read; it says at which character.
            UnknownName: the study has no such source, case, ...
            InputError: there is no such kind of mark, or a regular expression takes too long.
        """
        with self._indexed(progress) as conn:
            filters = search_filters.search_filters(conn, where or {}, coded=coded, asks=asks)
            search = finding.Search(conn, query, filters, finding.Manner(exact, regex, within, _mark_kinds(leave_out)))
            found = list(islice(search.found(), offset, offset + limit + 1))
            hits = tuple(showing.hits_of(conn, search, found[:limit], context))
            return records.Hits(hits, len(found) > limit, search.counts() if count else None)

    def rebuild_search(self, progress: Progress | None = None) -> int:
        """Make the index of words anew from the texts; return the number of turns in it. It is no act.

        Raises:
            StudyBusy, StudyReadOnly, StudyFull: the index is as it was.
        """
        with self._act("index") as work:
            return indexing.index_all(work, progress)

    def code_hits(self, hits: Iterable[Hit], code: str | int, *, passage: Passage = "words") -> list[Coding]:
        """Give hits a code, all in one act. Hits in the same passage share one coding, which comes once.

        Raises:
            UnknownName: there is no such code, or a source has been removed since.
            BadPosition: a source has another text now; search again. Nothing is coded.
        """
        with self._act("code hits") as work:
            code_id = codes.find_code(work.conn, code)
            spans = dict.fromkeys((hit.source_id, *_passage(work, hit, passage)) for hit in hits)
            added = dict.fromkeys(_add(work, *span, code_id) for span in spans)
            made = [codings.get_coding(work.conn, coding_id, self.coder) for coding_id in added]
            if made:
                work.summary = f"code {made[0].code} on {len(made)} passages found by a search"
            return made

    @contextmanager
    def _indexed(self, progress: Progress | None) -> Iterator[Connection]:
        """A connection to read with, to a study that has its index."""
        with self.file.read() as conn:
            if indexing.is_indexed(conn):
                yield conn
                return
        self.rebuild_search(progress)
        with self.file.read() as conn:
            yield conn


def _add(work: Work, source_id: int, start: int, end: int, code_id: int) -> int:
    found = sources.current_text(work.conn, source_id)
    return codings.add_coding(work, found.version_id, found.text, start, end, code_id)


def _passage(work: Work, hit: Hit, passage: Passage) -> tuple[int, int]:
    """What to code of a hit, in code points."""
    found = sources.current_text(work.conn, hit.source_id)
    if found.version_id != hit.version_id or found.text[hit.start : hit.end] != hit.words:
        raise BadPosition(f"'{found.name}' has another text than when it was searched.", "Search again.")
    if passage == "turn":
        turns = schema.turns
        here = select(turns.c.speech_start, turns.c.end).where(turns.c.version_id == hit.version_id)
        start, end = work.conn.execute(here.where(turns.c.number == hit.turn)).one()
        return start, end
    if passage == "sentence":
        versions = schema.source_versions
        packed = work.conn.scalars(select(versions.c.sentences).where(versions.c.id == hit.version_id)).one()
        touched = [s for s in unpack_sentences(packed) if s.start < hit.end and hit.start < s.end]
        return min(hit.start, touched[0].start), max(hit.end, touched[-1].end)
    return hit.start, hit.end


def _mark_kinds(names: Collection[str]) -> frozenset[str]:
    """Raises InputError: there is no such kind of mark."""
    unknown = ", ".join(f"'{name}'" for name in names if name not in schema.MARK_KINDS)
    if unknown:
        raise InputError(f"There are no marks of the kind {unknown}.", f"Kinds are {', '.join(schema.MARK_KINDS)}.")
    return frozenset(names)
