"""Passages like some words: plain text similarity, to find what to read next.

Words are taken by their lemmas, without the small words of a language. A word weighs by how much of what was said has
it and by how rare it is among all turns (TF-IDF: Spärck Jones 1972). The index of words gives the turns that come
nearest (BM25: Robertson and Zaragoza 2009); of each, the passage of at most three sentences is taken that has most of
the weight. `docs/audit.md` says how often it finds what people had coded; cosines, and BM25 over passages, did about as
well on an earlier demo and are harder to explain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from math import log, sqrt
from typing import NamedTuple

from sqlalchemy import Connection, select

from store.schema import source_versions, sources, texts, words
from store.sqlite_search import AnyOf, FoundTurn, Run, count_indexed, count_with, nearest_turns
from store.words import words_of
from transcripts.columns import Spans
from transcripts.language.language_words import SMALL_WORDS
from transcripts.language.lemmas import lemma_of
from transcripts.language.sentences import unpack_sentences
from transcripts.records import Span
from transcripts.search.coded import CodedPlaces

MOST_SENTENCES = 3
"""Sentences in one passage."""
MOST_SHARED = 5
_MOST_LEMMAS = 200
_ASKED_LEMMAS = 32
_CANDIDATES = 200
_MOST_VALUES = 500

Weights = Mapping[str, float]
"""What words weigh, by lemma; all together 1."""


class Said(NamedTuple):
    """Words that others are to be like, and their language."""

    text: str
    language: str


class Similar(NamedTuple):
    """An uncoded passage of a turn; ``span`` is in code points. ``score`` is the share (0 to 1) of the weight of what
    was asked about that the passage has, ``shared`` are its weightiest words as they stand there, in small letters.
    """

    turn: FoundTurn
    span: Span
    text: str
    score: float
    shared: tuple[str, ...]


class _Version(NamedTuple):
    id: int
    language: str
    text: str
    sentences: Spans


def similar_passages(conn: Connection, said: Sequence[Said], limit: int) -> list[Similar]:
    """The passages that nobody has coded and that come nearest to what was said, the nearest first.

    What interviewers say is left out, and of each turn one passage is given. The study must have its index of words.
    """
    lemmas = _Lemmas(conn)
    weights = lemmas.weights(said)
    asked = sorted(weights, key=lambda lemma: (-weights[lemma], lemma))[:_ASKED_LEMMAS]
    forms = sorted({form for lemma in asked for form in lemmas.forms(lemma)})
    if not forms:
        return []
    turns = nearest_turns(conn, _any_of(forms), _CANDIDATES)
    found = [passage for passage in _nearest(conn, turns, weights, lemmas) if passage.score > 0]
    return sorted(found, key=lambda passage: (-passage.score, passage.turn.id))[:limit]


class _Lemmas:
    """The lemmas of a study's words, and how rare each is among all its turns."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._turns = count_indexed(conn)
        self._lemmas: dict[tuple[str, str], str] = {}
        self._forms: dict[str, list[str]] = {}

    def weights(self, said: Sequence[Said]) -> Weights:
        """What the words weigh that most of what was said has in common; nothing said counts more for being long."""
        spoken = [(language, _telling(language, text)) for text, language in said]
        for language in {one.language for one in said}:  # at once: quotes are many, and most words stand in several
            self._look_up(language, {form for of, forms in spoken if of == language for form in forms})
        counted = [Counter(self._lemmas[language, form] for form in forms) for language, forms in spoken]
        common = Counter(lemma for counts in counted for lemma in counts)
        kept = sorted(common, key=lambda lemma: (-common[lemma], lemma))[:_MOST_LEMMAS]
        rarity = {lemma: self._rarity(lemma) for lemma in kept}
        total: dict[str, float] = defaultdict(float)
        for counts in counted:
            weighed = {lemma: (1 + log(count)) * rarity[lemma] for lemma, count in counts.items() if rarity.get(lemma)}
            length = sqrt(sum(weight * weight for weight in weighed.values()))
            for lemma, weight in weighed.items():
                total[lemma] += weight / length * rarity[lemma]
        whole = sum(total.values())
        return {lemma: weight / whole for lemma, weight in total.items()}

    def of(self, language: str, text: str) -> list[tuple[str, str]]:
        """The lemma and the form of each telling word of a text."""
        forms = _telling(language, text)
        self._look_up(language, set(forms))
        return [(self._lemmas[language, form], form) for form in forms]

    def forms(self, lemma: str) -> list[str]:
        """All forms of a lemma that were met in the texts, in any language."""
        if lemma not in self._forms:
            met = self._conn.scalars(select(words.c.form).where(words.c.lemma == lemma).distinct())
            self._forms[lemma] = sorted({*words_of(lemma), *met})
        return self._forms[lemma]

    def _rarity(self, lemma: str) -> float:
        """The logarithm of how many times more turns there are than such that have a form of it."""
        return max(log((1 + self._turns) / (1 + count_with(self._conn, _any_of(self.forms(lemma))))), 0.0)

    def _look_up(self, language: str, forms: Collection[str]) -> None:
        new = [form for form in forms if (language, form) not in self._lemmas]
        query = select(words.c.form, words.c.lemma).where(words.c.language == language)
        for first in range(0, len(new), _MOST_VALUES):
            for form, lemma in self._conn.execute(query.where(words.c.form.in_(new[first : first + _MOST_VALUES]))):
                self._lemmas[language, form] = lemma
        for form in new:  # nobody said it in this form, as a word of the theory: the dictionary may know others
            if (language, form) not in self._lemmas:
                self._lemmas[language, form] = lemma_of(form, language)


def _nearest(conn: Connection, turns: Sequence[FoundTurn], weights: Weights, lemmas: _Lemmas) -> Iterator[Similar]:
    """The nearest uncoded passage of each turn that has any."""
    coded = CodedPlaces(conn)
    coded.read({turn.version_id for turn in turns})
    by_version = sorted(turns, key=lambda turn: (turn.version_id, turn.number))
    for version_id, of_version in groupby(by_version, key=lambda turn: turn.version_id):
        version = _version(conn, version_id)
        for turn in of_version:
            passages = [_likened(turn, span, version, weights, lemmas) for span in _passages(version, turn, coded)]
            if passages:
                yield max(passages, key=lambda passage: passage.score)


def _passages(version: _Version, turn: FoundTurn, coded: CodedPlaces) -> Iterator[Span]:
    """Every run of at most three sentences of a turn with no coded one among them, the longest from each place."""
    starts = slice(*(bisect_left(version.sentences.starts, place) for place in (turn.speech_start, turn.end)))
    run: list[Span] = []
    for sentence in reversed(version.sentences[starts]):
        run = [] if coded.codes_at(version.id, sentence) else [sentence, *run[: MOST_SENTENCES - 1]]
        if run:
            yield Span(run[0].start, run[-1].end)


def _likened(turn: FoundTurn, span: Span, version: _Version, weights: Weights, lemmas: _Lemmas) -> Similar:
    text = version.text[span.start : span.end]
    shared: dict[str, str] = {}
    for lemma, form in lemmas.of(version.language, text):
        if lemma in weights:
            shared.setdefault(lemma, form)
    best = sorted(shared, key=lambda lemma: (-weights[lemma], lemma))[:MOST_SHARED]
    score = sum(weights[lemma] for lemma in shared)
    return Similar(turn, span, text, round(min(score, 1.0), 4), tuple(shared[lemma] for lemma in best))


def _version(conn: Connection, version_id: int) -> _Version:
    query = (
        select(source_versions.c.id, sources.c.language, texts.c.body, source_versions.c.sentences)
        .join(sources, sources.c.id == source_versions.c.source_id)
        .join(texts, texts.c.id == source_versions.c.text_id)
    )
    found, language, text, packed = conn.execute(query.where(source_versions.c.id == version_id)).one()
    return _Version(found, language, text, unpack_sentences(packed))


def _any_of(forms: Iterable[str]) -> AnyOf:
    return AnyOf(tuple(Run((form,)) for form in forms))


def _telling(language: str, text: str) -> list[str]:
    """The words of a text without small words, single letters and numbers."""
    small = _small_words(language)
    return [form for form in words_of(text) if form not in small and len(form) > 1 and not form.isdecimal()]


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(words_of(SMALL_WORDS.get(language, "")))
