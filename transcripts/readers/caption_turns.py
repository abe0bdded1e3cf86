"""Cues joined to turns, and turns to a text that reads as a conversation.

Cues of one speaker in a row are one turn, from the beginning of the first to the end of the last. Where nobody is
named, cues are joined to paragraphs: a paragraph ends where a sentence does and then either a pause follows or it is
long enough; in the middle of a sentence only where the pause is very long or the paragraph too. In a file without
full stops any cue may end one. Line breaks of the screen are spaces in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transcripts.readers.caption_cues import Cue
from transcripts.readers.caption_speech import Piece, Spoken
from transcripts.speaking.turns import TurnSpan

PAUSE_MS = 1_500
"""A pause after the end of a sentence that ends a paragraph."""
LONG_PAUSE_MS = 5_000
"""A pause that ends a paragraph even in the middle of a sentence."""
PARAGRAPH = 400
"""So many code points are a paragraph, once the sentence ends."""
LONGEST_PARAGRAPH = 2_000
_FEW_STOPS = 0.05
"""Where fewer cues end with a full stop than this share, the file has none to go by."""
_STOPS = (".", "?", "!", "…")
_CLOSING = "\"'”’“»«)]"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A text with its turns. ``places`` are where the words of each cue begin, in the order of the cues."""

    text: str
    turns: tuple[TurnSpan, ...]
    places: tuple[int, ...]


def as_conversation(said: Sequence[Spoken]) -> Conversation:
    """The text of cues, one line a turn: ``Anne: Det går godt.``"""
    pieces = [piece for spoken in said for piece in spoken.pieces]
    has_stops = sum(_ends_sentence(piece.text) for piece in pieces) > _FEW_STOPS * len(pieces)
    parts: list[str] = []
    turns: list[TurnSpan] = []
    place_of: dict[int, int] = {}
    at = 0
    for run in _runs(pieces, has_stops):
        start = at
        opening = _opening(run[0])
        parts.append(opening)
        at += len(opening)
        speech_start = at
        for piece in run:
            if piece.text and at > speech_start:
                parts.append(" ")
                at += 1
            place_of.setdefault(piece.cue.line, start if piece is run[0] else at)
            parts.append(piece.text)
            at += len(piece.text)
        end = at if at > speech_start else start + len(opening.rstrip())
        turns.append(TurnSpan(start, min(speech_start, end), end, run[0].label, *_times(run)))
        parts.append("\n")
        at += 1
    return Conversation("".join(parts), tuple(turns), tuple(_places([cue for cue, _ in said], place_of, at)))


def _runs(pieces: Iterable[Piece], has_stops: bool) -> Iterator[list[Piece]]:
    """Pieces that are one turn together."""
    run: list[Piece] = []
    length = 0
    for piece in pieces:
        if run and _begins_turn(run[-1], piece, length, has_stops):
            yield run
            run, length = [], 0
        run.append(piece)
        length += len(piece.text) + 1
    if run:
        yield run


def _begins_turn(before: Piece, piece: Piece, length: int, has_stops: bool) -> bool:
    if before.label != piece.label or piece.mark:
        return True
    if piece.label is not None:
        return False
    pause = _pause(before.cue, piece.cue)
    if pause >= LONG_PAUSE_MS or length >= LONGEST_PARAGRAPH:
        return True
    may_end = before.cue is not piece.cue and (not has_stops or _ends_sentence(before.text))
    return may_end and (pause >= PAUSE_MS or length >= PARAGRAPH)


def _pause(before: Cue, cue: Cue) -> int:
    """Milliseconds without words between two cues; 0 where the file does not say."""
    if before.ends_at is None or cue.begins_at is None:
        return 0
    return max(cue.begins_at - before.ends_at, 0)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_STOPS)


def _opening(piece: Piece) -> str:
    if piece.label is not None:
        return f"{piece.label}: "
    return f"{piece.mark} " if piece.mark else ""


def _times(run: Sequence[Piece]) -> tuple[int | None, int | None]:
    begins = [piece.cue.begins_at for piece in run if piece.cue.begins_at is not None]
    ends = [piece.cue.ends_at for piece in run if piece.cue.ends_at is not None]
    return min(begins, default=None), max(ends, default=None)


def _places(cues: Sequence[Cue], place_of: dict[int, int], end: int) -> list[int]:
    """Where each cue's words begin; for a cue without words, those of the next that has some."""
    places = []
    for cue in reversed(cues):
        end = place_of.get(cue.line, end)
        places.append(end)
    return places[::-1]
