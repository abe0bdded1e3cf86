"""The scroll bar beside the transcript, painted from a handful of rows that are kept."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip

MOST_KEPT = 100
"""Kinds of row that are kept: there are a dozen in each state of the bar and each theme."""


class KeptScrollBar(ScrollBar):
    """Looks and works as Textual's own, whose rows are nearly all alike; here each kind of row is made once.

    Textual makes every row of a bar anew for each frame in which it has moved, which takes as long as the text does.
    """

    def __init__(self, *, thickness: int) -> None:
        super().__init__(vertical=True, name="vertical", thickness=thickness)
        self._kept: dict[tuple[Segment, Color], Strip] = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the bar in ``crop``, which is as wide as the bar."""
        width, height = self.size
        options = self.app.console_options.update(width=width, height=height)
        rows = [segment for segment in self.app.console.render(self.render(), options) if segment.text != "\n"]
        filters, ground = self.get_line_filters(), self.background_colors[1]
        strips = []
        for segment in rows[crop.y : crop.bottom]:
            strip = self._row(segment, ground)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, ground)
            strips.append(strip)
        return strips

    def _row(self, segment: Segment, ground: Color) -> Strip:
        known = self._kept.get((segment, ground))
        if known is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            style = Style(bgcolor=ground.rich_color) + segment.style
            known = self._kept[segment, ground] = Strip([Segment(segment.text, style)], self.thickness)
        return known
