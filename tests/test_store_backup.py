"""Backups are whole, never overwrite, and are the only files that are ever pruned."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import add_code, coded_study, findings, new_study, rows

from store import journal, sqlite
from store.backup import backup, backup_if_due, newest_backup
from store.errors import DamagedStudy, NotAStudy, StudyError, StudyNotFound
from store.study_file import StudyFile


class Clock:
    def __init__(self) -> None:
        self.at = "2026-03-01T09:30:00.123Z"

    def __call__(self) -> str:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr("store.backup.now", held)
    return held


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyFile]:
    with coded_study(tmp_path / "støj.cmo") as opened:
        yield opened


def add_act(study: StudyFile, name: str) -> None:
    with study.act("AB", "new code", name) as work:
        add_code(work, name)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_the_study_in_one_file_beside_it(study: StudyFile, clock: Clock) -> None:
    made = backup(study.path)
    assert made == study.path.parent / "støj.cmo-backups" / "støj-20260301T093000Z.cmo"
    assert names(made.parent) == [made.name]
    assert findings(made) == []
    with StudyFile.open(made) as copy:
        assert rows(copy) == rows(study)


def test_looking_into_a_backup_does_not_change_it(study: StudyFile) -> None:
    made = backup(study.path)
    before = made.read_bytes()
    findings(made)
    assert made.read_bytes() == before
    assert names(made.parent) == [made.name]


def test_work_can_go_on_in_a_copy_of_a_backup(study: StudyFile, tmp_path: Path) -> None:
    copy = backup(study.path).rename(tmp_path / "igen.cmo")
    with StudyFile.open(copy) as again:
        again.undo("AB")
        again.redo("AB")
        add_act(again, "videre")
    assert findings(copy) == []


def test_a_backup_is_made_while_another_act_is_under_way_and_has_none_of_it(study: StudyFile) -> None:
    with study.act("AB", "new code") as work:
        add_code(work, "endnu ikke")
        made = backup(study.path)
    with StudyFile.open(made) as copy, copy.read() as conn:
        newest = journal.head(conn)
    assert newest is not None
    assert newest.kind == "undo"


def test_backups_of_the_same_second_are_numbered_and_never_overwritten(study: StudyFile, clock: Clock) -> None:
    first = backup(study.path)
    before = first.read_bytes()
    add_act(study, "to")
    made = [backup(study.path) for _ in range(10)]
    assert [path.name for path in made[:2]] == ["støj-20260301T093000Z-2.cmo", "støj-20260301T093000Z-3.cmo"]
    assert newest_backup(study.path) == made[-1]
    assert not first.exists(), "eleven were made and ten are kept"
    assert before != made[0].read_bytes()


def test_only_files_with_our_own_names_are_pruned(study: StudyFile, clock: Clock) -> None:
    folder = study.path.parent / "backups"
    others = [
        "støj.cmo",
        "støj-20200101T000000Z.cmo.bak",
        "støj-2-20200101T000000Z.cmo",
        "Xstøj-20200101T000000Z.cmo",
        "støj-20200101.cmo",
        "støj-20209901T000000Z.cmo",
        "notes.txt",
        "anden-20200101T000000Z.cmo",
    ]
    folder.mkdir()
    for name in others:
        (folder / name).write_text("mine")
    (folder / "støj-20200101T000000Z.cmo").mkdir()
    (folder / "støj-20200102T000000Z.cmo").symlink_to(folder / "notes.txt")
    (folder / "støj-20200103T000000Z.cmo").write_text("an old backup")
    made = backup(study.path, folder, keep=1)
    assert names(folder) == sorted([*others, "støj-20200101T000000Z.cmo", "støj-20200102T000000Z.cmo", made.name])


def test_the_newest_are_kept(study: StudyFile, clock: Clock) -> None:
    made = []
    for day in range(1, 6):
        clock.at = f"2026-03-0{day}T09:30:00.000Z"
        made.append(backup(study.path, keep=3))
    assert names(made[0].parent) == [path.name for path in made[2:]]


def test_nothing_is_pruned_when_the_new_backup_cannot_be_verified(
    study: StudyFile, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = backup(study.path)
    real = sqlite.copy

    def spoiled(source: sqlite.WayIn, target: Path) -> str:
        head = real(source, target)
        with target.open("r+b") as file:
            file.seek(4096 * 3)
            file.write(b"\xff" * 4096)
        return head

    monkeypatch.setattr("store.sqlite.copy", spoiled)
    with pytest.raises(DamagedStudy, match=r"is damaged|not like the study"):
        backup(study.path, keep=1)
    assert names(old.parent) == [old.name]


def test_a_copy_with_another_journal_does_not_count(study: StudyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite.copy
    monkeypatch.setattr("store.sqlite.copy", lambda source, target: real(source, target)[::-1])
    with pytest.raises(DamagedStudy, match="not like the study"):
        backup(study.path)
    assert newest_backup(study.path) is None


def test_a_disk_that_fills_up_leaves_nothing_behind(study: StudyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(building: object, target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(StudyError, match="No space left"):
        backup(study.path)
    assert names(study.path.parent / "støj.cmo-backups") == []


def test_a_disk_without_hard_links_gets_backups_too(
    study: StudyFile, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(building: object, target: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert [backup(study.path).name, backup(study.path).name] == [
        "støj-20260301T093000Z.cmo",
        "støj-20260301T093000Z-2.cmo",
    ]


def test_a_folder_that_is_a_file_is_refused_with_the_cure(study: StudyFile, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(StudyError, match="Name another folder"):
        backup(study.path, tmp_path / "taken")


def test_what_is_no_study_gets_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StudyNotFound):
        backup(tmp_path / "none.cmo")
    (tmp_path / "text.cmo").write_text("not a study, but long enough to look like one" * 9)
    with pytest.raises(NotAStudy):
        backup(tmp_path / "text.cmo")
    with closing(sqlite3.connect(tmp_path / "other.cmo")) as other:
        other.execute("CREATE TABLE t (a)")
    with pytest.raises(NotAStudy):
        backup(tmp_path / "other.cmo")
    assert names(tmp_path) == ["other.cmo", "text.cmo"]


def test_a_backup_is_due_when_the_newest_is_a_day_old_and_the_study_has_moved_on(
    study: StudyFile, clock: Clock
) -> None:
    first = backup_if_due(study.path)
    assert first is not None, "a study without a backup gets one"
    clock.at = "2026-03-05T09:30:00.000Z"
    assert backup_if_due(study.path) is None, "nothing has changed"
    add_act(study, "nyt")
    clock.at = "2026-03-02T09:29:59.000Z"
    assert backup_if_due(study.path) is None, "the newest is less than a day old"
    clock.at = "2026-03-02T09:30:00.000Z"
    second = backup_if_due(study.path)
    assert second is not None
    assert newest_backup(study.path) == second


def test_a_backup_from_the_future_does_not_stop_the_next(study: StudyFile, clock: Clock) -> None:
    clock.at = "2031-01-01T00:00:00.000Z"
    backup(study.path)
    add_act(study, "nyt")
    clock.at = "2026-03-02T09:30:00.000Z"
    assert backup_if_due(study.path) is not None


def test_where_the_clock_went_back_the_backup_just_made_is_still_the_newest_and_stays(
    study: StudyFile, clock: Clock
) -> None:
    for year in (2031, 2026, 2029, 2024, 2026):
        clock.at = f"{year}-01-01T00:00:00.000Z"
        add_act(study, f"{year} {study.data_version()}")
        made = backup(study.path, keep=2)
        assert made.exists()
        assert newest_backup(study.path) == made
    assert len(names(made.parent)) == 2


def test_a_study_with_odd_letters_in_its_name_finds_its_own_backups(tmp_path: Path, clock: Clock) -> None:
    for name in ("a+b (1).cmo", "50% æøå?.cmo", "a#b.cmo"):
        new_study(tmp_path / name).close()
        made = backup(tmp_path / name)
        assert newest_backup(tmp_path / name) == made
        assert findings(made) == []


def test_keeping_none_is_a_mistake(study: StudyFile) -> None:
    with pytest.raises(ValueError, match="at least itself"):
        backup(study.path, keep=0)
