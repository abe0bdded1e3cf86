"""The fixed words of tables, figures and reports in the language of the reader."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from cmo.report.retelling import Retelling
from store.errors import UnknownName

ENGLISH = "en"
LANGUAGES = (ENGLISH, "da")
"""The languages that fixed words are written in. English is the language they are asked for in."""
_SENTENCES = "sentences"
"""The part of a file of words that has whole sentences."""
_BETWEEN_THOUSANDS = {ENGLISH: ",", "da": "."}


class Words:
    """Says fixed words in one language: ``say("Point")``, ``say("{n} of {all}", n=2, all=5)``.

    Words without a translation are said in English. What the study itself says is never translated.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        """Raises UnknownName: there are no words in that language."""
        if language not in LANGUAGES:
            raise UnknownName(f"Tables are not written in '{language}'.", f"Languages are {', '.join(LANGUAGES)}.")
        self.language = language
        self._said = translations(language)

    def __call__(self, english: str, /, **values: object) -> str:
        words = self._said.get(english, english)
        return words.format(**values) if values else words

    def retell(self, english: str) -> str:
        """A sentence that the study keeps in English: a finding, an act, what a decision changed.

        A sentence that a person wrote is none of ours, and stays as it is.
        """
        known = self._said.get(english)
        return _retelling(self.language).told(english, self) if known is None else known

    def number(self, value: int) -> str:
        """A whole number with the sign that the language puts between thousands: ``27,852``, in Danish ``27.852``."""
        return f"{value:,}".replace(",", _BETWEEN_THOUSANDS[self.language])


@cache
def translations(language: str) -> Mapping[str, str]:
    """What each English phrase is in a language; nothing for English itself."""
    return {english: told for english, told in _read(language).items() if english != _SENTENCES}


@cache
def sentences(language: str) -> Mapping[str, str]:
    """What each sentence that a study keeps in English is in a language; see :mod:`cmo.report.retelling`."""
    found: Mapping[str, str] = _read(language).get(_SENTENCES, {})
    return found


@cache
def _retelling(language: str) -> Retelling:
    return Retelling(sentences(language))


def _read(language: str) -> Mapping[str, Any]:
    if language == ENGLISH:
        return {}
    return tomllib.loads((files(__package__) / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
