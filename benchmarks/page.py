"""The table of measurements, and its place in ``docs/speed.md``."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence

from benchmarks.corpus import Size
from benchmarks.measuring import ROOT, Measured

PAGE = ROOT / "docs" / "speed.md"
START, END = "<!-- table -->\n", "<!-- end of table -->\n"


def table_of(small: Sequence[Measured], measured: Sequence[Measured]) -> list[str]:
    """The table in Markdown, ratios first. Growth is how many times more than at the small size a job takes."""
    before = {result.job: result.ours for result in small}
    lines = [
        "| job | times its floor | bar | met | took | floor | memory, MB | growth | |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for result in measured:
        ratio = f"**{result.ratio:.2f}**" if result.ratio is not None else ""
        bars = [f"{result.bar:g} ×" if result.bar else "", _amount(result.most, result.unit) if result.most else ""]
        cells = [
            result.job,
            ratio,
            " and ".join(filter(None, bars)),
            "yes" if result.is_met else "**no**",
            _amount(result.ours, result.unit),
            _amount(result.floor, result.unit) if result.floor is not None else "",
            f"{result.memory:.0f}" if result.memory else "",
            f"{result.ours / before[result.job]:.1f}" if before.get(result.job) else "",
            result.note,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def write_page(lines: Sequence[str], size: Size) -> None:
    """Put the table, and what it was measured on, in the place of those that the page has."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, tail = rest.partition(END)
    about = (
        f"Measured at the {size.name} size ({size.interviews:,} interviews, {size.codings:,} codings) on {machine()}; "
        f"in the last quarter of an hour of it the machine had {os.getloadavg()[2]:.1f} things to do at a time.\n\n"
    )
    PAGE.write_text(f"{head}{START}{about}{chr(10).join(lines)}\n{END}{tail}", encoding="utf-8")


def machine() -> str:
    """The machine in plain words."""
    system = f"{platform.system()} ({platform.machine()})"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def _amount(value: float, unit: str) -> str:
    if unit == "bytes":
        return f"{value / 1e6:,.1f} MB"
    return f"{value:,.1f} s" if value >= 1 else f"{1000 * value:,.1f} ms"
