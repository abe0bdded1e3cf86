"""What cannot be done is said in one way, with its documented exit code, and changes nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import call, files_in, head

from commands.exits import ExitCode, exit_code_of
from store import errors

DOCS = Path(__file__).resolve().parent.parent / "docs"


# -- what is no study -----------------------------------------------------------------------------------------


def empty(path: Path, _demo: Path) -> None:
    path.write_bytes(b"")


def text(path: Path, _demo: Path) -> None:
    path.write_text("I: Hvad?\nR: Ikke noget.\n", encoding="utf-8")


def another_programs_database(path: Path, _demo: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


def cut_short(path: Path, demo: Path) -> None:
    path.write_bytes(demo.read_bytes()[:20_000])


def scrambled(path: Path, demo: Path) -> None:
    data = bytearray(demo.read_bytes())
    data[100:8192] = b"\xa5" * (8192 - 100)
    path.write_bytes(data)


def newer_schema(path: Path, demo: Path) -> None:
    path.write_bytes(demo.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()


FOREIGN: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "an empty file": (empty, "is empty"),
    "a text": (text, "is not a study file"),
    "a database of another program": (another_programs_database, "is a database of another program"),
    "a study that is cut short": (cut_short, "is cut short"),
    "a damaged study": (scrambled, "damaged"),
    "a study of a newer schema": (newer_schema, "has schema 0999"),
}
LOGS = ("foreign.cmo-wal", "foreign.cmo-shm")
COMMANDS: dict[str, list[str]] = {
    "sources": [],
    "matrix": [],
    "check": [],
    "undo": [],
    "codes": ["--new", "x"],
    "backup": [],
    "upgrade": [],
    "export": ["out.xlsx"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_study_is_refused_by_name_and_left_as_it_was(
    kind: str, command: str, demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, words = FOREIGN[kind]
    path = tmp_path / "foreign.cmo"
    make(path, demo_file)
    monkeypatch.chdir(tmp_path)
    before = files_in(tmp_path)
    answer = call(command, path, *COMMANDS[command])
    assert answer.code == ExitCode.STUDY, answer.err
    assert answer.err.startswith("cmo: foreign.cmo")
    assert words in answer.err
    assert "Traceback" not in answer.err
    tells = command == "check" and make in (cut_short, scrambled)  # what is wrong, as far as it can be read
    assert ("[file-" in answer.out) if tells else (answer.out == "")
    # SQLite itself leaves its empty log beside a damaged file.
    assert {name: data for name, data in files_in(tmp_path).items() if name not in LOGS} == before


def test_a_study_that_is_not_there_is_not_made_by_asking_for_it(tmp_path: Path) -> None:
    answer = call("sources", tmp_path / "nothing.cmo")
    assert answer.code == ExitCode.STUDY
    assert "cmo new" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_new_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.cmo"
    path.write_text("something of mine", encoding="utf-8")
    assert call("new", path).code == ExitCode.STUDY
    assert files_in(tmp_path) == {"mine.cmo": b"something of mine"}


def test_new_in_a_folder_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    assert call("new", tmp_path / "no" / "a.cmo").code == ExitCode.STUDY
    assert list(tmp_path.iterdir()) == []


# -- input that cannot be used ----------------------------------------------------------------------------------

BAD_TABLES = {
    "cases": ("", "cases.csv"),
    "theory": ("colour,size\nred,3\n", "colour"),
    "sources": ("file,kind\nb4_leder.txt,opera\n", "opera"),
    "speakers": ("file,label,asks\nb4_leder.txt,I,perhaps\n", "perhaps"),
    "codings": ("source,quote\nb4_leder.txt,Ja.\n", "code"),
}


@pytest.mark.parametrize("command", BAD_TABLES)
def test_a_table_that_cannot_be_used_is_refused_with_the_place_and_changes_nothing(
    command: str, demo: Path, tmp_path: Path
) -> None:
    content, words = BAD_TABLES[command]
    table = tmp_path / f"{command}.csv"
    table.write_text(content, encoding="utf-8")
    before = head(demo)
    answer = call(command, demo, table)
    assert answer.code == ExitCode.INPUT, answer.err
    assert answer.err.startswith(f"cmo: {command}.csv")
    assert words in answer.err
    assert head(demo) == before


def test_one_wrong_row_keeps_the_whole_table_out_and_is_named(demo: Path, tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text("file,kind,case\nb4_amr.txt,interview,Solbakken\nb4_leder.txt,opera,Solbakken\n", encoding="utf-8")
    before = head(demo)
    answer = call("sources", demo, table)
    assert answer.code == ExitCode.INPUT
    assert "row 3" in answer.err and "kind" in answer.err
    assert head(demo) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("corrupt.docx", b"PK\x03\x04 cut off"), ("empty.txt", b""), ("picture.txt", b"\x89PNG\r\n\0\0")],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    name: str, content: bytes, demo: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    before = head(demo)
    answer = call("import", demo, tmp_path / name)
    assert answer.code == ExitCode.INPUT, answer.err
    assert f"Not imported: {name}: " in answer.err
    assert "0 sources imported." in answer.out
    assert head(demo) == before


def test_a_path_that_does_not_exist_stops_an_import_before_anything_is_done(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("I: Yes?\nR: Yes.\n", encoding="utf-8")
    before = head(demo)
    assert call("import", demo, tmp_path / "good.txt", tmp_path / "gone.txt").code == ExitCode.INPUT
    assert head(demo) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "no such source"],
        ["quotes", "--point", "#99"],
        ["quotes", "--stance", "likes"],
        ["quotes", "--where", "colour=red"],
        ["matrix", "--rows", "colour"],
        ["matrix", "--columns", "attribute:colour"],
        ["codes", "--new", "#1 M"],
        ["codes", "--new", "x", "--parent", "no such code"],
        ["speakers", "--label", "Q", "--asks"],
    ],
    ids=" ".join,
)
def test_a_name_that_the_study_does_not_have_is_named(arguments: list[str], demo: Path) -> None:
    before = head(demo)
    answer = call(arguments[0], demo, *arguments[1:])
    assert answer.code == ExitCode.INPUT, answer.err
    assert answer.err.startswith("cmo: ")
    assert answer.out == ""
    assert head(demo) == before


# -- wrong usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["matrx"],
        ["matrix"],
        ["matrix", "STUDY", "--count", "words"],
        ["undo", "STUDY", "--steps", "0"],
        ["log", "STUDY", "--limit", "0"],
        ["export", "STUDY", "out.pdf"],
        ["quotes", "STUDY", "--where", "case"],
        ["quotes", "STUDY", "--case", "Nordkøl", "--where", "case=Solbakken"],
        ["theory", "STUDY", "--glossary", "g.csv"],
        ["speakers", "STUDY", "--role", "Manager"],
        ["speakers", "STUDY", "--label", "I"],
        ["codes", "STUDY", "--parent", "x"],
        ["import", "STUDY", "x.txt", "--sources", "no-such-table.csv"],
        ["demo", "somewhere.txt"],
        ["code", "STUDY"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_called_wrongly_does_nothing(arguments: list[str], demo: Path, tmp_path: Path) -> None:
    before = files_in(tmp_path)
    answer = call(*(demo if argument == "STUDY" else argument for argument in arguments))
    assert answer.code == ExitCode.USAGE, answer.err
    assert answer.err
    assert answer.out == ""
    assert files_in(tmp_path) == before


# -- undo, locks, faults ------------------------------------------------------------------------------------------


def test_nothing_to_undo_and_nothing_to_redo_are_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.cmo"
    call("new", path)
    before = head(path)
    assert call("undo", path).code == ExitCode.UNDO
    assert call("redo", path).code == ExitCode.UNDO
    assert head(path) == before


def test_a_study_that_another_program_is_writing_is_not_waited_for_for_ever(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.sqlite.BUSY_SECONDS", 0.1)
    before = head(demo)
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = call("codes", demo, "--new", "Humour")
        other.execute("ROLLBACK")
    assert answer.code == ExitCode.NOT_WRITTEN
    assert "another program" in answer.err
    assert head(demo) == before


def test_a_fault_of_ours_is_told_without_a_word_of_the_material(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_study: object) -> None:
        raise RuntimeError("Merete said: nobody writes to a folder")

    monkeypatch.setattr("cmo.study.Study.sources", faulty)
    answer = call("sources", demo)
    assert answer.code == ExitCode.FAULT
    assert "RuntimeError in test_cli_errors.py, line " in answer.err
    assert "Merete" not in answer.err
    with pytest.raises(RuntimeError, match="Merete"):
        call("sources", demo, CMO_DEBUG="1")


def test_an_interrupt_ends_with_its_own_code(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_study: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cmo.study.Study.check", interrupted)
    assert call("check", demo).code == ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "Permission denied", "out.csv"), ExitCode.NOT_WRITTEN),
        (OSError(28, "No space left on device", "out.csv"), ExitCode.NOT_WRITTEN),
        (FileNotFoundError(2, "No such file or directory", "out.csv"), ExitCode.INPUT),
    ],
)
def test_an_error_of_the_system_names_the_file(
    error: OSError, code: ExitCode, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr("cmo.study.Study.backup", failing)
    answer = call("backup", demo)
    assert answer.code == code
    assert answer.err.startswith("cmo: out.csv: ")


# -- the table of exit codes ----------------------------------------------------------------------------------------


def all_errors(kind: type[errors.CmoError]) -> list[type[errors.CmoError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in all_errors(child))]


def test_only_errors_of_the_program_itself_end_as_faults() -> None:
    kinds = all_errors(errors.CmoError)
    assert len(kinds) > 10
    faults = [kind for kind in kinds if exit_code_of(kind.__new__(kind)) is ExitCode.FAULT]
    assert faults == [errors.CmoError, errors.ActError]


def test_the_documented_exit_codes_are_those_that_the_commands_use() -> None:
    page = (DOCS / "exit-codes.md").read_text(encoding="utf-8")
    documented = [int(number) for number in re.findall(r"^\| (\d+) \|", page, flags=re.MULTILINE)]
    assert documented == [code.value for code in ExitCode]
