"""What a transcriber's sign or bracket is: by a table (:mod:`transcripts.conventions.mark_rules`), else by its form.

Round brackets, stars, braces and pointed brackets are marks only where the table knows what they say, because
people speak in parentheses; square brackets are always a transcriber's. A square bracket that the table does not
know is, in this order: a redaction where it is a letter or a placeholder; inaudible where it ends in a question
mark; a clarification where it explains, puts in a word or has a capital; non-speech where it begins with a verb; a
redaction where it is one or two words in small letters; else a clarification.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transcripts.conventions import mark_rules as rules

_BY_FIRST_SIGN = {
    ".": "pause",
    "…": "pause",
    "-": "omission",
    "–": "omission",
    "—": "omission",
    "X": "redaction",
    "N": "redaction",
    "x": "inaudible",
    "#": "non-speech",
}
_TIME = r"\#?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,-]\d{1,3})?\#?"
_TIMES = re.compile(rf"(?:(?:kl|at|time|tid)\.?\s*)?{_TIME}(?:\s*(?:-|–|-->?)\s*{_TIME})?")
_LEADING_TIME = re.compile(rf"^{_TIME}[\s,;:-]+(?=\D)")
_TRAILING_TIME = re.compile(rf"[\s,;:@(]*(?:\b(?:kl\.?|at|ved|um|bei|vid)\s*)?{_TIME}\)?$")
_LENGTH = re.compile(
    r"(?:\w+\s)?(?:ca\.?\s*)?\d{1,3}(?:[.,]\d{1,2})?\s*-?(?:s|sek|sec|sekund\w*|second\w*|min|minut\w*)\.?"
    r"(?:\s*\w*paus\w*)?|\d{0,2}[.,]\d{1,2}"
)
_SECONDS = re.compile(r"\d{1,2}")
_NOTE = re.compile(r"\^?\d{1,3}|\^\w+|\*+")  # the sign of a note
_WHO = re.compile(r"^(?:hun|han|he|she|they|de|sie|er|hon|ho)\s+(?=\S)")
_SIGNS = re.compile(r"[\s.…?–—_-]*")
_LETTERS = re.compile(r"(?:[A-ZÆØÅÄÖ]|[XYZ]{2,}|NN|N\.\s?N\.|_{2,}|\*{2,})\s?\d{0,2}")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_MOST_WORDS_AFTER = 3
"""So many words may follow a phrase of the table in round brackets; with more it is somebody's speech."""
_MOST_PARTS = _MOST_WORDS_IN_PART = 5
"""How long ``(Leder, case 3)`` can be."""


def _forms(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLACEHOLDERS = _forms(rules.PLACEHOLDERS)
_ROUND_PLACEHOLDERS = _forms(rules.ROUND_PLACEHOLDERS)
_ACTS = _forms(rules.ACTS)
_PUT_IN = _forms(rules.PUT_IN)
_NAMED_PLACES = _forms(rules.NAMED_PLACES)
_EXPLAINS = re.compile(
    rf"=|(?:{'|'.join(map(re.escape, ['det vil sige', 'that is', *rules.EXPLAINING.split()]))})(?!\w)"
)


@lru_cache(maxsize=10_000)  # a house writes the same few signs again and again
def kind_of(written: str) -> str | None:
    """The kind of a sign or bracket as it stands in the text; None where it is speech."""
    bracket, content = written[0], " ".join(written.strip("[](){}<>*").split())
    if bracket == "/":
        return "crosstalk" if written == "//" else "omission"
    if bracket in _BY_FIRST_SIGN:
        return _BY_FIRST_SIGN[bracket]
    if _SIGNS.fullmatch(content):
        return _kind_of_signs(bracket, content)
    said = _TRAILING_TIME.sub("", _LEADING_TIME.sub("", content)).strip(" .,;:!") or content
    if _TIMES.fullmatch(content.casefold()):
        return "non-speech"
    kind = _kind_by_words(said, bracket) or ("non-speech" if written.startswith("((") else None)
    if kind is not None or bracket != "[":
        return kind
    return None if _NOTE.fullmatch(content) else _kind_by_form(said)


def _kind_of_signs(bracket: str, content: str) -> str | None:
    """Brackets without a word in them."""
    if bracket not in "([":
        return None
    dots = content.count(".") + 3 * content.count("…")
    if "?" in content:
        return "inaudible"
    if bracket == "[" or dots >= 3:
        return "omission"
    return "pause" if content else "inaudible"


def _kind_by_words(said: str, bracket: str) -> str | None:
    """What the table says, and what figures and letters say."""
    plain, square = said.casefold(), bracket == "["
    if bracket in "([":
        if _LENGTH.fullmatch(plain) or (not square and _SECONDS.fullmatch(plain)):
            return "pause"
        if not said.strip("x"):
            return "inaudible"
        if _is_placeholder(plain, square=square) or _redacts(said, square=square):
            return "redaction"
    if square:
        plain = _WHO.sub("", plain)
    match = _phrases(any_length=square).fullmatch(plain)
    return next((kind for kind in rules.PHRASES if match[_group(kind)] is not None), None) if match else None


def _is_placeholder(plain: str, *, square: bool) -> bool:
    """Whether a bracket stands for a name: ``[navn]``, ``[kommune 2]``, ``[enhed b]``."""
    noun = re.sub(r"\s[a-zæøå]$", "", plain.rstrip("0123456789 ").removesuffix(" nr"))
    return noun in (_PLACEHOLDERS if square else _ROUND_PLACEHOLDERS)


def _redacts(letters: str, *, square: bool) -> bool:
    """Whether letters stand for a name: ``[A]``, ``[NN]``, ``(XXX)``; one letter in round brackets does not."""
    return _LETTERS.fullmatch(letters) is not None and (square or bool(letters[1:].strip(" 0123456789")))


def _kind_by_form(said: str) -> str:
    """A square bracket that the table does not know."""
    plain = said.casefold()
    first, *more = _WORD.findall(plain) or [plain]
    if said.endswith("?"):
        return "inaudible"
    if _EXPLAINS.match(plain) or first in _PUT_IN or said[0].isupper():
        return "clarification"
    if first in _ACTS and more:
        return "non-speech"
    is_noun = len(more) < 2 or any(word in _PLACEHOLDERS for word in (first, *more))
    return "redaction" if is_noun else "clarification"


def is_attribution(written: str) -> bool:
    """Whether a bracket at the end of a quote says whose it is: ``(Leder, case 3)``, ``(Informant 4)``."""
    content = " ".join(written[1:-1].split())
    parts = re.split(r"\s*[,;/]\s*", content)
    first = _WORD.findall(content.casefold())[:1]
    if not first or first[0] in _PUT_IN or content[-1] in "?!…" or "=" in content or _kind_by_words(content, "["):
        return False
    if len(parts) > _MOST_PARTS or any(not part or len(part.split()) > _MOST_WORDS_IN_PART for part in parts):
        return False
    named = any(word in _NAMED_PLACES for word in _WORD.findall(re.sub(r"\d+", " ", content.casefold())))
    return named or (len(parts) > 1 and content[0].isupper())


def _group(kind: str) -> str:
    return kind.replace("-", "_")


@cache
def _phrases(*, any_length: bool) -> re.Pattern[str]:
    """One pattern for the whole table, with a group a kind; a phrase may have words after it, a few or any number."""
    tail = r"(?:\W.*)?" if any_length else rf"(?:\W+\w+){{0,{_MOST_WORDS_AFTER}}}\W*"
    leads = "|".join(map(re.escape, sorted(rules.LEADS.split(), key=len, reverse=True)))
    kinds = "|".join(f"(?P<{_group(kind)}>{_alternatives(listed)})" for kind, listed in rules.PHRASES.items())
    return re.compile(rf"(?:(?:{leads})[\s:,]+){{0,3}}(?:{kinds}){tail}")


def _alternatives(listed: str) -> str:
    phrases = sorted({" ".join(phrase.split()) for phrase in listed.split(";")} - {""}, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ \*", r"\ .*").replace(r"\*", r"\w*") for phrase in phrases)
