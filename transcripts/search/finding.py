"""Searching: candidates from the index of words in the order of sources, places found in the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from sqlalchemy import Connection, select

from store.driver import ask_driver
from store.schema import turns
from store.sqlite_search import FoundTurn, count_turns, find_turns
from transcripts.conventions.marked import version_marks
from transcripts.conventions.marks import spoken_text
from transcripts.search.coded import CodedPlaces, count_codings
from transcripts.search.filters import Filters, Place, Voices, searched
from transcripts.search.forms import forms_of
from transcripts.search.matching import Match, Matcher
from transcripts.search.patterns import PatternMatcher, pattern_in
from transcripts.search.query import All, Any, But, Query, parse, wanted_in
from transcripts.search.records import HitCounts

Within = Literal["turn", "source"]
"""Where all words of a search must occur: in one turn, or anywhere in a source."""

_BODY = "SELECT body FROM texts WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to search. ``exact``: words as typed; ``regex``: an expression and no words; ``leave_out``: kinds of marks
    (``schema.MARK_KINDS``) whose text is passed over, as if it were not there.
    """

    exact: bool = False
    regex: bool = False
    within: Within = "turn"
    leave_out: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A match and where it is; ``text`` is the whole text of the source."""

    place: Place
    turn: FoundTurn
    match: Match
    text: str


class _Words:
    """A search for words: the index says which turns, the matcher where in them."""

    def __init__(self, conn: Connection, matcher: Matcher, manner: Manner) -> None:
        self._conn = conn
        self._matcher = matcher
        self._sought, self.is_sure = matcher.sought(words_alone=bool(manner.leave_out))

    def turns(self, searched: Sequence[Place], voices: Voices | None) -> Iterator[tuple[Place, FoundTurn]]:
        for block in _blocks(searched):
            place_of = {place.version_id: place for place in block}
            for turn in find_turns(self._conn, self._sought, block[0].first_turn, block[-1].last_turn):
                if voices is None or voices.speak(turn.version_id, turn.speaker_id):
                    yield place_of[turn.version_id], turn

    def count(self, searched: Sequence[Place], voices: Voices | None) -> dict[int, int]:
        """How many turns of each version the index has; a sure number only where the search ``is_sure``."""
        counts: dict[int, int] = {}
        for block in _blocks(searched):
            found = count_turns(self._conn, self._sought, block[0].first_turn, block[-1].last_turn)
            for version_id, speaker_id, count in found:
                if voices is None or voices.speak(version_id, speaker_id):
                    counts[version_id] = counts.get(version_id, 0) + count
        return counts

    def matches(self, _source: str, text: str, start: int, end: int) -> list[Match]:
        return self._matcher.matches(text, start, end)


class _Pattern:
    """A search for a regular expression: every turn is looked at."""

    is_sure = False

    def __init__(self, conn: Connection, typed: str) -> None:
        self._conn = conn
        self.matches = PatternMatcher(typed).matches

    def turns(self, searched: Sequence[Place], voices: Voices | None) -> Iterator[tuple[Place, FoundTurn]]:
        columns = ("id", "version_id", "number", "speech_start", "end", "speaker_id")
        query = select(*(turns.c[name] for name in columns)).order_by(turns.c.number)
        for place in searched:
            for row in self._conn.execute(query.where(turns.c.version_id == place.version_id)):
                turn = FoundTurn(*row)
                if voices is None or voices.speak(turn.version_id, turn.speaker_id):
                    yield place, turn


class Search:
    """One search in a study as it stands, which must have its index."""

    def __init__(self, conn: Connection, typed: str, filters: Filters, manner: Manner) -> None:
        """Raises BadQuery: what was typed cannot be read."""
        self._conn = conn
        self._filters = filters
        self._manner = manner
        self._coded = CodedPlaces(conn)
        pattern = typed if manner.regex else pattern_in(typed)
        query = parse(typed, exact=manner.exact) if pattern is None else None
        self._searched: Sequence[Place]
        self._searched, self._voices = searched(conn, filters)
        if query is None:
            self._asked: _Words | _Pattern = _Pattern(conn, pattern or "")
            return
        self._forms = forms_of(conn, query)
        if manner.within == "source":
            having = self._versions_with(query)
            self._searched = [place for place in self._searched if place.version_id in having]
            query = Any(tuple(wanted_in(query)))
        self._asked = self._words(query)

    def found(self) -> Iterator[Found]:
        """Every match, in the order of sources and texts, looked for when it is asked for.

        Raises:
            InputError: a regular expression takes too long.
        """
        for place, of_place in groupby(self._asked.turns(self._searched, self._voices), key=itemgetter(0)):
            text = self._body(place)
            looked_at = self._looked_at(place, text)
            for _, turn in of_place:
                for match in self._asked.matches(place.source, looked_at, turn.speech_start, turn.end):
                    if self._passes(place, match):
                        yield Found(place, turn, match, text)

    def counts(self) -> HitCounts:
        """In how many turns and sources there are matches. Raises InputError as :meth:`found` does."""
        if isinstance(self._asked, _Words) and self._asked.is_sure and not self._filters.look_at_codings:
            in_version = self._asked.count(self._searched, self._voices)
            return HitCounts(sum(in_version.values()), len(in_version))
        in_turns = {(found.place.source_id, found.turn.id) for found in self.found()}
        return HitCounts(len(in_turns), len({source_id for source_id, _ in in_turns}))

    def codings_at(self, found: Sequence[Found]) -> list[int]:
        """How many codings have text in common with each match."""
        return [count_codings(self._conn, one.place.version_id, one.match.span) for one in found]

    def _passes(self, place: Place, match: Match) -> bool:
        if not self._filters.look_at_codings:
            return True
        codes = self._coded.codes_at(place.version_id, match.span)
        return self._filters.coded in (None, bool(codes)) and (
            self._filters.codes is None or not self._filters.codes.isdisjoint(codes)
        )

    def _words(self, query: Query) -> _Words:
        return _Words(self._conn, Matcher(query, self._forms), self._manner)

    def _body(self, place: Place) -> str:
        with closing(ask_driver(self._conn, _BODY, (place.text_id,))) as found:
            return str(found.fetchone()[0])

    def _looked_at(self, place: Place, text: str) -> str:
        """The text with space in place of what is passed over, so that all positions are the same."""
        if not self._manner.leave_out:
            return text
        return spoken_text(text, version_marks(self._conn, place.version_id), self._manner.leave_out)

    def _versions_with(self, query: Query) -> set[int]:
        """The source versions in which a query holds, wherever in them its words are."""
        match query:
            case All(parts):
                return set.intersection(*map(self._versions_with, parts))
            case Any(parts):
                return set.union(*map(self._versions_with, parts))
            case But(wanted, unwanted):
                return self._versions_with(wanted) - self._versions_with(unwanted)
            case _:
                return self._versions_with_term(self._words(query))

    def _versions_with_term(self, words: _Words) -> set[int]:
        if words.is_sure:
            return set(words.count(self._searched, self._voices))
        having = set()
        for place, turn in words.turns(self._searched, self._voices):
            if place.version_id not in having:
                text = self._looked_at(place, self._body(place))
                if words.matches(place.source, text, turn.speech_start, turn.end):
                    having.add(place.version_id)
        return having


def _blocks(searched: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """Places that follow each other, and whose turns do so too: each block is asked for at once."""
    start = 0
    for end, (before, after) in enumerate(pairwise(searched), start=1):
        if after.first_turn != before.last_turn + 1:
            yield searched[start:end]
            start = end
    if searched:
        yield searched[start:]
