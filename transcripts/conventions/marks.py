"""Transcribers' conventions in the text: pauses, omissions, redactions, laughter, and what else was not said.

A mark is a stretch of the text with a kind. It changes nothing in the text: who counts words or searches leaves
marked stretches out by choice. Only speech is looked at, never labels.

What a bracket is, :mod:`transcripts.conventions.mark_kinds` says; a person can say otherwise
(:mod:`transcripts.conventions.marked`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.vocabularies import MARK_KINDS
from transcripts.conventions.mark_kinds import is_attribution, kind_of

if TYPE_CHECKING:
    from transcripts.speaking.turns import TurnSpan


class Mark(NamedTuple):
    """A stretch of a text in code points, and which of ``MARK_KINDS`` it is."""

    start: int
    end: int
    kind: str


# Every alternative begins with a letter of its own, so that the scan leaps from one such letter to the next.
_SCAN = re.compile(
    r"""
    \(\((?:[^()\n]|\n(?!\s)){0,200}\)\)
  | \((?:[^()\[\]\n]|\n(?!\s)){0,120}\)
  | \[(?:[^\[\]\n]|\n(?!\s)){0,200}\]
  | <[^<>\n]{1,60}>
  | \{[^{}\n]{1,60}\}
  | \*[^*\n]{1,60}\*
  | \#\d{1,2}:\d\d(?::\d\d)?(?:[.,-]\d{1,3})?\#
  | \.(?:[.…]+|(?:[ ]\.){2,})
  | …[.…]*
  | /(?:\.{2,}|…)/
  | //(?<!:..)
  | -(?:[ ]-){2,}(?!-)
  | –(?:[ ]–){2,}
  | —(?:[ ]—){2,}
  | X(?<!\w.)X+(?!\w)
  | x(?<!\w.)xx+(?!\w)
  | N(?<!\w.)(?:N|\.[ ]?N\.)(?!\w)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.:][^\W_]+)*")
_LINK = re.compile(r"\((?:https?:|mailto:|#|\.{0,2}/|[\w./-]+\.\w{2,4}\))")
_QUOTE_ENDS = frozenset(".?!…\"”“»«’')]")


def find_marks(text: str, turns: Iterable[TurnSpan]) -> list[Mark]:
    """The marks in the speech of all turns, in text order and not overlapping."""
    ranges = [(turn.speech_start, turn.end) for turn in turns]
    found, at = [], 0
    for match in _SCAN.finditer(text):
        start, end = match.span()
        while at < len(ranges) and ranges[at][1] <= start:
            at += 1
        if at == len(ranges):
            break
        if start < ranges[at][0] or end > ranges[at][1]:
            continue
        kind = _kind_in_place(text, start, end, match[0])
        if kind is not None:
            found.append(Mark(start, end, kind))
    return found


def pack_marks(marks: Sequence[Mark]) -> str:
    """Marks as one text for a database column: the gap before each, its length and its kind's first letters."""
    pieces: list[str] = []
    position = 0
    for start, end, kind in marks:
        pieces.append(f"{start - position} {end - start} {kind[:2]}")
        position = end
    return " ".join(pieces)


def unpack_marks(packed: str | None) -> list[Mark]:
    """The marks that :func:`pack_marks` packed."""
    kinds = {kind[:2]: kind for kind in MARK_KINDS}
    pieces = iter((packed or "").split())
    marks, position = [], 0
    for gap, length, letters in zip(pieces, pieces, pieces, strict=True):
        start = position + int(gap)
        position = start + int(length)
        marks.append(Mark(start, position, kinds[letters]))
    return marks


def spoken_text(text: str, marks: Iterable[Mark], kinds: Collection[str] = MARK_KINDS) -> str:
    """The text with white space in the place of marks of these kinds, so that every position stays what it was."""
    pieces: list[str] = []
    position = 0
    for start, end, kind in marks:
        if kind in kinds:
            pieces += (text[position:start], " " * (end - start))
            position = end
    return "".join((*pieces, text[position:]))


def words(text: str, marks: Iterable[Mark] = (), kinds: Collection[str] = MARK_KINDS) -> list[str]:
    """The words of a text without those in marks of these kinds: what a count of words counts."""
    return _WORD.findall(spoken_text(text, marks, kinds))


def _kind_in_place(text: str, start: int, end: int, written: str) -> str | None:
    """The kind of what is written, for which it can matter where in its line it stands."""
    if written[0] not in "([":
        return kind_of(written)
    if _LINK.match(text, end):
        return None  # [words](address) in Markdown
    opens_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    if opens_line and written[1:-1].isdecimal():
        return None  # the number of a list
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    ends_line = not rest.strip(" \t.")
    if ends_line and (opens_line or _closes_quote(text, start)) and is_attribution(written):
        return "attribution"
    return kind_of(written)


def _closes_quote(text: str, position: int) -> bool:
    before = text[max(0, position - 20) : position].rstrip()
    return before[-1:] in _QUOTE_ENDS
