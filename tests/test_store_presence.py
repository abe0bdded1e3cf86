"""A study that another program moves, removes or replaces while it is open: no act is lost in a file without a name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_samples import add_code, findings, new_study

from store.errors import StudyMoved
from store.study_file import StudyFile

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[StudyFile]:
    with new_study(tmp_path / "støj.cmo") as opened:
        code(opened, "ro")
        yield opened


def code(study: StudyFile, name: str) -> None:
    with study.act("AB", "new code") as work:
        add_code(work, name)


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.cmo"))


def removed(path: Path) -> None:
    shutil.copy(path, path.with_name("elsewhere.cmo"))
    path.unlink()


def replaced(path: Path) -> None:
    shutil.copy(path, path.with_name("elsewhere.cmo"))
    path.with_name("elsewhere.cmo").replace(path)


@pytest.mark.parametrize("happens", [moved, removed, replaced])
def test_nothing_is_written_into_a_file_that_is_not_there_any_more(
    study: StudyFile, happens: Callable[[Path], None]
) -> None:
    happens(study.path)
    with pytest.raises(StudyMoved, match="while it was open"):
        code(study, "støj")
    with pytest.raises(StudyMoved), study.read():
        pass


def test_work_goes_on_when_the_study_is_put_back(study: StudyFile) -> None:
    moved(study.path)
    with pytest.raises(StudyMoved):
        code(study, "støj")
    study.path.with_name("elsewhere.cmo").rename(study.path)
    code(study, "støj")
    assert study.data_version() == 3
    study.close()
    assert findings(study.path) == []


def test_acts_of_before_are_saved_where_the_log_was_removed(study: StudyFile) -> None:
    study.path.with_name("støj.cmo-wal").unlink()
    with pytest.raises(StudyMoved, match="wal"):
        code(study, "støj")
    study.close()
    with StudyFile.open(study.path) as again:
        assert again.data_version() == 2
    assert findings(study.path) == []


def test_a_study_opened_by_a_relative_path_stays_open_when_the_program_goes_elsewhere(
    study: StudyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.path.parent)
    (tmp_path / "elsewhere").mkdir()
    with StudyFile.open(Path(study.path.name)) as opened:
        monkeypatch.chdir(tmp_path / "elsewhere")
        code(opened, "støj")
    assert study.data_version() == 3
