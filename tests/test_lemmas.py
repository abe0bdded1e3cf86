"""Lemmas: what keeps the dictionaries from being searched in vain changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.language import lemmas
from transcripts.language.lemmas import SievedDictionary, lemma_of

words = st.text("abcå", min_size=1, max_size=4)


@given(st.dictionaries(words, words, min_size=1), st.lists(words), st.integers(1, 6))
def test_a_sieved_dictionary_answers_as_the_dictionary_does(
    packed: dict[str, str], asked: list[str], looks: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lemmas, "LOOKS_BEFORE_SIEVE", looks)
        sieved = SievedDictionary(packed)
        assert [sieved.get(word) for word in (*asked, *packed)] == [packed.get(word) for word in (*asked, *packed)]
    assert dict(sieved) == packed
    assert sieved.get("zz", "none") == "none"


def test_after_many_looks_in_vain_no_more_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemmas, "LOOKS_BEFORE_SIEVE", 3)
    looked: list[str] = []

    class Packed(dict[str, str]):
        def get(self, word: str, default: object = None) -> str | None:  # type: ignore[override]
            looked.append(word)
            return super().get(word)

    sieved = SievedDictionary(Packed({"går": "gå"}))
    for number in range(100):
        sieved.get(f"nowhere {number}")
    assert 3 <= len(looked) < 60
    assert sieved.get("går") == "gå"


def test_words_without_an_entry_are_known_by_their_parts() -> None:
    assert [lemma_of(word, "da") for word in ("gik", "børnene", "skolelederen")] == ["gå", "barn", "skoleleder"]
    assert lemma_of("zzyzx", "da") == "zzyzx"
    assert lemma_of("gik", "xx") == "gik"
