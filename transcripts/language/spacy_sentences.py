"""The sentence rules as a component of spaCy, for those who read a study's texts with it.

An import does without: making spaCy's documents costs some ten times what the rules cost. The sentences are the same.
"""

from __future__ import annotations

from typing import Any, Self

import numpy
from spacy.language import Language
from spacy.tokens import Doc

from transcripts.language.sentence_rules import sentence_starts

COMPONENT = "cmo_sentence_ends"


class SentenceEnds:
    """Marks the tokens with which, by the rules of a language (``da``, ``en``, ...; ``xx``: any), a sentence begins.

    ``without_capitals`` is said of texts that have none, see
    :func:`transcripts.language.sentence_rules.lacks_capitals`. A token in which a sentence begins is parted there.
    """

    def __init__(self, language: str, without_capitals: bool) -> None:
        self._language = language
        self._without_capitals = without_capitals

    @classmethod
    def in_pipeline(cls, nlp: Language, name: str, language: str, without_capitals: bool) -> Self:  # noqa: ARG003 (spaCy names them)
        return cls(language, without_capitals)

    def __call__(self, doc: Doc) -> Doc:
        starts = {0, *sentence_starts(doc.text, self._language, without_capitals=self._without_capitals)}
        _part_tokens(doc, starts)
        marks = [[1 if at in starts else -1] for at in doc.to_array("IDX").tolist()]
        # Marking the tokens one by one would cost a pass over the whole doc for each of them.
        column: Any = numpy.array(marks, dtype="int64").astype("uint64")
        return doc.from_array(["SENT_START"], column)


def _part_tokens(doc: Doc, starts: set[int]) -> None:
    """Part the tokens in which a sentence begins, as in ``slut.Så``."""
    begins = set(doc.to_array("IDX").tolist())
    inside = sorted(starts - begins)
    if not inside:
        return
    with doc.retokenize() as retokenizer:
        for token in doc:
            cuts = [at - token.idx for at in inside if token.idx < at < token.idx + len(token)]
            if cuts:
                pieces = [token.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(token)], strict=True)]
                retokenizer.split(token, pieces, heads=[(token, n) for n in range(len(pieces))])


Language.factory(COMPONENT, func=SentenceEnds.in_pipeline)
