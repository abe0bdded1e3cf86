"""The styles in which transcripts say who speaks: one function a style, and a line in :data:`STYLES`.

A style finds openings: places where a turn may begin. Whether they are turns is decided for the whole file, in
:mod:`transcripts.speaking.turn_styles.choosing`, by how often a label stands and how sure one sight of it makes us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcripts.speaking.turn_styles import labelled, timed, unlabelled

if TYPE_CHECKING:
    from transcripts.speaking.turn_styles.page import Opening, Page


def _always(page: Page, openings: Sequence[Opening]) -> bool:  # noqa: ARG001 (other styles look at them)
    return True


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write who speaks. ``example`` shows it to people; a line break is written ``⏎``.

    ``name_times`` is how often a name must stand to be a label. ``any_times`` says the same of texts that look like
    no name (``+45 12 34``); None where such a text never is a label. ``share`` is the least part of all lines that
    begin a turn. ``fewest``: where more than one, there must be as many openings, and two speakers. ``few_labels``:
    only where a label stands twice on average; ``few_names``: the same, but codes and roles may stand once.
    ``speech_below``: nothing is said on the label's line. ``joins``: lines in this style count also in a file of
    another style, where the label is known. ``weight`` is how sure one opening is, beside one with a colon.
    ``is_regular`` looks at all openings together.
    """

    name: str
    example: str
    find: Callable[[Page], Iterable[Opening]]
    name_times: int = 2
    any_times: int | None = None
    share: float = 0.0
    fewest: int = 1
    few_labels: bool = False
    few_names: bool = False
    speech_below: bool = False
    joins: bool = False
    weight: float = 1.0
    is_regular: Callable[[Page, Sequence[Opening]], bool] = _always


STYLES = (
    Style("colon", "I: speech", labelled.colon, joins=True),
    Style("name-time", "Name  0:21⏎speech", timed.name_time, any_times=2, joins=True, weight=1.05),
    Style(
        "time-name",
        "[0:21] Name⏎speech",
        timed.time_name,
        any_times=2,
        few_names=True,
        joins=True,
    ),
    Style(
        "bracketed-name-time",
        "[Name] 0:21⏎speech",
        timed.bracketed_name_time,
        name_times=1,
        any_times=1,
        joins=True,
    ),
    Style("name-above-time", "Name⏎0:21⏎speech", timed.name_above_time, any_times=2, few_names=True, weight=1.1),
    Style("name-below-time", "0:21⏎Name⏎speech", timed.name_below_time, few_names=True, weight=1.1),
    Style("chat", "14:03:12 From Name to Everyone: text", timed.chat, name_times=1, any_times=1, weight=1.2),
    Style("tab", "I<tab>speech", labelled.tab, joins=True, weight=0.9, is_regular=labelled.is_table),
    Style("heading", "### Name⏎speech", labelled.heading, few_labels=True),
    Style("inline", "... I: speech R: speech ...", unlabelled.inline, fewest=3, few_names=True, joins=True, weight=0.9),
    Style(
        "alone", "I⏎speech", labelled.alone, name_times=3, few_labels=True, speech_below=True, share=0.05, weight=0.8
    ),
    Style("brackets", "[Name] speech", labelled.brackets, name_times=3, few_labels=True, share=0.4, weight=0.8),
    Style("dot", "I. speech", labelled.dot, few_labels=True, share=0.4, weight=0.7),
    Style("dash", "I – speech", labelled.dash, name_times=3, few_labels=True, share=0.4, weight=0.8),
    Style(
        "space",
        "Anna Speech",
        labelled.space,
        name_times=3,
        few_labels=True,
        share=0.4,
        weight=0.6,
        is_regular=unlabelled.is_talk,
    ),
)
"""Styles that name who speaks, by descending trust where two find as much."""

UNNAMED = (
    Style("times", "[0:21] speech", timed.times, share=0.2, weight=0.05),
    Style("dashes", "– speech", unlabelled.dashes, share=0.4, weight=0.5, is_regular=unlabelled.is_talk),
)
"""Styles that part turns and name nobody. They count where labels have less to show than ``weight`` for each opening:
somebody named between dashes is the exception, but a time now and then inside a turn is usual.
"""

PARAGRAPHS = "paragraphs"
"""The style of a text in which nothing parts the turns: each paragraph is one, and nobody is named."""

NAMES = (*(style.name for style in (*STYLES, *UNNAMED)), PARAGRAPHS)
