"""Furniture in running text: what belongs to the page or the file and not to the interview, taken out with its place.

Front matter, page breaks, page numbers and running heads on lines of their own, and the numbers of lines and turns
(:mod:`transcripts.numbered_lines`). Nothing is thrown away: :func:`transcripts.readers.whole_text` puts all of it back.
In doubt it stays in the text, and a finding says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from store.findings import Finding
from transcripts.numbered_lines import find_numbers, in_doubt
from transcripts.readers import Document, Furniture, FurnitureKind
from transcripts.speaking.speaker_labels import KEYS, strength_of

LONGEST_FRONT_MATTER = 200
"""Lines."""
CHARACTERS_A_PAGE = 800
"""Numbers alone on lines closer than this, in code points, number no pages."""

_FRONT_MATTER_KEY = re.compile(r"[A-Za-z_][\w .-]{0,40}:(?:\s|$)")
_METADATA = KEYS | {
    "tags",
    "layout",
    "description",
    "lang",
    "language",
    "id",
    "slug",
    "draft",
    "categories",
    "keywords",
}
_PAGE_WORD = r"(?:side|page|seite|sida|s\.|p\.|pp\.|pg\.)"
_COUNTED_PAGE = re.compile(
    rf"""[-–—|\[(]?[ \t]*(?:
        {_PAGE_WORD}[ \t]*(?P<page>\d{{1,4}})(?:[ \t]*(?:af|of|av|von|/)[ \t]*\d{{1,4}})?
      | (?P<part>\d{{1,4}})[ \t]*(?:af|of|av|von|/)[ \t]*\d{{1,4}}
      | (?P<bare>\d{{1,4}})
    )[ \t]*[-–—|\])]?""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(r"([^:\n]{1,40}):")
_NEAR_BREAK = 3


class _Line(NamedTuple):
    """A line in code points, from its start to after its line end; ``words`` without the space around them."""

    start: int
    end: int
    words: str


class _Counted(NamedTuple):
    """A line whose number counts on from that of another; ``length`` lines do so up to here."""

    line: _Line
    length: int
    before: _Counted | None


class Cut(NamedTuple):
    """A stretch of text that is furniture, in code points."""

    start: int
    end: int
    kind: FurnitureKind


def take_out(document: Document) -> Document:
    """The document without the furniture that stands in its text, and with it in ``furniture``.

    Documents whose turns the format tells are left as they are: their text has been put together already.
    """
    if document.turns is not None:
        return document
    text = document.text
    cuts = [*_front_matter(document)]
    first = cuts[0].end if cuts else 0
    lines = [line for line in _lines(text) if line.start >= first]
    pages = [*_page_lines(text, lines)]
    taken = {cut.start for cut in pages}
    numbers = find_numbers(text, [(line.start, line.end) for line in lines if line.start not in taken])
    cuts += pages + [Cut(start, end, kind) for start, end, kind in numbers]
    findings = () if numbers else tuple(in_doubt(text, [(line.start, line.end) for line in lines]))
    return _without(document, sorted(cuts), findings)


def _without(document: Document, cuts: Sequence[Cut], findings: tuple[Finding, ...]) -> Document:
    """The document with stretches of its text made furniture, beside what its reader found."""
    if not cuts:
        return replace(document, findings=document.findings + findings)
    placed = [piece for piece in document.furniture if piece.at is not None]
    loose = [piece for piece in document.furniture if piece.at is None]
    kept: list[str] = []
    pieces: list[Furniture] = []
    length = position = 0
    page = 1 if "\f" in document.text else None
    for cut in [*cuts, Cut(len(document.text), len(document.text), "page break")]:
        while placed and (placed[0].at or 0) <= cut.start:
            piece = placed.pop(0)
            pieces.append(replace(piece, at=length + (piece.at or 0) - position))
        kept.append(document.text[position : cut.start])
        length += cut.start - position
        position = cut.start
        while position < cut.end:
            # A reader's piece inside a stretch parts it, so that each can be put back where it stood.
            until = min(cut.end, placed[0].at or 0) if placed else cut.end
            pieces.append(Furniture(cut.kind, document.text[position:until], length, page))
            position = until
            while placed and placed[0].at == position and position < cut.end:
                pieces.append(replace(placed.pop(0), at=length))
        page = page + document.text.count("\f", cut.start, cut.end) if page else None
    return replace(
        document,
        text="".join(kept),
        furniture=(*loose, *pieces),
        findings=document.findings + findings,
    )


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n\f]*[\n\f]|[^\n\f]+", text):
        yield _Line(match.start(), match.end(), match[0].strip())


def _front_matter(document: Document) -> Iterator[Cut]:
    """The block of keys between two rules that stands at the head of a Markdown file, for programs to read."""
    lines = document.text.split("\n", LONGEST_FRONT_MATTER)
    if document.format != "md" or lines[0].rstrip() != "---":
        return
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), 0)
    keys = [line.partition(":")[0] for line in lines[1:end] if _FRONT_MATTER_KEY.match(line)]
    loose = [line for line in lines[1:end] if line.strip() and not re.match(r"[ \t#-]", line) and ":" not in line]
    speakers = any(strength_of(key) == "code" for key in keys)
    if any(key.casefold() in _METADATA for key in keys) and not loose and not speakers:
        yield Cut(0, min(sum(len(line) + 1 for line in lines[: end + 1]), len(document.text)), "front matter")


def _page_lines(text: str, lines: Sequence[_Line]) -> Iterator[Cut]:
    """Page breaks, the lines that number pages, and the lines that are there again on each page."""
    numbered = _page_numbers(text, lines)
    for line in lines:
        at = line.end - 1
        if line.start in numbered:
            yield Cut(line.start, line.end, "page number")
        elif text[at] == "\f" and (at == 0 or text[at - 1] in "\n\f" or text[at + 1 : at + 2] in ("", "\n")):
            yield Cut(at, line.end, "page break")
    for line, kind in _running_lines(_pages(text, lines, numbered)):
        end = line.end - (text[line.end - 1] == "\f")
        yield Cut(line.start, end, kind)


def _page_numbers(text: str, lines: Sequence[_Line]) -> set[int]:
    """Where lines begin that number pages: each is one more than the last, and stands where a page may end."""
    sure: list[tuple[_Line, int]] = []
    bare: list[tuple[_Line, int]] = []
    near = _near_breaks(text, lines)
    for line in lines:
        match = _COUNTED_PAGE.fullmatch(line.words)
        if match is not None:
            at_break = match["bare"] is None or line.start in near
            (sure if at_break else bare).append((line, int(match["page"] or match["part"] or match["bare"])))
    found = _counting(sure, 0)
    if len(found) < 2:
        found = []
    alone = _counting(bare, CHARACTERS_A_PAGE)
    if len(alone) >= 3 and len(alone) >= 0.6 * len(bare) and _is_regular(alone):
        found += alone
    return {line.start for line in found}


def _near_breaks(text: str, lines: Sequence[_Line]) -> set[int]:
    """Where the lines begin that stand next to a page break or the file's ends, empty lines aside."""
    worded = [line for line in lines if line.words or text[line.end - 1] == "\f"]
    near = {line.start for line in [*worded[:1], *worded[-1:]]} if "\f" in text else set()
    for place, line in enumerate(worded):
        if text[line.end - 1] == "\f":
            near.update(other.start for other in worded[max(place - 1, 0) : place + 2])
    return near


def _counting(numbers: Sequence[tuple[_Line, int]], apart: int) -> list[_Line]:
    """The longest row of lines in which each number is one more than the last, so many code points apart."""
    ends: dict[int, _Counted] = {}
    for line, number in numbers:
        before = ends.get(number - 1)
        if before is not None and line.start - before.line.start < apart:
            before = None
        length = before.length + 1 if before else 1
        if number not in ends or length > ends[number].length:
            ends[number] = _Counted(line, length, before)
    last = max(ends.values(), key=lambda end: end.length, default=None)
    row: list[_Line] = []
    while last is not None:
        row.append(last.line)
        last = last.before
    return row[::-1]


def _is_regular(lines: Sequence[_Line]) -> bool:
    """Pages are about as long as each other; the last may be short."""
    lengths = [after.start - before.start for before, after in pairwise(lines)]
    usual = median(lengths)
    return all(0.5 * usual <= length <= 2 * usual for length in lengths)


def _pages(text: str, lines: Sequence[_Line], numbered: set[int]) -> list[list[_Line]]:
    """The lines with words on each page, the numbers of pages left out."""
    pages: list[list[_Line]] = [[]]
    for line in lines:
        if line.words and line.start not in numbered:
            pages[-1].append(line)
        if text[line.end - 1] == "\f" or line.start in numbered:
            pages.append([])
    return [page for page in pages if page]


def _running_lines(pages: Sequence[Sequence[_Line]]) -> Iterator[tuple[_Line, FurnitureKind]]:
    """The first and last lines of pages that are there again on most of them."""
    edges: tuple[tuple[int, FurnitureKind], ...] = ((1, "header"), (-1, "footer"))
    for direction, kind in edges:
        outer = [page[::direction][:_NEAR_BREAK] for page in pages if len(page) > 2 * _NEAR_BREAK]
        times = Counter(words for page in outer for words in {line.words for line in page})
        for page in outer:
            for line in page:
                if times[line.words] < max(3, 0.6 * len(outer)) or _names_a_speaker(line.words):
                    break
                yield line, kind


def _names_a_speaker(words: str) -> bool:
    match = _LABELLED.match(words)
    return match is not None and strength_of(match[1].strip()) is not None
