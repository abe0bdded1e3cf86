"""Where in a turn a query holds, word by word: the law of search, of which the index is only the fast half."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from store.sqlite_search import AllOf, AnyOf, Close, Run, Sought, Without
from store.words import SpokenPart
from transcripts.records import Span
from transcripts.search.query import All, Any, But, Near, Query, Term

Forms = dict[str, frozenset[str]]
"""The forms that a word of a query may have in the texts, itself among them."""


MOST_CHOICES = 100
"""How many choices of forms a NEAR is asked of the index in; with more it is asked for the words alone."""


class Stretch(NamedTuple):
    """Words of a turn by their numbers, both included; ``words`` are those among them that were asked for."""

    first: int
    last: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a query holds, in code points, and the places of the words in it that were asked for."""

    span: Span
    terms: tuple[Span, ...]


class Matcher:
    """A query with the forms of its words."""

    def __init__(self, query: Query, forms: Forms) -> None:
        self._query = query
        self._forms = forms

    def matches(self, text: str, start: int, end: int) -> list[Match]:
        """All matches between two positions, in order. Of those that overlap the one begun first is taken."""
        spoken = SpokenPart(text, start, end)
        found = _apart(_Turn(spoken.words, self._forms).stretches(self._query))
        if not found:
            return []
        places = spoken.places(found[-1].last)
        return [
            Match(Span(places[one.first][0], places[one.last][1]), tuple(Span(*places[n]) for n in one.words))
            for one in found
        ]

    def sought(self, *, words_alone: bool = False) -> tuple[Sought, bool]:
        """What to ask the index for, and whether a turn that has it is sure to match.

        With ``words_alone`` nothing is asked of the order of words, nor that any are not there: for texts of which
        the index knows more words than are looked at.
        """
        return self._of(self._query, words_alone)

    def _of(self, query: Query, words_alone: bool) -> tuple[Sought, bool]:
        match query:
            case Term():
                return self._of_term(query, words_alone), not words_alone
            case Near():
                return self._of_near(query, words_alone), False
            case All(parts) | Any(parts):
                made, sure = zip(*(self._of(part, words_alone) for part in parts), strict=True)
                return (AllOf if isinstance(query, All) else AnyOf)(made), all(sure)
            case But(wanted, unwanted):
                sought, is_sure = self._of(wanted, words_alone)
                left_out, also_sure = self._of(unwanted, words_alone)
                # Turns that only may have the unwanted must be looked at.
                return (Without(sought, left_out) if also_sure else sought), is_sure and also_sure

    def _of_near(self, near: Near, words_alone: bool) -> Sought:
        """The index has no choice of words in a NEAR, so each choice is one, unless there are too many."""
        forms = [sorted(self._forms[term.words[0]]) if term.any_form else () for term in near.terms]
        if words_alone or math.prod(len(choice) or 1 for choice in forms) > MOST_CHOICES:
            return AllOf(tuple(self._of_term(term, words_alone) for term in near.terms))
        runs = [
            [Run((form,)) for form in choice] if term.any_form else [Run(term.words, term.prefix)]
            for term, choice in zip(near.terms, forms, strict=True)
        ]
        return AnyOf(tuple(Close(chosen, near.within) for chosen in product(*runs)))

    def _of_term(self, term: Term, words_alone: bool) -> Sought:
        if term.any_form:
            return AnyOf(tuple(Run((form,)) for form in sorted(self._forms[term.words[0]])))
        if not words_alone:
            return Run(term.words, term.prefix)
        *whole, last = term.words
        return AllOf((*(Run((word,)) for word in whole), Run((last,), term.prefix)))


class _Turn:
    """The words of one turn, by their numbers."""

    def __init__(self, words: list[str], forms: Forms) -> None:
        self._words, self._forms = words, forms

    def stretches(self, query: Query) -> list[Stretch]:
        match query:
            case Term():
                return self._term(query)
            case Near(terms, within):
                return _near([self._term(term) for term in terms], within)
            case All(parts):
                return _shortest([self.stretches(part) for part in parts])
            case Any(parts):
                return [stretch for part in parts for stretch in self.stretches(part)]
            case But(wanted, unwanted):
                return [] if self.stretches(unwanted) else self.stretches(wanted)

    def _term(self, term: Term) -> list[Stretch]:
        first, more = term.words[0], len(term.words) - 1
        if term.any_form:
            forms = self._forms[first]
            return [Stretch(n, n, (n,)) for n, word in enumerate(self._words) if word in forms]
        if term.prefix and more == 0:
            return [Stretch(n, n, (n,)) for n, word in enumerate(self._words) if word.startswith(first)]
        starts = [n for n, word in enumerate(self._words) if word == first]
        return [Stretch(n, n + more, tuple(range(n, n + more + 1))) for n in starts if self._stands(term, n)]

    def _stands(self, term: Term, first: int) -> bool:
        found = self._words[first : first + len(term.words)]
        *whole, last = term.words
        if len(found) < len(term.words) or found[:-1] != whole:
            return False
        return found[-1].startswith(last) if term.prefix else found[-1] == last


def _near(places: list[list[Stretch]], within: int) -> list[Stretch]:
    """Stretches with one of each, where between the end of each and the beginning of the last few words stand."""
    found = []
    for last in sorted({stretch for of_one in places for stretch in of_one}):
        chosen = [_nearest_before(of_one, last.first) for of_one in places]
        if all(one is not None and last.first - one.last - 1 <= within for one in chosen):
            found.append(_joined([last, *(one for one in chosen if one is not None)]))
    return _innermost(found)


def _nearest_before(places: Iterable[Stretch], first: int) -> Stretch | None:
    """The one that begins last, of those that begin no later than a word."""
    return max((one for one in places if one.first <= first), default=None, key=lambda one: one.first)


def _shortest(places: list[list[Stretch]]) -> list[Stretch]:
    """The stretches with one of each in which no shorter one lies (Clarke, Cormack and Burkowski 1995)."""
    newest: list[Stretch | None] = [None] * len(places)
    found: list[Stretch] = []
    for part, stretch in sorted(
        ((part, stretch) for part, of_one in enumerate(places) for stretch in of_one), key=lambda one: one[1].last
    ):
        present = newest[part]
        if present is None or stretch.first >= present.first:
            newest[part] = stretch
        chosen = [one for one in newest if one is not None]
        if len(chosen) == len(places):
            found.append(_joined(chosen))
    return _innermost(found)


def _innermost(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Those in which no other one lies, in order."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: (one.last, -one.first)):
        if not kept or stretch.first > kept[-1].first:
            kept.append(stretch)
    return kept


def _joined(parts: Sequence[Stretch]) -> Stretch:
    words = tuple(sorted({number for part in parts for number in part.words}))
    return Stretch(min(part.first for part in parts), max(part.last for part in parts), words)


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: (one.first, -one.last)):
        if not kept or stretch.first > kept[-1].last:
            kept.append(stretch)
    return kept
