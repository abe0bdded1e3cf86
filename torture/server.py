"""Runs `cmo` in a process of its own for each line of arguments (JSON): ``python -m torture.server``.

Everything is loaded once and a fork does the work, because loading takes longer than being killed. It is the command
itself, from its arguments to its exit code. A line ``pid N`` says that it runs, ``ended N`` with which code it ended.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from builders import full_study

from commands.main import put_together, run


def load() -> None:
    """Import what commands import when they need it, and read a text, for the language pipeline's sake."""
    for name in ("alembic.command", "docx", "exports.workbook", "store.upgrade"):
        importlib.import_module(name)
    put_together()
    with tempfile.TemporaryDirectory() as folder, full_study(Path(folder)) as study:
        study.check()


def carry_out(arguments: list[str]) -> NoReturn:
    """Be the command: in a session of its own, so that what it starts can be told from other processes."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    sys.argv = ["cmo", *arguments]
    try:
        run()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    os._exit(0)


def main() -> None:
    load()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            carry_out(json.loads(line))
        print(f"pid {child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main()
