"""Times as captions and tables write them: ``00:16.500``, ``0:0:2.36``, ``00:00:11,890``, ``100:00:00.000``."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_NUMBER = 7
"""Digits of the first part of a time; Python makes no number of 5,000 digits."""
TIME = rf"\d{{1,{LONGEST_NUMBER}}}(?:[ ]?[:.,;][ ]?\d{{1,9}}){{1,3}}"
"""What may be a time; :func:`read_time` says whether it is one."""

_PARTS = re.compile(r"([:.,;])")
_UNITS = (1_000, 60_000, 3_600_000)


class Time(NamedTuple):
    """Milliseconds from the start of the recording. ``is_sure`` is False for what no clock would show."""

    ms: int
    is_sure: bool


def read_time(written: str) -> Time | None:
    """A time of hours, minutes, seconds and a fraction, in that order, hours and fraction optional; None for no time.

    ``00:00:11:890`` is read with its last part as a fraction, and ``00:00:11:12`` with frames that are left out: a file
    does not say how many there are to the second. Both are unsure, as are 60 minutes or seconds and more.
    """
    parts = _PARTS.split("".join(written.split()))
    numbers, signs = parts[0::2], parts[1::2]
    if not signs or not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    is_sure, fraction = True, "0"
    if len(numbers) == 4 or signs[-1] in ".," or len(numbers[-1]) == 3:
        fraction = numbers.pop()
        is_sure = signs[-1] in ".,"
        if not is_sure and len(fraction) < 3:
            fraction = "0"
    if len(numbers[0]) > LONGEST_NUMBER or any(len(number) > 2 for number in numbers[1:]):
        return None
    seconds_first = [int(number) for number in reversed(numbers)]
    ms = sum(number * unit for number, unit in zip(seconds_first, _UNITS, strict=False))
    over = any(number >= 60 for number in seconds_first[: max(len(seconds_first) - 1, 1)])
    return Time(ms + int((fraction + "00")[:3]), is_sure and not over)
