"""The cells of a table of codings: what each column is called, and what people write for a judgement in it."""

from __future__ import annotations

from typing import NamedTuple

from codebook.judging import HIGHEST_RATING, RATINGS
from store.schema import STANCES
from transcripts.fieldwork.sources_table import FILE, NAME
from transcripts.people import fold

COLUMNS: dict[str, tuple[str, ...]] = {
    "source": (*FILE, *NAME),
    "start": ("start", "from", "fra", "begin"),
    "end": ("end", "to", "til", "slut"),
    "quote": (
        "quote",
        "quotation",
        "citat",
        "excerpt",
        "segment",
        "uddrag",
        "zitat",
        "textstelle",
        "text",
        "tekst",
        "passage",
    ),
    "code": ("code", "kode", "node", "tema", "theme", "kategorie"),
    "point": ("point", "pt", "pt-punkt", "punkt", "pt point", "pt-punkt #", "pt #"),
    "element": ("element", "cmo", "type"),
    "undecided": ("undecided", "uafklaret", "i tvivl"),
    "coder": ("coder", "koder", "kodet af", "coded by"),
    "judge": ("judge", "judged by", "bedømt af", "vurderet af"),
    "stance": ("stance", "holdning", "retning", "for/against", "for/imod"),
    "strength": ("strength", "styrke"),
    "relevance": ("relevance", "relevans"),
    "rigour": ("rigour", "rigor", "stringens", "grundighed"),
    "rationale": ("rationale", "reason", "why", "begrundelse", "hvorfor"),
    "best": ("best", "is_best", "best quote", "bedste", "bedste citat"),
    "memo": ("memo", "note", "notat", "comment", "kommentar"),
}

STANCE_WORDS = {
    "supports": ("supports", "support", "for", "+", "støtter", "understøtter"),
    "refutes": ("refutes", "refute", "against", "-", "−", "–", "imod", "afkræfter", "modsiger"),
    "refines": ("refines", "refine", "~", "nuancerer", "forfiner"),
    "extends": ("extends", "extend", "udvider"),
    "rival": ("rival", "rivaliserende"),
}
_STANCES = {word: stance for stance, words in STANCE_WORDS.items() for word in words}
_NUMBERS = {str(number): number for number in range(1, HIGHEST_RATING + 1)}
_YES, _NO = ("yes", "ja", "x", "1", "true"), ("", "no", "nej", "0", "false")


class Unusable(Exception):
    """Why a row cannot be used: the column, and what was expected there."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(expected)
        self.key = key
        self.expected = expected


class Judged(NamedTuple):
    """A judgement as a row gives it; what it does not say is empty or None."""

    stance: str = ""
    strength: int | None = None
    relevance: int | None = None
    rigour: int | None = None
    rationale: str = ""


class Noted(NamedTuple):
    """What else a row says of a coding; what it does not say is empty or None."""

    memo: str = ""
    undecided: str | None = None
    is_best: bool | None = None


NOT_JUDGED = Judged()


def agree(given: Judged | Noted, kept: Judged | Noted) -> bool:
    """Whether all that a row says is there already."""
    return all(not value or value == there for value, there in zip(given, kept, strict=True))


def judged(cell: dict[str, str]) -> Judged:
    """The judgement of a row. Raises Unusable: no such stance or rating, or a rating or a reason without a stance."""
    stance = _STANCES.get(fold(cell["stance"])) if cell["stance"] else ""
    if stance is None:
        raise Unusable("stance", "one of " + ", ".join(STANCES))
    extras = [key for key in (*RATINGS, "rationale") if cell[key]]
    if not stance:
        if extras:
            raise Unusable(extras[0], "nothing, because the row has no stance")
        return NOT_JUDGED
    if not extras:
        return Judged(stance)
    ratings = {key: _rating(key, cell[key]) for key in RATINGS}
    return Judged(stance, rationale=unguarded(cell["rationale"]), **ratings)


def is_best(text: str) -> bool | None:
    """Whether a row is chosen for reports; None for no. Raises Unusable: neither yes nor no."""
    if fold(text) in _NO:
        return None
    if fold(text) not in _YES:
        raise Unusable("best", "yes, no or nothing")
    return True


def unguarded(text: str) -> str:
    """The words without the apostrophe that keeps spreadsheets from taking them for a formula, as in our own CSV."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _rating(key: str, text: str) -> int | None:
    if text and text not in _NUMBERS:
        raise Unusable(key, f"a number from 1 to {HIGHEST_RATING}, or nothing")
    return _NUMBERS.get(text)
