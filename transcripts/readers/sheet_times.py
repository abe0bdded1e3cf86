"""Times in the columns of a table: clock times, seconds or milliseconds, whichever fits the speed of talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.findings import Finding
from transcripts.readers.caption_times import read_time
from transcripts.readers.sheet_columns import Sheet, TurnColumns

SLOWEST_TALK = 1.0
"""Code points a second, pauses counted. Interviews have about ten: below this the times are in another unit."""

_FROM_TO = re.compile(r"\s*(?:-->|[-–—])\s*")
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,9})?")
_MS_HEADING = re.compile(r"(?:\b|_)(?:ms|msecs?|msek)\b|milli", re.IGNORECASE)


@dataclass(slots=True)
class SheetTimes:
    """The times of each row, in milliseconds; None where none is given or it cannot be read."""

    begins: list[int | None]
    ends: list[int | None]
    findings: list[Finding] = field(default_factory=list)


class _Unit(NamedTuple):
    """How many milliseconds a plain number counts, and whether clock times were meant as minutes and seconds.

    A spreadsheet takes a typed ``01:30`` for hours and minutes.
    """

    of_number: int
    is_shifted: bool


def sheet_times(sheet: Sheet, columns: TurnColumns) -> SheetTimes:
    """The times of a table's rows. What cannot be read as a time is told by its row."""
    begins, ends = _cells(sheet, columns.begins), _cells(sheet, columns.ends)
    if columns.ends is None:
        begins, ends = _parted(begins)
    heading = sheet.headings[columns.begins] if columns.begins is not None else ""
    unit = _unit(begins, _MS_HEADING.search(heading) is not None, sum(map(len, sheet.column(columns.words))))
    times = SheetTimes([_ms(cell, unit) for cell in begins], [_ms(cell, unit) for cell in ends])
    for at, (begin, end) in enumerate(zip(times.begins, times.ends, strict=True)):
        if begin is not None and end is not None and end < begin:
            times.ends[at] = None
    times.findings = list(_findings(sheet, begins, ends, unit))
    return times


def _cells(sheet: Sheet, at: int | None) -> list[str]:
    if at is None:
        return [""] * len(sheet.rows)
    return [cell.strip("[]()<># ") for cell in sheet.column(at)]


def _parted(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """Beginnings and ends, where one column holds both: ``00:01 - 00:05``."""
    pairs = [_FROM_TO.split(cell, maxsplit=1) for cell in cells]
    return [pair[0] for pair in pairs], [pair[1] if len(pair) > 1 else "" for pair in pairs]


def _unit(begins: Sequence[str], says_ms: bool, spoken: int) -> _Unit:
    """The unit of a column in which ``spoken`` code points are said."""
    numbers = [float(cell.replace(",", ".")) for cell in begins if _NUMBER.fullmatch(cell)]
    is_ms = says_ms or (all(map(float.is_integer, numbers)) and _is_too_slow(spoken, numbers))
    clocks = [time.ms / 1000 for cell in begins if (time := read_time(cell)) is not None]
    is_shifted = all(seconds % 60 == 0 for seconds in clocks) and _is_too_slow(spoken, clocks)
    return _Unit(1 if is_ms else 1000, is_shifted)


def _is_too_slow(spoken: int, seconds: Sequence[float]) -> bool:
    span = max(seconds, default=0.0) - min(seconds, default=0.0)
    return span > 0 and spoken / span < SLOWEST_TALK


def _ms(cell: str, unit: _Unit) -> int | None:
    if _NUMBER.fullmatch(cell):
        return round(float(cell.replace(",", ".")) * unit.of_number)
    time = read_time(cell)
    if time is None:
        return None
    return time.ms // 60 if unit.is_shifted else time.ms


def _findings(sheet: Sheet, begins: Sequence[str], ends: Sequence[str], unit: _Unit) -> Iterator[Finding]:
    if unit.is_shifted:
        message = "the times have no seconds and would be too far apart: they were read as minutes and seconds."
        yield Finding("time-doubtful", "", message)
    cells = zip(sheet.rows, begins, ends, strict=True)
    unread = [number for (number, _), *pair in cells if any(cell and _ms(cell, unit) is None for cell in pair)]
    if unread:
        message = f"a time cannot be read; the words were kept without it; such rows: {len(unread)}."
        yield Finding("time-not-read", f"row {unread[0]}", message)
