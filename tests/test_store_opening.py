"""What opens, what does not, and that a file which is not ours is never touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import add_code, coded_study, create, findings, new_study, rows

from store import sqlite
from store.errors import (
    CmoError,
    DamagedStudy,
    NewerSchema,
    NotAStudy,
    OlderSchema,
    StudyBusy,
    StudyError,
    StudyExists,
    StudyNotFound,
    StudyReadOnly,
)
from store.schema import APPLICATION_ID
from store.study_file import StudyFile


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "støj.cmo"
    coded_study(path).close()
    return path


def raw(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("I: Hvad skete der?\nR: Vi fik ro.\n" * 20, encoding="utf-8")


def half_a_header(path: Path) -> None:
    path.write_bytes(sqlite.HEADER)


def another_database(path: Path) -> None:
    raw(path, "CREATE TABLE studies (id INTEGER)", "INSERT INTO studies VALUES (1)")


def another_database_with_a_log(path: Path) -> None:
    raw(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)")


@pytest.mark.parametrize("make", [empty, text, half_a_header, another_database, another_database_with_a_log])
def test_a_file_of_another_program_is_refused_and_not_touched(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "fremmed.cmo"
    make(path)
    before, seen = path.read_bytes(), sorted(tmp_path.iterdir())
    with pytest.raises(NotAStudy) as refused:
        StudyFile.open(path)
    assert "fremmed.cmo" in str(refused.value)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == seen


def test_a_database_that_only_bears_our_mark_is_damaged(tmp_path: Path) -> None:
    raw(tmp_path / "x.cmo", "CREATE TABLE t (a)", f"PRAGMA application_id = {APPLICATION_ID}")
    with pytest.raises(DamagedStudy, match="which schema"):
        StudyFile.open(tmp_path / "x.cmo")


def test_a_folder_and_a_name_without_a_file_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotAStudy, match="is a folder"):
        StudyFile.open(tmp_path)
    with pytest.raises(StudyNotFound, match="cmo new"):
        StudyFile.open(tmp_path / "none.cmo")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("revision", "error", "words"),
    [
        ("0009", NewerSchema, "schema 0009; this cmo reads schemas up to"),
        ("0000", OlderSchema, "cmo upgrade"),
        ("what", DamagedStudy, "which schema"),
    ],
)
@pytest.mark.parametrize("log", ["WAL", "DELETE"])
def test_another_schema_is_refused_by_name_and_nothing_is_changed(
    study: Path, revision: str, error: type[CmoError], words: str, log: str
) -> None:
    raw(study, f"PRAGMA journal_mode = {log}", f"UPDATE alembic_version SET version_num = '{revision}'")
    before = study.read_bytes()
    with pytest.raises(error, match=words):
        StudyFile.open(study)
    assert study.read_bytes() == before
    assert os.listdir(study.parent) == [study.name]  # noqa: PTH208  names alone


@pytest.mark.parametrize("left", [0.99, 0.5, 0.05])
def test_a_study_cut_short_is_damaged_and_not_touched(study: Path, left: float) -> None:
    whole = study.read_bytes()
    study.write_bytes(whole[: int(len(whole) * left)])
    before = study.read_bytes()
    with pytest.raises(DamagedStudy, match="cut short"):
        StudyFile.open(study)
    assert study.read_bytes() == before


def test_a_study_with_pages_overwritten_is_damaged(study: Path) -> None:
    with study.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20_000)
    with pytest.raises(DamagedStudy, match="is damaged"):
        StudyFile.open(study)


@pytest.mark.parametrize(
    "name",
    [
        "med mellemrum.cmo",
        "hvad?.cmo",
        "nr#1.cmo",
        "100%.cmo",
        "%41.cmo",
        "blåbærgrød.cmo",
        "a&b=c;d.cmo",
        'o\'hara "x".cmo',
        "uden endelse",
        "🙂.cmo",
    ],
)
def test_any_name_that_the_disk_takes_is_a_good_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / f"i {name}"
    folder.mkdir()
    with new_study(folder / name) as study, study.act("AB", "new code") as work:
        add_code(work, "ro")
    assert findings(folder / name) == []
    assert [file.name for file in folder.iterdir()] == [name]


def test_a_relative_path_is_the_same_study(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.parent)
    assert findings(Path(study.name)) == []


def test_a_new_study_does_not_overwrite_and_leaves_nothing_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "støj.cmo"
    path.write_text("mine")
    with pytest.raises(StudyExists):
        create(path)
    assert path.read_text() == "mine"
    with pytest.raises(StudyNotFound, match="no folder"):
        create(tmp_path / "nowhere" / "x.cmo")

    def fail(conn: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.migrate.stamp", fail)
    with pytest.raises(KeyboardInterrupt):
        create(tmp_path / "ny.cmo")
    assert list(tmp_path.iterdir()) == [path]


def test_the_log_of_a_study_that_is_gone_is_not_taken_for_the_new_ones(study: Path) -> None:
    log = study.with_name(study.name + "-wal")
    with StudyFile.open(study) as opened:
        opened.undo("AB")
        left = log.read_bytes()
    study.unlink()
    log.write_bytes(left)
    with pytest.raises(StudyExists, match="wal"):
        create(study)


def test_the_remains_of_a_killed_beginning_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / ".støj.cmo.new").write_bytes(b"half")
    create(tmp_path / "støj.cmo").close()
    assert findings(tmp_path / "støj.cmo") == []


def test_a_study_in_another_programs_hands_is_busy_and_says_so(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with StudyFile.open(study) as mine, StudyFile.open(study) as theirs:
        before = rows(mine)
        with theirs.act("CD", "new code") as work:
            add_code(work, "deres")
            with pytest.raises(StudyBusy, match="being written by another program"):
                mine.undo("AB")
            assert rows(mine) == before, "reading goes on meanwhile"
        mine.undo("AB")
        assert rows(mine) == before


# -- where one may not write ----------------------------------------------------------------------------------


@pytest.fixture
def guarded(study: Path) -> Iterator[Path]:
    """A study in a folder of its own, for a user whom rights bind (root is bound by none)."""
    folder = Path(tempfile.mkdtemp(prefix="cmo-guarded-"))
    path = Path(shutil.copy(study, folder / "støj.cmo"))
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of files are another matter here")
    if is_root:
        for place in (folder, path):
            os.chown(place, 65534, 65534)
        os.seteuid(65534)
    try:
        yield path
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


RIGHTS = [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)]


@pytest.mark.parametrize(("file_rights", "folder_rights"), RIGHTS)
def test_a_study_that_cannot_be_written_opens_for_reading(guarded: Path, file_rights: int, folder_rights: int) -> None:
    guarded.chmod(file_rights)
    guarded.parent.chmod(folder_rights)
    with StudyFile.open(guarded) as study:
        assert study.read_only
        assert len(rows(study)["codings"]) == 2
        for act in (lambda: study.undo("AB"), lambda: study.redo("AB"), lambda: _code(study)):
            with pytest.raises(StudyReadOnly, match="can be read but not changed"):
                act()
        assert len(rows(study)["codings"]) == 2
    assert findings(guarded) == []


def _code(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        add_code(work, "ro nu")


def test_a_study_on_a_read_only_disk_with_changes_waiting_is_not_read_without_them(guarded: Path) -> None:
    with StudyFile.open(guarded) as study:
        study.undo("AB")
        for suffix in ("", "-wal"):
            shutil.copy(guarded.with_name(guarded.name + suffix), guarded.with_name("kopi.cmo" + suffix))
    guarded.parent.chmod(0o555)
    with pytest.raises(StudyReadOnly, match=r"changes waiting in 'kopi.cmo-wal'.*Copy both files"):
        StudyFile.open(guarded.with_name("kopi.cmo"))


def test_a_study_read_without_locks_is_not_trusted_after_somebody_changed_it(guarded: Path) -> None:
    guarded.parent.chmod(0o555)
    with StudyFile.open(guarded) as study:
        before = rows(study)
        guarded.parent.chmod(0o755)
        with StudyFile.open(guarded) as other:
            _code(other)
            with pytest.raises(StudyBusy, match="Open it again"):
                rows(study)
        with pytest.raises(StudyBusy, match="Open it again"):
            rows(study)
    with StudyFile.open(guarded) as study:
        assert len(rows(study)["codes"]) == len(before["codes"]) + 1


def test_a_study_that_cannot_even_be_read_says_so(guarded: Path) -> None:
    guarded.chmod(0)
    with pytest.raises(StudyError, match="cannot be read: Permission denied"):
        StudyFile.open(guarded)


def test_a_study_in_a_folder_that_cannot_be_written_is_backed_up_elsewhere(guarded: Path) -> None:
    from store.backup import backup

    elsewhere = guarded.parent / "elsewhere"
    elsewhere.mkdir()
    guarded.parent.chmod(0o555)
    assert findings(backup(guarded, elsewhere)) == []
    with pytest.raises(StudyError, match="Name another folder"):
        backup(guarded)
