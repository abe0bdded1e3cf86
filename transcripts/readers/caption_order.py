"""Cues in the order in which they were said, each line once: captions are made for the eye, not for reading on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from store.findings import Finding
from transcripts.readers.caption_cues import Aside, Cue, finding_at
from transcripts.readers.caption_speech import Spoken
from transcripts.readers.caption_tags import CueLine

T = TypeVar("T")

_TOUCHING_MS = 100
"""Two cues with less between them follow each other without a break."""
_LINES_ON_SCREEN = 4
_WORDS_OF_A_REPEAT = 3
"""Fewer words are said twice by people; more are shown twice by machines."""


_OUT_OF_ORDER = "the times run backwards here; the captions were put in the order of their times."


def in_number_order(cues: Sequence[Cue]) -> tuple[list[Cue], list[Finding]]:
    """The cues by their times, where these agree with the cues' own numbers and only the file's order does not."""
    backwards = _backwards(cues)
    ordered = _sorted(cues, cues)
    if backwards and all(a.number is not None and a.number < (b.number or 0) for a, b in pairwise(ordered)):
        return ordered, [finding_at("captions-out-of-order", backwards, _OUT_OF_ORDER)]
    return list(cues), []


def in_time_order(spoken: Sequence[Spoken]) -> tuple[list[Spoken], list[Finding]]:
    """The cues by the time at which they begin; as they stand in the file where that would shuffle talk.

    Times that run backwards are disorder where the cues that change place fit in between the others. Where the same
    speaker would speak twice at a time, as when two recordings were joined in one file, the file's order is kept. A
    cue without a time stays below the cue above it.
    """
    backwards = _backwards([cue for cue, _ in spoken])
    if not backwards:
        return list(spoken), []
    ordered = _sorted(spoken, [cue for cue, _ in spoken])
    moved = [at for at, (before, after) in enumerate(zip(spoken, ordered, strict=True)) if before is not after]
    if sum(_runs_into_another(ordered, at) for at in moved) <= len(moved) / 2:
        return ordered, [finding_at("captions-out-of-order", backwards, _OUT_OF_ORDER)]
    message = "the times begin anew here, as if recordings were joined; the captions were left as they stand."
    return list(spoken), [finding_at("captions-begin-anew", backwards, message)]


def _backwards(cues: Sequence[Cue]) -> list[int]:
    """The lines of the cues that begin before the cue above."""
    timed = [cue for cue in cues if cue.begins_at is not None]
    return [after.line for before, after in pairwise(timed) if _begins(after) < _begins(before)]


def _begins(cue: Cue) -> int:
    return cue.begins_at or 0


def _sorted(things: Sequence[T], cues: Sequence[Cue]) -> list[T]:
    """The things by the times of their cues."""
    keys, last = [], 0
    for cue in cues:
        last = last if cue.begins_at is None else cue.begins_at
        keys.append(last)
    return [things[at] for at in sorted(range(len(things)), key=keys.__getitem__)]


def _runs_into_another(ordered: Sequence[Spoken], at: int) -> bool:
    """Whether a cue is shown for the most part together with a neighbour of the same speaker."""
    here = ordered[at]
    around = [ordered[near] for near in (at - 1, at + 1) if 0 <= near < len(ordered)]
    return any(_speaker(here) == _speaker(other) and _share(here.cue, other.cue) > 0.5 for other in around)


def _speaker(spoken: Spoken) -> str | None:
    return spoken.pieces[0].label if spoken.pieces else None


def _share(one: Cue, other: Cue) -> float:
    """How much of the shorter of two cues is shown with the other."""
    if one.begins_at is None or one.ends_at is None or other.begins_at is None or other.ends_at is None:
        return 0.0
    together = min(one.ends_at, other.ends_at) - max(one.begins_at, other.begins_at)
    shorter = min(one.ends_at - one.begins_at, other.ends_at - other.begins_at)
    return together / shorter if shorter else float(one.begins_at == other.begins_at)


def without_repeats(cues: Sequence[Cue]) -> tuple[list[Cue], list[Finding]]:
    """Rolling captions unrolled: a line that stays on the screen while the next appears was said once.

    A cue takes over from the one before where it begins with the last lines of it and no time lies between. Only a
    file in which a third of the cues do so is taken for rolling; else people repeat themselves, and every word is
    kept. What is taken out stays as an aside of its cue, and a cue with nothing new makes the one before longer.
    """
    taken = [0, *(_words_taken_over(before, cue) for before, cue in pairwise(cues))]
    rolling = [cue.line for cue, words in zip(cues, taken, strict=True) if words >= _WORDS_OF_A_REPEAT]
    if len(rolling) < 2 or len(rolling) < len(cues) / 3:
        message = "a caption begins with the last words of the one above; they were kept, as people repeat themselves."
        return list(cues), [finding_at("captions-repeat", rolling, message)] if rolling else []
    unrolled: list[Cue] = []
    speaking = 0
    for at, (cue, words) in enumerate(zip(cues, taken, strict=True)):
        unrolled.append(_without_words(cue, words) if words else cue)
        if unrolled[at].lines:
            speaking = at
        elif words:
            unrolled[speaking] = replace(unrolled[speaking], ends_at=cue.ends_at)
    message = f"{len(rolling)} captions show words of the one above once more; those were read once."
    return unrolled, [Finding("captions-roll", f"line {rolling[0]}", message)]


def _words_taken_over(before: Cue, cue: Cue) -> int:
    """How many words at the start of a cue are the last lines of the cue before, shown on without a break."""
    if cue.begins_at is None or before.ends_at is None or cue.begins_at - before.ends_at > _TOUCHING_MS:
        return 0
    words = _words(cue.lines)
    shown = before.lines[-_LINES_ON_SCREEN:]
    for first in range(len(shown)):
        tail = _words(shown[first:])
        if tail and words[: len(tail)] == tail:
            return len(tail)
    return 0


def _words(lines: Sequence[CueLine]) -> list[str]:
    return [word for line in lines for word in line.text.split()]


def _without_words(cue: Cue, count: int) -> Cue:
    """The cue without its first words, which become an aside."""
    lines = list(cue.lines)
    repeat = " ".join(_words(lines)[:count])
    while lines and count:
        first = lines.pop(0)
        words = first.text.split(maxsplit=count)
        if len(words) > count:
            lines.insert(0, first._replace(text=words[count]))
            break
        count -= len(words)
    return replace(cue, lines=tuple(lines), asides=(*cue.asides, Aside("repeat", repeat)))
