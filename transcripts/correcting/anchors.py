"""Where a passage stands after a correction, and how sure that is. Pure: texts in, places out.

A passage is looked up in the alignment of the whole old text with the whole new one, not by its words, which may
stand elsewhere too. Its state is

``ok``
    The very same words, and no doubt where they are; they may have moved, alone or with all around them.
``moved``
    The words were edited, but only in space, capitals, light signs (``. , ; : …``, hyphens, dashes, quotation marks)
    and spelling: word by word the same number of words, each the same or, from five letters on, with the same first
    letter and one letter's difference (two from nine letters on); letters garbled by a wrong encoding and put right.
    Both edges stand at edges of the new text. Numbers, ``?`` and ``!`` are no spelling.
``needs review``
    Anything else that left something of the words: another word, a word more or less, a wandering part; a letter
    that grew on to the passage's edge; a restored paragraph inside it. Also the very same words where their place is
    in doubt: the like stands right beside a change, so that nobody can tell which of the two is left; or one or two
    words are all that is left for a stretch on both sides.
``lost``
    The words are gone: nothing of them is left in place, or less than half and only in scraps.

A passage that its surroundings do not tell, and whose words stand once in the old and once in the new text, is where
those words are: ``ok`` from three words on, else ``needs review``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from store.vocabularies import LOST, MOVED, NEEDS_REVIEW, OK
from transcripts.correcting.alignment import BACKBONE, WEIGHTY_WORDS, WORD, Alignment, Block, word_count
from transcripts.records import Span

_LIGHT_SIGNS = frozenset(".,;:…-–—‐‑'’‘\"“”„«»")
_LEAST_RESPELT, _LONG = 5, 9
_LEAST_EDGE = 3
_MOST_CANDIDATES = 1000
_TEXT_START = Block(0, 0, 0, BACKBONE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage's place in the new text, in code points, and its state; ``span`` is None where it is lost."""

    state: str
    span: Span | None


class Anchors:
    """Finds passages of the old text of an alignment in its new text."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._old, self._new, self._blocks = alignment.old, alignment.new, alignment.blocks
        self._starts = [block.old for block in alignment.blocks]
        self._by_new = sorted(alignment.blocks, key=lambda block: block.new)
        self._new_starts = [block.new for block in self._by_new]
        self._text_end = Block(len(self._old), len(self._new), 0, BACKBONE)

    def find(self, start: int, end: int) -> Anchor:
        """The place of the passage from ``start`` to ``end`` of the old text."""
        parts = self._parts(start, end)
        if _is_whole(parts, start, end):
            return self._intact(parts[0])
        kept = _heaviest_lane(self._old, parts)
        if self._is_remnant(kept, start, end):
            return self._edited(kept, start, end)
        return self._only_place(start, end) or self._free_place(start, end) or Anchor(LOST, None)

    def position(self, at: int) -> int:
        """Where a position of the old text comes nearest to being in the new one."""
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return 0
        block = self._blocks[number]
        return block.new + min(at - block.old, block.length)

    def intact(self, start: int, end: int) -> Span | None:
        """Where a passage stands that is there letter by letter, by its surroundings alone; None where it is not."""
        parts = self._parts(start, end)
        return Span(parts[0].new, parts[0].new_end) if _is_whole(parts, start, end) else None

    def _block_of(self, part: Block) -> int:
        return bisect_right(self._starts, part.old) - 1

    def _number_in_new(self, part: Block) -> int:
        return bisect_right(self._new_starts, part.new) - 1

    def _parts(self, start: int, end: int) -> list[Block]:
        """What of the passage is in blocks, in the order of the old text."""
        parts = []
        for number in range(max(bisect_right(self._starts, start) - 1, 0), len(self._blocks)):
            block = self._blocks[number]
            if block.old >= end:
                break
            first, last = max(block.old, start), min(block.old_end, end)
            if first < last:
                parts.append(block._replace(old=first, new=block.new + first - block.old, length=last - first))
        return parts

    # -- the very same words

    def _intact(self, part: Block) -> Anchor:
        span = Span(part.new, part.new_end)
        if _breaks(self._old, part.old, part.old_end) - _breaks(self._new, *span):
            return Anchor(NEEDS_REVIEW, span)
        if not self._alignment.is_known and (self._slides(part) or self._is_scrap(part)):
            return self._only_place(part.old, part.old_end) or Anchor(NEEDS_REVIEW, span)
        return Anchor(OK, span)

    def _slides(self, part: Block) -> bool:
        """Whether the change beside a block could as well have left the like of the passage and taken the passage.

        ``Ja. Ja.`` that became ``Ja.``: nobody can tell which of the two is left.
        """
        number = self._block_of(part)
        block = self._blocks[number]
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else self._text_end
        before = self._blocks[number - 1] if number else _TEXT_START
        tail, head = block.old_end - part.old, part.old_end - block.old
        gone, come = after.old - block.old_end, after.new - block.new_end
        if (gone > 0) != (come > 0) and come >= 0:
            text, edge = (self._old, block.old_end) if gone else (self._new, block.new_end)
            far = edge + gone + come
            if text[edge - tail : edge] == text[far - tail : far]:
                return True
        gone, come = block.old - before.old_end, block.new - before.new_end
        if (gone > 0) != (come > 0) and come >= 0:
            text, edge = (self._old, block.old) if gone else (self._new, block.new)
            far = edge - gone - come
            return text[edge : edge + head] == text[far : far + head]
        return False

    def _is_scrap(self, part: Block) -> bool:
        """Whether a block is one or two words, or words that stand elsewhere too, amid longer ones that are gone."""
        number = self._block_of(part)
        block, at = self._blocks[number], self._number_in_new(part)
        least = min(_letters(self._old_gap(number)), _letters(self._old_gap(number + 1)))
        words = self._old[block.old : block.old_end].strip()
        if not least or _letters(words) > least:
            return False
        if not _letters(self._new_gap(at)) and not _letters(self._new_gap(at + 1)):
            return False
        return word_count(words) < WEIGHTY_WORDS or self._old.count(words) > 1 or self._new.count(words) > 1

    def _old_gap(self, number: int) -> str:
        """What stands before a block of the old text, up to the block before it."""
        start = self._blocks[number - 1].old_end if number else 0
        return self._old[start : self._starts[number] if number < len(self._starts) else len(self._old)]

    def _new_gap(self, number: int) -> str:
        start = self._by_new[number - 1].new_end if number else 0
        return self._new[start : self._new_starts[number] if number < len(self._new_starts) else len(self._new)]

    # -- words that were edited, or are gone

    def _is_remnant(self, kept: Sequence[Block], start: int, end: int) -> bool:
        """Whether enough is left of a passage to say that it was edited and is not gone: half of it, three words in
        a row, or an edge that was left standing.
        """
        weigh = _letters if _letters(self._old[start:end]) else _signs
        weights = [weigh(self._old[part.old : part.old_end]) for part in kept]
        if 2 * sum(weights) >= max(weigh(self._old[start:end]), 1):
            return True
        for part, weight in zip(kept, weights, strict=True):
            block = self._blocks[self._block_of(part)]
            outside = self._old[block.old : max(start, block.old)] + self._old[min(end, block.old_end) : block.old_end]
            is_edge = weight >= _LEAST_EDGE and weigh(outside)
            if is_edge or word_count(self._old[part.old : part.old_end]) >= WEIGHTY_WORDS:
                return True
        return False

    def _edited(self, kept: Sequence[Block], start: int, end: int) -> Anchor:
        first, is_edge = self._first_edge(kept[0], start)
        last, is_last_edge = self._last_edge(kept[-1], end)
        old, new = self._old[start:end], self._new[first:last]
        if is_edge and is_last_edge and spelt_alike(old, new):
            return Anchor(OK if old == new else MOVED, Span(first, last))
        only = self._only_place(start, end)
        if only is not None and only.span is not None:
            is_here = only.span.start < last and first < only.span.end
            if only.state == OK or is_here:
                return only
        return Anchor(NEEDS_REVIEW, Span(first, last))

    def _first_edge(self, part: Block, start: int) -> tuple[int, bool]:
        """Where the passage begins in the new text, and whether it is an edge there as it was in the old one."""
        if part.old == start:
            return part.new, True
        number, at = self._block_of(part), self._number_in_new(part)
        before = self._blocks[number - 1] if number else _TEXT_START
        follows = before == (self._by_new[at - 1] if at else _TEXT_START)
        if not follows or self._old[before.old_end : start].strip():
            return part.new, False
        gap = self._new_gap(at)
        return part.new - len(gap.lstrip()), True

    def _last_edge(self, part: Block, end: int) -> tuple[int, bool]:
        """Where the passage ends in the new text, and whether it is an edge there as it was in the old one."""
        if part.old_end == end:
            return part.new_end, True
        number, at = self._block_of(part) + 1, self._number_in_new(part) + 1
        after = self._blocks[number] if number < len(self._blocks) else self._text_end
        follows = after == (self._by_new[at] if at < len(self._by_new) else self._text_end)
        if not follows or self._old[end : after.old].strip():
            return part.new_end, False
        gap = self._new_gap(at)
        return part.new_end + len(gap.rstrip()), True

    # -- words that their surroundings do not tell

    def _only_place(self, start: int, end: int) -> Anchor | None:
        """The place of words that stand once in both texts."""
        words = self._old[start:end]
        count, edges = word_count(words), _breaks(self._old, start, end)
        found = _places(self._new, words, edges, 2) if count else []
        if len(found) != 1 or len(_places(self._old, words, edges, 2)) != 1:
            return None
        return Anchor(OK if count >= WEIGHTY_WORDS else NEEDS_REVIEW, Span(found[0], found[0] + len(words)))

    def _free_place(self, start: int, end: int) -> Anchor | None:
        """The nearest place of the words where no word of the old text is known to be."""
        words = self._old[start:end]
        edges = _breaks(self._old, start, end)
        found = _places(self._new, words, edges, _MOST_CANDIDATES) if word_count(words) else []
        near = self.position(start)
        for at in sorted(found, key=lambda place: (abs(place - near), place)):
            if self._is_free(at, at + len(words)):
                return Anchor(NEEDS_REVIEW, Span(at, at + len(words)))
        return None

    def _is_free(self, start: int, end: int) -> bool:
        """Whether no word of the old text is known to stand in this stretch of the new one."""
        for number in range(max(bisect_right(self._new_starts, start) - 1, 0), len(self._by_new)):
            block = self._by_new[number]
            if block.new >= end:
                break
            if _letters(self._new[max(block.new, start) : min(block.new_end, end)]):
                return False
        return True


def spelt_alike(old: str, new: str) -> bool:
    """Whether two passages have the same words but for space, capitals, light signs and spelling."""
    old_words, new_words = _weighty(old), _weighty(new)
    if "".join(old_words) == "".join(new_words) or _ungarbled(old) == new or _ungarbled(new) == old:
        return True
    return len(old_words) == len(new_words) and all(map(_is_respelt, old_words, new_words))


def _is_whole(parts: Sequence[Block], start: int, end: int) -> bool:
    """Whether the parts of a passage are one, and all of it letter by letter."""
    return len(parts) == 1 and parts[0].length == end - start and not parts[0].is_folded


def _is_respelt(old: str, new: str) -> bool:
    if old == new:
        return True
    shorter = min(len(old), len(new))
    if shorter < _LEAST_RESPELT or old[0] != new[0] or not (old.isalpha() and new.isalpha()):
        return False
    most = 2 if shorter >= _LONG else 1
    return OSA.distance(old, new, score_cutoff=most) <= most


def _weighty(text: str) -> list[str]:
    """The words, numbers and signs that carry meaning, without regard to capitals."""
    return [word.casefold() for word in WORD.findall(text) if word not in _LIGHT_SIGNS]


def _ungarbled(text: str) -> str | None:
    """The text that was meant where UTF-8 was read as Windows-1252; None where it was not."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return None


def _breaks(text: str, start: int, end: int) -> set[str]:
    """At which of its edges a passage does not cut a word in two."""
    found: set[str] = set()
    if start == 0 or not (text[start - 1].isalnum() and text[start].isalnum()):
        found.add("start")
    if end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()):
        found.add("end")
    return found


def _letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))


def _signs(text: str) -> int:
    """How many characters a text has that are not space."""
    return sum(not char.isspace() for char in text)


def _heaviest_lane(text: str, parts: Sequence[Block]) -> list[Block]:
    """The parts that stayed together, and are most; the first such where there are several."""
    weights: dict[int, int] = {}
    for part in parts:
        weights[part.lane] = weights.get(part.lane, 0) + _letters(text[part.old : part.old_end])
    heaviest = max(weights, key=lambda lane: weights[lane], default=None)
    return [part for part in parts if part.lane == heaviest]


def _places(text: str, words: str, edges: set[str], most: int) -> list[int]:
    """Where words stand without cutting others in two at these edges; at most so many places."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < most:
        if edges <= _breaks(text, at, at + len(words)):
            found.append(at)
        at = text.find(words, at + 1)
    return found
