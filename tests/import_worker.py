"""Another process that imports into a study, for the tests that kill it.

Started once, because loading the libraries takes longer than being killed; it forks for every line
``MODE FOLDER`` that it reads, and writes ``done N`` when N files or N tables are in the study.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cmo
from cmo.study import Study

STUDY = "bogbus.cmo"


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def report(done: int, _files: int, _name: str) -> bool:
    say(f"done {done}")
    return True


def import_files(study: Study, folder: Path) -> None:
    study.import_files([folder / "in"], sources=folder / "sources.csv", progress=report)


def import_codings(study: Study, folder: Path) -> None:
    for number, table in enumerate(sorted(folder.glob("codings-*.csv")), start=1):
        study.import_codings(table)
        say(f"done {number}")


def work(mode: str, folder: Path) -> None:
    with cmo.open_study(folder / STUDY, coder="CD") as study:
        {"files": import_files, "codings": import_codings}[mode](study, folder)


def main() -> None:
    for line in sys.stdin:
        mode, folder = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            work(mode, Path(folder))
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
