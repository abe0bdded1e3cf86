"""The real commands, to be let run or to be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from torture.result import Broken

ROOT = Path(__file__).resolve().parent.parent
ORPHANS_END_WITHIN = 10.0
"""Seconds in which the helpers of a killed command must have ended by themselves."""


def environment(**more: str) -> dict[str, str]:
    """The environment in which the program under torture runs."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, "CMO_CODER": "AB", **more}


class Commands:
    """Runs commands of `cmo`, each in a process of its own; see :mod:`torture.server`."""

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "torture.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env=environment(),
            cwd=ROOT,
        )
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()

    def run(self, *arguments: str | Path) -> tuple[int, float]:
        """The exit code of a command, and how many seconds it took."""
        self._begin(arguments)
        begun = time.monotonic()
        return int(self._answer()), time.monotonic() - begun

    def kill(self, after: float, *arguments: str | Path) -> bool:
        """Kill a command after so many seconds (SIGKILL). False: it had ended by then.

        Raises Broken where a process that it started goes on without it.
        """
        process = self._begin(arguments)
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        killed = int(self._answer()) == -signal.SIGKILL
        end = time.monotonic() + ORPHANS_END_WITHIN
        while _session_goes_on(process):
            if time.monotonic() > end:
                os.killpg(process, signal.SIGKILL)
                raise Broken("a process that the command had started went on without it")
            time.sleep(0.01)
        return killed

    def _begin(self, arguments: tuple[str | Path, ...]) -> int:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps([str(argument) for argument in arguments]) + "\n")
        return int(self._answer())

    def _answer(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().rstrip("\n").rpartition(" ")[2]


def _session_goes_on(leader: int) -> bool:
    """Whether a process is left of the group that this process led."""
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
