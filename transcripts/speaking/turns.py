"""Speaker turns: who speaks from where to where, as the file's style of writing it says.

A label is what transcribers write before speech: ``I:``, ``IP1+IP2:``, ``Interviewer:``, ``**Ali** [00:12]``, or
``Anna  0:21`` on a line of its own. The styles are in :mod:`transcripts.speaking.turn_styles`; which texts are labels
is decided for the whole file, because prose has colons too: see
:func:`transcripts.speaking.speaker_labels.strength_of`.

A line without a label belongs to the turn above it, also after a blank line: answers of several paragraphs
are common, and a paragraph cut off from its speaker would lose the case and the role that its codings count
under. What stands before the first label (titles, heads, legends) is unlabelled, and so is a file without labels:
there each paragraph is a turn.

A turn begins at the time written with its label. It ends at a time only where the file says so: ``0:03 --> 0:07``
beside the label, or ``#00:01:02-3#`` after the speech, which is then also when the next turn begins. A time anywhere
else in speech is speech.

Every character that is not white space is in exactly one turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.legend import LegendEntry, find_legend
from transcripts.speaking.times import CLOCK, Times, read_times, stamp_at
from transcripts.speaking.turn_findings import Begin, turn_findings
from transcripts.speaking.turn_styles.choosing import choose
from transcripts.speaking.turn_styles.head import head_end
from transcripts.speaking.turn_styles.page import Opening, Page

if TYPE_CHECKING:
    from store.findings import Finding

_END_STAMP = re.compile(rf"#{CLOCK}(?:-\d{{1,3}})?#$")
_LONGEST_STAMP = 24


class TurnSpan(NamedTuple):
    """One turn in code points: from ``start`` (its label) over ``speech_start`` to ``end``, without outer space.

    ``label`` is as typed, with single spaces and without signs of emphasis, or as the settings say to read it; None
    where nobody is named. ``begins_at`` and ``ends_at`` are milliseconds from the start of the recording; None where
    the file says no time.
    """

    start: int
    speech_start: int
    end: int
    label: str | None
    begins_at: int | None = None
    ends_at: int | None = None


class Turns(NamedTuple):
    """The turns of a text, in order and not overlapping, and how they were found.

    ``style`` is one of :data:`transcripts.speaking.turn_styles.NAMES`, or what the reader of a format that tells the
    turns calls its way of telling them. ``legend`` is what the head says of the labels; nothing is done with it.
    ``findings`` are what a person should decide.
    """

    turns: list[TurnSpan]
    style: str | None
    legend: tuple[LegendEntry, ...]
    findings: tuple[Finding, ...]


def find_turns(text: str, settings: Settings = DEFAULT) -> Turns:
    """The turns of a normalised text. Raises InputError: the settings name a style that there is not."""
    page = Page(text)
    choice = choose(page, settings)
    legend, legend_lines = find_legend(page, choice.openings)
    openings = [opening for opening in choice.openings if opening.line not in legend_lines]
    if settings.style is None:
        end = head_end(page, openings)
        openings = [opening for opening in openings if opening.line >= end]
    spans = _spans(text, openings, dict(settings.labels))
    begins = [Begin(span.start, span.begins_at) for span in spans if span.begins_at is not None]
    findings = turn_findings(page, choice._replace(openings=openings), begins, legend, settings)
    turns = [*_before(page, openings), *spans]
    return Turns(turns, choice.style, legend, findings)


def told_turns(told: Sequence[TurnSpan], style: str | None, settings: Settings) -> Turns:
    """The turns that a format itself tells, with their labels read as the settings say."""
    read_as = dict(settings.labels)
    turns = [turn._replace(label=read_as.get(turn.label, turn.label) or None) if turn.label else turn for turn in told]
    return Turns(turns, style, (), ())


def split_turns(text: str) -> list[TurnSpan]:
    """The turns of a normalised text in the style that it is found to have."""
    return find_turns(text).turns


def _before(page: Page, openings: Sequence[Opening]) -> Iterator[TurnSpan]:
    """What stands before the first opening: a turn for each paragraph, with nobody named."""
    first = openings[0].start if openings else len(page.text)
    lines = [line._replace(end=min(line.end, first)) for line in page.lines if line.start < first]
    for start, end in page.blocks(lines):
        yield TurnSpan(start, start, _trimmed_end(page.text, start, end), None)


def _spans(text: str, openings: Sequence[Opening], read_as: dict[str, str]) -> list[TurnSpan]:
    ends = [*(opening.start for opening in openings[1:]), len(text)] if openings else []
    spans = [
        _span(text, opening, _trimmed_end(text, opening.start, end), read_as)
        for opening, end in zip(openings, ends, strict=True)
    ]
    for number, (one, following) in enumerate(pairwise(spans), start=1):
        if following.begins_at is None and one.ends_at is not None and text[one.end - 1] == "#":
            spans[number] = following._replace(begins_at=one.ends_at)
    return spans


def _span(text: str, opening: Opening, end: int, read_as: dict[str, str]) -> TurnSpan:
    speech_start, times = _skipped(text, opening.speech_start, end), read_times(opening.stamp)
    if times.begins_at is None and (stamp_end := stamp_at(text, speech_start, end)) is not None:
        times = read_times(text[speech_start:stamp_end])
        speech_start = _skipped(text, stamp_end, end)
    last = _END_STAMP.search(text, max(speech_start, end - _LONGEST_STAMP), end)
    if times.ends_at is None and last is not None:
        times = Times(times.begins_at, read_times(last[0]).begins_at)
    label = opening.label
    return TurnSpan(opening.start, speech_start, end, read_as.get(label, label) if label else None, *times)


def _skipped(text: str, start: int, end: int) -> int:
    """The first character of speech, on the label's line or below it; ``end`` where nothing was said."""
    while start < end and text[start].isspace():
        start += 1
    return min(start, end)


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
