"""Text as a cell of a workbook can hold it.

Excel counts a cell's text in UTF-16 units (an emoji is two), holds 32,767 of them, cannot hold most control
characters, and reads ``_x0041_`` in a cell as an escaped letter. What is done about each stands here.
"""

from __future__ import annotations

import re
import unicodedata

CELL_LIMIT = 32_767
"""UTF-16 units in one cell."""

LOOK_BACK = 200
"""How far before the limit, in code points, a space is sought to part a long text at."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_A_FORMULA = frozenset("=+-@\t\r")
_JOINS_TO_THE_LEFT = frozenset("\u200d\ufe0e\ufe0f")


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet that is handed this text as typed would take it for a formula."""
    return text[:1] in _STARTS_A_FORMULA


def unwritable(text: str) -> list[str]:
    """The characters of the text that XML, and so a workbook, cannot hold, each as often as it occurs."""
    return _UNWRITABLE.findall(text)


def visible(text: str) -> str:
    """The text with each character that a workbook cannot hold replaced by one that shows that it was there.

    Control characters become their pictures (``U+0007`` becomes ``␇``), anything else ``\N{REPLACEMENT CHARACTER}``.
    The length in code points stays the same.
    """
    return _UNWRITABLE.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


def escaped(text: str) -> str:
    """The text as it must be spelled in the file so that Excel shows it letter by letter."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text


def utf16_length(text: str) -> int:
    """The length in the units that Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """The text in pieces of at most ``limit`` UTF-16 units; joined, they are the text.

    A piece ends after a space where there is one near, and never inside a character or before a mark that
    belongs to it.
    """
    if len(text) * 2 <= limit or utf16_length(text) <= limit:
        return [text]
    found, start = [], 0
    while start < len(text):
        end = _limit_after(text, start, limit)
        if end < len(text):
            end = _good_end(text, start, end)
        found.append(text[start:end])
        start = end
    return found


def _limit_after(text: str, start: int, limit: int) -> int:
    """The last position that ``limit`` units from ``start`` reach."""
    piece = text[start : start + limit]
    while (excess := utf16_length(piece) - limit) > 0:
        piece = piece[: -max(1, excess // 2)]
    return start + len(piece)


def _good_end(text: str, start: int, end: int) -> int:
    earliest = max(start + 1, end - LOOK_BACK)
    for position in range(end, earliest - 1, -1):
        if text[position - 1].isspace():
            return position
    for position in range(end, earliest - 1, -1):
        if not _belongs_to_the_left(text, position):
            return position
    return end


def _belongs_to_the_left(text: str, position: int) -> bool:
    here = text[position]
    joined = text[position - 1] == "\u200d" or here in _JOINS_TO_THE_LEFT or "\U0001f3fb" <= here <= "\U0001f3ff"
    return joined or unicodedata.combining(here) != 0
