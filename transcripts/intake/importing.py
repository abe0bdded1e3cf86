"""Files become sources: read, normalised, split into turns and sentences, and kept; one act for each file."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, select

from store import schema
from store.clock import fresh_uuids
from store.errors import InputError, StudyError
from store.findings import Finding
from store.study_file import StudyFile
from store.work import Work
from transcripts.conventions.house_forms import apply_house_forms
from transcripts.fieldwork.bindings import bind
from transcripts.fieldwork.respondents import bind_respondents, said_of_respondents
from transcripts.fieldwork.sources_table import Binding, BindingTable, says_otherwise
from transcripts.intake.batch import Batch
from transcripts.intake.gathering import Candidate, Progress
from transcripts.intake.profiles import Profile, apply_labels
from transcripts.intake.reading_ahead import FEWEST_FILES, FILES_AHEAD, SECONDS_ALONE, ReadingAhead
from transcripts.intake.reading_worker import Request
from transcripts.people import Names, next_position
from transcripts.reading import Reading, read_file
from transcripts.records import ImportReport
from transcripts.sources import find_source, list_sources
from transcripts.versions import keep_version


def import_files(
    file: StudyFile,
    coder: str,
    paths: Iterable[Path],
    profile: Profile,
    *,
    table: BindingTable | None = None,
    only: Collection[Path] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files, the readable files of folders and those of zip archives; one that cannot be used never stops the
    others.

    ``profile`` says how the files are read and what their labels mean; ``table`` which kind, cases, role, participant
    and language the sources have; ``only`` takes those files alone, by the paths that a preview gives them. The whole
    batch is undone by one undo; what was imported before a kill or a stop stays, and importing the same paths again
    adds the rest.

    Raises:
        BadFile: a path that does not exist, before anything is imported.
        InputError: a language or an encoding that nobody knows; nothing is imported.
        StudyError: the study cannot be written; files imported before stay.
    """
    with file.read() as conn:
        batch = Batch(conn, paths, profile, table, only, progress)
    with batch, ExitStack() as helpers:
        work = _Import(file, coder, batch, helpers)
        for done, begun in enumerate(work.begun_files()):
            if progress is not None and not progress(done, len(batch.files), begun.candidate.path.name):
                work.report.stopped = True
                return work.told()
            work.take(begun)
    if progress is not None:
        progress(len(batch.files), len(batch.files), "")
    return work.told()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file of which the bytes are there, or why they are not; ``reading`` gives what is read in them, or raises.

    ``twin`` is the source that came from the same bytes before the batch came this far.
    """

    candidate: Candidate
    twin: int | None = None
    error: InputError | OSError | None = None
    reading: Callable[[], Reading] | None = None


class _Import:
    """The import of one batch, and what has become of its files so far. ``helpers`` ends processes that it begins."""

    def __init__(self, file: StudyFile, coder: str, batch: Batch, helpers: ExitStack) -> None:
        self.report = ImportReport(failed=list(batch.failed), findings=list(batch.findings), stopped=batch.stopped)
        self._imported: list[int] = []
        self._file, self._coder, self._uuid = file, coder, fresh_uuids(1)[0]
        self._batch = batch
        self._files, self._waiting = deque(batch.files), deque[_Begun]()
        self._helpers = helpers
        self._ahead: ReadingAhead | None = None
        self._seconds_reading, self._files_read = 0.0, 0
        self._known: dict[str, dict[str, int]] = {}
        self._met: dict[str, set[str]] = defaultdict(set)
        with file.read() as conn:
            self._files_held = set(conn.scalars(select(schema.source_versions.c.file_sha256)))

    def begun_files(self) -> Iterator[_Begun]:
        """The files of the batch in their order; where reading takes long, some are begun ahead in other processes."""
        while self._files or self._waiting:
            self._begin_some()
            yield self._waiting.popleft()

    def _begin_some(self) -> None:
        while self._files and len(self._waiting) < (FILES_AHEAD if self._ahead else 1):
            self._waiting.append(self._begin(self._files.popleft()))

    def _takes_long(self) -> bool:
        """Whether it would take this process long to read what is left, by the files that it has read."""
        left = len(self._files)
        return left >= FEWEST_FILES and self._seconds_reading / self._files_read * left > SECONDS_ALONE

    def take(self, begun: _Begun) -> None:
        """Import one file, and put in the report what became of it. Raises StudyError."""
        path = begun.candidate.path
        try:
            self._import(begun)
        except StudyError:
            raise
        except InputError as exc:
            self.report.failed.append((path, str(exc)))
        except OSError as exc:
            self.report.failed.append((path, f"{path.name}: cannot be read: {exc.strerror}."))

    def told(self) -> ImportReport:
        """The report, with the sources that came in, as they are now."""
        with self._file.read() as conn:
            sources = {source.id: source for source in list_sources(conn)} if self._imported else {}
        self.report.imported.extend(sources[source_id] for source_id in self._imported if source_id in sources)
        return self.report

    def _begin(self, candidate: Candidate) -> _Begun:
        try:
            data = self._batch.bytes_of(candidate)
            if self._batch.passes_over(candidate, data):
                return _Begun(candidate)
            settings = self._batch.settings_of(candidate)
        except (InputError, OSError) as exc:
            return _Begun(candidate, error=exc)
        twin = self._twin_of(data)
        request = Request(candidate.path, data, settings, self._batch.language)
        if self._ahead is None or twin is not None:
            return _Begun(candidate, twin, reading=partial(self._read_alone, request))
        return _Begun(candidate, reading=self._ahead.begin(request))

    def _read_alone(self, request: Request) -> Reading:
        """Read a file here. Where that tells that the others will take long, other processes begin with them.

        They read this one once more, and look its words up: for that alone this process would load dictionaries.
        """
        began = perf_counter()
        reading = read_file(request.path, request.data, settings=request.settings, language=request.language)
        self._seconds_reading += perf_counter() - began
        self._files_read += 1
        if not self._takes_long():
            return reading
        self._ahead = self._helpers.enter_context(ReadingAhead())
        read_again = self._ahead.begin(request)
        self._begin_some()
        return read_again()

    def _import(self, begun: _Begun) -> None:
        if begun.error is not None:
            raise begun.error
        if begun.reading is None:
            self.report.passed_over.append(begun.candidate.path)
            return
        twin = begun.twin
        if twin is None:  # what came in since then is found by its text
            twin = self._insert(begun.candidate, begun.reading())
        if twin is not None:
            self._report_twin(begun.candidate, twin)

    def _twin_of(self, data: bytes) -> int | None:
        """The source that came from the same bytes; what others import meanwhile is found by its text."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._files_held:
            return None
        with self._file.read() as conn:
            return holder_of_file(conn, sha256)

    def _insert(self, candidate: Candidate, read: Reading) -> int | None:
        """Keep a file as a source; where a source has the same text, keep nothing and return that one's id."""
        with self._file.act(self._coder, "import", batch=self._uuid) as work:
            twin = holder_of_text(work.conn, read.text_sha256)
            if twin is not None:
                return twin
            # What is known of people holds while only we change the study, and as long as the act is kept.
            known = self._known if self._batch.names.look(work.conn) else {}
            self._known = {}
            name = self._batch.names.choose(candidate)
            new = self._without_met(read)
            source_id = _insert_source(work, new, name)
            names, binding = Names(work, known), self._batch.binding(candidate)
            if binding != Binding():
                bind(work, names, source_id, binding)
            said, findings = said_of_respondents(work.conn, name, read.document.respondents)
            if said:
                bind_respondents(work, names, source_id, said)
            apply_labels(work, names, source_id, self._batch.labels)
            work.summary = f"import '{name}'"
        self._batch.names.take(name, candidate, acts=1)
        self._known = known
        self._met[read.language].update(new.spoken.forms if new.spoken else ())
        self._files_held.add(read.file_sha256)
        self._imported.append(source_id)
        self.report.findings.extend(findings_of(name, read))
        self.report.findings.extend((*findings, *self._batch.not_bound(candidate, name)))
        return None

    def _without_met(self, read: Reading) -> Reading:
        """The reading without word forms that the study is known to have: it never lets go of one."""
        if read.spoken is None:
            return read
        met = self._met[read.language]
        new = [form for form in read.spoken.forms if form not in met]
        return replace(read, spoken=replace(read.spoken, forms=new))

    def _report_twin(self, candidate: Candidate, source_id: int) -> None:
        with self._file.read() as conn:
            twin = find_source(conn, source_id)
        self.report.duplicates.append((candidate.path, twin.name))
        binding: Binding = self._batch.binding(candidate)
        if says_otherwise(binding, twin):
            message = f"was not used: '{twin.name}' is in the study already; `cmo sources STUDY TABLE` binds it anew"
            self.report.findings.append(Finding("row-not-used", binding.where, message))


def findings_of(name: str, read: Reading) -> tuple[Finding, ...]:
    """What was found in a file, told by the name of its source."""
    return tuple(Finding(found.code, f"{name} {found.where}".strip(), found.message) for found in read.findings)


def holder_of_file(conn: Connection, sha256: str) -> int | None:
    """The id of the source that came from a file of these bytes, in any of its versions."""
    versions = schema.source_versions
    return conn.scalar(
        select(versions.c.source_id).where(versions.c.file_sha256 == sha256).order_by(versions.c.source_id).limit(1)
    )


def holder_of_text(conn: Connection, sha256: str) -> int | None:
    """The id of the source that has or had this text."""
    versions, texts = schema.source_versions, schema.texts
    held = select(versions.c.source_id).join(texts, texts.c.id == versions.c.text_id)
    return conn.scalar(held.where(texts.c.sha256 == sha256).order_by(versions.c.source_id).limit(1))


def _insert_source(work: Work, read: Reading, name: str) -> int:
    position = next_position(work.conn, schema.sources)
    values = {"name": name, "kind": read.usual_kind, "language": read.language, "position": position}
    source_id = work.insert(schema.sources, values)
    version_id = keep_version(work, source_id, 1, read)
    apply_house_forms(work, version_id, read.document.text, read.marks)
    return source_id
