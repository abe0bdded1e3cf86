"""Lemmas: the form of a word under which a dictionary has it, so that ``går`` and ``gik`` are found together."""

from __future__ import annotations

_DICTIONARIES = {"no": "nb"}
"""Languages that simplemma has under another code."""


def lemma_of(form: str, language: str) -> str:
    """The lemma of a word form, in small letters; the form itself in a language without a dictionary.

    The first word of a language takes a second: its dictionary is loaded.
    """
    import simplemma

    try:
        return str(simplemma.lemmatize(form, lang=_DICTIONARIES.get(language, language))).lower()
    except ValueError:
        return form
