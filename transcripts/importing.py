"""Files become sources: read, normalised, split into turns and sentences, and kept; one act for each file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from store import schema
from store.clock import fresh_uuids
from store.errors import BadFile, InputError, StudyError
from store.findings import Finding
from store.study_file import StudyFile
from store.work import Work
from transcripts.binding import Binding, bind
from transcripts.people import Names, fold, next_position
from transcripts.readers import Document, is_readable, read_document
from transcripts.records import ImportReport, Span
from transcripts.sentences import pack_sentences, split_sentences
from transcripts.sources import find_source
from transcripts.turns import TurnSpan, split_turns

Progress = Callable[[int, int, str], bool]
"""Called with files done, files in all and the next file's name; returns False to stop before that file."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file read and understood, before anything is written."""

    path: Path
    file_sha256: str
    document: Document
    turns: list[TurnSpan]
    sentences: list[Span]
    language: str


def import_files(
    file: StudyFile,
    coder: str,
    paths: Iterable[Path],
    *,
    bindings: Mapping[str, Binding],
    language: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files and the readable files of folders; a file that cannot be used never stops the others.

    ``bindings`` says for a file name (folded) which kind, cases, role and participant the source has.
    The whole batch is undone by one undo; what was imported before a kill or a stop stays.

    Raises:
        BadFile: a path that does not exist, before anything is imported.
        StudyError: the study cannot be written; files imported before stay.
    """
    wanted = list(_walk(paths))
    report = ImportReport()
    batch = fresh_uuids(1)[0]
    with file.read() as conn:
        standard = language or conn.scalar(select(schema.studies.c.language)) or "da"
    for done, path in enumerate(wanted):
        if progress is not None and not progress(done, len(wanted), path.name):
            report.stopped = True
            break
        binding = bindings.get(fold(path.name)) or bindings.get(fold(path.stem)) or Binding()
        try:
            _import_one(file, coder, batch, path, binding, language or binding.language or standard, report)
        except StudyError:
            raise
        except InputError as exc:
            report.failed.append((path, str(exc)))
        except OSError as exc:
            report.failed.append((path, f"cannot be read: {exc.strerror}"))
    if progress is not None and not report.stopped:
        progress(len(wanted), len(wanted), "")
    return report


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_file() and is_readable(p))
            visible = (p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
            yield from sorted(visible, key=lambda p: _natural(str(p.relative_to(path))))
        elif path.exists():
            yield path
        else:
            raise BadFile(path, "there is no such file or folder.", "Nothing was imported; check the path.")


def _natural(name: str) -> list[tuple[int, int | str]]:
    """``case2`` before ``case10``."""
    pieces: list[tuple[int, int | str]] = []
    digits = ""
    for char in name.casefold() + "\0":
        if char in "0123456789":
            digits += char
            continue
        if digits:
            pieces.append((0, int(digits)))
            digits = ""
        pieces.append((1, char))
    return pieces


def _import_one(
    file: StudyFile, coder: str, batch: str, path: Path, binding: Binding, language: str, report: ImportReport
) -> None:
    data = path.read_bytes()
    file_sha256 = hashlib.sha256(data).hexdigest()
    with file.read() as conn:
        twin = _twin(conn, schema.source_versions.c.file_sha256 == file_sha256)
    if twin is None:
        document = read_document(path, data)
        turns = split_turns(document.text)
        sentences = split_sentences(document.text, turns, language)
        read = _Read(path, file_sha256, document, turns, sentences, language)
        text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()
        with file.act(coder, "import", batch=batch) as work:
            twin = _twin(work.conn, schema.source_versions.c.sha256 == text_sha256)
            if twin is None:
                source_id = _insert(work, read, binding)
    if twin is not None:
        report.duplicates.append((path, twin))
        return
    with file.read() as conn:
        report.imported.append(find_source(conn, source_id))
    report.findings.extend(Finding(f.code, f"{path.name} {f.where}".strip(), f.message) for f in document.findings)


def _twin(conn: Connection, same: object) -> str | None:
    """The name of the source that already holds this file or this text."""
    versions = schema.source_versions
    query = select(schema.sources.c.name).join(versions, versions.c.source_id == schema.sources.c.id)
    return conn.scalar(query.where(same).limit(1))  # type: ignore[arg-type]


def _insert(work: Work, read: _Read, binding: Binding) -> int:
    name = _free_name(work.conn, read.path)
    text_id, sha256 = work.keep_text(read.document.text)
    source_id = work.insert(
        schema.sources,
        {
            "name": name,
            "kind": binding.kind or "interview",
            "language": read.language,
            "role_id": None,
            "participant_id": None,
            "position": next_position(work.conn, schema.sources),
        },
    )
    version_id = work.insert(
        schema.source_versions,
        {
            "source_id": source_id,
            "number": 1,
            "is_current": True,
            "text_id": text_id,
            "sha256": sha256,
            "characters": len(read.document.text),
            "turn_count": len(read.turns),
            "sentence_count": len(read.sentences),
            "sentences": pack_sentences(read.sentences),
            "furniture": json.dumps([asdict(piece) for piece in read.document.furniture], ensure_ascii=False),
            "file_name": read.path.name,
            "file_format": read.document.format,
            "file_sha256": read.file_sha256,
            "encoding": read.document.encoding,
            "created_at": work.at,
        },
    )
    _insert_turns(work, source_id, version_id, read.turns)
    bind(work, Names(work), source_id, binding)
    work.summary = f"import '{name}'"
    return source_id


def _insert_turns(work: Work, source_id: int, version_id: int, spans: list[TurnSpan]) -> None:
    labels = list(dict.fromkeys(span.label for span in spans if span.label is not None))
    columns = ["source_id", "label", "participant_id", "role_id", "asks"]
    ids = work.insert_many(schema.speakers, columns, [[source_id, label, None, None, None] for label in labels])
    speaker_of = dict(zip(labels, ids, strict=True))
    work.insert_many(
        schema.turns,
        ["version_id", "number", "start", "speech_start", "end", "speaker_id"],
        [
            [version_id, number, span.start, span.speech_start, span.end, speaker_of.get(span.label or "")]
            for number, span in enumerate(spans, start=1)
        ],
    )


def _free_name(conn: Connection, path: Path) -> str:
    """The file's name without its ending; with ending, folder or a number where that is taken."""
    taken = {fold(name) for name in conn.scalars(select(schema.sources.c.name))}
    candidates = [path.stem, path.name, f"{path.parent.name}/{path.stem}"]
    numbered = (f"{path.stem} ({number})" for number in range(2, len(taken) + 3))
    return next(name for name in (*candidates, *numbered) if fold(name) not in taken)
