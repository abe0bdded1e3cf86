"""Styles that write who speaks and when on one line or two: Otter, Word, Teams, Zoom, podcasts, chats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcripts.speaking.speaker_labels import strength_of
from transcripts.speaking.times import CLOCK, STAMP
from transcripts.speaking.turn_styles.labelled import BEFORE, LABEL, LONGEST_OPENING
from transcripts.speaking.turn_styles.page import Line, Opening, Page, as_label, runs_together

_WHO = r"(?P<label>[^\s\[(<#*_-][^\n\t\[<:]{0,58}?)"  # any name a program may know somebody by
_NAME_TIME_SPEECH = re.compile(
    rf"{BEFORE}{LABEL}(?P=emphasis)[ ]{{0,4}}(?P<beside>{STAMP}):?(?=\s|$)[^\S\n]*", re.VERBOSE
)
_NAME_TIME = re.compile(
    rf"(?P<emphasis>\*\*|__|\*|){_WHO}(?P=emphasis):?(?:[^\S\n]+|[^\S\n]*(?=[\[(]))(?P<beside>{STAMP}|{CLOCK}):?"
)
_TIME_NAME = re.compile(
    rf"(?P<beside>{STAMP}|{CLOCK})[^\S\n]+(?:[-–—][^\S\n]+)?(?P<emphasis>\*\*|__|\*|){_WHO}(?P=emphasis):?"
)
_BRACKETED = re.compile(rf"\[(?P<label>[^\]\n\[]{{1,80}})\][^\S\n]+(?P<beside>{STAMP}|{CLOCK})")
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_CHAT = re.compile(
    rf"""
      {CLOCK}[^\S\n]+(?:From|Fra|Von|Från|Frå)[^\S\n]+(?P<sender>[^\n:]{{1,80}}?)
        (?:[^\S\n]+(?:to|To|til|an|till)[^\S\n]+[^\n:]{{1,80}})?[^\S\n]*:[^\S\n]*
    | \[?{_DATE},?[^\S\n]+{CLOCK}\]?[^\S\n]*(?:[-–][^\S\n]*)?(?P<writer>[^\n:\[]{{1,60}}):[^\S\n]+
    """,
    re.VERBOSE,
)
_TIME_ALONE = re.compile(rf"{STAMP}|{CLOCK}")
_TIMED_LINE = re.compile(rf"(?P<beside>{STAMP}|{CLOCK}$)[^\S\n]*")
_NEARLY_A_TIME = re.compile(r"\d[:.]\d")
_NEARLY_A_STAMP = re.compile(r"[\[(<{#]\d|-->")
_LAST_OF_A_TIME = frozenset("0123456789])>}#:")
_LONGEST_NAME = 60
_LONGEST_LINE = 90
_SENTENCE_ENDS = frozenset(".?!,;:…")


def name_time(page: Page) -> Iterator[Opening]:
    """``**Name** [0:21] speech``, and ``Name  0:21`` alone on a line with the speech below."""
    alone = []
    for number, line in enumerate(page.lines):
        end = min(line.end, line.start + LONGEST_OPENING)
        if _NEARLY_A_TIME.search(page.text, line.start, end) is None:
            continue
        if match := _name_and_time_alone(page, line):
            alone.append(Opening(number, line.start, match.end(), as_label(match["label"]), match["beside"]))
        elif _NEARLY_A_STAMP.search(page.text, line.start, end) and (
            match := _NAME_TIME_SPEECH.match(page.text, line.start, end)
        ):
            yield Opening(number, line.start, match.end(), as_label(match["label"]), match["beside"])
    if not runs_together(alone):
        yield from alone


def _name_and_time_alone(page: Page, line: Line) -> re.Match[str] | None:
    if line.end - line.start > _LONGEST_LINE or page.text[line.end - 1] not in _LAST_OF_A_TIME:
        return None
    return _NAME_TIME.fullmatch(page.text, line.start, line.end)


def time_name(page: Page) -> Iterator[Opening]:
    """``[00:00:03] I`` or ``00:00:03 Speaker 1`` alone on a line, with the speech below."""
    found = []
    for number, line in enumerate(page.lines):
        if line.end - line.start > _LONGEST_LINE or not _starts_with_digit(page, line.start):
            continue
        match = _TIME_NAME.fullmatch(page.text, line.start, line.end)
        if match is not None and match["label"][-1] not in _SENTENCE_ENDS:
            found.append(Opening(number, line.start, match.end(), as_label(match["label"]), match["beside"]))
    if not runs_together(found):
        yield from found


def bracketed_name_time(page: Page) -> Iterator[Opening]:
    """``[Name] 00:00:03`` alone on a line, with the speech below."""
    for number, line in enumerate(page.lines):
        match = _BRACKETED.fullmatch(page.text, line.start, line.end) if page.text[line.start] == "[" else None
        if match is not None:
            yield Opening(number, line.start, match.end(), as_label(match["label"]), match["beside"])


def chat(page: Page) -> Iterator[Opening]:
    """``14:03:12 From Name to Everyone: text`` and ``[3.5.2024, 14:03] Name: text``. The time is that of the day."""
    for number, line in enumerate(page.lines):
        if _starts_with_digit(page, line.start):
            match = _CHAT.match(page.text, line.start, min(line.end + 1, line.start + 2 * LONGEST_OPENING))
            if match is not None:
                yield Opening(number, line.start, match.end(), as_label(match["sender"] or match["writer"]))


def name_above_time(page: Page) -> Iterator[Opening]:
    """A line with the name, a line with the time, and the speech below."""
    for number in range(1, len(page.lines)):
        line, above = page.lines[number], page.lines[number - 1]
        if not _is_time_alone(page, number) or _is_time_alone(page, number - 1):
            continue
        label = as_label(page.text[above.start : above.end].strip("*_"))
        if 0 < len(label) <= _LONGEST_NAME and label[-1] not in _SENTENCE_ENDS:
            yield Opening(number - 1, above.start, line.end, label, page.line_text(number))


def name_below_time(page: Page) -> Iterator[Opening]:
    """A line with the time, a line with the name, and the speech below."""
    for number in range(len(page.lines) - 1):
        line, below = page.lines[number], page.lines[number + 1]
        if not _is_time_alone(page, number) or below.after_blank or _is_time_alone(page, number + 1):
            continue
        label = as_label(page.text[below.start : below.end].strip("*_"))
        if 0 < len(label) <= _LONGEST_NAME and label[-1] not in _SENTENCE_ENDS and strength_of(label) is not None:
            yield Opening(number, line.start, below.end, label, page.line_text(number))


def times(page: Page) -> Iterator[Opening]:
    """``[00:00:03] speech`` with nobody named, and a time alone on a line above speech."""
    for number, line in enumerate(page.lines):
        if _starts_with_digit(page, line.start):
            match = _TIMED_LINE.match(page.text, line.start, line.end)
            if match is not None:
                yield Opening(number, line.start, match.end(), None, match["beside"])


def _is_time_alone(page: Page, number: int) -> bool:
    line = page.lines[number]
    is_short = line.end - line.start <= 40 and _starts_with_digit(page, line.start)
    return is_short and _TIME_ALONE.fullmatch(page.text, line.start, line.end) is not None


def _starts_with_digit(page: Page, start: int) -> bool:
    first = page.text[start]
    return first.isdigit() or (first in "[(<{#" and page.text[start + 1 : start + 2].isdigit())
