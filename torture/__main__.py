"""The runner: ``python -m torture`` does everything at length and prints one table; ``--only kills`` a part of it.

The exit code is 0 where everything held.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # whose studies are tortured

from torture.chambers import CHAMBERS, enter
from torture.page import write_page
from torture.result import Line


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*CHAMBERS], help="may be given again; all where it is not")
    parser.add_argument("--share", type=float, default=1.0, help="of the times that each is done at length")
    parser.add_argument("--page", action="store_true", help="write the table into docs/torture.md")
    return parser.parse_args()


def main() -> int:
    """Exit code: 0 where everything held."""
    asked = _arguments()
    names = asked.only or [*CHAMBERS]
    print(f"{'what':<50} {'times':>6} {'seconds':>8}  result", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cmo-torture-") as folder:
        lines = _all_of(names, Path(folder), asked.share)
    minutes = (time.monotonic() - begun) / 60
    print(f"{minutes:.0f} minutes", flush=True)
    if asked.page:
        write_page([lines[name] for name in names], asked.share, minutes)
    return 0 if all(line.holds for line in lines.values()) else 1


def _all_of(names: Sequence[str], folder: Path, share: float) -> dict[str, Line]:
    """The line of each chamber by its name; as many at a time as there are cores, each in a process of its own."""
    lines = {}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        begun = {processes.submit(enter, name, folder / name, share): name for name in names}
        for done in as_completed(begun):
            lines[begun[done]] = done.result()
            _tell(done.result())
    return lines


def _tell(line: Line) -> None:
    print(f"{line.what:<50} {line.times:>6,} {line.seconds:>8.0f}  {line.told}", flush=True)
    for words in line.broken[:20]:
        print(f"    {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
