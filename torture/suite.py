"""Tests of the suite that can be told how often: the same as in `make test`, at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from torture.commands import ROOT, environment
from torture.result import Chamber, Line

_LAST_LINES = 12


def at_length(what: str, *tests: str, result: str, variable: str = "CMO_KILLS") -> Chamber:
    """A chamber that runs test files with an environment variable that says how often."""

    def chamber(folder: Path, times: int) -> Line:
        line = Line(what, times=times, result=result)
        files = [str(Path("tests") / test) for test in tests]
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "slow or not slow"]
        done = subprocess.run(
            [*command, f"--basetemp={folder / 'pytest'}", "--timeout", "0", *files],
            capture_output=True,
            text=True,
            env=environment(**{variable: str(times)}),
            cwd=ROOT,
            check=False,
        )
        if done.returncode:
            line.broken.append("\n    ".join(done.stdout.splitlines()[-_LAST_LINES:]))
        return line

    return chamber
