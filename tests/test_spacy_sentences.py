"""The sentence rules as a component of spaCy: whoever reads a study's texts with it has the sentences of the study."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from depth import examples
from gold_sentences import LANGUAGES, turns_of
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.language.sentences import split_sentences
from transcripts.speaking.turns import TurnSpan
from transcripts.text import normalise

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def pipeline(language: str) -> Language:
    import spacy  # half a second, which every process of a run would take to find its tests

    from transcripts.language.spacy_sentences import COMPONENT

    made = spacy.blank(language)
    made.add_pipe(COMPONENT, config={"language": language, "without_capitals": False})
    return made


def by_spacy(line: str, language: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipeline(language)(line).sents]


def by_import(line: str, language: str) -> list[str]:
    return [line[start:end] for start, end in split_sentences(line, [TurnSpan(0, 0, len(line), None)], language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_spacy_and_an_import_find_the_same_sentences_in_the_gold_sets(language: str) -> None:
    for turn in turns_of(language):
        line = " ".join(turn)
        assert by_spacy(line, language) == by_import(line, language)


pieces = st.sampled_from(
    ["Ja. ", "Nej.", "og så", "...", "… ", "? ", "!", "f.eks. ", "3. ", "(", ")", "[griner] ", "(…) ", "\"", "»", "«",
     "A. ", "😀", "Å", "x.Y", "-", " ", "slut.Så", "Ph.D", "www.Eks.dk "]
)  # fmt: skip


@settings(max_examples=examples(30, 60))
@given(st.lists(pieces, min_size=1, max_size=40).map("".join).map(normalise).map(str.strip).filter(bool))
def test_spacy_and_an_import_find_the_same_sentences_in_any_line(line: str) -> None:
    assert by_spacy(line, "da") == by_import(line, "da")
