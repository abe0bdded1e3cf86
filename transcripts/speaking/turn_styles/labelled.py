"""Styles that write a label before the speech: with a colon, a tab, a dash, in brackets, as a heading, alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from transcripts.speaking.speaker_labels import strength_of
from transcripts.speaking.times import CLOCK, STAMP
from transcripts.speaking.turn_styles.page import Opening, Page, as_label

NOT_IN_LABEL = r':\t\n*\[\]{}<>?!=|;"#'
BEFORE = rf"""
    (?P<quote>["“”„»«'‘])?\s*                             # a quotation that opens with the label
    (?:>{{1,3}}[^\S\n]*)?                                  # as captions show that somebody else speaks
    (?P<bold>\*\*(?=[\[(\#\d]))?
    (?:[-–—•][^\S\n]+)?
    (?P<before>(?:(?:{STAMP}|{CLOCK}|[\#(\[]?\d{{1,5}}[.)\]]?)[^\S\n]+){{0,2}})   # numbers of line and page, or a time
    (?:[-–—][^\S\n]+)?
"""
LABEL = rf"(?P<emphasis>\*\*|__|\*|)(?P<label>[^\W_](?:[^{NOT_IN_LABEL}]{{0,45}}[^\s{NOT_IN_LABEL}])??)"
LONGEST_OPENING = 160

_COLON = re.compile(
    rf"""
    {BEFORE}{LABEL}
    (?:
        (?P=emphasis)(?(bold)\*\*)(?(quote)["“”»«'’]?)
        (?:[ ]{{0,4}}(?P<beside>{STAMP}))?[ \xa0]?:(?!\d|//|\\)   # **I**: and I [00:12]:
      | :(?P=emphasis)(?(bold)\*\*)(?!\d|//|\\)                  # **I:** and **[00:12] I:**
    )
    (?(quote)(?:["“”»«'’](?=\s))?)                               # “I:” with nothing but the label quoted
    [^\S\n]*
    """,
    re.VERBOSE,
)
_OTHER_SIGN = re.compile(r"(?P<label>[^\W\d_]{1,3}\d{0,2}[;.])[^\S\n]+(?=[A-ZÆØÅÄÖÜ])")
_DOT = re.compile(r"(?P<label>[A-ZÆØÅÄÖÜ]{1,3}\d{0,2})[.;)>/][^\S\n]+(?=\S)")
_TAB = re.compile(
    rf"{BEFORE}{LABEL}(?P=emphasis)(?:[ ]*\t+|[ ]{{3,}})\s*(?:(?P<beside>{STAMP}|{CLOCK})(?:\t|[ ]{{3,}})\s*)?(?=\S)",
    re.VERBOSE,
)
_DASH = re.compile(rf"{BEFORE}{LABEL}(?P=emphasis)[^\S\n]+[-–—][^\S\n]+(?=\S)", re.VERBOSE)
_BRACKETS = re.compile(
    rf"{BEFORE}(?P<open>[\[(<]){LABEL}(?P=emphasis)(?P<close>[\])>])(?:[^\S\n]*:)?[^\S\n]*", re.VERBOSE
)
_HEADING = re.compile(rf"\#{{1,6}}[ ]+{LABEL}(?P=emphasis):?(?:[ ]+(?P<beside>{STAMP}|{CLOCK}))?[ #]*", re.VERBOSE)
_ALONE = re.compile(rf"{LABEL}(?P=emphasis)", re.VERBOSE)
_CAPITAL = r"(?:[^\W\d_a-zæøåäöüéß][\w.'’-]*|\d[\w.]*)"
_CAPITALS = re.compile(rf"{_CAPITAL}(?: {_CAPITAL}){{1,3}}")
_OFTEN_ALIKE = 3
_SPACED_DASH = re.compile(r"\s[-–—]\s")
_LONGEST_ALONE = 40
_LONGEST_DASHED = 60
_PAIRS = {"[": "]", "(": ")", "<": ">"}


def colon(page: Page) -> Iterator[Opening]:
    """``I: speech``, ``**Name:** speech``, ``12 MO: speech``, ``[00:12] I: speech``; the speech may stand below."""
    for number, line in enumerate(page.lines):
        end = min(line.end, line.start + LONGEST_OPENING)
        if page.text.find(":", line.start, end) < 0:
            continue
        match = _COLON.match(page.text, line.start, end)
        if match is not None and not _is_a_number(page, match):
            yield _opening(number, line.start, match)


def other_sign(page: Page) -> Iterator[Opening]:
    """``R; speech`` and ``R. speech``: a code with a sign that looks like a slip for the colon; the sign is kept."""
    for number, line in enumerate(page.lines):
        match = _OTHER_SIGN.match(page.text, line.start, line.end)
        if match is not None:
            yield Opening(number, line.start, match.end(), match["label"])


def tab(page: Page) -> Iterator[Opening]:
    """``I<tab>speech``: the first column of a table, also where spaces part the columns."""
    for number, line in enumerate(page.lines):
        end = min(line.end, line.start + LONGEST_OPENING)
        if page.text.find("\t", line.start, end) < 0 and page.text.find("   ", line.start, end) < 0:
            continue
        match = _TAB.match(page.text, line.start, end)
        if match is not None:
            yield _opening(number, line.start, match)


def is_table(page: Page, openings: Sequence[Opening]) -> bool:
    """Whether a file is a table of label and speech, and not prose or figures with a tab here and there."""
    columns = sum("\t" in text or "   " in text for text in map(page.line_text, range(len(page.lines))))
    few_labels = len({opening.label for opening in openings}) <= len(openings) / 2
    return len(openings) >= 0.8 * columns and (few_labels or len(openings) > len(page.lines) / 2)


def dash(page: Page) -> Iterator[Opening]:
    """``I – speech``."""
    for number, line in enumerate(page.lines):
        end = min(line.end, line.start + _LONGEST_DASHED)
        match = _DASH.match(page.text, line.start, end) if _SPACED_DASH.search(page.text, line.start, end) else None
        if match is not None and strength_of(as_label(match["label"])) is not None:
            yield _opening(number, line.start, match)


def dot(page: Page) -> Iterator[Opening]:
    """``Q. speech`` and ``I) speech``: a code with a sign that ends it."""
    for number, line in enumerate(page.lines):
        match = _DOT.match(page.text, line.start, line.end)
        if match is not None:
            yield _opening(number, line.start, match)


def space(page: Page) -> Iterator[Opening]:
    """``Anna Speech``: names or roles with nothing but a space behind them, where the same few open line upon line."""
    runs = [_CAPITALS.match(page.text, line.start, line.end) for line in page.lines]
    starts = [_beginnings(run[0].split(" ")) if run else [] for run in runs]
    times = Counter(start for tried in starts for start in tried)
    for number, (line, tried) in enumerate(zip(page.lines, starts, strict=True)):
        often = [start for start in tried if times[start] >= _OFTEN_ALIKE]
        label = next((start for start in reversed(often) if times[start] >= 0.8 * times[often[0]]), None)
        # Words that come again up to the last capital are a name in a sentence: "Anna Holm came."
        if label is not None and label != tried[-1] and strength_of(label) is not None:
            yield Opening(number, line.start, line.start + len(label) + 1, label)


def _beginnings(words: Sequence[str]) -> list[str]:
    """The texts of the first one, two, ... words, of which one may be a label."""
    return [" ".join(words[: count + 1]) for count in range(len(words))]


def brackets(page: Page) -> Iterator[Opening]:
    """``[Name] speech``, ``(I) speech`` and ``[Name]: speech``."""
    for number, line in enumerate(page.lines):
        match = _BRACKETS.match(page.text, line.start, min(line.end, line.start + LONGEST_OPENING))
        if match is not None and match["close"] == _PAIRS[match["open"]]:
            yield _opening(number, line.start, match)


def heading(page: Page) -> Iterator[Opening]:
    """``### Name`` with the speech below."""
    for number, line in enumerate(page.lines):
        match = _HEADING.fullmatch(page.text, line.start, line.end) if page.text[line.start] == "#" else None
        if match is not None:
            yield _opening(number, line.start, match)


def alone(page: Page) -> Iterator[Opening]:
    """``I`` or ``**Name**`` alone on a line, with the speech below and no other label there."""
    for number, line in enumerate(page.lines):
        match = _ALONE.fullmatch(page.text, line.start, line.end) if line.end - line.start <= _LONGEST_ALONE else None
        if match is not None and match["label"][-1] != "." and strength_of(as_label(match["label"])) is not None:
            yield _opening(number, line.start, match)


def _opening(number: int, start: int, match: re.Match[str]) -> Opening:
    groups = match.groupdict()
    stamp = groups.get("beside") or groups.get("before") or ""
    return Opening(number, start, match.end(), as_label(match["label"]), stamp)


def _is_a_number(page: Page, match: re.Match[str]) -> bool:
    """``Matt 5: 3``: a verse, a ratio or a score, and no label with a number of its own."""
    after = page.text[match.end() : match.end() + 1]
    return after.isdigit() and match["label"][-1].isdigit() and strength_of(as_label(match["label"])) == "name"
