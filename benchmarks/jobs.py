"""Every job of the benchmark at one size, in the order in which a study is made, read and taken apart again."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import analysis
from benchmarks.corpus import Size, interview, write_corpus
from benchmarks.measuring import CMO, ROOT, Measured, inside, processes_in_turns, run
from benchmarks.terminal import until_painted
from store.schema import SCHEMA_REVISION

WORD_FILES = 400
PYTHON = sys.executable
KEYS = {
    "line": ("scroll by a sentence", 0.016),
    "page": ("scroll by a page", 0.016),
    "select": ("select a sentence more", 0.016),
    "coding": ("a coding, key to frame", 0.033),
    "undo": ("undo of a coding", 0.033),
}
"""Keys of the workbench that are measured, and how many seconds they may take."""


def all_jobs(folder: Path, size: Size, only: Sequence[str]) -> Iterator[Measured]:
    """Measure the jobs whose name has one of the words in it; all where there are none."""
    made = Made(folder, size)
    jobs: list[tuple[str, Callable[[Made, str], Measured]]] = [
        ("import .txt", import_txt),
        ("import .docx", import_docx),
        ("codings from a table", codings),
        ("matrix of points and cases", inside_job("matrix", bar=2)),
        ("all quotes of an element", inside_job("quotes", bar=3)),
        ("passages coded A and B and C, overlaps of all pairs", inside_job("overlaps", bar=0.25)),
        ("search, first 50 hits with filters", inside_job("search", bar=5, most=0.05)),
        ("commit of one coding", inside_job("coding", bar=3)),
        ("size of the study file without originals", inside_job("size_of", bar=3, unit="bytes")),
        *((f"{key}, 500,000 characters, p95", desk_job(figure, most)) for figure, (key, most) in KEYS.items()),
        *((f"{key}, in a terminal, p95", typed_job(figure, most)) for figure, (key, most) in KEYS.items()),
        ("open a source of 500,000 characters", opening),
        ("start of the workbench to the first text", start),
        ("cmo --version", version),
        ("undo of the import of codings", undo),
        ("workbook of all quotes", workbook),
    ]
    for name, job in jobs:
        if not only or any(word in name for word in only):
            yield job(made, name)


class Made:
    """The files of one size, each made when it is first asked for and kept."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder, self.size = folder, size
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def rounds(self) -> int:
        """How often a job is done that takes seconds at the small size and minutes at the others."""
        return 1 if self.size.interviews > 100 else 3

    @property
    def texts(self) -> Path:
        kept = self.folder / "interviews"
        return kept if (self.folder / "sources.csv").exists() else write_corpus(self.folder, self.size)

    @property
    def word_files(self) -> Path:
        count = min(WORD_FILES, self.size.interviews)
        kept = self.folder / "word"
        return kept if len(list(kept.glob("*.docx"))) == count else analysis.write_word_files(self.folder, count)

    @property
    def coding_table(self) -> Path:
        kept = self.folder / "codings.csv"
        return kept if kept.exists() else analysis.write_codings(self.folder, self.size)

    @property
    def uncoded(self) -> Path:
        """The study with its interviews, cases and theory, and no coding."""
        path = self.folder / f"uncoded-{SCHEMA_REVISION}.cmo"  # what another version made is of no use
        if not path.exists():
            self.new(path)
            run(CMO, "import", path, self.texts, "--sources", self.folder / "sources.csv")
            run(CMO, "cases", path, analysis.write_cases(self.folder, self.size))
            run(CMO, "theory", path, analysis.write_theory(self.folder))
        return path

    @property
    def study(self) -> Path:
        """The study with everything."""
        path = self.folder / f"study-{SCHEMA_REVISION}.cmo"
        if not path.exists():
            building = self.copy(self.uncoded, "building.cmo")
            run(CMO, "codings", building, self.coding_table)
            building.rename(path)
        return path

    @cached_property
    def with_long(self) -> Path:
        """The study with one long source and its codings."""
        study = self.copy(self.study, "desk.cmo")
        long, table = analysis.write_long_interview(self.folder, 500_000, 3_000)
        run(CMO, "import", study, long)
        run(CMO, "codings", study, table)
        return study

    @cached_property
    def desk(self) -> dict[str, Any]:
        """What :mod:`benchmarks.desk` measured on the long source."""
        found: dict[str, Any] = json.loads(
            run(PYTHON, "-m", "benchmarks.desk", self.with_long, "long", "interview-0003").out
        )
        return found

    @cached_property
    def typed(self) -> dict[str, float]:
        """What :mod:`benchmarks.terminal` measured on the long source."""
        found: dict[str, float] = json.loads(run(PYTHON, "-m", "benchmarks.terminal", self.with_long, "long").out)
        return found

    def new(self, path: Path) -> Path:
        """An empty study in place of what is there."""
        remove(path)
        run(CMO, "new", path)
        return path

    def copy(self, study: Path, name: str) -> Path:
        path = self.folder / name
        remove(path)
        shutil.copyfile(study, path)
        return path


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def import_txt(made: Made, name: str) -> Measured:
    return _import(made, name, made.texts, "import_txt", 6)


def import_docx(made: Made, name: str) -> Measured:
    return _import(made, name, made.word_files, "import_docx", 4)


def _import(made: Made, name: str, files: Path, floor: str, bar: float) -> Measured:
    """A whole process into a new study, beside a whole process that keeps and indexes the same texts."""
    ours, bare = [], []
    for _ in range(made.rounds):
        ours.append(run(CMO, "import", made.new(made.folder / "import.cmo"), files))
        remove(made.folder / "floor.db")
        bare.append(run(PYTHON, "-m", "benchmarks.floors", floor, made.folder / "floor.db", files))
    mine = sorted(ours, key=lambda one: one.seconds)[len(ours) // 2]
    other = sorted(bare, key=lambda one: one.seconds)[len(bare) // 2]
    note = f"{len(list(files.iterdir())):,} files"
    return Measured(name, mine.seconds, other.seconds, bar, memory=mine.memory, note=note)


def codings(made: Made, name: str) -> Measured:
    table, uncoded = made.coding_table, made.uncoded
    ours, bare = [], []
    for _ in range(made.rounds):
        ours.append(run(CMO, "codings", made.copy(uncoded, "codings.cmo"), table))
        remove(made.folder / "floor.db")
        bare.append(run(PYTHON, "-m", "benchmarks.floors", "codings", made.folder / "floor.db", uncoded, table))
    mine = sorted(ours, key=lambda one: one.seconds)[len(ours) // 2]
    other = sorted(bare, key=lambda one: one.seconds)[len(bare) // 2]
    return Measured(name, mine.seconds, other.seconds, 3, memory=mine.memory, note=f"{made.size.codings:,} codings")


def inside_job(
    job: str, *, bar: float | None = None, most: float | None = None, unit: str = "s"
) -> Callable[[Made, str], Measured]:
    """A job of :mod:`benchmarks.inside`."""

    def measured(made: Made, name: str) -> Measured:
        study = made.copy(made.study, "inside.cmo") if job == "coding" else made.study
        found = inside(job, study)
        note = f"{found['rows']:,} rows" if found.get("rows") else ""
        return Measured(name, found["ours"], found["floor"], bar, most, found["memory"], note, unit)

    return measured


def desk_job(figure: str, most: float) -> Callable[[Made, str], Measured]:
    """A figure of the workbench that has an absolute bar alone."""

    def measured(made: Made, name: str) -> Measured:
        clock, processor = made.desk[figure]
        return Measured(name, clock, None, None, most, made.desk["memory"], _of_processor(processor))

    return measured


def typed_job(figure: str, most: float) -> Callable[[Made, str], Measured]:
    """The same from end to end: typed into a terminal, painted there."""
    return lambda made, name: Measured(name, made.typed[figure], None, None, most)


def opening(made: Made, name: str) -> Measured:
    """Opening the long source beside opening a short one."""
    found = made.desk
    (clock, processor), (short, _) = found["open"], found["open short"]
    return Measured(name, clock, short, 2, 0.1, found["memory"], _of_processor(processor))


def _of_processor(seconds: float) -> str:
    """What would be left of a latency on a machine that does nothing else, but for the wait for the next frame."""
    return f"{1000 * seconds:.1f} ms of the processor"


def start(made: Made, name: str) -> Measured:
    """The workbench from its start until the first text is painted, beside an app of Textual that says hello."""
    text = interview(0)
    word = next(word for word in text.split("\n")[3].split() if len(word) > 5 and word.isalpha())
    ours, bare = [], []
    for _ in range(6):
        ours.append(until_painted([CMO, "code", made.study], word))
        bare.append(until_painted([PYTHON, ROOT / "benchmarks" / "hello_textual.py"], "hello-world"))
    mine, other = (sorted(runs[1:], key=lambda one: one.seconds)[2] for runs in (ours, bare))  # the first one compiles
    return Measured(name, mine.seconds, other.seconds, 3.5, memory=mine.memory)


def version(_made: Made, name: str) -> Measured:
    ours, bare = processes_in_turns([(CMO, "--version"), (PYTHON, ROOT / "benchmarks" / "hello_typer.py")], 9)
    return Measured(name, ours.seconds, bare.seconds, 2, memory=ours.memory)


def undo(made: Made, name: str) -> Measured:
    """Undo beside the import that it takes back."""
    ours, imports = [], []
    for _ in range(made.rounds):
        study = made.copy(made.uncoded, "undo.cmo")
        imports.append(run(CMO, "codings", study, made.coding_table))
        ours.append(run(CMO, "undo", study))
    mine = sorted(ours, key=lambda one: one.seconds)[len(ours) // 2]
    other = sorted(imports, key=lambda one: one.seconds)[len(imports) // 2]
    return Measured(name, mine.seconds, other.seconds, 1, memory=mine.memory)


def workbook(made: Made, name: str) -> Measured:
    """The workbook beside openpyxl writing the same cells row by row."""
    path, cells = made.folder / "study.xlsx", made.folder / "cells.csv"
    mine = run(CMO, "export", made.study, path)
    _write_cells(path, cells)
    other = run(PYTHON, "-m", "benchmarks.floors", "workbook", made.folder / "floor.xlsx", cells)
    return Measured(name, mine.seconds, other.seconds, 1.4, memory=mine.memory, note=f"{made.size.codings:,} quotes")


def _write_cells(workbook_path: Path, cells: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(workbook_path, read_only=True)
    with cells.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                rows.writerow([sheet.title, *("" if value is None else value for value in row)])
