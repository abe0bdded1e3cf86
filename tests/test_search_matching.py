"""Where in a turn a search holds, against a plain definition: try every stretch of words."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from store.words import SpokenPart, words_of
from transcripts.search.matching import Forms, Matcher
from transcripts.search.query import All, Any, But, Near, Query, Term

FORMS: Forms = {"gå": frozenset({"gå", "gik"}), "a": frozenset({"a"}), "å": frozenset({"å", "åer"})}
WORDS = st.sampled_from(["a", "å", "Å", "åer", "gå", "gik", "b", "ab"])
GAPS = st.sampled_from([" ", ", ", "\n", " 😀", "-", "_", " – "])
texts = st.lists(st.tuples(WORDS, GAPS), max_size=14).map(lambda pairs: "".join(map("".join, pairs)))
terms = st.one_of(
    st.sampled_from(sorted(FORMS)).map(lambda word: Term((word,), any_form=True)),
    st.builds(Term, st.lists(WORDS.map(str.lower), min_size=1, max_size=2).map(tuple), st.booleans()),
)
nears = st.builds(Near, st.lists(terms, min_size=2, max_size=3).map(tuple), st.integers(0, 3))
queries: st.SearchStrategy[Query] = st.recursive(
    st.one_of(terms, nears),
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(But, inner, inner),
    ),
    max_leaves=4,
)


def occurrences(term: Term, words: list[str]) -> list[range]:
    """The places of a term as word numbers."""
    length = len(term.words)
    return [range(at, at + length) for at in range(len(words) - length + 1) if fits(term, words[at : at + length])]


def fits(term: Term, words: list[str]) -> bool:
    if term.any_form:
        return words[0] in FORMS[term.words[0]]
    *whole, last = term.words
    return words[:-1] == whole and (words[-1].startswith(last) if term.prefix else words[-1] == last)


def holds(query: Query, words: list[str], turn: list[str]) -> bool:
    """Whether a query holds in a stretch of a turn. What NOT leaves out must not be anywhere in the turn."""
    match query:
        case Term():
            return bool(occurrences(query, words))
        case Near(near_terms, within):
            chosen = product(*(occurrences(term, words) for term in near_terms))
            return any(max(p.start for p in ps) - min(p.stop for p in ps) <= within for ps in chosen)
        case All(parts):
            return all(holds(part, words, turn) for part in parts)
        case Any(parts):
            return any(holds(part, words, turn) for part in parts)
        case But(wanted, unwanted):
            return holds(wanted, words, turn) and not holds(unwanted, turn, turn)


def has_choice(query: Query) -> bool:
    match query:
        case Any():
            return True
        case All(parts):
            return any(map(has_choice, parts))
        case But(wanted, _):
            return has_choice(wanted)
        case _:
            return False


@given(texts, queries)
def test_matches_are_where_the_query_holds(text: str, query: Query) -> None:
    turn = words_of(text)
    matches = Matcher(query, FORMS).matches(text, 0, len(text))
    assert bool(matches) == holds(query, turn, turn)
    for match in matches:
        inside = words_of(text[match.span.start : match.span.end])
        assert holds(query, inside, turn)
        assert all(match.span.start <= term.start < term.end <= match.span.end for term in match.terms)
        if not has_choice(query):  # no match has words at its ends that it could do without
            assert not holds(query, inside[1:], turn)
            assert not holds(query, inside[:-1], turn)


@given(texts, queries)
def test_matches_do_not_overlap_and_leave_nothing_between_them(text: str, query: Query) -> None:
    turn = words_of(text)
    matches = Matcher(query, FORMS).matches(text, 0, len(text))
    edges = [0, *(edge for match in matches for edge in match.span), len(text)]
    assert edges == sorted(edges)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        assert not holds(query, words_of(text[start:end]), turn)


@given(texts, st.integers(0, 20), st.integers(0, 20))
def test_the_words_of_a_stretch_keep_their_places(text: str, start: int, end: int) -> None:
    spoken = SpokenPart(text, start, end)
    places = spoken.places(len(spoken.words) - 1)
    assert spoken.words == words_of(text[start:end])
    assert [text[begin:stop].lower() for begin, stop in places] == spoken.words
    assert spoken.places(0) == places[:1]


def test_letters_that_grow_in_small_letters_move_nothing() -> None:
    text = "I İzmir og ΟΔΟΣ"
    spoken = SpokenPart(text, 0, len(text))
    assert [text[begin:stop] for begin, stop in spoken.places(3)] == ["I", "İzmir", "og", "ΟΔΟΣ"]
    assert spoken.words == words_of(text)
