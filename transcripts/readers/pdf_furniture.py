"""What of a printed page is furniture: running heads and feet, page numbers, and the numbers of lines in the margin.

Each is known by its place and by what it does from page to page: a head is there again, a page number counts the
pages, the numbers in a margin count on. One sight is never enough, unless a number says of itself that it counts pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from transcripts.readers import FurnitureKind
from transcripts.readers.pdf_rows import Row, Sheet, leading_of
from transcripts.readers.pdf_words import Word
from transcripts.speaking.speaker_labels import strength_of

DEEPEST = 4
"""How many rows from the edge of a page a head or foot reaches."""
SAME_PLACE = 6.0
"""Points by which a head may stand higher or lower from page to page."""
_SHARE_OF_PAGES = 0.4
_SURE = 3
"""On so many pages a row that is no speech is furniture, though it is not set apart from the text."""
_APART = 1.35
"""A row is apart from the text where the space before it is this much wider than between lines."""

_DIGITS = re.compile(r"\d+")
_PAGE_WORD = r"(?:side|page|seite|sida|s\.|p\.|pp\.|pg\.)"
_COUNTS_PAGES = re.compile(
    rf"""[-–—|\[(]?\s*(?:
        {_PAGE_WORD}\s*(\d+)(?:\s*(?:af|of|av|von|/|\|)\s*\d+)?
      | (\d+)\s*(?:af|of|av|von|/)\s*\d+
    )\s*[-–—|\])]?""",
    re.VERBOSE | re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[-–—|\[(]?\s*(\d{1,4})\s*[-–—|\])]?")
_LABEL = re.compile(r"([^:\n]{1,40}):")


def take_margins(sheets: Sequence[Sheet]) -> None:
    """Move the numbers of lines and paragraphs from the rows' words to their ``margin``."""
    for side in (0, -1):
        numbered = [(row, row.words[side]) for sheet in sheets for row in sheet.rows if _may_be_margin(row, side)]
        numbered = _in_one_margin(numbered, sheets, side)
        if _counts_on([(row.page, int(word.text)) for row, word in numbered]):
            for row, word in numbered:
                row.margin = " ".join(filter(None, [row.margin, word.text]))
                row.words.remove(word)
    for sheet in sheets:
        _hand_down_margins(sheet)


def _hand_down_margins(sheet: Sheet) -> None:
    """Numbers with no words beside them go with the row below; those below the last row are the sheet's."""
    waiting: list[str] = []
    kept = []
    for row in sheet.rows:
        waiting += [row.margin] if row.margin else []
        if row.words:
            row.margin = " ".join(waiting)
            waiting = []
            kept.append(row)
    sheet.rows = kept
    sheet.last_margin = " ".join(waiting)


def _may_be_margin(row: Row, side: int) -> bool:
    if not row.words:
        return False
    word = row.words[side]
    if not (word.text.isdecimal() and len(word.text) <= 5):
        return False
    if len(row.words) == 1:
        return True
    gap = row.words[1].x0 - word.x1 if side == 0 else word.x0 - row.words[-2].x1
    return gap >= 0.5 * row.height


def _in_one_margin(numbered: list[tuple[Row, Word]], sheets: Sequence[Sheet], side: int) -> list[tuple[Row, Word]]:
    """Those that stand beyond all other words of their page, one under the other."""
    numbers = {id(word) for _, word in numbered}
    kept = []
    for sheet in sheets:
        others = [word for row in sheet.rows for word in row.words if id(word) not in numbers]
        here = [(row, word) for row, word in numbered if row.page == sheet.page]
        if not here or not others:
            continue
        column = median((word.x0 + word.x1) / 2 for _, word in here)
        edges = sorted(word.x0 if side == 0 else -word.x1 for word in others)
        edge = edges[len(edges) // 200]  # one stray word in two hundred is let be
        kept += [
            (row, word)
            for row, word in here
            if abs((word.x0 + word.x1) / 2 - column) <= 2 * row.height
            and (word.x1 if side == 0 else -word.x0) <= edge - 0.2 * word.height
        ]
    return kept


def _counts_on(numbers: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers go up in even steps, from the start or anew on each page."""
    steps = [after - before for (page, before), (after_page, after) in pairwise(numbers) if page == after_page]
    turns = [(before, after) for (page, before), (after_page, after) in pairwise(numbers) if page != after_page]
    if len(steps) + len(turns) < 2 or not steps:
        return False
    step, times = Counter(steps).most_common(1)[0]
    regular = sum(after - before == step or after <= step for before, after in turns)
    return step >= 1 and times + regular >= 0.8 * (len(steps) + len(turns))


def take_heads_and_feet(sheets: Sequence[Sheet]) -> dict[int, tuple[list[Row], list[Row]]]:
    """Take running heads, running feet and page numbers from the pages; for each page its heads and its feet."""
    leading = leading_of(sheets)
    known = _repeated(sheets, 1)
    heads = {sheet.page: _edge(sheet.rows, leading, known) for sheet in sheets}
    for sheet in sheets:
        sheet.rows = sheet.rows[len(heads[sheet.page]) :]
    known = _repeated(sheets, -1)
    feet = {sheet.page: _edge(sheet.rows[::-1], leading, known) for sheet in sheets}
    for sheet in sheets:
        sheet.rows = sheet.rows[: len(sheet.rows) - len(feet[sheet.page])]
    return {sheet.page: (heads[sheet.page], feet[sheet.page][::-1]) for sheet in sheets}


def kind_of(row: Row, place: FurnitureKind) -> FurnitureKind:
    """A row that only counts pages is a page number, wherever it stands."""
    text = row.text.strip()
    return "page number" if _COUNTS_PAGES.fullmatch(text) or _BARE_NUMBER.fullmatch(text) else place


def _repeated(sheets: Sequence[Sheet], direction: int) -> dict[str, int]:
    """Rows at an edge that are there again on other pages, digits apart, and on how many pages."""
    places: dict[str, list[Row]] = defaultdict(list)
    for sheet in sheets:
        for row in sheet.rows[::direction][:DEEPEST]:
            places[_DIGITS.sub("#", row.text)].append(row)
    found = {}
    for text, rows in places.items():
        height = median(row.y for row in rows)
        level = [row for row in rows if abs(row.y - height) <= SAME_PLACE]
        pages = len({row.page for row in level})
        if pages >= max(2, _SHARE_OF_PAGES * len(sheets)) and ("#" not in text or _counts_pages(level)):
            found[text] = pages
    return found


def _counts_pages(rows: Sequence[Row]) -> bool:
    """Whether the numbers in a row stay as they are or go with the pages."""
    numbers = [[int(number[-9:]) for number in _DIGITS.findall(row.text)] for row in rows]
    for place in range(len(numbers[0])):
        offsets = Counter(here[place] - row.page for here, row in zip(numbers, rows, strict=True))
        same = Counter(here[place] for here in numbers)
        if max(*offsets.values(), *same.values()) < 0.8 * len(rows):
            return False
    return True


def _edge(rows: Sequence[Row], leading: float, known: dict[str, int]) -> list[Row]:
    """The rows of a page, from its edge inwards, that are furniture; ``known`` from :func:`_repeated`."""
    found: list[Row] = []
    for row in rows[:DEEPEST]:
        if _names_a_speaker(row) or not (_times(row, known) or (not found and _says_its_page(row))):
            break
        found.append(row)
    ended = len(found) < min(DEEPEST, len(rows))
    if found and ended and _times(found[-1], known) >= _SURE:
        return found
    while found and not _is_apart(found[-1], rows[len(found) : len(found) + 1], leading, known):
        found.pop()
    return found


def _says_its_page(row: Row) -> bool:
    match = _COUNTS_PAGES.fullmatch(row.text.strip()) or _BARE_NUMBER.fullmatch(row.text.strip())
    return match is not None and str(row.page) in match.groups()


def _names_a_speaker(row: Row) -> bool:
    label = _LABEL.match(row.text)
    return label is not None and strength_of(label[1].strip()) in ("code", "role")


def _is_apart(row: Row, inner: Sequence[Row], leading: float, known: dict[str, int]) -> bool:
    """Whether a row is set apart from the text, or is all there is on a page but for what is on other pages too."""
    if inner:
        return abs(row.y - inner[0].y) > _APART * leading
    return _says_its_page(row) or _times(row, known) >= _SURE


def _times(row: Row, known: dict[str, int]) -> int:
    return known.get(_DIGITS.sub("#", row.text), 0)
