"""The table of the torture chamber, and its place in ``docs/torture.md``."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence

from torture.commands import ROOT
from torture.result import Line

PAGE = ROOT / "docs" / "torture.md"
START, END = "<!-- table -->\n", "<!-- end of table -->\n"


def table_of(lines: Sequence[Line]) -> list[str]:
    """The table in Markdown: what, how often, what came of it."""
    rows = [
        f"| {line.what} | {line.times:,} | {'held' if line.holds else '**broken**'} | {line.told} |" for line in lines
    ]
    return ["| what was done | times | | what came of it |", "| --- | ---: | --- | --- |", *rows]


def write_page(lines: Sequence[Line], share: float, minutes: float) -> None:
    """Put the table, and what it was made on, in the place of those that the page has."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, tail = rest.partition(END)
    system = f"{platform.system()} ({platform.machine()}), Python {platform.python_version()}"
    about = (
        f"{os.cpu_count()} cores, {system}, SQLite {sqlite3.sqlite_version}; {minutes:.0f} minutes in all, each blow "
        f"{share:.0%} as often as in a whole run.\n\n"
    )
    PAGE.write_text(f"{head}{START}{about}{chr(10).join(table_of(lines))}\n{END}{tail}", encoding="utf-8")
