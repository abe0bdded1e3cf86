"""Heads: blocks such as ``Informant: Elev 1 / Interviewer: LO / Dato: ...``, which look like talk and are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcripts.speaking.speaker_labels import KEYS, strength_of

if TYPE_CHECKING:
    from transcripts.speaking.turn_styles.page import Opening, Page

_KEY_LINE = re.compile(r"([^\W\d_]+)[^:\n]{0,40}:")


def head_end(page: Page, openings: Sequence[Opening]) -> int:
    """The index of the line after a head that holds the first openings; 0 where there is no such head.

    A head is a block of lines each with a key, no key twice, under a title or none.
    """
    if not openings:
        return 0
    lines, first = page.lines, openings[0].line
    end = next((n for n in range(first + 1, len(lines)) if lines[n].after_blank), len(lines))
    start = next((n for n in range(first, 0, -1) if lines[n].after_blank), 0)
    keys = [_KEY_LINE.match(page.text, line.start, line.end) for line in lines[start:end]]
    while keys and keys[0] is None:
        keys.pop(0)
    found = [key for key in keys if key is not None]
    if len({key[0] for key in found}) < len(keys):
        return 0
    inside = [opening.label or "" for opening in openings if opening.line < end]
    below = Counter(opening.label or "" for opening in openings if opening.line >= end)
    has_head_key = any(key[1].casefold() in KEYS for key in found)
    return end if _is_head(inside, below, len(keys), has_head_key) else 0


def _is_head(inside: Sequence[str], below: Counter[str], line_count: int, has_head_key: bool) -> bool:
    """Whether a block with these labels is no talk: others talk below it, and it has a key that no speaker has
    (``Dato``), or is several labels none of which ever speaks below.
    """
    if not below or any(strength_of(label) == "code" and not below[label] for label in inside):
        return False
    silent = not any(below[label] for label in inside)
    return has_head_key or (silent and line_count > 1 and max(below.values()) > 1)
