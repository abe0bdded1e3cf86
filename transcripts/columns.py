"""Turns and sentences as columns: a text has thousands of them, of which few are ever looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, overload

R_co = TypeVar("R_co", covariant=True)


class Span(NamedTuple):
    """A stretch of a text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: from ``start`` (the label) over ``speech_start`` to ``end``. ``number`` counts from 1.

    ``asks`` is None where nobody has said whether this speaker is the interviewer. ``begins_at`` and ``ends_at`` are
    milliseconds from the start of the recording, None where the file says no time.
    """

    number: int
    start: int
    speech_start: int
    end: int
    speaker_id: int | None
    label: str | None
    participant: str | None
    role: str | None
    asks: bool | None
    begins_at: int | None = None
    ends_at: int | None = None


class Columns(Sequence[R_co]):
    """Records that are made when they are looked at, out of columns of equal length."""

    def __init__(self, make: Callable[..., R_co], *columns: Sequence[Any]) -> None:
        """``make`` makes a record of one value from each column."""
        self._make, self._columns = make, columns

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, number: int) -> R_co: ...
    @overload
    def __getitem__(self, number: slice) -> list[R_co]: ...
    def __getitem__(self, number: int | slice) -> R_co | list[R_co]:
        values = [column[number] for column in self._columns]
        return list(map(self._make, *values)) if isinstance(number, slice) else self._make(*values)

    def __iter__(self) -> Iterator[R_co]:
        return map(self._make, *self._columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Columns) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class Spans(Columns[Span]):
    """Stretches of a text. ``starts`` and ``ends`` are code points."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        super().__init__(Span, starts, ends)
        self.starts, self.ends = starts, ends

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """The same stretches as columns."""
        listed = list(spans)
        return cls([span.start for span in listed], [span.end for span in listed])


class Voice(NamedTuple):
    """What is said of a speaker in each of his or her turns; see :class:`Turn`."""

    label: str | None
    participant: str | None
    role: str | None
    asks: bool | None


NOBODY = Voice(None, None, None, None)
"""Whose voice a turn without a speaker is."""


class Turns(Columns[Turn]):
    """The turns of a text; ``starts``, ``speech_starts`` and ``ends`` are code points, ``begins_at`` milliseconds."""

    def __init__(
        self,
        numbers: Sequence[int],
        starts: Sequence[int],
        speech_starts: Sequence[int],
        ends: Sequence[int],
        speaker_ids: Sequence[int | None],
        begins_at: Sequence[int | None],
        ends_at: Sequence[int | None],
        *,
        voices: Mapping[int | None, Voice],
    ) -> None:
        """``voices`` by the ids of speakers; there may be some that are not heard here."""
        super().__init__(self._turn, numbers, starts, speech_starts, ends, speaker_ids, begins_at, ends_at)
        self.starts, self.speech_starts, self.ends, self.begins_at = starts, speech_starts, ends, begins_at
        self._voices = {speaker_id: voices.get(speaker_id, NOBODY) for speaker_id in set(speaker_ids)}

    @classmethod
    def of(cls, turns: Iterable[Turn]) -> Turns:
        """The same turns as columns. What is said of a speaker is the same in each of his or her turns."""
        listed = list(turns)
        names = ("number", "start", "speech_start", "end", "speaker_id", "begins_at", "ends_at")
        columns = ([getattr(turn, name) for turn in listed] for name in names)
        voices = {turn.speaker_id: Voice(turn.label, turn.participant, turn.role, turn.asks) for turn in listed}
        return cls(*columns, voices=voices)

    @property
    def voices(self) -> list[Voice]:
        """Those who are heard, each once."""
        return list(self._voices.values())

    def _turn(
        self,
        number: int,
        start: int,
        speech_start: int,
        end: int,
        speaker_id: int | None,
        begins_at: int | None,
        ends_at: int | None,
    ) -> Turn:
        return Turn(number, start, speech_start, end, speaker_id, *self._voices[speaker_id], begins_at, ends_at)
