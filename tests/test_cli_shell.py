"""The command as the shell runs it: in a process of its own, with the shell's pipes and locales."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import call

import cmo

HEAVY = ("spacy", "textual", "openpyxl", "sqlalchemy", "lxml", "pydantic", "alembic", "pandas")


def environment(**more: str) -> dict[str, str]:
    return {**{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}, **more}


def shell(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from commands.main import run; run()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment(**more), check=False)


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(argument: str) -> None:
    probe = (
        "import sys\n"
        "from commands.main import run\n"
        "try:\n    run()\n"
        "except SystemExit as end:\n    assert not end.code\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, argument], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_the_version_is_printed_and_nothing_else() -> None:
    done = shell("--version")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [b"cmo", cmo.__version__.encode()], b"")


@pytest.mark.parametrize("settings", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp437"}, {"PYTHONIOENCODING": "ascii"}])
def test_danish_letters_come_out_as_utf_8_whatever_the_locale(settings: dict[str, str], demo_file: Path) -> None:
    done = shell("cases", demo_file, **settings)
    assert done.returncode == 0, done.stderr
    assert "Nordkøl" in done.stdout.decode("utf-8")


def test_a_reader_that_has_had_enough_is_no_error(demo_file: Path) -> None:
    command = [sys.executable, "-c", "from commands.main import run; run()", "quotes", str(demo_file), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")


def test_an_error_goes_to_stderr_alone_and_without_a_traceback(tmp_path: Path) -> None:
    done = shell("sources", tmp_path / "nothing.cmo")
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.startswith(b"cmo: There is no study")
    assert b"Traceback" not in done.stderr


def test_every_command_explains_itself() -> None:
    from commands.main import PANELS

    for name in (name for panel in PANELS.values() for name in panel):
        told = call(name, "--help")
        assert told.code == 0, name
        assert "Usage: " in told.out and f" {name} " in told.out, name


def test_the_workbench_opens_where_a_program_stands_in_for_the_terminal_and_blind_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmo.new_study(tmp_path / "study.cmo").close()
    opened: list[bool] = []
    monkeypatch.setattr("commands.code.open_workbench", lambda study: opened.append(study.is_blind))
    assert call("code", tmp_path / "study.cmo").code == 2
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")  # as textual-serve does
    assert call("code", tmp_path / "study.cmo").code == 0
    assert call("code", tmp_path / "study.cmo", "--blind").code == 0
    assert opened == [False, True]
