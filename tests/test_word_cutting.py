"""Words found by bytes are those that the patterns find, whatever the text."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from store.words import fold, words_of
from transcripts.language.detecting import detect_language

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
MIXED = st.text(
    st.one_of(st.characters(), st.sampled_from("aBæØ’'\u0301 _-.19²ªµßÿŸİı…–\x85\x1c\xa0\x83\x9f")), max_size=20
)


@given(MIXED)
@example("don’t – f.eks. 1½ æble_mos")
@example("cafe\u0301")
@example("a\x83b")
def test_the_words_of_a_text_are_those_that_the_pattern_finds(text: str) -> None:
    assert words_of(text) == WORD.findall(fold(text))


def test_every_character_parts_words_or_belongs_to_them_as_the_pattern_says() -> None:
    text = "".join(f"a{chr(number)}b " for number in range(0x3000) if not 0xD800 <= number < 0xE000)
    one_by_one = [word for piece in text.split(" ") for word in WORD.findall(fold(piece))]
    by_bytes = [word for piece in text.split(" ") for word in words_of(piece)]
    assert by_bytes == one_by_one
    assert Counter(by_bytes)["a"] > 100


def test_a_language_is_told_alike_with_and_without_a_character_that_is_not_western() -> None:
    spoken = "I don’t know, but it’s what we've said, isn't it? And they were there when you asked her. " * 3
    western, other = detect_language(spoken), detect_language(spoken + "\u4e2d")
    assert western is not None
    assert western == other
