"""Who says what in captions: by the file's own voices, by labels typed before the words, by ``>>``, or by dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transcripts.readers.caption_cues import Cue
from transcripts.speaking.speaker_labels import parts_of, strength_of, without_remark


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one speaker in one cue. ``mark`` is what stands before them where a speaker without a label begins."""

    cue: Cue
    label: str | None
    text: str
    mark: str = ""


class Spoken(NamedTuple):
    """A cue and its words; without any where it shows nothing new."""

    cue: Cue
    pieces: list[Piece]


_CHEVRONS = re.compile(r"(?:^|(?<=\s))>{2,3}(?=\s|[^\W\d])")
_DASH = re.compile(r"(?P<dash>[-‐–—])(?:\s+|(?=[^\W\d]))")
_LABEL = re.compile(
    r"""
    (?: [\[(]\s*(?P<machine>(?:speaker|taler|talare|sprecher)[ _]?\d{1,3})\s*[\])]:?
      | \[(?P<boxed>[^\[\]:]{1,60})\][ \xa0]?:
      | (?P<bare>[^\s:>\[(][^:]{0,58}?)[ \xa0]?:
    )(?:\s+|$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EVERY_CUE = 0.8
"""Where this share of the cues begins with a label, what stands before the first colon of a cue is one."""
_ROOM = re.compile(
    r"""(?<!\w)(?:
        møde(?:lokale|rum)|møterom|mötesrum|(?:grupp?e?|konference|konferens|konferanse?|personale?|undervisnings)(?:lokale|rum|rom)
      | lokale|(?:(?:meeting|conference|board|class|seminar)[ ]?)?room|auditori(?:um|et)|kantinen?
      | (?:besprechungs|konferenz|seminar|sitzungs)(?:raum|zimmer)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


def is_room(label: str) -> bool:
    """Whether a label names a room (``Mødelokale 2.14``): its microphone hears everybody in it."""
    return _ROOM.search(label) is not None


def spoken(cues: Sequence[Cue]) -> list[Spoken]:
    """What is said in each cue, and by whom.

    A label holds until the next one, as in a transcript; ``>>`` and dashes end it. Which words before a colon are
    labels is decided for the whole file, as is what a dash at the start of a line means. A file's own voices
    (``<v Anne>``) hold for their words alone, and nothing is looked for in them.
    """
    labels = _labels(cues)
    has_dashes = _dashes_tell_speakers(cues)
    carried: str | None = None
    said: list[Spoken] = []
    for cue in cues:
        pieces: list[Piece] = []
        for line in cue.lines:
            if line.voice is not None:
                carried = None
                pieces.append(Piece(cue, line.voice, line.text))
                continue
            for mark, words in _at_marks(line.text, has_dashes):
                label, speech = _label_of(words, labels, is_marked=">" in mark)
                if mark or label is not None:
                    carried = label
                pieces.append(Piece(cue, carried, speech, "" if label else mark))
        said.append(Spoken(cue, pieces))
    return said


def _at_marks(text: str, has_dashes: bool) -> Iterator[tuple[str, str]]:
    """The parts of a line that marks of another speaker divide, each with its mark or none."""
    dash = _DASH.match(text) if has_dashes else None
    if dash is not None:
        yield dash["dash"], text[dash.end() :]
        return
    marks = list(_CHEVRONS.finditer(text))
    places = [0, *(mark.start() for mark in marks), len(text)]
    if first := text[: places[1]].strip():
        yield "", first
    for mark, end in zip(marks, places[2:], strict=True):
        yield mark[0], text[mark.end() : end].strip()


def _dashes_tell_speakers(cues: Sequence[Cue]) -> bool:
    """Whether a dash begins a speaker: where it stands on a lower line of a cue too, or opens several cues."""
    dashed = [[line.voice is None and _DASH.match(line.text) is not None for line in cue.lines] for cue in cues]
    lower = sum(any(lines[1:]) for lines in dashed)
    first = sum(lines[0] for lines in dashed if lines)
    return lower > 0 or first > 2


def _label_of(words: str, labels: frozenset[str], *, is_marked: bool) -> tuple[str | None, str]:
    """The label at the start of the words, if they have one, and the speech behind it."""
    match = _LABEL.match(words)
    if match is None:
        return None, words
    label = _name(match)
    if label in labels or (is_marked and (strength_of(label) is not None or label.isupper())):
        return label, words[match.end() :]
    return None, words


def _name(match: re.Match[str]) -> str:
    return " ".join((match["machine"] or match["boxed"] or match["bare"]).split())


def _labels(cues: Sequence[Cue]) -> frozenset[str]:
    """The texts before a colon that are labels: codes and roles at once, names from the second time on.

    Where nearly every cue begins with one, as those of meeting programs do, and most are like labels, all of them are.
    """
    firsts: Counter[str] = Counter()
    all_of_them: Counter[str] = Counter()
    speaking = 0
    for cue in cues:
        for at, line in enumerate(cue.lines):
            if line.voice is not None:
                continue
            speaking += at == 0
            match = _LABEL.match(_CHEVRONS.sub("", line.text, count=1).lstrip())
            if match is not None:
                all_of_them[_name(match)] += 1
                firsts[_name(match)] += at == 0
    like_labels = sum(times for label, times in firsts.items() if strength_of(without_remark(label)) is not None)
    if firsts.total() >= max(_EVERY_CUE * speaking, 2) and like_labels >= firsts.total() / 2:
        return frozenset(label for label, times in firsts.items() if times)
    known = {label for label, times in all_of_them.items() if _is_label(label, times)}
    known |= {label for label in all_of_them if all(part in known or _is_label(part, 1) for part in parts_of(label))}
    return frozenset(known)


def _is_label(label: str, times: int) -> bool:
    strength = strength_of(without_remark(label))
    return strength in ("code", "role") or (strength == "name" and times >= 2)
