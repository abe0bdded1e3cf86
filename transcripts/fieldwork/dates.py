"""Days as people write them: one form for all."""

from __future__ import annotations

import re
from datetime import date

EXPECTED = "a day such as 2026-04-14 or 14.4.2026, a month such as 2026-04, or a year"

_NAMES = (
    "jan januar january januari",
    "feb februar february februari",
    "mar marts march mars märz",
    "apr april",
    "maj may mai",
    "jun juni june",
    "jul juli july",
    "aug august augusti",
    "sep sept september",
    "okt oct oktober october",
    "nov november",
    "dec dez des december dezember desember",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})")
_IN_WORDS = re.compile(r"(?:(?:d(?:en)?\.?\s+)?(\d{1,2})\.?\s+)?([^\W\d_]{3,})\.?,?\s+(\d{4})")
_AMERICAN = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})")


def iso_date(written: str) -> str | None:
    """``2026-04-14`` for ``14.4.2026``, ``14/4-2026``, ``den 14. april 2026``; ``2026-04`` and ``2026`` for a month
    and a year. Figures parted by signs are read day first, as in Europe. None for what is no date.
    """
    text = " ".join(written.split()).casefold().replace("/", ".")
    if found := _ISO.fullmatch(text):
        return _iso(*found.groups())
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return _iso(year, month, day)
    if found := _AMERICAN.fullmatch(text):
        name, day, year = found.groups()
        return _iso(year, _MONTHS.get(name), day)
    if found := _IN_WORDS.fullmatch(text):
        day, name, year = found.groups()
        return _iso(year, _MONTHS.get(name, 0), day)
    return None


def _iso(year: str, month: str | int | None, day: str | None) -> str | None:
    if month is None:
        return None if day else year
    try:
        known = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return known.isoformat() if day else known.isoformat()[:7]
