"""Speaker turns, found by the labels at the starts of lines.

A label is what transcribers write before speech: ``I:``, ``IP1+IP2:``, ``Interviewer:``, ``Anne Marie:``,
``**Ali** [00:12]``, ``12 MO:``, or the first column of a table. Which texts before a colon are labels is
decided for the whole file, because prose has colons too: see :func:`transcripts.speaker_labels.strength_of`.

A line without a label belongs to the turn above it, also after a blank line: answers of several paragraphs
are common, and a paragraph cut off from its speaker would lose the case and the role that its codings count
under. What stands before the first label (titles, heads) is unlabelled, and so is a file without labels:
there each paragraph is a turn.

Every character that is not white space is in exactly one turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transcripts.speaker_labels import NEVER, parts_of, strength_of


class TurnSpan(NamedTuple):
    """One turn in code points: from ``start`` (its label) over ``speech_start`` to ``end``, without outer space.

    ``label`` is as typed, with single spaces and without signs of emphasis; None where nobody is named.
    """

    start: int
    speech_start: int
    end: int
    label: str | None


class _Line(NamedTuple):
    """A line with something on it, in code points, without outer space."""

    start: int
    end: int
    after_blank: bool


class _Candidate(NamedTuple):
    """A line that may begin with a label. ``sign`` is what parts label from speech."""

    line: int
    label: str
    sign: str
    speech_start: int


_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?"
_START = re.compile(
    rf"""
    ["“”„»']?\s*                                          # a quotation that opens with the label
    (?:[#(\[]?(?:{_TIME}|\d{{1,5}})[.)\]]?[^\S\n]+){{0,2}}   # numbers of lines and pages, or a time
    (?P<emphasis>\*\*|__|\*|)
    (?P<label>[^\W_](?:[^:\t\n*\[\]{{}}<>?!=|;"]{{0,45}}[^\s:\t\n*\[\]{{}}<>?!=|;"])??)
    (?P<sign>
        \s?(?P=emphasis)(?:[ ]?[\[(]{_TIME}[\])])?[ ]?:(?P=emphasis)(?!\d|//)
      | :(?P=emphasis)(?!\d|//)
      | (?P=emphasis)[ ]{{0,4}}[\[(]{_TIME}[\])]:?
      | (?P=emphasis)[ ]{{1,4}}{_TIME}$
      | (?P=emphasis)\t+(?=[^\s\d])
    )
    [^\S\n]*
    """,
    re.VERBOSE,
)
_LONGEST_START = 160
_KEY_LINE = re.compile(r"([^\W\d_]+)[^:\n]{0,40}:")


def split_turns(text: str) -> list[TurnSpan]:
    """The turns of a normalised text, in order and not overlapping."""
    lines = list(_lines(text))
    openings = _accepted(text, lines)
    first = openings[0].line if openings else len(lines)
    turns = list(_paragraphs(text, lines[:first]))
    next_lines = [opening.line for opening in openings[1:]] + [len(lines)]
    for opening, next_line in zip(openings, next_lines, strict=False):
        start, end = lines[opening.line].start, lines[next_line - 1].end
        turns.append(TurnSpan(start, _speech_start(text, opening.speech_start, end), end, opening.label))
    return turns


def _lines(text: str) -> Iterator[_Line]:
    start, blank = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = start + len(raw) - len(raw.lstrip())
            yield _Line(first, first + len(stripped), blank)
        blank = not stripped
        start += len(raw) + 1


def _accepted(text: str, lines: Sequence[_Line]) -> list[_Candidate]:
    """The lines that begin a turn, after a look at the whole file."""
    candidates = list(_candidates(text, lines))
    with_colon = [c for c in candidates if c.sign != "\t"]
    labels = _labels(with_colon)
    with_tab = [c for c in candidates if c.sign == "\t"]
    if len(with_tab) > len(lines) // 2:
        labels |= _labels(with_tab)
    accepted = [c for c in candidates if c.label in labels]
    head = _head_length(text, lines, accepted)
    return [c for c in accepted if c.line >= head]


def _candidates(text: str, lines: Sequence[_Line]) -> Iterator[_Candidate]:
    for number, line in enumerate(lines):
        match = _START.match(text, line.start, min(line.end, line.start + _LONGEST_START))
        if match is not None:
            label = " ".join(match["label"].split())
            sign = "\t" if "\t" in match["sign"] else ":"
            yield _Candidate(number, label, sign, match.end())


def _labels(candidates: Sequence[_Candidate]) -> set[str]:
    """The texts that are labels: codes and roles at once, names from the second time, joined ones by their parts."""
    counted = Counter(c.label for c in candidates)
    labels = set()
    for label, times in counted.items():
        strength = strength_of(label)
        if strength in ("code", "role") or (strength == "name" and times >= 2):
            labels.add(label)
    joined = {label for label in counted if len(parts_of(label)) > 1}
    return labels | {label for label in joined if all(part in labels for part in parts_of(label))}


def _head_length(text: str, lines: Sequence[_Line], accepted: Sequence[_Candidate]) -> int:
    """How many lines a head such as ``Informant: ... / Dato: ...`` takes, where the first labels stand in one.

    A head is a block of lines that all have a key and a colon, with a key that is never a speaker among them
    and no key twice.
    """
    if not accepted:
        return 0
    start = end = accepted[0].line
    while start > 0 and not lines[start].after_blank:
        start -= 1
    while end < len(lines) and (end == start or not lines[end].after_blank):
        end += 1
    keys = [_KEY_LINE.match(text, line.start, line.end) for line in lines[start:end]]
    words = [key[1].casefold() for key in keys if key is not None]
    is_head = len(words) == end - start == len({key[0] for key in keys if key}) and bool(NEVER.intersection(words))
    return end if is_head else 0


def _paragraphs(text: str, lines: Sequence[_Line]) -> Iterator[TurnSpan]:
    """Unlabelled turns: each line, or in a text whose lines run on into each other each block of lines."""
    running = _runs_on(text, lines)
    block: list[_Line] = []
    for line in lines:
        if block and (line.after_blank or not running):
            yield TurnSpan(block[0].start, block[0].start, block[-1].end, None)
            block = []
        block.append(line)
    if block:
        yield TurnSpan(block[0].start, block[0].start, block[-1].end, None)


def _runs_on(text: str, lines: Sequence[_Line]) -> bool:
    """Whether most lines break in the middle of a sentence, as in text wrapped at a fixed width."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    broken = sum(text[a.end - 1].isalnum() and text[b.start].islower() for a, b in pairs)
    return broken > len(pairs) / 3


def _speech_start(text: str, start: int, end: int) -> int:
    """The first character of speech, on the label's line or below it; ``end`` where nothing was said."""
    while start < end and text[start].isspace():
        start += 1
    return start
