"""What the transcripts room hands out. All positions are code points into the text, ``end`` exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from transcripts.columns import Span as Span
from transcripts.columns import Spans, Turns
from transcripts.columns import Turn as Turn

if TYPE_CHECKING:
    from store.findings import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """One source in its current version. ``held_on`` is a day, a month or a year in ISO 8601.

    ``codings`` is filled in by the rooms that know of codings.
    """

    id: int
    uuid: str
    name: str
    kind: str
    language: str
    cases: tuple[str, ...]
    role: str | None
    participant: str | None
    version_id: int
    version: int
    characters: int
    turns: int
    sentences: int
    file_name: str
    file_format: str
    sha256: str
    round: str | None = None
    held_on: str | None = None
    codings: int = 0

    @property
    def case(self) -> str | None:
        """The cases in words: None, one name, or several joined by ``; ``."""
        return "; ".join(self.cases) or None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A source with its text, its turns and its sentences, each in text order."""

    source: Source
    text: str
    turns: Turns
    sentences: Spans


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label of one source and whom it stands for."""

    id: int
    source: str
    label: str
    participant: str | None
    role: str | None
    asks: bool | None
    turns: int
    characters: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """What cases have. ``choices`` is the pick-list of a choice, empty where any value will do.

    ``is_settled`` says that a person has decided the kind; otherwise it is the narrowest that all values have.
    """

    name: str
    kind: str
    choices: tuple[str, ...] = ()
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A case; ``attributes`` by name in the order of the study, values as they were given; ``sources`` by name."""

    id: int
    uuid: str
    name: str
    attributes: dict[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableReport:
    """What an imported table changed. ``findings`` are rows to look at that did not stop the import."""

    table: str
    rows: int
    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What became of every file of a batch. ``passed_over`` are tables beside the transcripts that nobody named."""

    imported: list[Source] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stopped: bool = False
