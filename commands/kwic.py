"""Keyword in context: hits one below the other, with what was looked for in a column of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from commands.output import answer, answer_pieces, answer_text, console

if TYPE_CHECKING:
    from transcripts.search.records import Hit

_SPACES = re.compile(r"\s+")
NARROWEST_SIDE = 10
"""Screen columns that the words before and after a hit have at least."""


def print_hits(hits: Sequence[Hit]) -> None:
    """The hits of each source under its name: turn and speaker, the words before, the hit, the words after."""
    available = console().width
    who_width = max((cell_len(_who(hit)) for hit in hits), default=0)
    hit_width = min(max((cell_len(_flat(hit.words)) for hit in hits), default=0), available // 3)
    side = max((available - who_width - hit_width - 2) // 2, NARROWEST_SIDE)
    for source, of_source in groupby(hits, key=lambda hit: hit.source):
        listed = list(of_source)
        answer_text(" · ".join(filter(None, (source, *dict.fromkeys(hit.case for hit in listed)))), style="bold")
        for hit in listed:
            words = _beginning(_flat(hit.words), hit_width)
            answer_pieces(
                (set_cell_size(_who(hit), who_width) + "  ", ""),
                (_end(_flat(hit.before), side), ""),
                (words, "bold underline"),
                (_beginning(_flat(hit.after), side + hit_width - cell_len(words)), ""),
            )
        answer()


def _who(hit: Hit) -> str:
    return f"{hit.turn:>4} {hit.speaker or ''}".rstrip()


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text)


def _beginning(text: str, width: int) -> str:
    """As much of a text as fits, from its beginning."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _end(text: str, width: int) -> str:
    """As much of a text as fits, up to its end, which is set to the right."""
    start = 0
    while cell_len(text[start:]) > width - (start > 0):
        start += 1
    shown = f"…{text[start:].lstrip()}" if start else text
    return " " * (width - cell_len(shown)) + shown
