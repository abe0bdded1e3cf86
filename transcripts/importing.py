"""Files become sources: read, normalised, split into turns and sentences, and kept; one act for each file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, select

from store import schema
from store.clock import fresh_uuids
from store.errors import BadFile, InputError, StudyError
from store.findings import Finding
from store.study_file import StudyFile
from store.work import Work
from transcripts.bindings import bind
from transcripts.languages import require_language
from transcripts.people import Names, file_name, fold, next_position, plain, tidy
from transcripts.readers import READERS, is_readable
from transcripts.reading import Reading, read_file
from transcripts.records import ImportReport
from transcripts.settings import Settings
from transcripts.sources import find_source
from transcripts.sources_table import Binding, BindingTable, match_files, says_otherwise
from transcripts.versions import keep_version

Progress = Callable[[int, int, str], bool]
"""Called with files done, files in all and the next file's name; returns False to stop before that file."""

OTHER_DOCUMENTS = (".doc", ".docm", ".dot", ".dotx", ".htm", ".html", ".odt", ".pages", ".pdf", ".rtf", ".srt", ".vtt")
"""Endings of documents that we cannot read: a person would expect them to be imported, and is told."""


def import_files(
    file: StudyFile,
    coder: str,
    paths: Iterable[Path],
    *,
    table: BindingTable | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files and the readable files of folders; a file that cannot be used never stops the others.

    ``table`` says which kind, cases, role, participant and language the sources have; ``language`` is that of
    files of which the table does not say it. The whole batch is undone by one undo; what was imported before a
    kill or a stop stays.

    Raises:
        BadFile: a path that does not exist, before anything is imported.
        InputError: the language is none that we know; nothing is imported.
        StudyError: the study cannot be written; files imported before stay.
    """
    batch = _Batch(file, coder, list(paths), table, require_language(language) if language else None)
    for done, path in enumerate(batch.files):
        if progress is not None and not progress(done, len(batch.files), path.name):
            batch.report.stopped = True
            return batch.report
        batch.take(path)
    if progress is not None:
        progress(len(batch.files), len(batch.files), "")
    return batch.report


class _Batch:
    """The files of one import and what has become of them so far."""

    def __init__(
        self, file: StudyFile, coder: str, paths: list[Path], table: BindingTable | None, language: str | None
    ) -> None:
        self.report = ImportReport()
        self.files = list(dict.fromkeys(_walk(paths, self.report)))
        self._file, self._coder, self._uuid = file, coder, fresh_uuids(1)[0]
        self._said = language
        self._table = table
        self._bindings: dict[Path, Binding] = {}
        with file.read() as conn:
            self._language = conn.scalars(select(schema.studies.c.language)).one()
            if table is not None:
                self._bindings, findings = match_files(table, self.files, conn)
                self.report.findings.extend(findings)
        self._same_name = Counter(fold(file_name(path)) for path in self.files)

    def take(self, path: Path) -> None:
        """Import one file, and put in the report what became of it. Raises StudyError."""
        binding = self._bindings.get(path, Binding())
        try:
            self._import(path, binding)
        except StudyError:
            raise
        except InputError as exc:
            self.report.failed.append((path, str(exc)))
        except OSError as exc:
            self.report.failed.append((path, f"{path.name}: cannot be read: {exc.strerror}."))

    def _import(self, path: Path, binding: Binding) -> None:
        data = path.read_bytes()
        file_sha256 = hashlib.sha256(data).hexdigest()
        with self._file.read() as conn:
            twin = _twin(conn, schema.source_versions.c.file_sha256 == file_sha256)
        if twin is None:
            spoken = Settings(language=binding.language or self._said)
            twin = self._insert(read_file(path, data, settings=spoken, language=self._language), binding)
        if twin is not None:
            self._report_twin(path, twin, binding)

    def _insert(self, read: Reading, binding: Binding) -> int | None:
        """Keep a file as a source; where a source has the same text, keep nothing and return that one's id."""
        with self._file.act(self._coder, "import", batch=self._uuid) as work:
            twin = _twin(work.conn, schema.source_versions.c.sha256 == read.text_sha256)
            if twin is not None:
                return twin
            name = self._free_name(work.conn, read.path)
            source_id = _insert_source(work, read, name)
            bind(work, Names(work), source_id, binding)
            work.summary = f"import '{name}'"
        with self._file.read() as conn:
            self.report.imported.append(find_source(conn, source_id))
        found = (Finding(f.code, f"{name} {f.where}".strip(), f.message) for f in read.findings)
        self.report.findings.extend(found)
        if self._table is not None and read.path not in self._bindings:
            message = f"has no row in '{self._table.name}': bound to no case and role"
            self.report.findings.append(Finding("source-not-bound", name, message))
        return None

    def _report_twin(self, path: Path, source_id: int, binding: Binding) -> None:
        with self._file.read() as conn:
            twin = find_source(conn, source_id)
        self.report.duplicates.append((path, twin.name))
        if says_otherwise(binding, twin):
            message = f"was not used: '{twin.name}' is in the study already; `cmo sources STUDY TABLE` binds it anew"
            self.report.findings.append(Finding("row-not-used", binding.where, message))

    def _free_name(self, conn: Connection, path: Path) -> str:
        """The file's name without its ending; with its folder, its ending or a number where that names another."""
        current = schema.source_versions.c.is_current
        query = select(schema.sources.c.name, schema.source_versions.c.file_name).join(schema.source_versions)
        rows = conn.execute(query.where(current)).all()
        taken, files = {fold(row.name) for row in rows}, {fold(row.file_name) for row in rows}
        whole = file_name(path)
        stem, folder = tidy(Path(whole).stem), tidy(plain(path.resolve().parent.name))
        in_folder = [f"{folder}/{stem}"] if folder else []
        is_shared = self._same_name[fold(whole)] > 1 or fold(whole) in files
        candidates = [*in_folder, stem] if is_shared else [stem, whole, *in_folder]
        candidates += [f"{candidates[0]} ({number})" for number in range(2, len(taken) + 3)]
        return next(name for name in candidates if fold(name) not in taken)


def _walk(paths: Iterable[Path], report: ImportReport) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(path, report)
        elif path.exists():
            yield path
        else:
            raise BadFile(path, f"there is no such file or folder ({path}).", "Nothing was imported; check the path.")


def _walk_folder(folder: Path, report: ImportReport) -> Iterator[Path]:
    """The readable files of a folder and its folders in natural order; hidden ones are passed over."""
    found = ((path.relative_to(folder), path) for path in folder.rglob("*"))
    visible = [(inner, path) for inner, path in found if not any(part.startswith(".") for part in inner.parts)]
    for _, path in sorted(visible, key=lambda pair: _natural(str(pair[0]))):
        if is_readable(path) and path.is_file():
            yield path
    unread = Counter(path.suffix.lower() for _, path in visible if path.suffix.lower() in OTHER_DOCUMENTS)
    for ending, number in sorted(unread.items()):
        message = f"files ending in '{ending}' cannot be read and were passed over ({number}); endings we read are "
        report.findings.append(Finding("file-not-read", plain(folder.name), message + ", ".join(READERS)))


def _natural(name: str) -> list[tuple[int, int | str]]:
    """``case2`` before ``case10``."""
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in re.split(r"(\d+)", fold(name)) if piece]


def _twin(conn: Connection, same: ColumnElement[bool]) -> int | None:
    """The id of the source that already holds this file or this text."""
    held_by = schema.source_versions.c.source_id
    return conn.scalar(select(held_by).where(same).order_by(held_by).limit(1))


def _insert_source(work: Work, read: Reading, name: str) -> int:
    position = next_position(work.conn, schema.sources)
    values = {"name": name, "kind": "interview", "language": read.language, "position": position}
    source_id = work.insert(schema.sources, values)
    keep_version(work, source_id, 1, read)
    return source_id
