"""The words of a PDF file and where they stand, page by page, from a process that can be stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.errors import BadFile
from transcripts.readers import pdf_worker
from transcripts.text import normalise

TIME_LIMIT_SECONDS = 180
"""A file of a thousand pages takes about 30."""

_SAVE_AGAIN = "Open it in a PDF viewer and print it to a new PDF file."
_REFUSALS = {
    pdf_worker.NO_PDF: ("cannot be read as a PDF file: it is cut off or was changed.", _SAVE_AGAIN),
    pdf_worker.NEEDS_PASSWORD: (
        "it is protected with a password.",
        "Open it with the password and save a copy without one.",
    ),
    pdf_worker.TOO_MANY_PAGES: (f"it says it has more than {pdf_worker.MAX_PAGES} pages.", "Split it in parts."),
    pdf_worker.TOO_MANY_LETTERS: (f"it has more than {pdf_worker.MAX_LETTERS:,} letters.", "Split it in parts."),
}
_LIGATURES = str.maketrans({0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page. Points, counted from the left and from the bottom of the page as it is read.

    ``y`` is the line it stands on; ``order`` its place in the file, which is mostly the order in which it was written;
    ``glued`` that no space stands before it; ``angle`` degrees against the reading direction of the page.
    """

    text: str
    x0: float
    x1: float
    y: float
    height: float
    order: int
    angle: int = 0
    glued: bool = False
    hidden: bool = False
    off_page: bool = False
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its ``number`` from 1. ``damaged`` pages have no words; on ``pictured`` ones a picture is all there is
    to see.
    """

    number: int
    words: tuple[Word, ...]
    pictured: bool = False
    damaged: bool = False


def read_pages(path: Path, data: bytes) -> list[Page]:
    """The pages of a PDF file.

    Raises:
        BadFile: no PDF; protected with a password; too many pages or letters; it took too long; it broke the reader.
    """
    # -P, for files of this folder have the names of standard modules.
    command = [sys.executable, "-P", str(Path(pdf_worker.__file__))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False)
    except subprocess.TimeoutExpired as exc:
        raise BadFile(path, f"reading it took longer than {TIME_LIMIT_SECONDS} seconds.", _SAVE_AGAIN) from exc
    if done.returncode in _REFUSALS:
        raise BadFile(path, *_REFUSALS[done.returncode])
    if done.returncode != 0:
        raise BadFile(path, "reading it broke the program that reads PDF files.", _SAVE_AGAIN)
    lines = done.stdout.splitlines()
    return [_page(number, json.loads(line)) for number, line in enumerate(lines, start=1)]


def _page(number: int, found: dict[str, Any] | None) -> Page:
    if found is None:
        return Page(number, (), damaged=True)
    letters: dict[int, int] = {}
    for word in found["words"]:
        letters[word[7]] = letters.get(word[7], 0) + len(word[0])
    upright = max(letters, key=lambda angle: letters[angle], default=0)
    upright = upright if upright % 90 == 0 else 0
    words = tuple(_word(order, raw, upright) for order, raw in enumerate(found["words"]))
    return Page(number, words, found["pictured"])


def _word(order: int, raw: list[Any], upright: int) -> Word:
    text, left, bottom, right, top, x, y, angle, flags = raw
    corners = [_turned(left, bottom, upright), _turned(right, top, upright)]
    across, up = sorted(corner[0] for corner in corners), sorted(corner[1] for corner in corners)
    return Word(
        _readable(text),
        across[0],
        across[1],
        _turned(x, y, upright)[1],
        max(up[1] - up[0], 1.0),
        order,
        angle=(angle - upright) % 360,
        glued=bool(flags & pdf_worker.GLUED),
        hidden=bool(flags & pdf_worker.HIDDEN),
        off_page=bool(flags & pdf_worker.OFF_PAGE),
        unreadable=bool(flags & pdf_worker.UNREADABLE),
    )


def _turned(x: float, y: float, degrees: int) -> tuple[float, float]:
    """A place on a page whose letters lie at ``degrees``, clockwise, once the page is turned so that they stand."""
    return {0: (x, y), 90: (-y, x), 180: (-x, -y), 270: (y, -x)}[degrees]


def _readable(text: str) -> str:
    """Letters beyond the first 65,536 come in two halves; ligatures are a matter of print."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return normalise(joined.translate(_LIGATURES))
