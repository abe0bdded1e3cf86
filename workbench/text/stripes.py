"""The stripes in the margin: which coding stands in which lane beside which rows."""

from __future__ import annotations

from typing import NamedTuple

from codebook.records import Coding
from workbench.text.spans import SpanIndex
from workbench.text.text_layout import TextLayout


class Stripe(NamedTuple):
    """A coding beside its rows, ``first`` to ``last``. ``lane`` counts from 0, next to the text last."""

    coding: Coding
    lane: int
    first: int
    last: int


class Margin:
    """The stripes of a transcript. Two codings that share a row stand in different lanes.

    Only what hangs together with the rows that are looked at is put into lanes: a margin is made anew after every
    coding, and may hold thousands.
    """

    def __init__(self, codings: SpanIndex[Coding], layout: TextLayout, lanes: int) -> None:
        self.lanes = lanes
        self._codings, self._layout = codings, layout
        self._stripes: dict[int, Stripe] = {}

    def beside(self, row: int) -> tuple[list[Stripe | None], int]:
        """The stripe in each lane of a row, and how many more there was no lane for."""
        found: list[Stripe | None] = [None] * self.lanes
        hidden = 0
        start, end = self._layout.covered(row)
        for coding in self._codings.touching(start, end):
            if coding.id not in self._stripes:
                self._put_in_lanes(start, end)
            stripe = self._stripes[coding.id]
            if stripe.lane < self.lanes:
                found[stripe.lane] = stripe
            else:
                hidden += 1
        return found, hidden

    def _put_in_lanes(self, start: int, end: int) -> None:
        row_of = self._layout.row_of
        together = self._codings.hanging_together(
            start, end, lambda reach, begin: row_of(max(reach - 1, 0)) < row_of(begin)
        )
        placed = [(row_of(c.start), -row_of(max(c.end - 1, c.start)), c.id, c) for c in together]
        last_row_in_lane: list[int] = []
        for first, less, _, coding in sorted(placed):
            lane = next((n for n, taken in enumerate(last_row_in_lane) if taken < first), len(last_row_in_lane))
            last_row_in_lane[lane : lane + 1] = [-less]
            self._stripes[coding.id] = Stripe(coding, lane, first, -less)
