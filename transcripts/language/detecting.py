"""Which language a text is in, told by its small words.

For every two languages only the words count that one of them has and the other has not (``hvad`` and ``af`` against
``hva`` and ``av``). The language wins that is ahead of every other; how sure that is, is the share of the telling words
that speak for it against the one that comes nearest. There is no model and no chance in it: the same text always gives
the same answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.findings import Finding
from store.words import Cutting
from transcripts.language.language_words import SMALL_WORDS
from transcripts.language.languages import is_same_language, language_name

if TYPE_CHECKING:
    from transcripts.speaking.turns import TurnSpan

LONGEST_LOOK = 200_000
"""Code points of a text that are looked at."""
FEWEST_TELLING = 8
"""With fewer words that tell two languages apart, nothing is said."""
SURE = 80
"""A language is told from this confidence on, in percent."""
LEAST_KNOWN = 0.22
"""A text of which fewer words are small words of the language is in none that we know."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_CUTTING = Cutting(r"[^\W\d_]|'")


@dataclass(frozen=True, slots=True)
class Detected:
    """A language as a code, and in percent how sure it is; ``telling`` is the number of words that it rests on."""

    language: str
    confidence: int
    telling: int


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """The language that a source is read in, what was detected in it, and what a person should look at."""

    code: str
    detected: Detected | None = None
    findings: tuple[Finding, ...] = ()


def spoken_language(
    text: str, turns: Iterable[TurnSpan], *, said: str | None, told: str | None, usual: str
) -> SpokenLanguage:
    """The language of what is said in the turns of a text.

    What a person ``said`` always holds. Else it is the language detected, and where none can be told, the one that
    the file has ``told`` of itself, or the ``usual`` one of the study. What programs write of a file is often only the
    language of the program, so what the words tell goes before it.
    """
    if said:
        return SpokenLanguage(said)
    detected = detect_language("\n".join(text[turn.speech_start : turn.end] for turn in turns))
    if detected is None:
        return SpokenLanguage(told or usual)
    if is_same_language(detected.language, usual):
        return SpokenLanguage(usual, detected)
    message = (
        f"is in {language_name(detected.language)} by its words ({detected.confidence} % sure) and was read so; "
        f"the study's language is {language_name(usual)}"
    )
    return SpokenLanguage(detected.language, detected, (Finding("language-detected", "", message),))


def detect_language(text: str) -> Detected | None:
    """The language of a text; None where the text is too short or too mixed to tell, or in a language not known."""
    counts = _counted(text[:LONGEST_LOOK].casefold().replace("’", "'"))
    known = {language: _held(counts, words) for language, words in _small_words().items()}
    best = max(known, key=lambda language: sum(known[language].values()))
    told = min((_against(known[best], known[other], best) for other in known if other != best), key=_by_doubt)
    enough = sum(known[best].values()) >= LEAST_KNOWN * sum(counts.values())
    return told if enough and told.telling >= FEWEST_TELLING and told.confidence >= SURE else None


def _counted(folded: str) -> Counter[str]:
    """How often each word stands in a text, where it may have one apostrophe inside it."""
    pieces = _CUTTING.pieces(folded)
    if pieces is None:
        return Counter(_WORD.findall(folded))
    counts = Counter(pieces)
    for piece in [piece for piece in counts if "'" in piece]:
        times = counts.pop(piece)
        for word in _WORD.findall(piece):
            counts[word] += times
    return counts


def _held(counts: Mapping[str, int], words: frozenset[str]) -> dict[str, int]:
    return {word: counts[word] for word in words if word in counts}


def _against(one: Mapping[str, int], other: Mapping[str, int], language: str) -> Detected:
    """How sure one language is against another. One word more for each side, so that few words are not sure."""
    speaking = _of(word_counts=one, outside=other)
    against = _of(word_counts=other, outside=one)
    return Detected(language, round(100 * (speaking + 1) / (speaking + against + 2)), speaking + against)


def _of(word_counts: Mapping[str, int], outside: Iterable[str]) -> int:
    return sum(count for word, count in word_counts.items() if word not in outside)


def _by_doubt(told: Detected) -> tuple[int, int]:
    return told.confidence, told.telling


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in SMALL_WORDS.items()}
