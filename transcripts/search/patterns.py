"""Regular expressions over speech, within a bounded time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from store.errors import BadQuery, InputError
from transcripts.records import Span
from transcripts.search.matching import Match
from transcripts.search.query import LONGEST_QUERY
from transcripts.text import normalise

if TYPE_CHECKING:
    from regex import Pattern

SECONDS_A_SOURCE = 2.0
"""How long an expression may take over one source; honest ones take milliseconds."""


def pattern_in(typed: str) -> str | None:
    """The expression in ``/.../``; None where the search is no such thing."""
    stripped = typed.strip()
    return stripped[1:-1] if len(stripped) > 2 and stripped[0] == stripped[-1] == "/" else None


class PatternMatcher:
    """A regular expression, in capitals or not, held against one turn's speech at a time."""

    def __init__(self, typed: str) -> None:
        """Raises BadQuery: this is no regular expression."""
        import regex

        text = normalise(typed)
        if not text.strip():
            raise BadQuery("There is no expression to look for.", 0)
        if len(text) > LONGEST_QUERY:
            raise BadQuery(f"An expression has at most {LONGEST_QUERY} characters.", LONGEST_QUERY)
        try:
            self._pattern: Pattern[str] = regex.compile(text, regex.IGNORECASE)
        except regex.error as exc:
            raise BadQuery(f"This is no regular expression ({exc}).", getattr(exc, "pos", None) or 0) from exc
        self._source = ""
        self._left = SECONDS_A_SOURCE

    def matches(self, source: str, text: str, start: int, end: int) -> list[Match]:
        """All matches between two positions; ``^`` and ``$`` are these.

        Raises:
            InputError: the expression has taken too long over this source.
        """
        if source != self._source:
            self._source, self._left = source, SECONDS_A_SOURCE
        began = time.monotonic()
        try:
            found = list(self._pattern.finditer(text[start:end], timeout=self._left))
        except TimeoutError as exc:
            cure = "Nested repeats such as (a+)+ take for ever; write it simpler, or search for words."
            raise InputError(f"The expression takes too long in '{source}'.", cure) from exc
        self._left = max(self._left - (time.monotonic() - began), 0.001)
        spans = [Span(start + match.start(), start + match.end()) for match in found if match.end() > match.start()]
        return [Match(span, (span,)) for span in spans]
