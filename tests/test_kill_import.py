"""Kill -9 at random moments of an import: the study opens whole, and importing again completes it without doubles.

``CMO_KILLS`` says how many kills (default 5, in CI 8).
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from builders import THEORY, new_study, table, write_texts
from depth import examples
from import_worker import STUDY

import cmo
from cmo.study import Study
from transcripts.intake import reading_ahead
from transcripts.intake.reading_worker import Request
from transcripts.settings import DEFAULT

WORKER = Path(__file__).with_name("import_worker.py")
KILLS = int(os.environ.get("CMO_KILLS", examples(5, 8)))
FILES = 24
TABLES = 12
ROWS_PER_TABLE = 150

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need processes that can fork")


@pytest.fixture(scope="module")
def worker() -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(WORKER)], stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study that has a theory and one source, files to import, and tables of codings of that source."""
    folder = tmp_path_factory.mktemp("prepared")
    study = new_study(folder)
    study.import_theory(table(folder / "theory.csv", THEORY))
    talk = "".join(f"R: Det er svar nummer {n}, og det er nok. Så siger vi {n * n}!\n" for n in range(400))
    study.import_files([write_texts(folder / "first", {"tale.txt": talk})])
    study.close()
    write_texts(folder / "in", {f"kilde{n}.txt": f"I: Spørgsmål {n}?\n" + talk[: 900 + n] for n in range(FILES)})
    bound = [[f"kilde{n}.txt", f"Sag {n % 3}", "Leder"] for n in range(FILES)]
    table(folder / "sources.csv", [["file", "case", "role"], *bound])
    for number in range(TABLES):
        rows = [
            ["tale", n, n + 20 + number, n % 3 + 1, "CMO"[n % 3], "for", f"note {n}"] for n in range(ROWS_PER_TABLE)
        ]
        head = ["source", "start", "end", "point", "element", "stance", "memo"]
        table(folder / f"codings-{number:02}.csv", [head, *rows])
    return folder


def kill(worker: subprocess.Popen[str], mode: str, folder: Path, at: int, share: float) -> int:
    """Let the worker work until ``at`` is done, kill it a share of a step later, and return what it reported last."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{mode} {folder}\n")
    victim = reported = 0
    begun = time.perf_counter()
    for line in worker.stdout:
        word, _, number = line.strip().partition(" ")
        if word == "ended":
            return reported
        if word == "pid":
            victim = int(number)
        else:
            reported = int(number)
        if victim and reported >= at:
            time.sleep(share * (time.perf_counter() - begun) / (reported + 1))
            with suppress(ProcessLookupError):  # it may be done already
                os.kill(victim, signal.SIGKILL)
            victim = 0
    raise AssertionError("the worker stopped by itself")


def assert_completes(study: Study, mode: str, folder: Path, reported: int) -> None:
    """At most the act under way is missing, nothing is half there, and the same import again adds just the rest."""
    assert study.check() == []
    if mode == "files":
        found = len(study.sources()) - 1
        assert reported <= found <= reported + 1
        again = study.import_files([folder / "in"], sources=folder / "sources.csv")
        assert (len(again.imported), len(again.duplicates), again.failed) == (FILES - found, found, [])
        assert sorted(source.name for source in study.sources()) == sorted(
            ["tale", *(f"kilde{n}" for n in range(FILES))]
        )
        assert all(len(s.cases) == 1 and s.role == "Leder" and s.turns > 1 for s in study.sources() if s.name != "tale")
    else:
        tables, rest = divmod(study.info().counts["codings"], ROWS_PER_TABLE)
        assert rest == 0
        assert reported <= tables <= reported + 1
        reports = [study.import_codings(path) for path in sorted(folder.glob("codings-*.csv"))]
        assert [report.added for report in reports] == [0] * tables + [ROWS_PER_TABLE] * (TABLES - tables)
        counts = study.info().counts
        assert counts["codings"] == counts["judgements"] == counts["memos"] == TABLES * ROWS_PER_TABLE
    assert study.check() == []


@pytest.mark.parametrize("number", range(KILLS))
def test_an_import_that_is_killed_leaves_a_whole_study_and_is_completed_by_the_next(
    worker: subprocess.Popen[str], prepared: Path, tmp_path: Path, number: int
) -> None:
    mode, steps = [("files", FILES), ("codings", TABLES)][number % 2]
    chance = random.Random(number)
    folder = shutil.copytree(prepared, tmp_path / "study")
    reported = kill(worker, mode, folder, chance.randrange(steps), chance.uniform(0, 1.5))
    with cmo.open_study(folder / STUDY, coder="CD") as study:
        assert_completes(study, mode, folder, reported)


def test_a_process_that_reads_for_an_import_ends_with_it_and_not_with_the_file(tmp_path: Path) -> None:
    said = b"I: Hvad skete der?\nR: Det gik fint. S\xc3\xa5 kom hr. Holm, og vi holdt m\xc3\xb8det.\n" * 40_000
    process = reading_ahead._begin()
    assert process is not None
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        pickle.dump(Request(tmp_path / "long.txt", said, DEFAULT, "da"), process.stdin)
        process.stdin.close()  # as the kill of an import does
        assert process.stdout.read() == b"", "it read the file to its end"
