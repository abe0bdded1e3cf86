"""What holds of every file that is read, whatever its bytes: one function a reader, which raises where it does not.

A target takes bytes and returns nothing. It lets a refusal (:class:`store.errors.CmoError`) pass, for that is an
answer; anything else that is raised is a failure, as is :class:`BrokenLaw`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from store.errors import CmoError
from transcripts.intake.gathering import Candidate, Gathering
from transcripts.language.sentences import unpack_sentences
from transcripts.readers import Document, whole_text
from transcripts.reading import Reading, read_file
from transcripts.settings import Settings
from transcripts.speaking.turns import TurnSpan


class BrokenLaw(Exception):
    """A file was read, and what came of it breaks a law."""


def read_as(ending: str, data: bytes) -> Reading | None:
    """Read bytes as a file with this ending, and hold the result to the laws. None: it was refused, by its name.

    Whether comments and deletions are read depends on the length of the data, so that both are tried.

    Raises:
        BrokenLaw: a law does not hold.
    """
    path = Path(f"fuzz.{ending}")
    settings = Settings(comments=bool(len(data) & 1), deletions=bool(len(data) & 2))
    try:
        reading = read_file(path, data, settings=settings, language="da")
    except CmoError as refused:
        _require(refused.message.startswith(path.name), f"the refusal does not name the file: {refused.message}")
        return None
    _look_at_text(reading.document)
    _look_at_turns(reading.document.text, reading.turns)
    _look_at_spans(reading)
    return reading


def _look_at_text(document: Document) -> None:
    text = document.text
    _require(unicodedata.is_normalized("NFC", text), "the text is not in NFC")
    _require("\r" not in text, "the text has line ends other than LF")
    _require("\0" not in text, "the text has NUL characters")
    text.encode()
    places = [piece.at for piece in document.furniture if piece.at is not None]
    _require(places == sorted(places), "furniture is not in the order of its places")
    _require(all(0 <= place <= len(text) for place in places), "furniture lies outside the text")
    placed = sum(len(piece.text) for piece in document.furniture if piece.at is not None)
    _require(len(whole_text(document)) == len(text) + placed, "furniture cannot be put back")


def _look_at_turns(text: str, turns: Sequence[TurnSpan]) -> None:
    for turn in turns:
        inside = 0 <= turn.start <= turn.speech_start <= turn.end <= len(text)
        _require(inside, f"a turn lies outside the text: {turn}")
    _require(all(one.end <= other.start for one, other in pairwise(turns)), "turns overlap or are not in order")
    covered = sum(len("".join(text[turn.start : turn.end].split())) for turn in turns)
    _require(covered == len("".join(text.split())), "characters are in no turn")


def _look_at_spans(reading: Reading) -> None:
    length, sentences = len(reading.document.text), unpack_sentences(reading.sentences)
    places = [(span.start, span.end) for span in (*sentences, *reading.marks)]
    for start, end in places:
        _require(0 <= start < end <= length, f"a sentence or mark lies outside the text: {start} to {end}")
    _require(all(a.end <= b.start for a, b in pairwise(sentences)), "sentences overlap or are not in order")


def read_archive(data: bytes) -> None:
    """Read bytes as a zip archive of interviews, member by member, as an import does.

    Raises:
        BrokenLaw: a member leads out of the archive, or is an archive itself, and was read.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.zip"
        path.write_bytes(data)
        gathering = Gathering([path])
        try:
            for candidate in gathering.files:
                _read_member(gathering, candidate)
        finally:
            gathering.close()


def _read_member(gathering: Gathering, candidate: Candidate) -> None:
    try:
        gathering.read(candidate)
    except CmoError:
        return
    inside = candidate.member.path if candidate.member is not None else ""
    _require(bool(inside), "the archive was read as a file")
    _require(".." not in inside.split("/") and not inside.endswith(".zip"), f"was read and must not be: {inside}")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenLaw(what)


READ_AS = ("txt", "md", "docx", "odt", "rtf", "pdf", "html", "vtt", "srt", "sbv", "csv", "xlsx")
TARGETS: dict[str, Callable[[bytes], object]] = {
    **{ending: partial(read_as, ending) for ending in READ_AS},
    "zip": read_archive,
}
"""The function that tries bytes on a reader, by the reader's ending."""
