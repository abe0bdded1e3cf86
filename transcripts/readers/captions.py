"""Captions (``.vtt``, ``.srt``, ``.sbv``): cues become the turns of a conversation, with their times.

No word is left out but those that rolling captions show twice, and these are kept as furniture. The words' order is
the file's, save that of cues whose times run backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from store.errors import BadFile
from store.findings import Finding
from transcripts.language.languages import language_code
from transcripts.readers import Document, Furniture
from transcripts.readers.caption_cues import Cue, CueFile, read_cues
from transcripts.readers.caption_order import in_number_order, in_time_order, without_repeats
from transcripts.readers.caption_speech import is_room, spoken
from transcripts.readers.caption_turns import Conversation, as_conversation
from transcripts.readers.plain import read as read_plain
from transcripts.settings import Settings


def read(path: Path, data: bytes, settings: Settings) -> Document:
    """Read a caption file.

    Raises:
        BadFile: too large; not text; without a single line of times.
    """
    typed = read_plain(path, data, settings)
    file = read_cues(typed.text, typed.format)
    if all(cue.begins_at is None and cue.ends_at is None for cue in file.cues):
        raise BadFile(
            path,
            "no caption in it can be read: no line has two times, as in '00:00:01.000 --> 00:00:04.000'.",
            "If it is an ordinary transcript, give it the ending .txt.",
        )
    cues, renumbered = in_number_order(file.cues)
    cues, repeats = (cues, []) if settings.keep_furniture else without_repeats(cues)
    said, reordered = in_time_order(spoken(cues))
    conversation = as_conversation(said)
    labels = dict.fromkeys(turn.label for turn in conversation.turns if turn.label is not None)
    return replace(
        typed,
        text=conversation.text,
        furniture=tuple(_furniture(file, [cue for cue, _ in said], conversation)),
        findings=(*typed.findings, *file.findings, *renumbered, *repeats, *reordered, *_rooms(labels)),
        turns=conversation.turns,
        style="captions",
        language=_language(file),
    )


def _rooms(labels: Iterable[str]) -> list[Finding]:
    message = "is a room's microphone: its words may be those of several persons."
    return [Finding("room-microphone", f"speaker '{label}'", message) for label in labels if is_room(label)]


def _language(file: CueFile) -> str | None:
    """The language that the head says (``Language: da``), or a note above the first cue (``NOTE language:da-dk``)."""
    notes = [text.removeprefix("NOTE ") for _, text in file.cues[0].asides]
    said = (line.partition(":") for line in "\n".join([file.head, *notes]).split("\n"))
    written = next((value for key, _, value in said if key.strip().casefold() == "language"), None)
    return language_code(written) if written else None


def _furniture(file: CueFile, cues: Sequence[Cue], conversation: Conversation) -> Iterator[Furniture]:
    """What stood beside the speech, each at the place of the cue below it."""
    if file.head.upper() != "WEBVTT" and file.head:
        yield Furniture("front matter", file.head + "\n", 0)
    for cue, place in zip(cues, conversation.places, strict=True):
        yield from (Furniture(kind, f"{text}\n", place) for kind, text in cue.asides)
    yield from (Furniture(kind, f"{text}\n", len(conversation.text)) for kind, text in file.asides)
