"""Lemmas: the form of a word under which a dictionary has it, so that ``går`` and ``gik`` are found together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simplemma import Lemmatizer

    from transcripts.language.packed_dictionaries import PackedDictionary

_DICTIONARIES = {"no": "nb"}
"""Languages that simplemma has under another code."""


def lemma_of(form: str, language: str) -> str:
    """The lemma of a word form, in small letters; the form itself in a language without a dictionary.

    The first word of a language takes a third of a second: its dictionary is loaded.
    """
    try:
        return _lemmatizer().lemmatize(form, lang=_DICTIONARIES.get(language, language)).lower()
    except ValueError:
        return form


@cache
def _lemmatizer() -> Lemmatizer:
    """Looks words up in the dictionaries as they are packed: they load in half the time and a third of the memory."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=_Dictionaries()))


class _Dictionaries:
    """The dictionary of each language, loaded when it is first asked for."""

    def __init__(self) -> None:
        self._of_language: dict[str, PackedDictionary] = {}

    def get_dictionary(self, lang: str) -> PackedDictionary:
        """The dictionary of a language. Raises ValueError: there is none."""
        if lang not in self._of_language:
            from transcripts.language.packed_dictionaries import read_dictionary

            self._of_language[lang] = read_dictionary(lang)
        return self._of_language[lang]
