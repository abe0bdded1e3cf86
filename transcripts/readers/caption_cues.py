"""From the lines of a caption file to its cues: WebVTT, SubRip and YouTube's SBV, however carelessly written.

One way of reading serves all three, because what people have is often one of them under another's name, or typed over:
without header, without empty lines, without numbers, or with every line doubled. A cue begins at a line with two
times. Above it may stand its number or name. What stands below it up to the next cue is what was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from store.findings import Finding
from transcripts.readers.caption_tags import CueLine, untagged
from transcripts.readers.caption_times import TIME, Time, read_time


class Aside(NamedTuple):
    """What a caption file holds beside speech: a note of its maker, or a line shown once more."""

    kind: Literal["note", "repeat"]
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """What was shown from one time to another, in milliseconds; None where a time cannot be read.

    ``line`` is the place of its times in the file. ``asides`` stand before it.
    """

    line: int
    number: int | None
    begins_at: int | None
    ends_at: int | None
    lines: tuple[CueLine, ...]
    asides: tuple[Aside, ...] = ()


@dataclass(slots=True)
class CueFile:
    """A caption file, parted. ``asides`` stand below the last cue."""

    head: str = ""
    cues: list[Cue] = field(default_factory=list)
    asides: tuple[Aside, ...] = ()
    findings: list[Finding] = field(default_factory=list)


class _Timing(NamedTuple):
    """A line with the times of a cue. ``rest`` is what stands behind them and is no setting."""

    at: int
    begins: Time | None
    ends: Time | None
    rest: str


_ARROW = r"(?:-{1,3}(?:>|&gt;)|[–—]>|→|⟶|\uf0e0|à)"
_NO_TIME = r"[\d:.,;?_-]{0,20}?"
# All are matched against lines without outer space: two runs of spaces in a row would take time by their square.
_TIMES = re.compile(rf"(?P<begins>{TIME})\s*{_ARROW}\s*(?P<ends>{TIME})(?P<rest>\s.*)?$")
_HALF_TIMES = re.compile(rf"(?:(?P<begins>{TIME})|{_NO_TIME})\s*-->\s*(?:(?P<ends>{TIME})|{_NO_TIME})$")
_SBV_TIMES = re.compile(r"(?P<begins>\d+:\d{1,2}:\d{1,2}\.\d{1,3}),(?P<ends>\d+:\d{1,2}:\d{1,2}\.\d{1,3})$")
_SETTING = re.compile(r"(?:vertical|line|position|size|align|region|[XY][12]):\S*$", re.IGNORECASE)
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_NUMBER = re.compile(r"(\d{1,9})[.:]?$")
_ZOOM_NAME = re.compile(r"""\d+ "(?P<voice>[^"]{1,80})" \(\d+\)$""")
_CUT_OFF = re.compile(rf"(?:\d{{1,9}}|{TIME}|{TIME}\s*-{{1,2}}>?)$")


def read_cues(text: str, file_format: str) -> CueFile:
    """The cues of a normalised text in the file's order. ``file_format`` is ``vtt``, ``srt`` or ``sbv``."""
    parted = _Parted(text, file_format)
    parted.read()
    return parted.file


class _Parted:
    """A caption file while it is parted into head, cues and notes."""

    def __init__(self, text: str, file_format: str) -> None:
        self.file = CueFile()
        self._lines = text.split("\n")
        self._has_head = text.lstrip().upper().startswith("WEBVTT")
        self._is_vtt = file_format == "vtt" or self._has_head
        self._stray: list[int] = []
        self._asides: list[Aside] = []
        self._cut_off: list[Aside] = []

    def read(self) -> None:
        timings = list(_timings(self._lines))
        body = self._read_head(timings[0].at if timings else len(self._lines))
        names = self._names(timings, body)
        starts = [timing.at if name is None else name for timing, name in zip(timings, names, strict=True)]
        end = self._without_cut_off(timings, names)
        self._read_before(body, (starts or [end])[0])
        for timing, name, until in zip(timings, names, [*starts[1:], end], strict=False):
            self._read_cue(timing, name, until)
        self.file.asides = (*self._asides, *self._cut_off)
        self._tell(timings)

    def _read_head(self, until: int) -> int:
        """Take the head (``WEBVTT``, ``Language: da``) off and return the line below it."""
        at = 0
        while at < until and not self._lines[at].strip():
            at += 1
        if not self._has_head:
            return at
        end = at
        while end < until and self._lines[end].strip():
            end += 1
        self.file.head = "\n".join(self._lines[at:end])
        return end

    def _names(self, timings: Sequence[_Timing], body: int) -> list[int | None]:
        """For each cue the line with its number or name; None where it has none."""
        names: list[int | None] = []
        expected = None
        for timing in timings:
            name = self._name_above(timing.at, body, expected, is_first=not names)
            number = None if name is None else _number(self._lines[name])
            expected = None if number is None else number + 1
            names.append(name)
            body = timing.at + 1
        return names

    def _name_above(self, at: int, body: int, expected: int | None, *, is_first: bool) -> int | None:
        """The line of a cue's name: just above its times, below an empty line or the next number in a row.

        Where every line is doubled by an empty one, a number may stand two lines above.
        """
        above = at - 1
        while above >= body and not self._lines[above].strip() and at - above < 3:
            above -= 1
        if above < body or not self._lines[above].strip():
            return None
        number = _number(self._lines[above])
        stands_alone = (is_first and above == body) or not self._lines[above - 1].strip()
        is_next = expected is not None and number is not None and number >= expected
        if number is not None and (number == expected or (stands_alone and (is_next or is_first))):
            return above
        return above if stands_alone and above == at - 1 and not _BLOCK.match(self._lines[above]) else None

    def _read_before(self, start: int, until: int) -> None:
        speech = self._parted_lines(start, until, is_apart=True)
        if speech:
            self.file.cues.append(Cue(start + 1, None, None, None, untagged(speech)))

    def _read_cue(self, timing: _Timing, name: int | None, until: int) -> None:
        named = "" if name is None else self._lines[name].strip()
        zoom = _ZOOM_NAME.match(named)
        if zoom is None and _says_something(named):
            self._asides.append(Aside("note", named))
        asides, self._asides = tuple(self._asides), []
        speech = self._parted_lines(timing.at + 1, until)
        if timing.rest:
            speech.insert(0, timing.rest)
        begins, ends = timing.begins, timing.ends
        self.file.cues.append(
            Cue(
                timing.at + 1,
                _number(named),
                begins.ms if begins else None,
                ends.ms if ends and (begins is None or ends.ms >= begins.ms) else None,
                untagged(speech, zoom["voice"] if zoom else None),
                asides,
            )
        )

    def _parted_lines(self, start: int, until: int, *, is_apart: bool = False) -> list[str]:
        """The lines of speech. Notes among them are put aside; lines apart from the times are kept in mind."""
        speech: list[str] = []
        at = start
        while at < until:
            line = self._lines[at].strip()
            after_blank = at == 0 or not self._lines[at - 1].strip()
            if self._is_vtt and after_blank and _BLOCK.match(line):
                at = self._read_note(at, until)
                continue
            if line:
                if after_blank and (speech or is_apart):
                    self._stray.append(at)
                speech.append(line)
            at += 1
        return speech

    def _read_note(self, at: int, until: int) -> int:
        end = at
        while end < until and self._lines[end].strip():
            end += 1
        self._asides.append(Aside("note", "\n".join(self._lines[at:end])))
        return end

    def _without_cut_off(self, timings: Sequence[_Timing], names: Sequence[int | None]) -> int:
        """Where the last cue ends: above the number or half the times of one more, where the file breaks off there."""
        end = len(self._lines)
        while end and not self._lines[end - 1].strip():
            end -= 1
        start = end
        while start and self._lines[start - 1].strip():
            start -= 1
        rest = [line.strip() for line in self._lines[start:end]]
        if not timings or start <= timings[-1].at or not all(map(_CUT_OFF.match, rest)):
            return end
        name = names[-1]
        last_number = None if name is None else _number(self._lines[name])
        if len(rest) == 1 and rest[0].isdigit() and (last_number is None or _number(rest[0]) != last_number + 1):
            return end
        message = "the file breaks off in a caption; is the rest of it missing?"
        self.file.findings.append(Finding("captions-cut-off", f"line {start + 1}", message))
        self._cut_off.append(Aside("note", "\n".join(rest)))
        return start

    def _tell(self, timings: Sequence[_Timing]) -> None:
        if self._is_vtt and not self._has_head:
            message = "the first line is not 'WEBVTT', as it should be; what follows was read all the same."
            self.file.findings.append(Finding("captions-head-missing", "line 1", message))
        unread = [timing.at for timing in timings if timing.begins is None or timing.ends is None]
        doubtful = [timing.at for timing in timings if any(t and not t.is_sure for t in timing[1:3])]
        backwards = [t.at for t in timings if t.begins and t.ends and t.ends.ms < t.begins.ms]
        for code, lines, message in (
            ("time-not-read", unread, "a time cannot be read; the words were kept without it."),
            ("time-doubtful", doubtful, "a time is not written as times are; see whether it was read rightly."),
            ("time-backwards", backwards, "a caption ends before it begins; its end was left open."),
            ("text-without-time", self._stray, "words stand apart from any times; they were kept in their place."),
        ):
            if lines:
                self.file.findings.append(finding_at(code, [at + 1 for at in lines], message))


def finding_at(code: str, lines: Sequence[int], message: str) -> Finding:
    """One finding about several lines of a file, counted from 1: the first names the place, the next few are told."""
    more = ", ".join(map(str, lines[1:6]))
    if len(lines) > 6:
        more += f" and {len(lines) - 6} more"
    return Finding(code, f"line {lines[0]}", f"{message} Also on line {more}." if more else message)


def _timings(lines: Sequence[str]) -> Iterator[_Timing]:
    found = [timing for at, line in enumerate(lines) if (timing := _timing(at, line.strip())) is not None]
    if found:
        yield from found
        return
    for at, line in enumerate(lines):
        if (match := _SBV_TIMES.match(line.strip())) is not None:
            yield _Timing(at, read_time(match["begins"]), read_time(match["ends"]), "")


def _timing(at: int, line: str) -> _Timing | None:
    match = _TIMES.match(line)
    if match is not None:
        rest = (match["rest"] or "").strip()
        is_settings = all(map(_SETTING.match, rest.split()))
        return _Timing(at, read_time(match["begins"]), read_time(match["ends"]), "" if is_settings else rest)
    match = _HALF_TIMES.match(line) if "-->" in line else None
    if match is None or not (match["begins"] or match["ends"]):
        return None
    begins, ends = (read_time(match[side]) if match[side] else None for side in ("begins", "ends"))
    return _Timing(at, begins, ends, "")


def _number(line: str) -> int | None:
    match = _NUMBER.match(line.strip())
    return int(match[1]) if match else None


def _says_something(name: str) -> bool:
    """Whether a cue's name is more than a number or a code made by a machine."""
    return bool(name) and (" " in name or not any(char.isdigit() for char in name))
