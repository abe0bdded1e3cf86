"""Which characters of a text are still there in another version of it, and where.

The texts are compared as a whole, from the large to the small, so that a passage is found by everything around it
and not by its own words, which may stand elsewhere too:

1. lines, 2. sentences: those in the same order on both sides first (by what is unique on both sides, then by the
   longest common sequence); then those that stand once among what is left on both sides: they were *moved*;
3. words, without regard to capitals, and three words in a row that moved; 4. letters at the ends of what is left, as
where a word was cut, and all letters where what replaces some words looks much like them.

Deterministic; time grows with length times amount of change, memory with length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from transcripts.records import Span

BACKBONE = 0
"""The lane of everything that kept its order."""

WEIGHTY_WORDS = 3
"""From this many words on, a passage that stands once in a text is taken for the same one elsewhere."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"'”»)\]]*(?=\s)|$)")
WORD = re.compile(r"[-−]?\d+(?:[.,:]\d+)*|\w[\w\u0300-\u036f]*|[^\w\s]")
"""A number, a word, or one other sign."""

_MOST_ROUNDS = 12
_MOST_CELLS = 200_000_000
_MOST_LETTER_CELLS = 250_000
_LEAST_LIKENESS = 0.5


class Block(NamedTuple):
    """The same characters in both texts, from ``old`` and from ``new`` on, ``length`` code points.

    Blocks of one ``lane`` have the same order in both texts; those of another lane than the backbone were moved.
    ``is_folded`` says that the characters are the same but for capitals.
    """

    old: int
    new: int
    length: int
    lane: int
    is_folded: bool = False

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts and the blocks that they share: in the order of the old text, never two on one character.

    ``is_known`` says that the edit itself was seen, so that nothing is to be guessed from the texts.
    """

    old: str
    new: str
    blocks: tuple[Block, ...]
    is_known: bool = False


def align(old: str, new: str) -> Alignment:
    """Find what two texts share."""
    return Alignment(old, new, tuple(_joined(old, new, _Matching(old, new).blocks())))


def align_edit(old: str, start: int, end: int, words: str) -> Alignment:
    """The alignment of a text with what it becomes by putting ``words`` in place of ``start`` to ``end``."""
    inner = _Matching(old[start:end], words).blocks() if start < end and words else []
    rest = start + len(words)
    new = old[:start] + words + old[end:]
    blocks = [Block(0, 0, start, BACKBONE), Block(end, rest, len(old) - end, BACKBONE)]
    blocks += [Block(block.old + start, block.new + start, block.length, block.lane) for block in inner]
    return Alignment(old, new, tuple(_joined(old, new, blocks)), is_known=True)


def word_count(text: str) -> int:
    """How many words and numbers a text has."""
    return sum(any(map(str.isalnum, word)) for word in WORD.findall(text))


@dataclass(slots=True)
class _Gap:
    """Pieces of the old text and pieces of the new one that may be what became of them."""

    old: list[Span]
    new: list[Span]
    lane: int


class _Move(NamedTuple):
    """A piece that stands elsewhere: gap and number of the old one, gap and number of the new one."""

    old_gap: int
    old: int
    new_gap: int
    new: int


@dataclass(slots=True)
class _Matching:
    """The work of comparing two texts; what is found goes to ``_found``."""

    old: str
    new: str
    _found: list[Block] = field(default_factory=list)
    _lanes: int = BACKBONE

    def blocks(self) -> list[Block]:
        gaps = [_Gap([Span(0, len(self.old))], [Span(0, len(self.new))], BACKBONE)]
        for pattern, run in ((_LINE, 1), (_SENTENCE, 1), (WORD, WEIGHTY_WORDS)):
            is_word = pattern is WORD
            gaps = [left for gap in gaps for left in self._in_order(self._cut(gap, pattern), fold=is_word)]
            gaps = self._moved(gaps, run)
        for gap in gaps:
            self._letters(gap)
        return self._found

    def _cut(self, gap: _Gap, pattern: re.Pattern[str]) -> _Gap:
        return _Gap(_pieces(self.old, gap.old, pattern), _pieces(self.new, gap.new, pattern), gap.lane)

    def _in_order(self, gap: _Gap, *, fold: bool) -> Iterator[_Gap]:
        """Match the pieces of a gap that keep their order; what is left between them."""
        old_words, new_words = _texts(self.old, gap.old), _texts(self.new, gap.new)
        key = str.casefold if fold else str
        pairs = common_order(list(map(key, old_words)), list(map(key, new_words)))
        for i, j in pairs:
            if len(old_words[i]) == len(new_words[j]):
                self._keep(gap.old[i], gap.new[j], gap.lane, is_folded=old_words[i] != new_words[j])
            else:
                self._letters(_Gap([gap.old[i]], [gap.new[j]], gap.lane))
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(gap.old), len(gap.new))]):
            if next_i - i > 1 or next_j - j > 1:
                yield _Gap(gap.old[i + 1 : next_i], gap.new[j + 1 : next_j], gap.lane)

    def _keep(self, old: Span, new: Span, lane: int, *, is_folded: bool = False) -> None:
        self._found.append(Block(old.start, new.start, old.end - old.start, lane, is_folded))

    def _moved(self, gaps: list[_Gap], run: int) -> list[_Gap]:
        """Match runs of so many pieces across gaps.

        What was changed between two that moved together becomes a gap of their lane.
        """
        moves = self._moves(gaps, run)
        places = sorted((move.new_gap, move.new) for move in moves)
        following = dict(pairwise(places))
        inner: list[_Gap] = []
        taken_old = {(move.old_gap, move.old) for move in moves}
        taken_new = set(places)
        for before, move in zip([None, *moves], moves, strict=False):
            if before is None or not _together(before, move, following):
                self._lanes += 1
            elif move.old - before.old > 1 and move.new - before.new > 1:
                old, new = gaps[move.old_gap].old, gaps[move.new_gap].new
                inner.append(_Gap(old[before.old + 1 : move.old], new[before.new + 1 : move.new], self._lanes))
                taken_old |= {(move.old_gap, i) for i in range(before.old + 1, move.old)}
                taken_new |= {(move.new_gap, j) for j in range(before.new + 1, move.new)}
            self._keep(gaps[move.old_gap].old[move.old], gaps[move.new_gap].new[move.new], self._lanes)
        left = [
            _Gap(
                [span for i, span in enumerate(gap.old) if (number, i) not in taken_old],
                [span for j, span in enumerate(gap.new) if (number, j) not in taken_new],
                gap.lane,
            )
            for number, gap in enumerate(gaps)
        ]
        return [gap for gap in (*left, *inner) if gap.old or gap.new]

    def _moves(self, gaps: list[_Gap], run: int) -> list[_Move]:
        """Weighty runs that stand once among what is left on both sides, and like pieces beside them."""
        old = {(g, i): self.old[s.start : s.end] for g, gap in enumerate(gaps) for i, s in enumerate(gap.old)}
        new = {(g, j): self.new[s.start : s.end] for g, gap in enumerate(gaps) for j, s in enumerate(gap.new)}
        old_runs, new_runs = _runs(old, run), _runs(new, run)
        seeds: dict[tuple[int, int], tuple[int, int]] = {}
        for words, (gap, i) in old_runs.items():
            if words in new_runs and word_count(words) >= WEIGHTY_WORDS:
                new_gap, j = new_runs[words]
                seeds |= {(gap, i + n): (new_gap, j + n) for n in range(run)}
        found = dict(seeds)
        used = set(seeds.values())
        for step in (1, -1):
            for (gap, i), (new_gap, j) in seeds.items():
                here, there = (gap, i + step), (new_gap, j + step)
                while here in old and there in new and here not in found and there not in used:
                    if old[here] != new[there]:
                        break
                    found[here] = there
                    used.add(there)
                    here, there = (gap, here[1] + step), (new_gap, there[1] + step)
        return [_Move(*at, *found[at]) for at in sorted(found)]

    def _letters(self, gap: _Gap) -> None:
        """Match letters at both ends of what was changed, as where a word was cut; and between them, where the new
        words look much like the old ones, as a word does with a letter mended.
        """
        if not (_is_whole(self.old, gap.old) and _is_whole(self.new, gap.new)):
            return
        start, new_start = gap.old[0].start, gap.new[0].start
        old, new = self.old[start : gap.old[-1].end], self.new[new_start : gap.new[-1].end]
        if len(old) * len(new) <= _MOST_LETTER_CELLS and Indel.normalized_similarity(old, new) >= _LEAST_LIKENESS:
            for op in Indel.opcodes(old, new):
                if op.tag == "equal":
                    there = Span(new_start + op.dest_start, new_start + op.dest_end)
                    self._keep(Span(start + op.src_start, start + op.src_end), there, gap.lane)
            return
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        self._keep(Span(start, start + head), Span(new_start, new_start + head), gap.lane)
        end, new_end = start + len(old), new_start + len(new)
        self._keep(Span(end - tail, end), Span(new_end - tail, new_end), gap.lane)


def common_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which items of two sequences are the same ones, in an order that both share; pairs of numbers.

    What is unique on both sides decides ("patience" matching), round by round; where nothing is, the longest
    common sequence.
    """
    pairs: list[tuple[int, int]] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        a, a_end, b, b_end, rounds = todo.pop()
        while a < a_end and b < b_end and old[a] == new[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            pairs.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        anchors = _unique_in_order(old, new, Span(a, a_end), Span(b, b_end)) if rounds < _MOST_ROUNDS else []
        if not anchors:
            pairs += [(a + i, b + j) for i, j in _longest(old[a:a_end], new[b:b_end])]
            continue
        pairs += anchors
        bounds = [(a - 1, b - 1), *anchors, (a_end, b_end)]
        todo += [(i + 1, next_i, j + 1, next_j, rounds + 1) for (i, j), (next_i, next_j) in pairwise(bounds)]
    return sorted(pairs)


def _unique_in_order(old: Sequence[str], new: Sequence[str], of_old: Span, of_new: Span) -> list[tuple[int, int]]:
    """The longest row of items that are unique on both sides and have the same order there."""
    old_times, new_times = Counter(old[slice(*of_old)]), Counter(new[slice(*of_new)])
    where = {new[j]: j for j in range(*of_new) if new_times[new[j]] == 1}
    pairs = [(i, where[old[i]]) for i in range(*of_old) if old_times[old[i]] == 1 and old[i] in where]
    tops: list[int] = []  # the smallest end of a row of each length, as in patience sorting
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(tops, j)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [j]
        ends[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _longest(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The longest common sequence; for very long ones the least number of changes, which needs less memory."""
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    changes = Indel.opcodes(a, b) if len(a) * len(b) <= _MOST_CELLS else Levenshtein.opcodes(a, b)
    for op in changes:
        if op.tag == "equal":
            yield from ((op.src_start + n, op.dest_start + n) for n in range(op.src_end - op.src_start))


def _pieces(text: str, spans: Sequence[Span], pattern: re.Pattern[str]) -> list[Span]:
    return [Span(*match.span()) for span in spans for match in pattern.finditer(text, span.start, span.end)]


def _texts(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def _runs(pieces: dict[tuple[int, int], str], length: int) -> dict[str, tuple[int, int]]:
    """The runs of so many pieces of one gap that stand there once, and where each begins."""
    runs: dict[str, tuple[int, int]] = {}
    often: set[str] = set()
    for gap, first in pieces:
        run = [pieces.get((gap, first + n)) for n in range(length)]
        words = " ".join(piece for piece in run if piece is not None)
        if words in runs:
            often.add(words)
        if None not in run:
            runs[words] = (gap, first)
    return {words: at for words, at in runs.items() if words not in often}


def _is_whole(text: str, pieces: Sequence[Span]) -> bool:
    """Whether nothing but space stands between pieces; there is at least one."""
    return bool(pieces) and all(not text[a.end : b.start].strip() for a, b in pairwise(pieces))


def _together(before: _Move, move: _Move, following: dict[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether two pieces that moved, one after the other in the old text, follow on each other in the new one too."""
    same_gaps = (before.old_gap, before.new_gap) == (move.old_gap, move.new_gap)
    return same_gaps and following.get((before.new_gap, before.new)) == (move.new_gap, move.new)


def _joined(old: str, new: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks in the order of the old text, each with the space around it, and joined where nothing parts them."""
    held: Block | None = None
    for block in _grown_to_left(old, new, _grown_to_right(old, new, [block for block in blocks if block.length])):
        if held is not None and (held.old_end, held.new_end, held.is_folded) == (*block[:2], block.is_folded):
            held = held._replace(length=held.length + block.length, lane=min(held.lane, block.lane))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _grown_to_right(old: str, new: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the space that follows them in both texts."""
    old_starts, new_starts = (sorted(starts) for starts in ([b.old for b in blocks], [b.new for b in blocks]))
    grown = []
    for block in blocks:
        most = min(
            _next(old_starts, block.old, len(old)) - block.old_end,
            _next(new_starts, block.new, len(new)) - block.new_end,
        )
        more = _same_space(old[block.old_end : block.old_end + most], new[block.new_end : block.new_end + most])
        grown.append(block._replace(length=block.length + more))
    return grown


def _grown_to_left(old: str, new: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, in the order of the old text, with the space that stands before them in both texts."""
    old_ends, new_ends = (sorted(ends) for ends in ([b.old_end for b in blocks], [b.new_end for b in blocks]))
    grown = []
    for block in sorted(blocks, key=lambda block: block.old):
        most = min(block.old - _last(old_ends, block.old), block.new - _last(new_ends, block.new))
        before_old, before_new = old[block.old - most : block.old], new[block.new - most : block.new]
        more = _same_space(before_old[::-1], before_new[::-1])
        grown.append(block._replace(old=block.old - more, new=block.new - more, length=block.length + more))
    return grown


def _next(starts: Sequence[int], position: int, otherwise: int) -> int:
    at = bisect_right(starts, position)
    return starts[at] if at < len(starts) else otherwise


def _last(ends: Sequence[int], position: int) -> int:
    at = bisect_right(ends, position)
    return ends[at - 1] if at else 0


def _same_space(old: str, new: str) -> int:
    """How many characters of space two texts begin with alike."""
    space = len(old) - len(old.lstrip())
    return _alike(old[:space], new[:space])


def _alike(old: str, new: str) -> int:
    """How many characters two texts begin with alike."""
    return next((count for count, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
