"""What people type to search: how it is read, and how it is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadQuery
from transcripts.search.query import LONGEST_QUERY, All, Any, But, Near, Query, Term, parse


def word(text: str) -> Term:
    return Term((text,), any_form=True)


def exactly(*words: str, prefix: bool = False) -> Term:
    return Term(words, prefix)


BUS, BOOK, BREAK = word("bus"), word("bog"), word("pause")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bus", BUS),
        ("  BUS  ", BUS),
        ("bus?", BUS),
        ("bus bog", All((BUS, BOOK))),
        ("bus AND bog", All((BUS, BOOK))),
        ("bus OG bog", All((BUS, BOOK))),
        ("bus OR bog", Any((BUS, BOOK))),
        ("bus ELLER bog pause", Any((BUS, All((BOOK, BREAK))))),
        ("(bus OR bog) pause", All((Any((BUS, BOOK)), BREAK))),
        ("bus NOT bog", But(BUS, BOOK)),
        ("bus AND NOT bog", But(BUS, BOOK)),
        ("NOT bog bus", But(BUS, BOOK)),
        ("bus IKKE (bog OR pause)", But(BUS, Any((BOOK, BREAK)))),
        ("bus NOT bog NOT pause", But(But(BUS, BOOK), BREAK)),
        ("=bus", exactly("bus")),
        ('"bus"', exactly("bus")),
        ('"en lang pause"', exactly("en", "lang", "pause")),
        ("“en lang pause”", exactly("en", "lang", "pause")),
        ("»en lang pause«", exactly("en", "lang", "pause")),
        ("arbejd*", exactly("arbejd", prefix=True)),
        ("=arbejd*", exactly("arbejd", prefix=True)),
        ('"en lang pau*"', exactly("en", "lang", "pau", prefix=True)),
        ('"en lang pau"*', exactly("en", "lang", "pau", prefix=True)),
        ("f.eks.", exactly("f", "eks")),
        ("e-mail", exactly("e", "mail")),
        ("— bus", BUS),
        ("og eller ikke", All((word("og"), word("eller"), word("ikke")))),
        ("NEAR(bus bog, 3)", Near((BUS, BOOK), 3)),
        ("NEAR(bus, bog, 3)", Near((BUS, BOOK), 3)),
        ("NEAR(bus bog)", Near((BUS, BOOK), 10)),
        (
            'NEAR("lang pause" bo* =bus, 0)',
            Near((exactly("lang", "pause"), exactly("bo", prefix=True), exactly("bus")), 0),
        ),
        ("nearbus", word("nearbus")),
    ],
)
def test_a_search_means(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


def test_an_exact_search_takes_every_word_as_it_is() -> None:
    assert parse("bus NEAR(bog pause, 2)", exact=True) == All(
        (exactly("bus"), Near((exactly("bog"), exactly("pause")), 2))
    )


def test_a_word_typed_in_pieces_is_the_word_in_one_piece() -> None:
    assert parse(unicodedata.normalize("NFD", "ÅBEN")) == word("åben")
    assert parse("åben") != parse("aben")


@pytest.mark.parametrize(
    ("typed", "character", "says"),
    [
        ("", 1, "no word"),
        ("—", 1, "no word"),
        ("bus OR", 7, "no word"),
        ("bus OR OR bog", 8, "no word"),
        ("()", 2, "no word"),
        ("bus AND", 8, "missing"),
        ("bus NOT", 8, "missing"),
        ("AND bus", 1, "before the AND"),
        ("bus AND AND bog", 9, "joins nothing"),
        ("NOT bus", 1, "NOT could be taken from"),
        ("bog OR NOT bus", 8, "NOT could be taken from"),
        ("bus (bog", 5, "not closed"),
        ("bus bog)", 8, "closes nothing"),
        ('bus "bog', 5, "not closed"),
        ("bus NEAR(bog pause", 5, "not closed"),
        ("bus NEAR(bog, 5)", 5, "two words"),
        ("bus NEAR(bog AND pause)", 14, "joins nothing"),
        ("bus *plads", 5, "'*' can only end"),
        ("bus *", 5, "'*' needs"),
        ("bus -bog", 5, "minus"),
        ("(" * 40 + "bus" + ")" * 40, 31, "parentheses"),
        ("b" * (LONGEST_QUERY + 1), LONGEST_QUERY + 1, "at most"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(typed: str, character: int, says: str) -> None:
    with pytest.raises(BadQuery, match=r"at character") as refused:
        parse(typed)
    assert says in str(refused.value)
    assert refused.value.start + 1 == character
    assert f"at character {character}:" in str(refused.value)


@given(st.text('aå *"()=-,.NEAROT0123/\\😀\u0301', max_size=40))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        parse(typed)
    except BadQuery as refused:
        assert 0 <= refused.start <= len(typed)
