"""The if-then-because sentence of a point, composed from the words of its elements.

The form is the one realist reviews state their theories in: *if* a context, *then* an outcome, *because* a mechanism.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cmo.theory.grammar import kind_of

if TYPE_CHECKING:
    from cmo.records import Element


class _Words(NamedTuple):
    """The words that a language joins the elements with.

    Where a main clause after "if" would turn its order around (``så bliver bøger lånt``), a colon lets it stand.
    ``openings`` are words with which a condition may begin as it is: none is put before them.
    """

    condition: str
    result: str
    reason: str
    both: str
    whose: str
    no_outcome: str
    openings: frozenset[str]


_LANGUAGES: Mapping[str, _Words] = {
    "en": _Words("if", "then", "because", "and", "for", "(no outcome)", frozenset(["if", "when", "whenever", "where"])),
    "da": _Words("hvis", "så:", "fordi", "og", "for", "(intet udfald)", frozenset(["hvis", "når", "hvor"])),
    "nb": _Words("hvis", "så:", "fordi", "og", "for", "(ikke noe utfall)", frozenset(["hvis", "når", "der"])),
    "sv": _Words("om", "så:", "eftersom", "och", "för", "(inget utfall)", frozenset(["om", "när", "där"])),
    "de": _Words("wenn", "dann:", "weil", "und", "für", "(kein Ergebnis)", frozenset(["wenn", "falls", "wo"])),
}
_ENGLISH = _LANGUAGES["en"]
_CLAUSES = {
    "S": "condition",
    "I": "condition",
    "C": "condition",
    "A": "whose",
    "M": "reason",
    "R": "reason",
    "T": "reason",
    "O": "result",
}
"""What each shared element is in the sentence; see :data:`cmo.theory.grammar.KINDS`."""


def composed(elements: Sequence[Element], wording: Mapping[str, str], language: str) -> str:
    """``If C, then O, because M.`` in Danish (``da``), Norwegian, Swedish or German, else in English.

    Strategy, intervention and context are what the sentence begins with, actors follow as "for ...", mechanisms with
    their resource and reasoning are the reason. Several are joined by "and". A clause without words is left out; a
    missing outcome is told in brackets. Elements that are the study's own are told after the sentence by name:
    ``(barrier: ...)``; where there are no others, they are all of it. A capital is made small where the words move
    into the sentence, except in German and in words that look like names of letters (``AT``).
    """
    clauses: dict[str, list[str]] = {"condition": [], "whose": [], "reason": [], "result": []}
    told: list[str] = []
    by_letter = {element.letter: element for element in elements}
    for element in elements:
        words = " ".join(wording.get(element.letter, "").split()).rstrip(".;, ")
        clause = _clause(element, by_letter)
        if words and clause:
            clauses[clause].append(words)
        elif words:
            told.append(f"{element.name}: {words}")
    sentence = _joined(clauses, _LANGUAGES.get(language, _ENGLISH), keeps_capitals=language == "de")
    if not sentence:
        return f"{_begun('; '.join(told))}." if told else ""
    return f"{sentence} ({'; '.join(told)})." if told else f"{sentence}."


def _clause(element: Element, by_letter: Mapping[str, Element]) -> str:
    """Which clause the words of an element belong to: its own, else that of the element it is a part of."""
    above = by_letter.get(element.parent or "")
    return _CLAUSES.get(kind_of(element)) or (_CLAUSES.get(kind_of(above), "") if above else "")


def _joined(clauses: Mapping[str, Sequence[str]], words: _Words, *, keeps_capitals: bool) -> str:
    if not any(clauses.values()):
        return ""
    within = {
        name: f" {words.both} ".join(text if keeps_capitals else _small(text) for text in texts)
        for name, texts in clauses.items()
    }
    return _begun(", ".join(_parts(within, words)))


def _parts(within: Mapping[str, str], words: _Words) -> Iterator[str]:
    if within["condition"]:
        yield _opened(words.condition, within["condition"], words.openings)
    if within["whose"]:
        yield f"{words.whose} {within['whose']}"
    result = within["result"] or words.no_outcome
    yield f"{words.result} {result}" if within["condition"] else result
    if within["reason"]:
        yield _opened(words.reason, within["reason"], {words.reason})


def _opened(opening: str, clause: str, own: Collection[str]) -> str:
    """A clause after its opening word, unless it has one of its own: no "If when breaks are long"."""
    if clause.split()[0].casefold() in own:
        return clause[0].lower() + clause[1:]
    return f"{opening} {clause}"


def _small(text: str) -> str:
    """The text with a small first letter, unless its first word has other capitals or digits, or is ``I``."""
    first = text.split(maxsplit=1)[0]
    if first in ("I", "I'm", "I’m") or any(char.isupper() or char.isdigit() for char in first[1:]):
        return text
    return text[0].lower() + text[1:]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
