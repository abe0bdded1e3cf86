"""What an import would do, file by file, without writing anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from store.errors import InputError
from store.findings import Finding
from store.study_file import StudyFile
from transcripts.conventions.house_forms import house_forms, said_by_forms
from transcripts.conventions.marked import overlaid
from transcripts.conventions.marks import Mark
from transcripts.fieldwork.respondents import said_of_respondents
from transcripts.fieldwork.sources_table import Binding, BindingTable
from transcripts.intake.batch import Batch
from transcripts.intake.gathering import Candidate, Progress
from transcripts.intake.importing import holder_of_file, holder_of_text
from transcripts.intake.profiles import Meaning, Profile
from transcripts.people import fold
from transcripts.readers import Furniture
from transcripts.reading import Reading, read_file
from transcripts.sources import find_source
from transcripts.speaking.legend import LegendEntry
from transcripts.speaking.turns import TurnSpan

EXAMPLES = 3
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class PreviewSpeaker:
    """A label, how much is said under it, and what the profile says it means. ``minutes``: None without times."""

    label: str | None
    turns: int
    characters: int
    minutes: float | None
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class PreviewFurniture:
    """What of one kind was taken for furniture of the page: how many pieces, and the first that differ."""

    kind: str
    pieces: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would become. ``path`` goes on inside a zip archive.

    ``name`` and ``binding`` are those the source would get; a file that is in the study already, or in the batch
    twice, has the name of its twin as ``duplicate_of`` and would not be imported. ``encoding_confidence`` and
    ``language_confidence`` are in percent, None where nothing was guessed. ``minutes`` is None without times.
    ``marks`` counts by kind; ``legend`` is what the file itself says of its labels. ``findings`` name the place in
    the file.
    """

    path: Path
    name: str
    duplicate_of: str | None
    binding: Binding
    format: str
    encoding: str
    encoding_confidence: int | None
    language: str
    language_confidence: int | None
    style: str | None
    characters: int
    turns: int
    sentences: int
    minutes: float | None
    speakers: tuple[PreviewSpeaker, ...]
    furniture: tuple[PreviewFurniture, ...]
    marks: Mapping[str, int]
    legend: tuple[LegendEntry, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class PreviewReport:
    """What an import would do. ``findings`` are those of the batch; each file has its own.

    ``passed_over`` are tables beside the transcripts that nobody named.
    """

    files: list[Preview] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stopped: bool = False


def preview_files(
    file: StudyFile,
    paths: Iterable[Path],
    profile: Profile,
    *,
    table: BindingTable | None = None,
    progress: Progress | None = None,
) -> PreviewReport:
    """Read files as an import would, and say what comes of each; nothing is written.

    Raises:
        BadFile: a path does not exist.
        InputError: a language or an encoding that nobody knows.
    """
    with file.read() as conn, Batch(conn, paths, profile, table, progress=progress) as batch:
        work = _Previewing(conn, batch)
        for done, candidate in enumerate(batch.files):
            if progress is not None and not progress(done, len(batch.files), candidate.path.name):
                work.report.stopped = True
                return work.report
            work.take(candidate)
    if progress is not None:
        progress(len(batch.files), len(batch.files), "")
    return work.report


class _Previewing:
    """The preview of one batch; it remembers what the files before would have become."""

    def __init__(self, conn: Connection, batch: Batch) -> None:
        self.report = PreviewReport(failed=list(batch.failed), findings=list(batch.findings), stopped=batch.stopped)
        self._conn, self._batch = conn, batch
        self._seen: dict[str, str] = {}
        self._forms = house_forms(conn)
        batch.names.look(conn)

    def take(self, candidate: Candidate) -> None:
        try:
            data = self._batch.bytes_of(candidate)
            if self._batch.passes_over(candidate, data):
                self.report.passed_over.append(candidate.path)
            else:
                self.report.files.append(self._preview(candidate, data))
        except InputError as exc:
            self.report.failed.append((candidate.path, str(exc)))
        except OSError as exc:
            self.report.failed.append((candidate.path, f"{candidate.path.name}: cannot be read: {exc.strerror}."))

    def _preview(self, candidate: Candidate, data: bytes) -> Preview:
        settings = self._batch.settings_of(candidate)
        read = read_file(candidate.path, data, settings=settings, language=self._batch.language)
        twin = self._twin(read)
        name = twin or self._batch.names.choose(candidate)
        findings = read.findings
        if twin is None:
            self._batch.names.take(name, candidate)
            self._seen |= dict.fromkeys((read.file_sha256, read.text_sha256), name)
            findings += self._batch.not_bound(candidate, name)
        document = read.document
        told, doubts = said_of_respondents(self._conn, name, document.respondents)
        findings += tuple(doubts)
        meanings = {fold(label): Meaning(one.role, one.participant, one.asks) for label, one in told.items()}
        meanings |= {fold(label): meaning for label, meaning in self._batch.labels.items()}
        return Preview(
            path=candidate.path,
            name=name,
            duplicate_of=twin,
            binding=_as_bound(self._batch.binding(candidate), name, read),
            format=document.format,
            encoding=document.encoding,
            encoding_confidence=document.confidence,
            language=read.language,
            language_confidence=read.detected.confidence if read.detected else None,
            style=read.style,
            characters=len(document.text),
            turns=len(read.turns),
            sentences=read.sentence_count,
            minutes=_minutes_of_all(read.turns),
            speakers=tuple(self._speakers(read, meanings)),
            furniture=tuple(_summed(document.furniture)),
            marks=dict(Counter(mark.kind for mark in self._marks(read)).most_common()),
            legend=read.legend,
            findings=findings,
        )

    def _marks(self, read: Reading) -> list[Mark]:
        return overlaid(read.marks, said_by_forms(read.document.text, read.marks, self._forms))

    def _twin(self, read: Reading) -> str | None:
        """The name of what holds this file or this text already, in the study or among the files before."""
        source_id = holder_of_file(self._conn, read.file_sha256) or holder_of_text(self._conn, read.text_sha256)
        if source_id is not None:
            return find_source(self._conn, source_id).name
        return self._seen.get(read.file_sha256) or self._seen.get(read.text_sha256)

    def _speakers(self, read: Reading, said: Mapping[str, Meaning]) -> Iterator[PreviewSpeaker]:
        by_label: dict[str | None, list[int]] = defaultdict(list)
        for number, turn in enumerate(read.turns):
            by_label[turn.label].append(number)
        for label, numbers in by_label.items():
            spoken = [_duration(read.turns, number) for number in numbers]
            known = [duration for duration in spoken if duration is not None]
            yield PreviewSpeaker(
                label,
                len(numbers),
                sum(read.turns[number].end - read.turns[number].speech_start for number in numbers),
                round(sum(known) / _MINUTE, 1) if known else None,
                said.get(fold(label or ""), Meaning()),
            )


def _as_bound(binding: Binding, name: str, read: Reading) -> Binding:
    """What the source would be bound to: an interview of a case or role has a participant of its own."""
    kind = binding.kind or read.usual_kind
    own = name if kind == "interview" and (binding.role or binding.cases) else None
    return replace(binding, kind=kind, participant=binding.participant or own, language=read.language)


def _duration(turns: Sequence[TurnSpan], number: int) -> int | None:
    """How long a turn lasts in milliseconds: to its end, else to the next turn's beginning; None where unknown."""
    begins, ends = turns[number].begins_at, turns[number].ends_at
    if ends is None and number + 1 < len(turns):
        ends = turns[number + 1].begins_at
    return None if begins is None or ends is None else max(ends - begins, 0)


def _minutes_of_all(turns: Sequence[TurnSpan]) -> float | None:
    """How far into the recording the last time of the file is."""
    times = [time for turn in turns for time in (turn.begins_at, turn.ends_at) if time is not None]
    return round(max(times) / _MINUTE, 1) if times else None


def _summed(furniture: Sequence[Furniture]) -> Iterator[PreviewFurniture]:
    for kind, pieces in Counter(piece.kind for piece in furniture).items():
        texts = dict.fromkeys(" ".join(piece.text.split()) for piece in furniture if piece.kind == kind)
        yield PreviewFurniture(kind, pieces, tuple(texts)[:EXAMPLES])
