"""`kill -9` of every bulk command at random moments: the study opens whole, and the same command completes it."""

from __future__ import annotations

import gzip
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders import THEORY, table, write_texts

import cmo
from cmo.study import Study
from store.errors import OlderSchema
from store.journal import Entry
from store.upgrade import upgrade
from torture.commands import ROOT, Commands
from torture.result import Broken, Line, require
from torture.samples import LONG, codings_of, whole, worked_on

STUDY = "bogbus.cmo"
FILES = 10
Arguments = tuple[str | Path, ...]


@dataclass(frozen=True)
class Task:
    """A command to be killed. ``acts``: how many acts it makes when it is let run; each is there or not.

    ``again``: the same command can be given once more and adds only what is missing. ``made`` are files that it writes,
    which are there whole or not at all.
    """

    name: str
    arguments: Callable[[Path], Arguments]
    acts: int = 1
    again: bool = False
    made: str = ""


TASKS = (
    Task("import", lambda f: ("import", f / STUDY, f / "in"), acts=FILES, again=True),
    Task("codings", lambda f: ("codings", f / STUDY, f / "more.csv"), again=True),
    Task("theory", lambda f: ("theory", f / STUDY, f / "theory2.csv"), again=True),
    Task("cases", lambda f: ("cases", f / STUDY, f / "cases2.csv"), again=True),
    Task("correct", lambda f: ("correct", f / STUDY, "lang", f / "better.txt")),
    Task("undo", lambda f: ("undo", f / STUDY, "--steps", "9"), acts=9),
    Task("redo", lambda f: ("redo", f / STUDY)),
    Task("search and code", lambda f: ("search", f / STUDY, "svar", "--give", "køtid", "--yes")),
    Task("merge codes", lambda f: ("codes", "merge", f / STUDY, "køtid", "pausetid")),
    Task("workbook", lambda f: ("export", f / STUDY, f / "out.xlsx"), acts=0, again=True, made="out.xlsx"),
    Task("report", lambda f: ("report", f / STUDY, f / "out.docx"), acts=0, again=True, made="out.docx"),
    Task("backup", lambda f: ("backup", f / STUDY), acts=0, again=True),
    Task("rescue", lambda f: ("rescue", f / STUDY, f / "new.cmo"), acts=0, made="new.cmo"),
    Task("upgrade", lambda f: ("upgrade", f / "old.cmo"), acts=0, again=True),
)


def prepare(folder: Path) -> None:
    """A study to work on, one of an older schema, and the files that the commands bring in."""
    with worked_on(folder) as study:
        for name in ("køtid", "pausetid"):
            study.new_code(name)
            study.code("lang", 100, 150, name)
        study.new_code("til at gøre om")
        study.undo()
    whole(folder / STUDY)
    write_texts(folder / "in", {f"kilde{n}.txt": f"I: Nummer {n}?\n{LONG[: 900 + 500 * n]}" for n in range(FILES)})
    codings_of("lang", folder / "more.csv", 900)
    table(folder / "theory2.csv", [*THEORY, *([f"#{n}", "Ro.", "Tid.", "Lyst."] for n in range(4, 40))])
    table(folder / "cases2.csv", [["Arbejdsplads", "Sektor"], *([f"Sted {n}", "Privat"] for n in range(200))])
    (folder / "better.txt").write_bytes(LONG.replace("svar nummer 7", "svaret nummer 7").encode())
    kept = ROOT / "tests" / "schemas" / "0001.cmo.gz"
    (folder / "old.cmo").write_bytes(gzip.decompress(kept.read_bytes()))


def kill_commands(folder: Path, times: int) -> Line:
    """Kill each command in turn until it has been done so often."""
    line = Line("kill -9 of the bulk commands")
    prepared = folder / "prepared"
    prepared.mkdir()
    prepare(prepared)
    before = log_of(prepared / STUDY)
    hit = 0
    with Commands() as commands:
        let_run = {task.name: _let_run(commands, task, prepared, folder / task.name) for task in TASKS}
        for number in range(times):
            task = TASKS[number % len(TASKS)]
            chance = random.Random(number)
            at = shutil.copytree(prepared, folder / f"{number}")
            expected, seconds = let_run[task.name]
            with line.once(f"{task.name}, kill {number}"):
                hit += commands.kill(chance.uniform(0, 1.05) * seconds, *task.arguments(at))
                _examine(commands, task, at, before, expected)
            shutil.rmtree(at)
    line.result = f"{hit} killed at work; none lost more than the act under way, each was completed by the next call"
    return line


def log_of(path: Path) -> list[Entry]:
    with cmo.open_study(path) as study:
        return study.log()[::-1]


def _let_run(commands: Commands, task: Task, prepared: Path, folder: Path) -> tuple[Any, float]:
    """What a study says after the whole command, and how long it takes."""
    shutil.copytree(prepared, folder)
    code, seconds = commands.run(*task.arguments(folder))
    require(code in (0, 1), f"{task.name} ends with {code}")
    return _said(folder, task), seconds


def _said(folder: Path, task: Task) -> Any:
    if task.name == "upgrade":
        with cmo.open_study(folder / "old.cmo") as old:
            return _told(old)
    with cmo.open_study(folder / STUDY) as study:
        return _told(study)


def _told(study: Study) -> Any:
    """What is in a study, without the numbers and times that differ from run to run."""
    texts = sorted((source.name, study.transcript(source.id).text) for source in study.sources())
    quotes = sorted((q.source, q.start, q.end, q.code, str(q.stance), str(q.case), q.memo) for q in study.quotes())
    points = [(point.label, point.wording) for point in study.theory().points]
    return texts, quotes, points, [(case.name, case.attributes) for case in study.cases()], study.check()


def _examine(commands: Commands, task: Task, folder: Path, before: list[Entry], expected: Any) -> None:
    """After the kill: whole, sound, at most the act under way missing; and then the command is given again."""
    if task.made and (folder / task.made).exists():
        _require_whole(folder / task.made)
    if task.name == "upgrade":
        _upgraded_or_not(folder / "old.cmo")
    kept = log_of(folder / STUDY)
    require(kept[: len(before)] == before, "an act from before is missing")
    new = len(kept) - len(before)
    require(0 <= new <= task.acts, f"{new} acts of {task.acts}")
    with cmo.open_study(folder / STUDY) as study:
        require(study.check() == [], "it is not sound")
    if task.name == "rescue" and (folder / task.made).exists():
        return
    if task.name == "undo" and new:
        commands.run("undo", folder / STUDY, "--steps", str(task.acts - new))
    elif task.again or not new:
        code, _ = commands.run(*task.arguments(folder))
        require(code in (0, 1), f"given again it ends with {code}")
    require(_said(folder, task) == expected, "given again it does not end where it ends without a kill")
    leftovers = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    require(not leftovers, f"left behind: {leftovers}")


def _require_whole(path: Path) -> None:
    if path.suffix == ".cmo":
        with cmo.open_study(path) as study:
            require(study.check() == [], f"{path.name} is not sound")
        return
    try:
        with zipfile.ZipFile(path) as file:
            require(file.testzip() is None, f"{path.name} is damaged")
    except zipfile.BadZipFile as exc:
        raise Broken(f"{path.name} is half there") from exc


def _upgraded_or_not(path: Path) -> None:
    try:
        with cmo.open_study(path) as study:
            require(study.check() == [], "the upgraded study is not sound")
    except OlderSchema:
        upgrade(path)
