"""Reads the words of a PDF file with their places: a program of its own, run by :mod:`transcripts.readers.pdf_words`.

PDF files are read by a large library written in C++. In a process of its own, a file that is made to harm or to run for
ever costs that process and nothing else: it can be stopped, and it cannot take the study down with it. So this file
imports nothing of ours.

Standard input is the file; standard output is one line of JSON a page: ``{"pictured", "words"}``, or null where it is
damaged. ``pictured`` is whether there is a picture on a page whose words nobody sees. A word is a list: its text; left,
bottom, right and top of its letters; the place where its first letter stands on the line (x, y), all in points; its
angle in degrees; and its flags.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import Any

GLUED, HIDDEN, OFF_PAGE, UNREADABLE = 1, 2, 4, 8
"""Flags of a word: no space before it; white or invisible; outside the page or cut off; letters without a meaning."""

MAX_PAGES = 5000
MAX_LETTERS = 4_000_000
"""About 65 hours of talk."""
MAX_MEMORY_BYTES = 1536 * 1024 * 1024
NO_PDF, NEEDS_PASSWORD, TOO_MANY_PAGES, TOO_MANY_LETTERS = 3, 4, 5, 6
"""Exit codes."""

_SPACES = frozenset((9, 10, 13, 32, 160))
_LINE_END_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
_INVISIBLE = 3  # the render mode of text that is laid over a scanned picture
_ALMOST_WHITE = 250
_WIDEST_GAP = 0.6
"""How far (in heights of a letter) two letters of one word may stand apart."""
_NARROWEST_SPACE = 0.06
"""How much further apart than its other letters two letters of a run stand where a space was meant."""


class TooManyLetters(Exception):
    """A page has more letters than we look at."""


class _Style:
    """What the letters of one text object share."""

    def __init__(self, raw: Any, text_object: Any, angle: float, page_box: tuple[float, float, float, float]) -> None:
        self.window = _window(raw, text_object, page_box)
        self.turn = round(math.degrees(angle)) % 360
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        filled = raw.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha)
        white = filled and min(red.value, green.value, blue.value) >= _ALMOST_WHITE
        mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
        self.hidden = bool(mode == _INVISIBLE or (mode == 0 and (white or (filled and alpha.value == 0))))

    def shows(self, left: float, bottom: float, right: float, top: float) -> bool:
        x, y = (left + right) / 2, (bottom + top) / 2
        return self.window[0] <= x <= self.window[2] and self.window[1] <= y <= self.window[3]


def _window(raw: Any, text_object: Any, page_box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The part of the page through which a text object can be seen: left, bottom, right, top."""
    window = page_box
    clip = raw.FPDFPageObj_GetClipPath(text_object)
    for number in range(min(raw.FPDFClipPath_CountPaths(clip), 64)):
        points = []
        for part in range(min(raw.FPDFClipPath_CountPathSegments(clip, number), 1024)):
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, number, part), x, y)
            points.append((x.value, y.value))
        if points:
            across, up = [x for x, _ in points], [y for _, y in points]
            window = (
                max(window[0], min(across)),
                max(window[1], min(up)),
                min(window[2], max(across)),
                min(window[3], max(up)),
            )
    return window


class _Letters:
    """The letters of a page, one after the other in the order of the file."""

    def __init__(self, raw: Any, textpage: Any, page_box: tuple[float, float, float, float]) -> None:
        self._raw, self._textpage, self._page_box = raw, textpage, page_box
        self._styles: dict[int, _Style] = {}

    def __iter__(self) -> Iterator[list[Any]]:
        """Each letter as a word of its own; a space as an empty list."""
        raw, textpage = self._raw, self._textpage.raw
        unicode_of, origin_of, box_of = (
            raw.FPDFText_GetUnicode,
            raw.FPDFText_GetCharOrigin,
            raw.FPDFText_GetLooseCharBox,
        )
        has_no_meaning = raw.FPDFText_HasUnicodeMapError
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        at_x, at_y, around = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        for index in range(self._textpage.count_chars()):
            code = unicode_of(textpage, index)
            if code in _SPACES or (code == 0 and raw.FPDFText_IsGenerated(textpage, index)):
                yield []
                continue
            origin_of(textpage, index, at_x, at_y)
            box_of(textpage, index, around)
            sides = (box.left, box.bottom, box.right, box.top)
            style = self._style(index)
            flags = UNREADABLE if code == 0 or has_no_meaning(textpage, index) == 1 else 0
            if style is not None:
                flags |= (HIDDEN if style.hidden else 0) | (0 if style.shows(*sides) else OFF_PAGE)
            letter = "-" if code == _LINE_END_HYPHEN else chr(code) if code else "\ufffd"
            yield [letter, *sides, x.value, y.value, style.turn if style else 0, flags]

    def _style(self, index: int) -> _Style | None:
        text_object = self._raw.FPDFText_GetTextObject(self._textpage.raw, index)
        if not text_object:
            return None
        key = ctypes.addressof(text_object.contents)
        if key not in self._styles:
            angle = self._raw.FPDFText_GetCharAngle(self._textpage.raw, index)
            self._styles[key] = _Style(self._raw, text_object, angle, self._page_box)
        return self._styles[key]


def words_of(letters: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Letters that stand together, as words: same line, same angle, and no space between."""
    run: list[list[Any]] = []
    glued = False
    for letter in letters:
        if run and (not letter or not _goes_on(run[0], run[-1], letter)):
            yield from _words_of_run(run, glued)
            glued = bool(letter)
            run = []
        if letter:
            run.append(letter)
    if run:
        yield from _words_of_run(run, glued)


def _words_of_run(run: list[list[Any]], glued: bool) -> Iterator[list[Any]]:
    """One word, or several where lines were filled by narrowing the spaces until they were not taken for spaces."""
    gaps = [_gap(before, letter) for before, letter in pairwise(run)]
    usual = median(gaps) if len(gaps) > 1 else 0.0
    narrow = max(_NARROWEST_SPACE, usual + _NARROWEST_SPACE) * _height(run[0])
    first = 0
    for place in range(1, len(run) + 1):
        if place == len(run) or (run[0][7] % 90 == 0 and gaps[place - 1] * _height(run[0]) >= narrow):
            yield _word(run[first:place], glued and first == 0)
            first = place


def _word(letters: list[list[Any]], glued: bool) -> list[Any]:
    left, bottom, right, top = ([letter[side] for letter in letters] for side in (1, 2, 3, 4))
    first = letters[0]
    flags = first[8] | (GLUED if glued else 0)
    for letter in letters:
        flags |= letter[8] & UNREADABLE
    box = (min(left), min(bottom), max(right), max(top))
    return ["".join(letter[0] for letter in letters), *box, *first[5:8], flags]


def _goes_on(first: list[Any], last: list[Any], letter: list[Any]) -> bool:
    if first[7] != letter[7] or (first[8] ^ letter[8]) & (HIDDEN | OFF_PAGE):
        return False
    if first[7] % 90:
        return True
    across = 6 if first[7] % 180 == 0 else 5
    return abs(first[across] - letter[across]) <= 0.1 * _height(first) and _gap(last, letter) <= _WIDEST_GAP


def _height(letter: list[Any]) -> float:
    upright = letter[7] % 180 == 0
    return float(max(letter[4] - letter[2] if upright else letter[3] - letter[1], 1.0))


def _gap(last: list[Any], letter: list[Any]) -> float:
    """The space between two letters of a line, in heights of a letter, whichever way the line runs."""
    near, far = (1, 3) if last[7] % 180 == 0 else (2, 4)
    return float(max(letter[near] - last[far], last[near] - letter[far])) / _height(last)


def main() -> int:
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as exc:
        return NEEDS_PASSWORD if exc.err_code == raw.FPDF_ERR_PASSWORD else NO_PDF
    if len(document) > MAX_PAGES:
        return TOO_MANY_PAGES
    letters = 0
    for number in range(len(document)):
        try:
            page = page_of(pypdfium2, raw, document, number)
        except TooManyLetters:
            return TOO_MANY_LETTERS
        letters += sum(len(word[0]) for word in page["words"]) if page else 0
        if letters > MAX_LETTERS:
            return TOO_MANY_LETTERS
        sys.stdout.write(json.dumps(page) + "\n")
    return 0


def page_of(pypdfium2: Any, raw: Any, document: Any, number: int) -> dict[str, Any] | None:
    """One page; None where it is damaged. Raises TooManyLetters."""
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    if textpage.count_chars() > MAX_LETTERS:
        raise TooManyLetters
    box = page.get_bbox()
    words = [
        [word[0], *(round(value, 2) for value in word[1:7]), *word[7:]]
        for word in words_of(_Letters(raw, textpage, box))
    ]
    unseen = all(word[8] & (HIDDEN | OFF_PAGE) for word in words)
    pictured = unseen and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    textpage.close()
    page.close()
    return {"pictured": pictured, "words": words}


def limit_memory() -> None:
    """Hold this process to its memory where the system can (Linux; macOS and Windows only stop it after its time)."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    limit_memory()
    sys.exit(main())
