"""The runner: ``python -m torture`` does everything at length and prints one table; ``--only kills`` a part of it.

The exit code is 0 where everything held.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # whose studies are tortured

from torture.chambers import CHAMBERS
from torture.page import write_page
from torture.result import Line, run


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*CHAMBERS], help="may be given again; all where it is not")
    parser.add_argument("--share", type=float, default=1.0, help="of the times that each is done at length")
    parser.add_argument("--page", action="store_true", help="write the table into docs/torture.md")
    return parser.parse_args()


def main() -> int:
    """Exit code: 0 where everything held."""
    asked = _arguments()
    print(f"{'what':<50} {'times':>6} {'seconds':>8}  result", flush=True)
    lines = []
    with tempfile.TemporaryDirectory(prefix="cmo-torture-") as folder:
        for name in asked.only or CHAMBERS:
            chamber, times = CHAMBERS[name]
            lines.append(run(chamber, Path(folder) / name, max(1, round(times * asked.share))))
            _tell(lines[-1])
    if asked.page:
        write_page(lines, asked.share)
    return 0 if all(line.holds for line in lines) else 1


def _tell(line: Line) -> None:
    print(f"{line.what:<50} {line.times:>6,} {line.seconds:>8.0f}  {line.told}", flush=True)
    for words in line.broken[:20]:
        print(f"    {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
