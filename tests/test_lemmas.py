"""Lemmas: the packed dictionaries, unpacked where words are looked for, answer as whole ones do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies import LOW_MEMORY_DICTIONARY_FACTORY
from simplemma.strategies.dictionaries import frontcode

from transcripts.language import packed_dictionaries
from transcripts.language.lemmas import lemma_of
from transcripts.language.packed_dictionaries import PackedDictionary, read_dictionary

words = st.text("abcå", min_size=1, max_size=4)
LITERAL_LEMMA = 255


def packed(lemmas: dict[str, str], *, backwards: bool = False) -> bytes:
    """A dictionary as simplemma packs it, each lemma in full."""
    step = -1 if backwards else 1
    records = sorted((word.encode()[::step], lemma.encode()[::step]) for word, lemma in lemmas.items())
    made = bytearray((*b"SMFC1", backwards, len(records)))
    before = b""
    for word, lemma in records:
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))))
        made += bytes((shared, len(word) - shared)) + word[shared:] + bytes((LITERAL_LEMMA, len(lemma))) + lemma
        before = word
    return bytes(made)


@given(
    st.dictionaries(words, words, min_size=1, max_size=100),
    st.lists(words),
    st.booleans(),
    st.integers(1, 5),
    st.integers(0, 20),
)
def test_a_packed_dictionary_answers_as_a_whole_one_does(
    lemmas: dict[str, str], asked: list[str], backwards: bool, beginning: int, most_kept: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_dictionaries, "BEGINNING", beginning)
        patch.setattr(packed_dictionaries, "MOST_KEPT", most_kept)
        read = PackedDictionary(packed(lemmas, backwards=backwards))
        assert [read.get(word) for word in (*asked, *lemmas)] == [lemmas.get(word) for word in (*asked, *lemmas)]
        assert dict(read) == lemmas
    assert read.get("zz", "none") == "none"
    assert "zz" not in read


@pytest.mark.parametrize("language", ["en", "nn"])
def test_the_dictionaries_of_simplemma_answer_as_it_reads_them(language: str) -> None:
    ours, theirs = read_dictionary(language), LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)
    known = list(theirs)[::211]
    asked = [*known, *(word[:-1] for word in known), *(word.capitalize() for word in known), ""]
    assert [ours.get(word) for word in asked] == [theirs.get(word) for word in asked]
    assert len(ours) == len(theirs)


def test_words_that_begin_alike_are_unpacked_together_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = PackedDictionary(packed({"gående": "gå", "gåender": "gå", "løber": "løbe"}))
    unpacked: list[bytes] = []
    records = frontcode._iter_records

    def counted(data: bytes, *place: object) -> Iterator[tuple[int, bytes, bytes]]:
        for record in records(data, *place):  # type: ignore[arg-type]
            unpacked.append(record[1])
            yield record

    monkeypatch.setattr(packed_dictionaries, "_iter_records", counted)
    for _ in range(2):
        assert [read.get(word) for word in ("gående", "gåender", "gåe", "gåendes", "sover")] == ["gå", "gå"] + [
            None
        ] * 3
    assert unpacked == [word.encode() for word in ("gående", "gåender", "løber")]  # the last one tells where they end


def test_words_without_an_entry_are_known_by_their_parts() -> None:
    assert [lemma_of(word, "da") for word in ("gik", "børnene", "skolelederen")] == ["gå", "barn", "skoleleder"]
    assert lemma_of("zzyzx", "da") == "zzyzx"
    assert lemma_of("gik", "xx") == "gik"
