"""Where a sentence ends in transcribed speech: rules on the characters, without any model.

The rules are for talk written down: three dots are a pause and end nothing before a small letter, ``(…)`` and
``[laughs]`` belong to what was said before them, and the full stop of an abbreviation, an initial or an
ordinal is no end. Danish comes first, with English, Norwegian, Swedish and German beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from transcripts.language.abbreviations import MAY_END, NEVER_AT_END, ONLY_BEFORE_NUMBERS, words

_MONTHS = words(
    """
    januar februar marts april maj juni juli august september oktober november december
    january february march may june july october mars mai des
    januari februari augusti märz oktober dezember
    jan feb mar apr jun jul aug sep sept okt oct nov dec dez
    """
)
# After a single capital and a full stop, these begin a sentence; anything else makes the capital an initial.
_OPENERS = words(
    """
    det den der de dem så og men jeg han hun vi i du man hvis når nu ja nej jo altså for fordi at her hvad hvor
    hvem hvordan hvorfor som til med på er har kan skal vil ikke også bare min mit mine hans hendes vores
    it he she they we you the and but so that this these those there what then if when well yes no now not my
    his her our their is are was do does did have has how why who where because also just or to in on at
    jag hon dom och det vi ni om när die das sie es wir ich und aber dann wenn nein
    """
)
# In a text that has no capitals, these stand for one: nearly always they begin a sentence after a full stop.
_SMALL_OPENERS = words(
    """
    det der den de så men jeg han hun vi du man hvis når nu ja nej jo altså for fordi her hvad hvor hvem hvordan hvorfor
    it he she they we you the but so this there what then if when well yes no now why how who where
    jag hon vad hur varför när ni ja nej men så han jeg hva hvordan hvorfor når da
    das die der sie es wir ich aber dann wenn nein was wie warum wer
    """
)
_SAYING = words(
    """
    sagde siger spurgte spørger råbte tænkte tænker svarede skrev sa sier spurte svarte skrek ropte säger sade frågade
    said says asked asks thought shouted wrote replied goes went sagte sagt fragte fragt dachte rief
    """
)
_JOINING = words("og and och und eller or oder samt men but utan sondern")
_CLOSERS = "\"'”’“»«)]}*_"
# A run of signs from its first on. The sign stands before the look behind it: what begins with a sign is found faster.
_END = re.compile(rf"[.!?…](?<![.!?…].)[.!?…]*+[{re.escape(_CLOSERS)}]*+(?=\s|[A-ZÆØÅÄÖÜ])")
_BRACKETS = r"(?:\([^()\[\]\n]{0,200}\)|\[[^()\[\]\n]{0,200}\]|\#\d[\d:.,-]{2,14}\#)"
_REMARK = re.compile(_BRACKETS)
_REMARKS = re.compile(rf"(?:\s*{_BRACKETS}[.,;]?(?=\s|$))*")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\W_]+")
_QUOTES_AND_BRACKETS = "\"'”’“„»«‘([{*_-–—"
_LONGEST_WORD = 60
_INITIALS = re.compile(r"[A-ZÆØÅÄÖÜ](?:\.-?[A-ZÆØÅÄÖÜ])*")
_PAUSE = re.compile(r"\.{2,}|…[.…]*|\.…")
_VOWEL = re.compile(r"[aeiouyæøåäöüé]", re.IGNORECASE)
_AFTER_AN_END = re.compile(r"[.?!](?<=[^\W\d_]{2}.)[\"”»)]?\s+([^\W\d_])")
_FEWEST_ENDS = 5


def lacks_capitals(text: str) -> bool:
    """Whether a text is typed all in small letters, or all in capitals, so that no capital tells a new sentence."""
    after = _AFTER_AN_END.findall(text)
    small = sum(letter.islower() for letter in after)
    if len(after) < _FEWEST_ENDS:
        return False
    return small > 0.8 * len(after) or (small == 0 and text[:20_000].isupper())


def sentence_starts(line: str, language: str, *, without_capitals: bool = False) -> Iterator[int]:
    """The positions (code points) in a line at which a sentence begins, except the first.

    ``without_capitals`` is said of a line of a text that :func:`lacks_capitals`.
    Each is the position of a character that is not white space, so that sentences cover all that is said.
    """
    if without_capitals and len(line.lower()) == len(line):
        line = line.lower()
    has_remarks = "(" in line or "[" in line or "#" in line
    inside: _Insides | tuple[int, ...] = _Insides(line) if has_remarks else ()
    start = 0
    first = following = _WORD.search(line)
    for match in _END.finditer(line):
        mark, end = match.span()
        if first is None or mark < first.start() or mark in inside:
            continue
        remarks = _REMARKS.match(line, end) if has_remarks else None
        after = remarks.end() if remarks else end
        if following is not None and following.start() < after:
            following = _WORD.search(line, after)
        if following is None:
            return
        next_word, remark_between = following[0], after > end
        if without_capitals and _stands_for_capital(next_word, match.group(), remark_between):
            next_word = next_word.capitalize()
        if _ends(line[start:mark], match.group(), next_word, language, remark_between):
            space = _SPACE.match(line, after)
            start = space.end() if space else after
            first = following
            yield start


def _stands_for_capital(word: str, marks: str, remark_between: bool) -> bool:
    """Whether a word in a text without capitals most likely begins a sentence, with these signs before it."""
    signs = marks.rstrip(_CLOSERS)
    if _PAUSE.fullmatch(signs):
        return False
    if word in _SMALL_OPENERS or remark_between:
        return True
    joins_quotes = word in _JOINING and signs != "."
    return signs != marks and word not in _SAYING and not joins_quotes


class _Insides:
    """The stretches of a line in brackets, where no sentence ends but at the closing bracket itself."""

    def __init__(self, line: str) -> None:
        spans = [match.span() for match in _REMARK.finditer(line)]
        self._opens = [opens for opens, _ in spans]
        self._closes = [closes for _, closes in spans]
        self._line = line

    def __contains__(self, mark: int) -> bool:
        at = bisect_left(self._opens, mark) - 1
        if at < 0 or mark >= self._closes[at]:
            return False
        rest = self._line[mark : self._closes[at] - 1]
        return bool(rest.strip(".!?… " + _CLOSERS))


def _ends(before: str, marks: str, following: str, language: str, remark_between: bool) -> bool:
    small = following[0].islower()
    if marks == ".":  # as most sentences end
        return not (small and remark_between) and _full_stop_ends(before, following, language)
    signs = marks.rstrip(_CLOSERS)
    closed = len(marks) > len(signs)
    if "?" in signs or "!" in signs:
        return not (small and closed)
    if _PAUSE.fullmatch(signs):
        return _pause_ends(marks, following, language)
    if small and (closed or remark_between):
        return False
    return closed or _full_stop_ends(before, following, language)


def _pause_ends(marks: str, following: str, language: str) -> bool:
    """Dots end a sentence before a capital. In square brackets they stand for words that were taken out."""
    pronoun = language == "en" and following == "I"
    return following[0].isupper() and not marks.endswith("]") and not pronoun


def _full_stop_ends(before: str, following: str, language: str) -> bool:
    never = NEVER_AT_END.get(language, NEVER_AT_END["en"])
    word, *_ = readings = _last_words(before)
    small, number = following[0].islower(), following[0].isdigit()
    if word.isdigit():
        return _number_ends(word, before, following, language)
    plain = {reading.casefold() for reading in readings}
    if plain & MAY_END:
        return not small and not number
    if plain & never or (number and plain & ONLY_BEFORE_NUMBERS):
        return False
    if {f"{reading}.{following.casefold()}" for reading in plain} & _beginnings(never):
        return False
    if small:
        return not _looks_shortened(word)
    return _INITIALS.fullmatch(word) is None or following.casefold() in _OPENERS


def _last_words(before: str) -> list[str]:
    """The word before a full stop, and with it one or two more that end in a full stop: ``a`` and ``bl.a``.

    Many type the parts of an abbreviation with spaces.
    """
    *earlier, last = before.rstrip()[-_LONGEST_WORD:].split()[-3:]
    readings = [last.lstrip(_QUOTES_AND_BRACKETS)]
    while earlier and earlier[-1].endswith("."):
        readings.append(earlier.pop().lstrip(_QUOTES_AND_BRACKETS) + readings[-1])
    return readings


@cache
def _beginnings(never: frozenset[str]) -> frozenset[str]:
    """How abbreviations of several parts begin, from the second part on: ``d.v`` and ``d.v.s``."""
    parts = (word.split(".") for word in never | MAY_END)
    return frozenset(".".join(p[:count]) for p in parts for count in range(2, len(p) + 1))


def _number_ends(number: str, before: str, following: str, language: str) -> bool:
    """``3. maj`` and ``1. 2. og 3. klasse`` are ordinals, ``1. Hvad`` opens a list, a year is an end."""
    if following.casefold() in _MONTHS or before.strip() == number:
        return False
    if len(number) == len("2019"):
        return True
    if not following[0].isupper():
        return False
    return not (language == "de" and len(number) <= 2)


def _looks_shortened(word: str) -> bool:
    """Whether a word before a full stop and a small letter is an abbreviation that no list has."""
    return "." in word.strip(".") or len(word) == 1 or _VOWEL.search(word) is None
