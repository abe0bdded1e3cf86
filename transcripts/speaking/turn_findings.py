"""What a person should decide about the turns of a file: likely slips, lines passed over, odd times, legends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from store.findings import Finding
from transcripts.speaking.label_doubts import likely_slips
from transcripts.speaking.speaker_labels import parts_of, strength_of
from transcripts.speaking.turn_styles import UNNAMED
from transcripts.text import describe_position

if TYPE_CHECKING:
    from transcripts.settings import Settings
    from transcripts.speaking.legend import LegendEntry
    from transcripts.speaking.turn_styles.choosing import Choice
    from transcripts.speaking.turn_styles.page import Page

_SHOWN = 5
_MANY_TURNS = 20
_LONG_RECORDING = 6 * 3_600_000
"""Milliseconds. A first time later than this is more likely that of a clock on the wall."""


class Begin(NamedTuple):
    """Where a turn starts in the text (code points), and at which time of the recording (milliseconds)."""

    start: int
    at: int


def turn_findings(
    page: Page, choice: Choice, begins: Sequence[Begin], legend: Sequence[LegendEntry], settings: Settings
) -> tuple[Finding, ...]:
    """Every finding about the turns of one file; ``where`` is the place in it, and the file's name is not in it."""
    found = [*_slips(page, choice, settings), *_once(page, choice, settings), *_passed_over(page, choice)]
    found += [*_nobody_named(choice), *_times(page, begins), *_legend(legend)]
    return tuple(found)


def _slips(page: Page, choice: Choice, settings: Settings) -> Iterator[Finding]:
    settled = dict(settings.labels)
    counts = Counter(opening.label for opening in choice.openings if opening.label and opening.label not in settled)
    for typed, meant in likely_slips(counts):
        first = next(opening.start for opening in choice.openings if opening.label == typed)
        message = f"the label '{typed}' ({counts[typed]}) looks like '{meant}' ({counts[meant]}): the same speaker?"
        yield Finding("label-like-another", describe_position(page.text, first), message)


def _once(page: Page, choice: Choice, settings: Settings) -> Iterator[Finding]:
    """Codes that stand once among many turns; who speaks with others (``I+B``) is somebody known."""
    settled = {label for pair in settings.labels for label in pair}
    counts = Counter(opening.label for opening in choice.openings if opening.label)
    if counts.total() < _MANY_TURNS:
        return
    for opening in choice.openings:
        label = opening.label or ""
        if counts[label] == 1 and strength_of(label) == "code" and len(parts_of(label)) == 1 and label not in settled:
            message = f"the label '{label}' stands once: a slip, or somebody who speaks once?"
            yield Finding("label-once", describe_position(page.text, opening.start), message)


def _passed_over(page: Page, choice: Choice) -> Iterator[Finding]:
    """Lines that begin like a turn but have a text that stands for nobody else in the file."""
    known = {opening.label for opening in choice.openings}
    if len(choice.openings) < 3 or choice.style != "colon":
        return
    first = choice.openings[0].start
    odd = [
        opening for opening in choice.passed_over if opening.start > first and _may_speak(opening.label or "", known)
    ]
    if odd:
        labels = list(dict.fromkeys(f"'{opening.label}'" for opening in odd))
        shown = ", ".join(labels[:_SHOWN]) + (" and others" if len(labels) > _SHOWN else "")
        lines = "1 line begins like a turn and is" if len(odd) == 1 else f"{len(odd)} lines begin like turns and are"
        message = f"{lines} taken for speech of the turn before: {shown}"
        yield Finding("label-passed-over", describe_position(page.text, odd[0].start), message)


def _may_speak(label: str, known: set[str | None]) -> bool:
    return label[:-1] in known or (strength_of(label) == "name" and "." not in label)


def _nobody_named(choice: Choice) -> Iterator[Finding]:
    if choice.style in {style.name for style in UNNAMED}:
        message = (
            f"{len(choice.openings)} turns are told apart and nobody is named: who asks and who answers is not known"
        )
        yield Finding("speakers-unknown", "", message)


def _times(page: Page, begins: Sequence[Begin]) -> Iterator[Finding]:
    back = [later.start for one, later in pairwise(begins) if later.at < one.at]
    if back:
        more = f", and so in {len(back) - 1} more turns" if len(back) > 1 else ""
        message = f"the turn begins earlier than the one before it{more}"
        yield Finding("times-out-of-order", describe_position(page.text, back[0]), message)
    if begins and begins[0].at >= _LONG_RECORDING:
        message = "the first time is hours into the recording: it may be the time of the day"
        yield Finding("times-of-day", describe_position(page.text, begins[0].start), message)


def _legend(legend: Sequence[LegendEntry]) -> Iterator[Finding]:
    if legend:
        said = "; ".join(f"{entry.label} = {entry.says}" for entry in legend)
        yield Finding("legend", "", f"the head explains labels, and nothing is mapped by it: {said}")
