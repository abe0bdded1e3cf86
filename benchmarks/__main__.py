"""``python -m benchmarks SIZE --json FILE``: every job of the product beside its floor; ``make bench`` writes the page.

SIZE is small, medium or large. Jobs are run at the small size as well, so that the table can say how they grow.
``--only JOB`` leaves out the others; ``--folder`` keeps corpus and studies for the next run.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir

from benchmarks.corpus import SIZES
from benchmarks.jobs import all_jobs
from benchmarks.measuring import Measured
from benchmarks.page import table_of, write_page


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("size", choices=SIZES, default="small", nargs="?")
    asked.add_argument("--json", type=Path, help="Write the figures to this file.")
    asked.add_argument("--folder", type=Path, default=Path(gettempdir()) / "cmo-benchmarks")
    asked.add_argument("--only", action="append", metavar="JOB", help="Only jobs whose name has this in it.")
    asked.add_argument("--page", action="store_true", help="Write the table into docs/speed.md.")
    given = asked.parse_args()
    measured: dict[str, list[Measured]] = {}
    for size in dict.fromkeys(["small", given.size]):
        measured[size] = []
        for result in all_jobs(given.folder / size, SIZES[size], given.only or []):
            print(f"{size:7} {result.job:60} {result.ours:12.4f} {result.floor or 0:12.4f}", flush=True)
            measured[size].append(result)
    lines = table_of(measured["small"], measured[given.size])
    print("\n".join(lines))
    if given.json:
        plain = {
            size: [asdict(result) | {"ratio": result.ratio, "met": result.is_met} for result in results]
            for size, results in measured.items()
        }
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(plain, indent=1), encoding="utf-8")
    if given.page:
        write_page(lines, SIZES[given.size])


if __name__ == "__main__":
    main()
