"""Another process at work on a study, for the tests that kill it and for those that let several write at once.

Started once, it forks for every line ``MODE PATH`` that it reads, because importing takes longer than being killed.
Each worker writes ``done N`` after a commit, where N is the number of the journal's newest entry.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from store_samples import TEXT, add_code, add_coding, add_excerpt
from store_samples import create as create_study

from store import schema
from store.backup import backup
from store.study_file import StudyFile


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def small(study: StudyFile) -> None:
    """One passage coded, as a key press does it."""
    number = study.data_version()
    with study.act("EF", "code", "code") as work:
        version_id = work.conn.scalars(select(schema.source_versions.c.id)).one()
        start = number // 100
        excerpt_id = add_excerpt(work, version_id, TEXT[start : start + 12 + number % 100])
        add_coding(work, excerpt_id, add_code(work, f"kode {number}"))


def bulk(study: StudyFile) -> None:
    """Thousands of rows in several parts, as an import does it."""
    start = study.data_version()
    with study.act("EF", "import codes", "many") as work:
        names = ([f"kode {start}.{i}", "", i] for i in range(900))
        ids = work.insert_many(schema.codes, ["name", "definition", "position"], names)
        work.update_many(schema.codes, ids[:400], definition="x" * 50)
        work.delete(schema.codes, ids[600:])


def undo_and_redo(study: StudyFile) -> None:
    study.undo("EF")
    say(f"done {study.data_version()}")
    study.redo("EF")


def work_on(path: Path, act: Callable[[StudyFile], None]) -> None:
    with StudyFile.open(path) as study:
        while True:
            act(study)
            say(f"done {study.data_version()}")


def open_and_close(path: Path) -> None:
    while True:
        with StudyFile.open(path) as study:
            small(study)
            say(f"done {study.data_version()}")


def back_up(path: Path) -> None:
    while True:
        backup(path, keep=3)
        say("done 0")


def create(path: Path) -> None:
    number = 0
    while True:
        create_study(path.with_name(f"{number}.cmo")).close()
        say("done 0")
        number += 1


def four_at_once(path: Path) -> None:
    """Four programs with fifty acts each."""
    writers = []
    for _ in range(4):
        writer = os.fork()
        if writer == 0:
            fifty_acts(path)
            os._exit(0)
        writers.append(writer)
    for writer in writers:
        say(f"wrote {os.waitpid(writer, 0)[1]}")


def fifty_acts(path: Path) -> None:
    with StudyFile.open(path) as study:
        for number in range(50):
            with study.act(f"coder {os.getpid()}", "new code", f"{number}") as work:
                add_code(work, f"{os.getpid()} {number}")


MODES: dict[str, Callable[[Path], None]] = {
    "small": lambda path: work_on(path, small),
    "bulk": lambda path: work_on(path, bulk),
    "undo": lambda path: work_on(path, undo_and_redo),
    "open": open_and_close,
    "backup": back_up,
    "create": create,
    "four": four_at_once,
}


def main() -> None:
    for line in sys.stdin:
        mode, _, path = line.rstrip("\n").partition(" ")
        child = os.fork()
        if child == 0:
            MODES[mode](Path(path))
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
