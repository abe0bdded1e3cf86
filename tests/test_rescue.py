"""`cmo rescue`: what can be read of a damaged study is in a new one, and what cannot is named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import code, full_study, reread
from command_line import call, files_in

import cmo
from commands.exits import ExitCode
from store.backup import backup, last_good_backup
from store.errors import DamagedStudy, StudyExists, StudyNotFound
from store.rescue import Rescued, rescue
from store.salvaged_rows import LOST, mended

PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coded study as one file, to be copied."""
    with full_study(tmp_path_factory.mktemp("whole")) as study:
        long = "".join(f"R: Det er svar nummer {n}, og det er nok.\n" for n in range(400))
        study.import_files([_written(study.path.with_name("lang.txt"), long)])
        for number in range(1, 4):
            code(study, "lang", f"svar nummer {number}00", f"#{number} M", "supports", "en note")
        code(study, "leder", "Ingen blev sure 😀", "#1 O", "refutes")
        study.new_code("fortrudt")
        study.undo()
    with closing(sqlite3.connect(study.path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    return study.path


@pytest.fixture(scope="module")
def expected(whole: Path) -> dict[str, object]:
    """All that the whole study says."""
    return said(whole)


def _written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def study(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "bogbus.cmo"))


def said(path: Path) -> dict[str, object]:
    with cmo.open_study(path, coder="AB") as opened:
        assert opened.check() == []
        return reread(opened)


def overwrite(path: Path, table: str, *, pages: int = 1, past: int = 0) -> None:
    """Put nonsense over the root page of a table, or over pages after it."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1 + past) * PAGE)
        file.write(b"\xfe" * PAGE * pages)


def write_into(path: Path, old: bytes, new: bytes) -> None:
    """Change bytes of the file, each time that they are there, behind SQLite's back."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def rescued(path: Path) -> tuple[Rescued, Path]:
    new = path.with_name("ny.cmo")
    before = path.read_bytes()
    done = rescue(path, new, "AB")
    assert path.read_bytes() == before, "the damaged file is not changed"
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []
    return done, new


def test_a_whole_study_comes_out_as_it_is_with_its_whole_journal(study: Path, expected: dict[str, object]) -> None:
    done, new = rescued(study)
    assert said(new) == expected
    assert done.findings == ()
    assert done.acts == done.acts_seen > 0
    with cmo.open_study(new) as opened, cmo.open_study(study) as other:
        assert opened.log() == other.log()


@pytest.mark.parametrize("table", ["codings", "excerpts", "points", "sources", "turns", "cases", "studies"])
def test_the_journal_gives_back_the_rows_of_a_table_that_cannot_be_read(
    study: Path, expected: dict[str, object], table: str
) -> None:
    overwrite(study, table)
    with pytest.raises(DamagedStudy):
        cmo.open_study(study)
    done, new = rescued(study)
    assert said(new) == expected
    assert done.findings == ()
    assert next(t for t in done.tables if t.table == table).from_journal > 0


@pytest.mark.parametrize("table", ["journal", "journal_parts"])
def test_without_its_journal_a_study_keeps_its_rows_and_says_that_its_history_is_gone(
    study: Path, expected: dict[str, object], table: str
) -> None:
    overwrite(study, table)
    done, new = rescued(study)
    found = said(new)
    for part in ("transcripts", "codings", "quotes", "points by case", "cases", "wordings"):
        assert found[part] == expected[part], part
    assert done.acts == 0
    if table == "journal_parts":
        assert [finding.code for finding in done.findings] == ["rescue-journal"]


def test_an_entry_that_was_tampered_with_ends_what_is_kept_of_the_journal(study: Path) -> None:
    with closing(sqlite3.connect(study)) as connection, connection:
        connection.execute("UPDATE journal SET summary = 'ingenting' WHERE seq = 6")
    with cmo.open_study(study) as opened:
        expected = opened.codings("lang")
        assert [(f.code, f.where) for f in opened.check()] == [("journal-entry", "journal 6")]
    done, new = rescued(study)
    with cmo.open_study(new) as opened:
        assert opened.check() == []
        assert opened.codings("lang") == expected
        assert opened.log(1)[0].act == "rescue"
    assert done.acts == 5
    assert "entries 6 to" in str(done.findings[0])


def test_a_letter_flipped_in_a_row_comes_back_as_it_was_written(study: Path, expected: dict[str, object]) -> None:
    with closing(sqlite3.connect(study)) as connection, connection:
        connection.execute("UPDATE point_elements SET wording = 'Kolleger går derned alene.' WHERE id = 5")
        connection.execute("UPDATE codes SET position = 'x' WHERE id = 2")
    done, new = rescued(study)
    assert said(new) == expected
    assert done.findings == ()


def test_a_damaged_text_keeps_its_quotes_and_every_place_in_it(study: Path) -> None:
    with cmo.open_study(study) as opened:
        before = opened.transcript("lang").text
    write_into(study, b"svar nummer 100, og", b"svar nummer \xb100, og")
    write_into(study, b"svar nummer 50, og", b"svar nummer \xb10, og")
    done, new = rescued(study)
    with cmo.open_study(new) as opened:
        assert opened.check() == []
        after = opened.transcript("lang").text
        assert len(opened.codings("lang")) == 3
    assert len(after) == len(before)
    assert after == before.replace("svar nummer 50, og", f"svar nummer {LOST}0, og")
    assert [(f.code, f.where) for f in done.findings] == [("rescue-text", "lang")]


def test_a_text_that_is_lost_altogether_still_has_what_was_coded(study: Path) -> None:
    overwrite(study, "texts")
    done, new = rescued(study)
    with cmo.open_study(new) as opened:
        assert opened.check() == []
        assert "Ingen blev sure 😀" in opened.transcript("leder").text
        assert LOST in opened.transcript("leder").text
        assert opened.original("leder").decode().startswith("I: Hvad ændrede sig")
    assert [f.code for f in done.findings] == ["rescue-text"] * 4


def test_what_is_lost_comes_from_the_last_good_backup_where_it_is_there(study: Path) -> None:
    made = backup(study)
    with cmo.open_study(study, coder="AB") as opened:
        code(opened, "ansat", "En fast tid", "#2 M")
    with closing(sqlite3.connect(study)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    expected = said(study)
    overwrite(study, "texts")
    overwrite(study, "codings")
    done, new = rescued(study)
    assert said(new) == expected
    assert done.backup == made
    assert done.backup_acts == done.acts - 1
    assert not done.has_more


def test_a_journal_that_is_lost_comes_from_the_backup_up_to_its_day(study: Path) -> None:
    backup(study)
    with cmo.open_study(study, coder="AB") as opened:
        history = opened.log()[::-1]
        code(opened, "ansat", "En fast tid", "#2 M")
    with closing(sqlite3.connect(study)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    expected = said(study)
    overwrite(study, "journal")
    done, new = rescued(study)
    with cmo.open_study(new, coder="AB") as opened:
        kept = opened.log()[::-1]
        assert kept[: len(history)] == history
        assert [entry.act for entry in kept[len(history) :]] == ["rescue"]
    assert said(new)["codings"] == expected["codings"]
    assert done.acts == len(history)


def test_a_damaged_backup_is_passed_over_for_an_older_good_one(study: Path) -> None:
    older, newer = backup(study), backup(study)
    overwrite(newer, "codings")
    assert last_good_backup(study) == older


def test_the_backup_of_another_study_gives_nothing(study: Path, tmp_path: Path) -> None:
    folder = study.with_name("bogbus.cmo-backups")
    folder.mkdir()
    (tmp_path / "other").mkdir()
    with full_study(tmp_path / "other") as other:
        for number in range(30):
            other.new_code(f"fremmed {number}")
    made = other.backup(folder)
    overwrite(study, "codes")
    done, new = rescued(study)
    with cmo.open_study(new) as opened:
        assert not [c for c in opened.codes() if c.name.startswith("fremmed")]
    assert done.backup == made
    assert done.has_more


def test_acts_that_wait_in_the_log_are_rescued_too(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    with cmo.open_study(study, coder="AB") as opened:
        code(opened, "ansat", "En fast tid", "#2 M")
        for suffix in ("", "-wal"):
            shutil.copy(f"{study}{suffix}", folder / f"bogbus.cmo{suffix}")
    overwrite(folder / "bogbus.cmo", "cases")
    _, new = rescued(folder / "bogbus.cmo")
    with cmo.open_study(new) as opened:
        assert [c.quote for c in opened.codings("ansat")] == ["En fast tid"]


@pytest.mark.parametrize("damage", ["header", "list of tables"])
def test_where_nothing_can_be_read_the_backup_is_named(study: Path, damage: str) -> None:
    made = backup(study)
    with study.open("r+b") as file:
        file.write(b"\xfe" * (100 if damage == "header" else PAGE))
    with pytest.raises(DamagedStudy) as told:
        rescue(study, study.with_name("ny.cmo"), "AB")
    assert str(made) in told.value.hint
    assert not study.with_name("ny.cmo").exists()


def test_nothing_is_written_over_and_nothing_is_left_behind(study: Path) -> None:
    study.with_name("ny.cmo").write_text("mine")
    before = files_in(study.parent)
    with pytest.raises(StudyExists):
        rescue(study, study.with_name("ny.cmo"), "AB")
    with pytest.raises(StudyNotFound):
        rescue(study.with_name("none.cmo"), study.with_name("x.cmo"), "AB")
    with pytest.raises(StudyNotFound):
        rescue(study, study.parent / "nowhere" / "x.cmo", "AB")
    assert files_in(study.parent) == before


def test_the_command_says_what_came_out_and_where_the_backup_is(study: Path) -> None:
    made = backup(study)
    overwrite(study, "excerpts")
    answer = call("rescue", study, study.with_name("ny.cmo"))
    assert answer.code == ExitCode.DONE, answer
    assert f"last good backup is {made}" in answer.words
    assert "it is sound" in answer.out
    again = call("rescue", study, study.with_name("ny.cmo"), "--json")
    assert again.code == ExitCode.STUDY
    told = call("rescue", study, study.with_name("en til.cmo"), "--json")
    assert told.json["rescued"]["backup_acts"] == told.json["rescued"]["acts"]
    assert told.json["check"] == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"R: Ja, tak.", "R: Ja, tak."),
        (b"R: Ja, ", f"R: Ja, {LOST * 4}"),
        (b"R: \xffa, tak.", "R: Ja, tak."),
        (b"R: \xff\xff\xffa, tak.", "R: Ja, tak."),
        (b"", f"{LOST * 3}Ja{LOST * 6}"),
    ],
)
def test_a_text_is_mended_to_its_length_and_its_quotes(data: bytes, expected: str) -> None:
    assert mended(data, 11, [(3, "Ja")]) == expected
