"""From a file's bytes to everything a study keeps of it: the same for an import, its preview, and a correction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from store.findings import Finding
from transcripts.readers import Document, read_document
from transcripts.records import Span
from transcripts.sentences import split_sentences
from transcripts.settings import DEFAULT, Settings
from transcripts.suspect_text import suspect_characters
from transcripts.turns import TurnSpan, split_turns


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and understood, before anything is written. ``findings`` leave it to the reader to name the file."""

    path: Path
    data: bytes
    settings: Settings
    document: Document
    turns: list[TurnSpan]
    sentences: list[Span]
    language: str
    findings: tuple[Finding, ...]

    @property
    def file_sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.document.text.encode()).hexdigest()


def read_file(path: Path, data: bytes, *, settings: Settings = DEFAULT, language: str) -> Reading:
    """Read a file's bytes. ``language`` is taken where neither the settings nor the file say one.

    Raises:
        BadFile: no reader for it; empty; too large; not what its name says; damaged.
    """
    document = read_document(path, data, settings)
    turns = list(document.turns) if document.turns is not None else split_turns(document.text)
    spoken = settings.language or document.language or language
    sentences = split_sentences(document.text, turns, spoken)
    findings = (*document.findings, *suspect_characters(document.text))
    return Reading(path, data, settings, document, turns, sentences, spoken, findings)
