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

from transcripts.speaker_labels import KEYS, parts_of, strength_of, without_remark


class TurnSpan(NamedTuple):
    """One turn in code points: from ``start`` (its label) over ``speech_start`` to ``end``, without outer space.

    ``label`` is as typed, with single spaces and without signs of emphasis; None where nobody is named.
    ``begins_at`` and ``ends_at`` are milliseconds from the start of the recording; None where the file says no time.
    """

    start: int
    speech_start: int
    end: int
    label: str | None
    begins_at: int | None = None
    ends_at: int | None = None


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
_NOT_IN_LABEL = r':\t\n*\[\]{}<>?!=|;"'
_OPENING = re.compile(
    rf"""
    ["“”„»']?\s*                                          # a quotation that opens with the label
    (?:[#(\[]?(?:{_TIME}|\d{{1,5}})[.)\]]?[^\S\n]+){{0,2}}   # numbers of line and page, or a time
    (?P<emphasis>\*\*|__|\*|)
    (?P<label>[^\W_](?:[^{_NOT_IN_LABEL}]{{0,45}}[^\s{_NOT_IN_LABEL}])??)
    (?P<sign>
        (?P=emphasis)(?:[ ]?[\[(]{_TIME}[\])])?[ \xa0]?:(?!\d|//)   # **I**: and I [00:12]:
      | :(?P=emphasis)(?!\d|//)                                # **I:**
      | (?P=emphasis)[ ]{{0,4}}[\[(]{_TIME}[\])]:?               # **I** [00:12]
      | (?P=emphasis)[ ]{{1,4}}{_TIME}$                         # I  00:12, with the speech below
      | (?P=emphasis)\t+(?=\S)                                 # the first column of a table
    )
    [^\S\n]*
    """,
    re.VERBOSE,
)
_LONGEST_OPENING = 160
_KEY_LINE = re.compile(r"([^\W\d_]+)[^:\n]{0,40}:")
_WIDEST_WRAPPED = 120
_STOPS = frozenset('.?!:…)]"”“»«')


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
    labels = _labels([c for c in candidates if c.sign == ":"])
    in_table = [c for c in candidates if c.sign == "\t"]
    if _is_regular(in_table, text, lines):
        labels |= _labels(in_table)
    accepted = [c for c in candidates if c.label in labels]
    head_end = _head_end(text, lines, accepted)
    return [c for c in accepted if c.line >= head_end]


def _candidates(text: str, lines: Sequence[_Line]) -> Iterator[_Candidate]:
    for number, line in enumerate(lines):
        match = _OPENING.match(text, line.start, min(line.end, line.start + _LONGEST_OPENING))
        if match is not None:
            label = " ".join(match["label"].split())
            sign = "\t" if "\t" in match["sign"] else ":"
            yield _Candidate(number, label, sign, match.end())


def _labels(candidates: Sequence[_Candidate]) -> set[str]:
    """Which texts are labels: codes and roles at once, names from the second time, joined ones by their parts."""
    bare = Counter(without_remark(c.label) for c in candidates)
    known = {label for label, times in bare.items() if _is_label(label, times)}
    known |= {label for label in bare if all(part in known or _is_label(part, 1) for part in parts_of(label))}
    return {c.label for c in candidates if without_remark(c.label) in known}


def _is_label(text: str, times: int) -> bool:
    strength = strength_of(text)
    return strength in ("code", "role") or (strength == "name" and times >= 2)


def _is_regular(in_table: Sequence[_Candidate], text: str, lines: Sequence[_Line]) -> bool:
    """Whether the file is a table of label and speech, and not prose or figures with a tab here and there."""
    tabbed = sum("\t" in text[line.start : line.end] for line in lines)
    few_labels = len({c.label for c in in_table}) <= len(in_table) / 2
    return len(in_table) >= 0.8 * tabbed and (few_labels or len(in_table) > len(lines) / 2)


def _head_end(text: str, lines: Sequence[_Line], accepted: Sequence[_Candidate]) -> int:
    """The line after a head (``Informant: Elev 1 / Interviewer: LO / Dato: ...``) that holds the first labels.

    A head is a block of lines each with a key, no key twice, under a title or none. 0 where there is no head.
    """
    if not accepted:
        return 0
    first = accepted[0].line
    end = next((n for n in range(first + 1, len(lines)) if lines[n].after_blank), len(lines))
    start = next((n for n in range(first, 0, -1) if lines[n].after_blank), 0)
    keys = [_KEY_LINE.match(text, line.start, line.end) for line in lines[start:end]]
    while keys and keys[0] is None:
        keys.pop(0)
    found = [key for key in keys if key is not None]
    if len({key[0] for key in found}) < len(keys):
        return 0
    inside = [c.label for c in accepted if c.line < end]
    below = Counter(c.label for c in accepted if c.line >= end)
    has_head_key = any(key[1].casefold() in KEYS for key in found)
    return end if _is_head(inside, below, len(keys), has_head_key) else 0


def _is_head(inside: Sequence[str], below: Counter[str], line_count: int, has_head_key: bool) -> bool:
    """Whether a block with these labels is no talk: others talk below it, and it has a key that no speaker has
    (``Dato``), or is several labels none of which ever speaks below.
    """
    if not below or any(strength_of(label) == "code" and not below[label] for label in inside):
        return False
    silent = not any(below[label] for label in inside)
    return has_head_key or (silent and line_count > 1 and max(below.values()) > 1)


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
    broken = sum(
        a.end - a.start <= _WIDEST_WRAPPED and text[a.end - 1] not in _STOPS and text[b.start].islower()
        for a, b in pairs
    )
    return broken > len(pairs) / 3


def _speech_start(text: str, start: int, end: int) -> int:
    """The first character of speech, on the label's line or below it; ``end`` where nothing was said."""
    while start < end and text[start].isspace():
        start += 1
    return start
