"""Files read by other processes during an import: the study is the same in the same order, whatever becomes of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from builders import new_study
from sqlalchemy import select

import cmo
from store.errors import InputError
from store.schema import words
from store.work import Work
from transcripts.intake import importing, reading_ahead
from transcripts.reading import Reading

FILES = importing.FEWEST_FILES + 6


@pytest.fixture(autouse=True)
def begun_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first file is read here, the others by processes."""
    monkeypatch.setattr(importing, "SECONDS_ALONE", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Interviews, two of one text, and one file that is none."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(FILES):
        said = f"I: Hvad skete der på dag {number}?\nR: Det gik fint. Så kom hr. Holm, og vi holdt mødet.\n"
        (made / f"interview-{number:02}.txt").write_text(said, encoding="utf-8")
    (made / "interview-05.txt").write_bytes(b"PK\x03\x04 no text at all")
    (made / "interview-07.txt").write_bytes((made / "interview-03.txt").read_bytes())
    return made


def kept_words(study: cmo.Study) -> list[tuple[str, str, str]]:
    """Language, form and lemma of the words that a study keeps."""
    with study.file.read() as conn:
        return [tuple(row) for row in conn.execute(select(words.c.language, words.c.form, words.c.lemma))]


def imported(study_path: Path, folder: Path) -> tuple[list[object], list[str], list[tuple[str, str]]]:
    """Texts and sentences in order and all words, the acts of the journal, and what was not imported and why."""
    with cmo.new_study(study_path, language="da", coder="AB") as study:
        report = study.import_files([folder])
        read = [study.transcript(source.id) for source in study.sources()]
        texts: list[object] = [(t.source.name, t.source.language, t.text, t.turns, t.sentences) for t in read]
        acts = [line.summary for line in study.log(limit=FILES - 2)]
        texts.append(sorted(kept_words(study)))
    refused = [(path.name, why) for path, why in report.failed]
    return texts, acts, refused + [(path.name, f"like {other}") for path, other in report.duplicates]


def test_a_large_batch_is_imported_as_small_ones_are(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_processes = imported(tmp_path / "a.cmo", folder)
    monkeypatch.setattr(importing, "SECONDS_ALONE", 1e9)
    assert imported(tmp_path / "b.cmo", folder) == by_processes
    assert len(by_processes[0]) == FILES - 2 + 1
    assert [name for name, _ in by_processes[2]] == ["interview-05.txt", "interview-07.txt"]


@pytest.mark.parametrize("command", ["import sys; sys.exit(1)", "print('nonsense', flush=True); input()"])
def test_files_are_read_here_where_the_processes_break(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(reading_ahead, "_BEGIN", command)
    assert len(imported(tmp_path / "a.cmo", folder)[0]) == FILES - 2 + 1


def test_words_told_with_a_file_that_was_not_kept_are_kept_with_the_next_that_has_them(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = importing.keep_version

    def keep_but_one(work: Work, source_id: int, number: int, reading: Reading) -> int:
        if reading.path.name == "interview-01.txt":
            raise InputError("nothing that can be kept")
        return keep(work, source_id, number, reading)

    for number in (1, FILES - 1):
        said = "I: Og så?\nR: Så kom børnene, og der blev ro.\n" + "R: Ja.\n" * number
        (folder / f"interview-{number:02}.txt").write_text(said, encoding="utf-8")
    monkeypatch.setattr(importing, "keep_version", keep_but_one)
    with new_study(tmp_path) as study:
        report = study.import_files([folder])
        assert ("da", "børnene", "barn") in kept_words(study)
    assert "interview-01.txt" in [path.name for path, _ in report.failed]


def test_a_stopped_import_leaves_no_process_behind(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    begin = reading_ahead._begin

    def remembered() -> subprocess.Popen[bytes] | None:
        process = begin()
        begun.extend([process] if process else [])
        return process

    monkeypatch.setattr(reading_ahead, "_begin", remembered)
    with new_study(tmp_path) as study:
        report = study.import_files([folder], progress=lambda done, _files, _name: done < 2)
    assert report.stopped
    assert len(report.imported) == 2
    assert len(begun) == reading_ahead.PROCESSES
    assert all(process.poll() is not None for process in begun)
