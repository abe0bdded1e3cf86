"""How the width of the transcript is shared out, and what stands in the speakers' column."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from transcripts.columns import Voice
from transcripts.records import Transcript, Turn
from workbench.text.words import clock

LONGEST_MEASURE = 78
SHORTEST_MEASURE = 60
WIDEST_SPEAKER = 16
MARGINS = ((3, 5), (3, 3), (2, 3))
"""Lanes of stripes, and cells for each, the best first. Five cells show a point's number as well."""

BAR = 2
"""Cells between stripes and text: the mark of the cursor, and a space."""


class Page(NamedTuple):
    """Columns in cells, from left to right: ``indent``, speaker, ``lanes`` of ``lane`` cells, bar, text."""

    indent: int
    speaker: int
    lanes: int
    lane: int
    measure: int

    @property
    def text_column(self) -> int:
        """Where the text begins."""
        return self.indent + self.speaker + self.lanes * self.lane + BAR


def plan_page(width: int, speaker: int, longest: int = LONGEST_MEASURE) -> Page:
    """Share out a width. The text gets its measure first, then the speakers, then wider and more stripes.

    ``longest`` is how long lines may be; they are shorter where there is no room.
    """
    speaker = min(speaker, WIDEST_SPEAKER, max(width // 7, 3)) + 1
    spare = width - 2 - speaker - BAR - min(SHORTEST_MEASURE, longest)
    lanes, lane = next((wide for wide in MARGINS if wide[0] * wide[1] <= spare), MARGINS[-1])
    room = width - 2 - speaker - BAR - lanes * lane
    measure = max(min(room, longest), 10)
    return Page(max((room - measure) // 2, 0) + 1, speaker, lanes, lane, measure)


class SpeakerColumn:
    """The words beside each turn: the speaker's label, the role where a source has several, and when it begins."""

    def __init__(self, transcript: Transcript) -> None:
        self._turns = transcript.turns
        voices = transcript.turns.voices
        self._show_roles = len({voice.role for voice in voices if voice.role and not voice.asks}) > 1
        said = {part for voice in voices for part in (voice.label or "", self._role(voice))}
        latest = max((begins_at for begins_at in self._turns.begins_at if begins_at is not None), default=None)
        words = [word for part in said for word in part.split()] + ([] if latest is None else [clock(latest)])
        self.width = max(map(cell_len, words), default=0)
        self._beside: dict[int, tuple[list[str], int]] = {}

    def line(self, turn: int, number: int, width: int) -> str:
        """What stands beside a turn's row (counted from 0), filled up to the width."""
        lines, _ = self._wrapped(turn, width - 1)
        return set_cell_size(lines[number] if number < len(lines) else "", width)

    def label_rows(self, turn: int, width: int) -> int:
        """How many of the first rows are the label; role and time stand on those after it."""
        return self._wrapped(turn, width - 1)[1]

    def _role(self, said: Turn | Voice) -> str:
        return said.role if said.role and self._show_roles and not said.asks else ""

    def _wrapped(self, number: int, width: int) -> tuple[list[str], int]:
        """The lines beside a turn, wrapped once, and how many of them are its label; none beside what is in no turn."""
        known = self._beside.get(number)
        if known is None:
            known = ([], 0)
            if number >= 0:
                turn = self._turns[number]
                label = _in_width(turn.label or "", width)
                more = (line for words in (self._role(turn), _time(turn)) for line in _in_width(words, width))
                known = ([*label, *more], len(label))
            self._beside[number] = known
        return known


def _time(turn: Turn) -> str:
    return clock(turn.begins_at) if turn.begins_at is not None else ""


def _in_width(words: str, width: int) -> list[str]:
    flat = re.sub(r"\s+", " ", words).strip()
    if cell_len(flat) != len(flat):
        return [set_cell_size(flat, width)] if flat else []
    return [_ended(line, width) for line in wrap(flat, max(width, 1), break_long_words=False)]


def _ended(line: str, width: int) -> str:
    return line if len(line) <= width else line[: max(width - 1, 1)] + "…"
