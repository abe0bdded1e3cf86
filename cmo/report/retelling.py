"""Sentences that the study keeps in English, such as findings, acts and decisions, in the language of the reader.

The journal and the decision records keep what was said when something was done, and are never rewritten. A report
recognises a sentence by its fixed words and says it again with what stood between them.

What stands in a place of a sentence is told by the place's name without its digits: a number (``n``), things counted
(``counted``: ``2 codings, 1 memo``), points (``point``), fixed words (``word``), stances and the like, names cut short
(``names``: ``A, B and 3 more``), attributes with what they are given (``values``), a rest that is a sentence itself
(``tail``). All else is the study's own, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Protocol

from store.schema import PRESENCES, STANCES

_POINT = r"(?:#[\w.]+|H\d*)"
_COUNTED = r"\d[\d,]* [a-z][a-z ]*"
_KINDS: Mapping[str, str] = {
    "n": r"\d[\d,]*",
    "counted": rf"{_COUNTED}(?:, {_COUNTED})*",
    "point": rf"{_POINT}(?:(?:, | and ){_POINT})*",
    "word": r"[^;:“”]+?",
    "stance": "|".join((*STANCES, "no stance")),
    "presence": "|".join((*PRESENCES, "not said")),
    "thing": "coding|source|case|point|study",
    "named": r"(?: '.*?')?",
    "names": r".+?",
    "tail": r"|(?:; |, | with ).+",
}
"""What can stand in a place of a kind; ``named`` is a name in quotation marks that may be missing."""
_OWN = r".*?"

_BETWEEN = re.compile(r"(, | and )")
_MORE = re.compile(r" and (\d[\d,]*) more$")
_NO_VALUE = re.compile(r" no value(?=, |$)")
_AMOUNT = re.compile(r"(\d[\d,]*) (.+)")
_WITH_COUNT = re.compile(r"(.+) \((\d[\d,]*)\)")


class Speaker(Protocol):
    """Says fixed words in one language; see :class:`cmo.report.words.Words`."""

    def __call__(self, english: str, /, **values: object) -> str: ...
    def number(self, value: int) -> str: ...


class Retelling:
    """``sentences`` are what English sentences are in another language, both with the same places to fill in."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._exact = {english: told for english, told in sentences.items() if not any(_places(english))}
        # The sentence with the most fixed words first: it is the one that was meant.
        ordered = sorted(sentences.keys() - self._exact.keys(), key=lambda english: (-_fixed(english), english))
        self._patterns = [(re.compile(_pattern(english), re.DOTALL), sentences[english]) for english in ordered]

    def told(self, text: str, say: Speaker) -> str:
        """The sentence in the other language; one that is none of ours stays as it is."""
        if text in self._exact:
            return self._exact[text]
        for pattern, told in self._patterns:
            if found := pattern.fullmatch(text):
                return told.format(
                    **{name: self._filled(name, value, say) for name, value in found.groupdict().items()}
                )
        return text

    def _filled(self, name: str, value: str, say: Speaker) -> str:
        fill: Mapping[str, Callable[[str], str]] = {
            "n": lambda text: _number(text, say),
            "counted": lambda text: ", ".join(self._amount(part, say) for part in text.split(", ")),
            "point": lambda text: text.replace(" and ", f" {say('and')} "),
            "word": lambda text: self._words(text, say),
            "stance": lambda text: self.told(say(text), say),
            "presence": lambda text: self.told(say(text), say),
            "thing": lambda text: self.told(say(text), say),
            "names": lambda text: _MORE.sub(lambda more: say(" and {n} more", n=_number(more[1], say)), text),
            "values": lambda text: _NO_VALUE.sub(f" {say('no value')}", text),
            "tail": lambda text: self.told(text, say) if text else "",
        }
        return fill.get(_kind(name), str)(value)

    def _words(self, text: str, say: Speaker) -> str:
        """Fixed words, alone or in a list; a word may have a count behind it in brackets."""
        known = self.told(say(text), say)
        if known != text or not _BETWEEN.search(text):
            return _WITH_COUNT.sub(lambda found: f"{say(found[1])} ({_number(found[2], say)})", known)
        first, between, rest = _BETWEEN.split(text, maxsplit=1)
        link = between.replace("and", say("and"))
        return f"{self._words(first, say)}{link}{self._words(rest, say)}"

    def _amount(self, text: str, say: Speaker) -> str:
        found = _AMOUNT.fullmatch(text)
        return f"{_number(found[1], say)} {self.told(say(found[2]), say)}" if found else text


def _pattern(english: str) -> str:
    pieces = []
    for fixed, name, _, _ in Formatter().parse(english):
        pieces.append(re.escape(fixed))
        if name is not None:
            pieces.append(f"(?P<{name}>{_KINDS.get(_kind(name), _OWN)})")
    return "".join(pieces)


def _places(english: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(english) if name is not None)


def _fixed(english: str) -> int:
    return sum(len(fixed) for fixed, _, _, _ in Formatter().parse(english))


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _number(text: str, say: Speaker) -> str:
    return say.number(int(text.replace(",", "")))
