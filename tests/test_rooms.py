"""Rooms that are loaded when used: each stands in for the module that the type checker is told of."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from store.rooms import Room

REPOSITORY = Path(__file__).resolve().parent.parent
HOUSE = ("store", "transcripts", "codebook", "cmo", "exports", "workbench", "commands")
NOT_GONE_INTO = ("transcripts.readers", "transcripts.speaking.turns", "transcripts.search.finding", "cmo.audit")
STANDS_IN = re.compile(r"^    \w+ = Room\(", re.MULTILINE)


def files_with_rooms() -> list[Path]:
    files = (path for room in HOUSE for path in sorted((REPOSITORY / room).rglob("*.py")))
    return [path for path in files if STANDS_IN.search(path.read_text(encoding="utf-8"))]


def imported(branch: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for line in branch:
        if isinstance(line, ast.ImportFrom):
            for alias in line.names:
                yield alias.asname or alias.name, f"{line.module}.{alias.name}"


def standing_in(branch: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for line in branch:
        match line:
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("Room"), [ast.Constant(str(module))])):
                yield name, module


@pytest.mark.parametrize("path", files_with_rooms(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_room_stands_in_for_the_module_that_the_type_checker_sees(path: Path) -> None:
    """So a name that is wrong shows here, and not when somebody makes the one call that needs it."""
    branches = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.If)]
    (both,) = (branch for branch in branches if list(standing_in(branch.orelse)))
    rooms = dict(standing_in(both.orelse))
    told = dict(imported(both.body))
    assert {name: told.get(name) for name in rooms} == rooms
    for module in rooms.values():
        assert import_module(module).__name__ == module


def test_a_room_has_what_its_module_has_and_nothing_else() -> None:
    room = Room("store.phrases")
    from store.phrases import counted

    assert room.counted is counted
    with pytest.raises(AttributeError, match="no_such_thing"):
        assert room.no_such_thing
    with pytest.raises(ModuleNotFoundError):
        assert Room("store.no_such_module").anything


def test_opening_a_study_loads_no_room_that_is_not_gone_into(tmp_path: Path) -> None:
    probe = (
        "import sys, cmo\n"
        f"cmo.new_study({str(tmp_path / 'study.cmo')!r}).close()\n"
        f"print([name for name in {NOT_GONE_INTO!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"
