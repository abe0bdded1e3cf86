"""Times as transcripts write them: ``0:21``, ``00:00:21.500``, ``[1:02:03]``, ``#00:01:02-3#``, ``0:03 --> 0:07``."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBERS = r"(?:\d{1,3}:[0-5]?\d:[0-5]?\d(?::\d\d)?|\d{1,3}:[0-5]\d|\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?)"
CLOCK = rf"{_NUMBERS}(?![\d:])(?:[.,]\d{{1,3}}(?!\d))?"
"""A time without anything around it. With four numbers the last counts pictures, which is finer than we keep."""
_ARROW = r"[^\S\n]*(?:-->|->|[-–—])[^\S\n]*"
STAMP = rf"(?:\#{CLOCK}(?:-\d{{1,3}})?\#|[\[(<{{]{CLOCK}(?:{_ARROW}{CLOCK})?[\])>}}]|{CLOCK}[^\S\n]*-->[^\S\n]*{CLOCK})"
"""A time that can be nothing else: in brackets or between number signs, or from one time to another."""

_STAMP = re.compile(STAMP)
_TO = re.compile(r"\s*->\s*|\s*-->\s*|\s*[–—]\s*|\s+-\s+|-(?=\d{1,3}[:.]\d\d[:.\])>}])")
_COLONS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?!\d)(?::\d\d(?!\d))?(?:[.,-](\d{1,3}))?")
_DOTS = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d\d)(?!\d)(?:,(\d{1,3}))?")


class Times(NamedTuple):
    """When something is said, in milliseconds from the start of the recording; None where the file says no time."""

    begins_at: int | None = None
    ends_at: int | None = None


def read_times(written: str) -> Times:
    """The time that is written, or the two times from which and to which; none where it is no time."""
    if not written:
        return Times()
    found = [at for piece in _TO.split(written, maxsplit=1) if (at := _milliseconds(piece)) is not None]
    return Times(*found[:2])


def stamp_at(text: str, start: int, end: int) -> int | None:
    """Where the time ends that begins at ``start`` and stands apart from what follows; None where none begins."""
    match = _STAMP.match(text, start, end)
    if match is None or (match.end() < end and not text[match.end()].isspace()):
        return None
    return match.end()


def _milliseconds(written: str) -> int | None:
    match = _COLONS.search(written) or _DOTS.search(written)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int((fraction or "").ljust(3, "0"))
