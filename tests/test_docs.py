"""The commands in README and docs are real: each is understood, and those of a walk are run from end to end."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from command_line import call
from typer.core import TyperGroup
from typer.main import get_command

from cmo.demo import build as demo_build
from commands.main import put_together

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").rglob("*.md")])
WALKS = [REPOSITORY / "README.md", REPOSITORY / "docs" / "commands.md"]
COMMANDS = get_command(put_together())
EXAMPLE = re.compile(r"^\$ cmo (.*)$", re.MULTILINE)


def examples(page: Path) -> list[list[str]]:
    """The words of every ``$ cmo ...`` line, without what the shell does with the output."""
    lines = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    return [shlex.split(re.split(r"\s[|>]\s", line)[0], comments=True) for line in lines]


def every_example() -> list[object]:
    return [pytest.param(words, id=f"{page.name}: cmo {' '.join(words)}") for page in PAGES for words in examples(page)]


@pytest.mark.parametrize("words", every_example())
def test_every_command_in_the_docs_is_understood(words: list[str]) -> None:
    group = COMMANDS
    if words[0].startswith("--"):
        assert words[0] in ("--version", "--help")
        return
    command = group.commands[words[0]]
    context = command.make_context(words[0], words[1:], resilient_parsing=False)
    while isinstance(command, TyperGroup):  # a command with commands below it, such as `cmo theory refine`
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)
    assert context.args == []


@pytest.mark.parametrize("page", WALKS, ids=lambda page: page.name)
def test_the_walk_of_a_page_runs_from_its_first_command_to_its_last(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(demo_build.__file__).parent
    shutil.copytree(data / "interviews", tmp_path / "interviews")
    for table in data.glob("*.csv"):
        shutil.copy(table, tmp_path)
    monkeypatch.chdir(tmp_path)
    walk = examples(page)
    assert len(walk) > 5
    for words in walk:
        if words[0] == "code":
            continue  # opens the workbench, which needs a terminal
        answer = call(*words)
        assert answer.code == 0, f"cmo {' '.join(words)}: {answer.err}"


def test_every_command_is_documented() -> None:
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`cmo ([a-z]+)", page))
    assert documented >= set(COMMANDS.commands)
