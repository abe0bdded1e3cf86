"""Numbers that transcribers put before or behind lines, or before turns, so that a quote can be found again.

A number is one of them where it counts on: from line to line, every fifth or tenth line, or from turn to turn. Years,
lists, and speech that begins with a number do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from store.findings import Finding
from transcripts.readers import FurnitureKind
from transcripts.speaking.speaker_labels import strength_of
from transcripts.text import describe_position

FEWEST = 5
"""So many numbers are a run."""
_FEWEST_APART = 4
"""So many are one where only every fifth line, say, bears a number: they have to be just so far apart."""
_COVERED = 0.7
"""The share of lines from the first number on that bear one, where every line is numbered."""
_HALF_THE_FILE = 0.5
_LONG = 30
"""A run that is neither half the file nor so many lines long may be a list."""
_REGULAR = 0.9
"""The share of steps in a run that are as they should be."""
_CONTINUED = 0.2
"""The share of lines that begin with a small letter, where text was broken into lines."""
_STOPS = frozenset('.?!:…"”»')
_STEPS = (5, 10, 2, 3, 4, 20)

_LEADING = re.compile(r"[ \t]*(?P<number>\d{1,5})(?:[ \t]+(?P<second>\d{1,5}))?(?:[ \t]+|(?=[\n\f]|$))")
_LEADING_TURN = re.compile(r"[ \t]*[#(\[]?(?P<number>\d{1,5})[.):\]]{0,2}[ \t]+(?=\S)")
_TRAILING = re.compile(r"(?<![ \t])(?:[ \t]{2,}+|\t)(?P<number>\d{1,5})[ \t]*(?=[\n\f]|$)")
_LABEL = re.compile(r"\W{0,4}([^\W\d_][^:\n]{0,40}?)\W{0,3}:")


class _Numbered(NamedTuple):
    """A number beside a line: the line's place among those with something on them and among all, the number, where it
    begins and ends with the space that parts it from the line, and its kind.
    """

    place: int
    row: int
    number: int
    start: int
    end: int
    kind: FurnitureKind = "line number"


class _Line(NamedTuple):
    """A line with something on it, in code points, and its row among all lines."""

    start: int
    end: int
    row: int


def find_numbers(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, FurnitureKind]]:
    """The numbers of lines or turns among lines, each line given by its start and end; and those of pages that stand
    in front of them. Starts and ends are code points and take in the space that parts a number from its line.
    """
    lines = [_Line(start, end, row) for row, (start, end) in enumerate(spans) if text[start:end].strip()]
    for read in (_leading, _trailing):
        numbered = [read(text, place, line) for place, line in enumerate(lines)]
        found = _every_line(text, lines, numbered) or _every_few_lines(lines, numbered)
        if found:
            return [(number.start, number.end, number.kind) for number in found]
    return [(number.start, number.end, number.kind) for number in _every_turn(text, lines)]


def in_doubt(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """A finding where lines in a row bear numbers that count on, but may be a list. For texts without a run."""
    lines = [_Line(start, end, row) for row, (start, end) in enumerate(spans) if text[start:end].strip()]
    leading = [found[0] for place, line in enumerate(lines) if (found := _leading(text, place, line))]
    run: list[_Numbered] = []
    for number in leading:
        follows = run and number.number == run[-1].number + 1 and number.place == run[-1].place + 1
        run = [*run, number] if follows else [number]
        if len(run) == FEWEST:
            message = "from here on lines begin with numbers that count on; they were left in, for they may be a list."
            yield Finding("numbers-in-doubt", describe_position(text, run[0].start), message)
            return


def _leading(text: str, place: int, line: _Line) -> list[_Numbered]:
    """The numbers a line begins with: that of the line, or those of a page and the line."""
    match = _LEADING.match(text, line.start, line.end)
    if match is None:
        return []
    first_end = match.start("second") if match["second"] else match.end()
    found = [_Numbered(place, line.row, int(match["number"]), match.start(), first_end)]
    if match["second"]:
        found.append(_Numbered(place, line.row, int(match["second"]), first_end, match.end()))
    return found


def _trailing(text: str, place: int, line: _Line) -> list[_Numbered]:
    if not text[line.start : line.end].rstrip(" \t\n\f")[-1:].isdecimal():
        return []  # nearly always, and told at once
    match = _TRAILING.search(text, line.start, line.end)
    return [_Numbered(place, line.row, int(match["number"]), match.start(), match.end())] if match else []


def _every_line(text: str, lines: Sequence[_Line], numbered: Sequence[list[_Numbered]]) -> list[_Numbered]:
    """The run in which nearly every line bears the number after that of the line before; empty where there is none."""
    first = next((n for n in range(len(lines) - 1) if _begins_run(numbered[n], numbered[n + 1])), None)
    if first is None:
        return []
    run = [numbered[first][0]]
    pages: list[_Numbered] = []
    for here in numbered[first + 1 :]:
        for before, number in zip([None, *here], here, strict=False):
            if _follows(run[-1], number):
                run.append(number)
                pages += [before._replace(kind="page number")] if before else []
                break
    long = len(run) >= max(FEWEST, _COVERED * (len(lines) - first))
    most = len(run) >= min(_LONG, _HALF_THE_FILE * len(lines))
    even = sum(after.number == before.number + 1 or after.number == 1 for before, after in pairwise(run))
    if long and most and even >= _REGULAR * (len(run) - 1) and _is_talk(text, run):
        return sorted([*run, *pages], key=lambda number: number.start)
    return []


def _begins_run(here: Sequence[_Numbered], below: Sequence[_Numbered]) -> bool:
    return bool(here) and any(_follows(here[0], number) for number in below)


def _follows(before: _Numbered, number: _Numbered) -> bool:
    """Whether a number goes on from one above it: by one, by the lines between, or from 1 on a new page."""
    step = number.number - before.number
    return step == 1 or 0 < step <= number.row - before.row or (number.number == 1 and before.number >= FEWEST)


def _is_talk(text: str, run: Sequence[_Numbered]) -> bool:
    """Whether lines are talk, or text broken into lines, and not a list."""
    begins = [text[number.end : number.end + 60] for number in run]
    ends = [text[max(number.start - 9, 0) : number.start].rstrip()[-1:] for number in run[1:]]
    continued = sum(begin[:1].islower() and end not in _STOPS for begin, end in zip(begins[1:], ends, strict=True))
    labels = Counter(filter(None, map(_label, begins)))
    spoken = sum(times for label, times in labels.items() if times > 1 or strength_of(label) in ("code", "role"))
    return continued >= _CONTINUED * len(begins) or spoken > 1


def _every_few_lines(lines: Sequence[_Line], numbered: Sequence[list[_Numbered]]) -> list[_Numbered]:
    """The run in which every fifth line, say, bears its number; empty where there is none."""
    for step in _STEPS:
        run: list[_Numbered] = []
        lone = [here[0] for here in numbered if here and here[0].number % step == 0]
        for number in lone:
            if not run or _counts_lines(run[-1], number, step):
                run.append(number)
            elif len(run) == 1:
                run = [number]
        expected = (run[-1].place - run[0].place) / step + 1 if run else 0
        enough = max(_FEWEST_APART, _REGULAR * len(lone), _HALF_THE_FILE * expected, _HALF_THE_FILE * len(lines) / step)
        if len(run) >= enough:
            return run
    return []


def _counts_lines(before: _Numbered, number: _Numbered, step: int) -> bool:
    """Whether a number is as many lines below another as it says, with or without the empty ones; or begins a page."""
    further = number.number - before.number
    if further <= 0:
        return number.number == step
    return further % step == 0 and further in (number.place - before.place, number.row - before.row)


def _every_turn(text: str, lines: Sequence[_Line]) -> list[_Numbered]:
    """The run in which turns are numbered: a number before each label, each one more than the last."""
    run: list[_Numbered] = []
    labels: Counter[str] = Counter()
    bare = 0
    for place, line in enumerate(lines):
        match = _LEADING_TURN.match(text, line.start, line.end)
        label = _label(text[match.end() if match else line.start : line.end][:60])
        if label is None:
            continue
        if match is None:
            bare += 1
            continue
        number = _Numbered(place, line.row, int(match["number"]), match.start(), match.end())
        if not run or number.number == run[-1].number + 1:
            run.append(number)
            labels[label] += 1
        else:
            bare += 1
    return run if len(run) >= max(FEWEST, _REGULAR * (len(run) + bare)) and len(labels) <= len(run) / 2 else []


def _label(begin: str) -> str | None:
    match = _LABEL.match(begin)
    label = match[1].strip() if match else ""
    return label if label and strength_of(label) else None
