"""The study that is tortured: small, and with rows in every part of it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import code, full_study, table

import cmo
from cmo.study import Study

LONG = "".join(
    f"I: Spørgsmål {n}?\nR: Det er svar nummer {n}, og så siger vi {n * n}. Køen var lang 😀.\n" for n in range(160)
)


def worked_on(folder: Path) -> Study:
    """A study with two coders' work of every kind: codings, judgements, memos, a configuration, decisions, undo."""
    path = folder / "bogbus.cmo"
    path.write_bytes(_worked_on())
    return cmo.open_study(path, coder="AB")


@cache
def _worked_on() -> bytes:
    with TemporaryDirectory() as name, full_study(Path(name)) as study:
        _work_on(study, Path(name))
        study.close()
        return whole(study.path).read_bytes()


def _work_on(study: Study, folder: Path) -> None:
    talk = folder / "lang.txt"
    talk.write_bytes(LONG.encode())
    study.import_files([talk])
    study.import_codings(codings_of("lang", folder / "codings.csv", 150))
    first = code(study, "leder", "Køen var lang om mandagen", "#1 M", "supports")
    second = code(study, "leder", "Ingen blev sure", "#1 O", "refutes")
    with cmo.open_study(study.path, coder="CD") as other:
        code(other, "ansat", "En fast tid", "#2 M", "supports")
    study.add_memo("Stærkt, men alene.", coding=first.id)
    study.new_configuration("kø", restatement="Køen er pausen.", point="#1")
    study.add_part(1, coding=first.id)
    study.add_part(1, coding=second.id)
    study.refine_point("#2", {"M": "Det bliver ventet at gå."}, why="Lederen sagde det.", evidence=[first.id])
    study.new_code("fortrudt")
    study.undo()


def codings_of(source: str, path: Path, count: int) -> Path:
    """A table of codings of a source, each with a stance and a memo."""
    rows = [[source, n, n + 25, n % 3 + 1, "CMO"[n % 3], "for", f"note {n}"] for n in range(count)]
    return table(path, [["source", "start", "end", "point", "element", "stance", "memo"], *rows])


def work_at_random(study: Study, chance: random.Random) -> None:
    """One small act, as a person would do it; the memo makes it one even where the passage has the code already."""
    start = chance.randrange(5000)
    code = f"#{chance.randrange(1, 4)} {chance.choice('CMO')}"
    study.code("lang", start, start + chance.randrange(5, 60), code, memo=str(chance.random()))


def whole(path: Path) -> Path:
    """One file without anything beside it: what waits in its log is put in."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    return path
