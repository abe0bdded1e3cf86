"""PDF files made by hand, letter by letter, so that a test says where each stands; and pages without the file.

Letters are Courier, of which each is 0.6 of its size wide, so that where a line ends can be reckoned.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.readers.pdf_words import Page, Word

SIZE = 10.0
LETTER = 0.6 * SIZE
LEADING = 12.0
LEFT, TOP = 72.0, 760.0


@dataclass(frozen=True)
class Put:
    """Words at a place, in points from the left and the bottom; ``turn`` is the matrix that sets them at an angle."""

    x: float
    y: float
    words: str
    size: float = SIZE
    mode: int = 0
    white: bool = False
    turn: str = "1 0 0 1"


def lines(words: Sequence[str], x: float = LEFT, top: float = TOP, leading: float = LEADING) -> list[Put]:
    """Lines one under the other."""
    return [Put(x, top - n * leading, line) for n, line in enumerate(words)]


def wrapped(words: str, width: int = 70) -> list[str]:
    """Text broken into lines of so many letters."""
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)


def pdf(pages: Sequence[Sequence[Put]], *, pictures: Sequence[int] = (), rotate: int = 0, trailer: str = "") -> bytes:
    """A PDF file. ``pictures`` are the pages, from 0, with a picture on them; ``rotate`` turns every page."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi]>>>>"
    dot = "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", font, f"{dot}\nstream\n \nendstream"]
    kids = []
    for number, page in enumerate(pages):
        content = "".join(_shown(put) for put in page)
        content += "q 500 0 0 700 40 40 cm /P Do Q\n" if number in pictures else ""
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}endstream")
        resources = "<</Font<</F 3 0 R>>/XObject<</P 4 0 R>>>>"
        page_of = f"/MediaBox[0 0 595 842]/Rotate {rotate}/Resources{resources}/Contents {len(objects)} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R{page_of}>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    return assembled(objects, trailer)


def assembled(objects: Sequence[str], trailer: str = "") -> bytes:
    """Objects, numbered from 1, as a file with its table of contents."""
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def _shown(put: Put) -> str:
    words = put.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").replace("ﬁ", r"\001")
    colour = "1 g" if put.white else "0 g"
    return f"BT {colour} {put.mode} Tr /F {put.size} Tf {put.turn} {put.x} {put.y} Tm ({words}) Tj ET\n"


def page(puts: Sequence[Put], number: int = 1) -> Page:
    """A page as the reader of a file would hand it out, without a file."""
    words: list[Word] = []
    for put in puts:
        x = put.x
        for word in put.words.split(" "):
            width = 0.6 * put.size * len(word)
            if word:
                words.append(Word(word, x, x + width, put.y, 1.1 * put.size, len(words)))
            x += width + 0.6 * put.size
    return Page(number, tuple(words))
