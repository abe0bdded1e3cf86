"""Styles in which nobody is named, and labels inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcripts.speaking.speaker_labels import strength_of
from transcripts.speaking.turn_styles.page import Opening, Page, as_label

_DASH = re.compile(r"[-–—―][^\S\n]*(?=\S)")
_SENTENCE_ENDS = frozenset(".?!…")
_CLOSES = frozenset(".?!…)]\"”»“'’")
_LOOK_BACK = 50
_BREAKS = re.compile(r'[.?!…()\[\]"”“»«,;:]\s+')


def dashes(page: Page) -> Iterator[Opening]:
    """``– speech``: a dash for each turn, and nobody named."""
    for number, line in enumerate(page.lines):
        match = _DASH.match(page.text, line.start, line.end)
        if match is not None and page.text[match.end()] not in "-–—―":
            yield Opening(number, line.start, match.end(), None)


def is_talk(page: Page, openings: Sequence[Opening]) -> bool:
    """Whether lines with a dash are talk: lists have dashes too, but talk asks, and ends its sentences."""
    said = [page.line_text(opening.line) for opening in openings]
    return any("?" in line for line in said) and sum(line[-1] in _SENTENCE_ENDS for line in said) > len(said) / 2


def inline(page: Page) -> Iterator[Opening]:
    """``... Interviewer: speech Leder: speech`` in one paragraph; only labels that are codes, roles or names."""
    text, number, at = page.text, 0, page.text.find(": ")
    while at >= 0:
        while page.lines[number].end <= at:
            number += 1
        line_start = page.lines[number].start
        label = (
            None
            if text[text.rfind(" ", line_start, at) + 1].islower()
            else _label_before(text, max(line_start, at - _LOOK_BACK), at)
        )
        if label is not None and at - len(label) > line_start:
            yield Opening(number, at - len(label), at + 2, as_label(label))
        at = text.find(": ", at + 1)


def _label_before(text: str, start: int, colon: int) -> str | None:
    """The label that ends before a colon: all of the last sentence, or of a role its last one or two words."""
    before = text[start:colon]
    cut = [match.end() for match in _BREAKS.finditer(before)]
    whole = before[cut[-1] :] if cut else ""
    if whole and before[: cut[-1]].rstrip()[-1] in _CLOSES and strength_of(as_label(whole)) is not None:
        return whole
    words = before.split(" ")
    for count in (2, 1):
        label = " ".join(words[-count:])
        if len(words) > count and len(label) > 5 and strength_of(as_label(label)) == "role" and label[0].isupper():
            return label
    return None
