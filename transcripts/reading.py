"""From a file's bytes to everything a study keeps of it: the same for an import, its preview, and a correction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from store.findings import Finding
from transcripts.conventions.marks import Mark, find_marks
from transcripts.furniture import take_out
from transcripts.language.detecting import Detected, spoken_language
from transcripts.language.sentences import pack_sentences, split_sentences
from transcripts.language.spoken_words import SpokenWords
from transcripts.readers import Document, read_document
from transcripts.settings import DEFAULT, Settings
from transcripts.speaking.legend import LegendEntry
from transcripts.speaking.turns import TurnSpan, find_turns, told_turns
from transcripts.suspect_text import suspect_characters


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and understood, before anything is written.

    ``sentences`` are packed as a study keeps them: so they travel between processes in a third of the time.
    ``style`` is how the turns were told apart, ``legend`` what the file's head says of the labels: a proposal.
    ``detected`` is the language that its words tell, with how sure that is; None where nobody asked or it is unsure.
    ``spoken`` are the words for the index, where whoever read the file had the time to look them up.
    ``findings`` leave it to the reader to name the file.
    """

    path: Path
    data: bytes
    settings: Settings
    document: Document
    turns: list[TurnSpan]
    sentences: str
    sentence_count: int
    marks: list[Mark]
    language: str
    findings: tuple[Finding, ...]
    style: str | None = None
    legend: tuple[LegendEntry, ...] = ()
    detected: Detected | None = None
    spoken: SpokenWords | None = None

    @property
    def file_sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def usual_kind(self) -> str:
        """The kind of source that the file becomes where nobody says one."""
        return "document" if self.document.respondents else "interview"

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.document.text.encode()).hexdigest()


def read_file(path: Path, data: bytes, *, settings: Settings = DEFAULT, language: str) -> Reading:
    """Read a file's bytes. ``language`` is the study's: taken where no person says one and the words do not tell.

    Raises:
        BadFile: no reader for it; empty; too large; not what its name says; damaged.
    """
    document = read_document(path, data, settings)
    if not settings.keep_furniture:
        document = take_out(document)
    return understand(path, data, settings, document, language)


def understand(path: Path, data: bytes, settings: Settings, document: Document, language: str) -> Reading:
    """Everything that is found in a document once its text is there."""
    told = document.turns
    found = find_turns(document.text, settings) if told is None else told_turns(told, document.style, settings)
    turns = found.turns
    spoken = spoken_language(document.text, turns, said=settings.language, told=document.language, usual=language)
    sentences = split_sentences(document.text, turns, spoken.code)
    marks = find_marks(document.text, turns)
    findings = (*document.findings, *suspect_characters(document.text), *found.findings, *spoken.findings)
    return Reading(
        path,
        data,
        settings,
        document,
        turns,
        pack_sentences(sentences),
        len(sentences),
        marks,
        spoken.code,
        findings,
        found.style,
        found.legend,
        spoken.detected,
    )
