"""The stripes in the margin: which coding stands in which lane beside which rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codebook.records import Coding
from workbench.spans import SpanIndex
from workbench.text_layout import TextLayout


@dataclass(frozen=True, slots=True)
class Stripe:
    """A coding beside its rows, ``first`` to ``last``. ``lane`` counts from 0, next to the text last."""

    coding: Coding
    lane: int
    first: int
    last: int


class Margin:
    """All stripes of a transcript. Two codings that share a row stand in different lanes."""

    def __init__(self, codings: Iterable[Coding], layout: TextLayout, lanes: int) -> None:
        self.lanes = lanes
        self._stripes = SpanIndex(_in_lanes(codings, layout), lambda stripe: (stripe.first, stripe.last + 1))

    def beside(self, row: int) -> tuple[list[Stripe | None], int]:
        """The stripe in each lane of a row, and how many more there was no lane for."""
        found: list[Stripe | None] = [None] * self.lanes
        hidden = 0
        for stripe in self._stripes.touching(row, row + 1):
            if stripe.lane < self.lanes:
                found[stripe.lane] = stripe
            else:
                hidden += 1
        return found, hidden


def _in_lanes(codings: Iterable[Coding], layout: TextLayout) -> list[Stripe]:
    rows = [(layout.row_of(c.start), layout.row_of(max(c.end - 1, c.start)), c) for c in codings]
    rows.sort(key=lambda placed: (placed[0], -placed[1], placed[2].id))
    last_row_in_lane: list[int] = []
    stripes = []
    for first, last, coding in rows:
        lane = next((n for n, taken in enumerate(last_row_in_lane) if taken < first), len(last_row_in_lane))
        last_row_in_lane[lane : lane + 1] = [last]
        stripes.append(Stripe(coding, lane, first, last))
    return stripes
