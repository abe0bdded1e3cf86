"""What hostile files cost: each is imported in a process of its own, and its time, memory and answer are written down.

``python benchmarks/hostile.py`` writes the table of ``docs/hostile-files.md``; with names (``bomb.docx``) or endings
(``.docx``) behind it, it prints the rows of those alone.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from hostile_samples import TALK, Hostile, flat_samples
from hostile_zipped import zipped_samples

PAGE = Path(__file__).resolve().parent.parent / "docs" / "hostile-files.md"
START, END = "<!-- table -->\n", "<!-- end of table -->\n"
HEADINGS = "| file | what is wrong | MB | seconds | memory, MB | answer |\n| --- | --- | --: | --: | --: | --- |\n"
STOPPED_AFTER_SECONDS = 300


def samples() -> Iterator[Hostile]:
    """An ordinary interview to compare with, and all hostile files."""
    yield Hostile("interview.txt", "nothing: an ordinary interview of an hour", (TALK * 200).encode)
    yield from flat_samples()
    yield from zipped_samples()


def imported(path: Path) -> dict[str, Any]:
    """Import one file into a new study; what became of it, and what this process used for it."""
    import cmo

    with TemporaryDirectory() as folder, cmo.new_study(Path(folder) / "s.cmo", language="da", coder="x") as study:
        report = study.import_files([path])
        findings = [finding.code for finding in report.findings]
        refused = [reason for _, reason in report.failed]
        characters = sum(len(study.transcript(source.id).text) for source in report.imported)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": sum(one.ru_utime + one.ru_stime for one in used),
        "megabytes": max(one.ru_maxrss for one in used) / 1024,
        "imported": len(report.imported),
        "characters": characters,
        "findings": sorted(set(findings)),
        "refused": refused,
    }


def measured(hostile: Hostile, folder: Path) -> dict[str, Any]:
    """The same from a process of its own. Raises RuntimeError: it crashed; TimeoutExpired: it had to be stopped."""
    path = folder / hostile.name
    # It is made in another process: what memory a process uses is counted from that of the one that began it.
    subprocess.run([sys.executable, __file__, "--make", str(path)], check=True)
    command = [sys.executable, __file__, "--import", str(path)]
    size = path.stat().st_size
    done = subprocess.run(command, capture_output=True, text=True, timeout=STOPPED_AFTER_SECONDS, check=False)
    path.unlink()
    if done.returncode:
        raise RuntimeError(f"{hostile.name}: {done.stderr[-2000:]}")
    return {**json.loads(done.stdout), "size": size}


def row(hostile: Hostile, found: dict[str, Any]) -> str:
    """A row of the table."""
    name, size = f"`{hostile.name}`", f"{found['size'] / 1e6:.2f}"
    cost = f"{found['seconds']:.1f} | {found['megabytes']:.0f}"
    return f"| {name} | {hostile.what} | {size} | {cost} | {answer(hostile, found)} |"


def answer(hostile: Hostile, found: dict[str, Any]) -> str:
    """What a person is told: the reason of a refusal, or what was imported and found."""
    refused = [reason.removeprefix(f"{hostile.name}: ") for reason in found["refused"]]
    if refused:
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        shown = refused[0] if len(refused[0]) <= 150 else f"{refused[0][:149]}…"
        also = f"; {found['imported']} imported" if found["imported"] else ""
        return f"refused: {shown}{more}{also}".replace("|", "\\|").replace("\n", " ")
    told = f", told: {', '.join(found['findings'])}" if found["findings"] else ""
    return f"read: {found['characters']:,} characters{told}"


def main(wanted: list[str]) -> None:
    chosen = [one for one in samples() if not wanted or one.name in wanted or Path(one.name).suffix in wanted]
    rows = []
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as two:
        for found in two.map(lambda hostile: row(hostile, measured(hostile, Path(folder))), chosen):
            print(found, flush=True)
            rows.append(found)
    if not wanted:
        write_page(rows)


def write_page(rows: list[str]) -> None:
    """Put the rows in the place of those that the page has."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{START}{HEADINGS}{chr(10).join(rows)}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        print(json.dumps(imported(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["--make"]:
        path = Path(sys.argv[2])
        path.write_bytes(next(one.make() for one in samples() if one.name == path.name))
    else:
        main(sys.argv[1:])
