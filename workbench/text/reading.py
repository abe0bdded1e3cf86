"""Where the reader is in a transcript: the sentence under the cursor, and the passage selected."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import Enum

from rich.cells import split_graphemes

from transcripts.columns import Spans
from transcripts.records import Span, Transcript, Turn

_WORD = re.compile(r"\S+")


class Unit(Enum):
    """What a move steps over. A character is one as it is seen (a grapheme); blanks are passed by."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


class End(Enum):
    """The end of a selection that moves."""

    START = "start"
    END = "end"


class Reading:
    """The cursor, which is always a whole sentence, and the selection, which is any stretch or nothing.

    Positions are code points into the transcript's text. The cursor moves, the selection grows and shrinks;
    moving the cursor lets the selection go.
    """

    def __init__(self, transcript: Transcript) -> None:
        self.text = transcript.text
        self.turns = transcript.turns
        self.sentences = transcript.sentences or Spans([0], [len(transcript.text)])
        self.number = 0
        self.selection: Span | None = None
        self.moving_end = End.END
        self._sentence_starts = self.sentences.starts
        self._turn_starts = self.turns.starts

    @property
    def sentence(self) -> Span:
        """The sentence under the cursor."""
        return self.sentences[self.number]

    @property
    def passage(self) -> Span:
        """What a coding act concerns: the selection, or else the sentence under the cursor."""
        return self.selection or self.sentence

    # -- moving the cursor ------------------------------------------------------------------------------
    def move(self, sentences: int) -> None:
        """Move the cursor by that many sentences, backwards if negative."""
        self.go_to_number(self.number + sentences)

    def go_to_number(self, number: int) -> None:
        self.number = min(max(number, 0), len(self.sentences) - 1)
        self.selection = None

    def go_to(self, position: int) -> None:
        """Put the cursor on the sentence at a position, or the nearest before it."""
        self.go_to_number(self.sentence_at(position))

    def next_turn(self) -> None:
        """To the first sentence of the next turn."""
        self.go_to_number(self._first_of_turn(self.turn_at(self.sentence.start) + 1, len(self.sentences) - 1))

    def previous_turn(self) -> None:
        """To the first sentence of this turn; from there, of the turn before."""
        turn = self.turn_at(self.sentence.start)
        first = self._first_of_turn(turn, 0)
        self.go_to_number(first if first < self.number else self._first_of_turn(turn - 1, 0))

    def sentence_at(self, position: int) -> int:
        """The number (from 0) of the sentence at a position, or of the nearest before it."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def turn_at(self, position: int) -> int:
        """The index of the turn at a position, -1 before the first."""
        return bisect_right(self._turn_starts, position) - 1

    def _first_of_turn(self, turn: int, otherwise: int) -> int:
        if not 0 <= turn < len(self.turns):
            return otherwise
        found = bisect_left(self._sentence_starts, self.turns[turn].speech_start)
        return min(found, len(self.sentences) - 1)

    # -- the selection ----------------------------------------------------------------------------------
    def let_go(self) -> None:
        """Select nothing."""
        self.selection = None

    def select(self, start: int, end: int, moving: End = End.END) -> None:
        """Select a stretch, and put the cursor on the sentence at its moving end."""
        self.go_to(start if moving is End.START else max(end - 1, start))
        self.selection = Span(start, end)
        self.moving_end = moving

    def switch_end(self) -> End:
        """Move the other end from now on; with nothing selected, select the sentence and move its start."""
        if self.selection is None:
            self.selection, self.moving_end = self.sentence, End.END
        self.moving_end = End.START if self.moving_end is End.END else End.END
        return self.moving_end

    def extend(self, unit: Unit, forward: bool) -> None:
        """Move the moving end of the selection by one unit.

        With nothing selected it starts from the sentence under the cursor: backwards by sentences and turns moves its
        start, everything else its end. An end that would meet the other one stays where it is, and the other
        end moves instead.
        """
        if self.selection is None:
            self.selection = self.sentence
            is_inside = unit in (Unit.CHARACTER, Unit.WORD)
            self.moving_end = End.END if is_inside or forward else End.START
            if unit is Unit.TURN:
                self._take_turn()
                return
        moved = self._moved(self.selection, unit, forward)
        if moved.start >= moved.end:
            self.moving_end = End.START if self.moving_end is End.END else End.END
            moved = self._moved(self.selection, unit, forward)
        self.select(moved.start, moved.end, self.moving_end)

    def extend_other(self, unit: Unit, forward: bool) -> None:
        """Move the end of the selection that rests, by one unit; the same end goes on moving afterwards."""
        self.switch_end()
        resting = self.moving_end
        self.extend(unit, forward)
        if self.moving_end is resting:
            self.switch_end()

    def take(self, sentences: int) -> None:
        """Select that many sentences from the cursor on, fewer where the text ends."""
        last = self.sentences[min(self.number + sentences, len(self.sentences)) - 1]
        self.selection, self.moving_end = Span(self.sentence.start, last.end), End.END

    def select_between(self, anchor: int, head: int) -> None:
        """Select from the character at one position to that at another, whichever comes first, without outer blanks."""
        first, last = sorted((anchor, head))
        touched = [one for one in self._near(Unit.CHARACTER, first) if one.end > first]
        reached = [one for one in self._near(Unit.CHARACTER, last) if one.start <= last]
        if touched and reached and touched[0].start < reached[-1].end:
            self.select(touched[0].start, reached[-1].end, End.START if head < anchor else End.END)

    def select_unit(self, unit: Unit, position: int) -> None:
        """Select the word, sentence or turn at a position; nothing changes where there is none."""
        found = next((one for one in self._near(unit, position) if one.start <= position < one.end), None)
        if found is not None:
            self.select(found.start, found.end)

    def _take_turn(self) -> None:
        index = self.turn_at(self.sentence.start)
        if index >= 0:
            start, end = self._speech(self.turns[index])
            self.selection = Span(start, max(end, self.sentence.end))

    def _moved(self, selection: Span, unit: Unit, forward: bool) -> Span:
        """The selection with its moving end one unit on; empty where there is no further unit on that side."""
        if self.moving_end is End.END:
            units = self._near(unit, selection.end - 1)
            later = [found.end for found in units if found.end > selection.end]
            earlier = [found.end for found in units if found.end < selection.end]
            end = min(later, default=selection.end) if forward else max(earlier, default=selection.start)
            return Span(selection.start, end)
        units = self._near(unit, selection.start)
        later = [found.start for found in units if found.start > selection.start]
        earlier = [found.start for found in units if found.start < selection.start]
        start = min(later, default=selection.end) if forward else max(earlier, default=selection.start)
        return Span(start, selection.end)

    def _near(self, unit: Unit, position: int) -> list[Span]:
        """The units around a position, in text order: enough of them for one step to either side."""
        if unit is Unit.TURN:
            turn = max(self.turn_at(position), 0)
            around = (self._speech(found) for found in self.turns[max(turn - 2, 0) : turn + 3])
            return [speech for speech in around if speech.start < speech.end]
        number = self.sentence_at(position)
        sentences = self.sentences[max(number - 2, 0) : number + 3]
        if unit is Unit.SENTENCE:
            return sentences
        words = [Span(*word.span()) for sentence in sentences for word in _WORD.finditer(self.text, *sentence)]
        return words if unit is Unit.WORD else list(self._characters(words, position))

    def _characters(self, words: list[Span], position: int) -> Iterator[Span]:
        """The graphemes of the words nearest to a position."""
        place = bisect_left([word.end for word in words], position)
        for start, end in words[max(place - 2, 0) : place + 4]:
            for first, last, _ in split_graphemes(self.text[start:end])[0]:
                yield Span(start + first, start + last)

    def _speech(self, turn: Turn) -> Span:
        end = turn.end
        while end > turn.speech_start and self.text[end - 1].isspace():
            end -= 1
        return Span(turn.speech_start, end)
