"""Calls `cmo` in this process, as the shell would, and keeps what it said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from typer import testing

import cmo
from commands.main import put_together

_COMMAND = put_together()

# The runner puts all commands together for every call, which takes longer than most of them.
vars(testing)["_get_command"] = cache(testing._get_command)


@dataclass(frozen=True)
class Answer:
    """What a command printed on stdout and on stderr, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def words(self) -> str:
        """All of stdout as one line, however it was wrapped."""
        return " ".join(self.out.split())


def call(*arguments: str | Path, **environment: str) -> Answer:
    env = {"CMO_CODER": "", "CMO_DEBUG": "", "COLUMNS": "", **environment}
    result = testing.CliRunner().invoke(_COMMAND, [str(argument) for argument in arguments], env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def head(study: Path) -> str:
    """The hash of the newest journal entry: the same before and after means that nothing was done."""
    with cmo.open_study(study) as opened:
        return opened.log(1)[0].hash


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
