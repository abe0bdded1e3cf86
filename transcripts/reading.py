"""From a file's bytes to everything a study keeps of it: the same for an import, its preview, and a correction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from store.findings import Finding
from transcripts.legend import LegendEntry
from transcripts.marks import Mark, find_marks
from transcripts.readers import Document, read_document
from transcripts.records import Span
from transcripts.sentences import split_sentences
from transcripts.settings import DEFAULT, Settings
from transcripts.suspect_text import suspect_characters
from transcripts.turns import TurnSpan, find_turns, told_turns


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and understood, before anything is written.

    ``style`` is how the turns were told apart, ``legend`` what the file's head says of the labels: a proposal.
    ``findings`` leave it to the reader to name the file.
    """

    path: Path
    data: bytes
    settings: Settings
    document: Document
    turns: list[TurnSpan]
    sentences: list[Span]
    marks: list[Mark]
    language: str
    findings: tuple[Finding, ...]
    style: str | None = None
    legend: tuple[LegendEntry, ...] = ()

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
    told = document.turns
    found = find_turns(document.text, settings) if told is None else told_turns(told, document.style, settings)
    turns = found.turns
    spoken = settings.language or document.language or language
    sentences = split_sentences(document.text, turns, spoken)
    marks = find_marks(document.text, turns)
    findings = (*document.findings, *suspect_characters(document.text), *found.findings)
    return Reading(
        path, data, settings, document, turns, sentences, marks, spoken, findings, found.style, found.legend
    )
