"""Progress of long work: a bar on stderr when somebody looks at it, silence when not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from commands.output import console, harmless

Advance = Callable[[int, int, str], bool]
"""Called with files done, files in all and the next file's name; always wants to go on (True)."""


@contextmanager
def progress_bar(doing: str) -> Iterator[Advance]:
    if not sys.stderr.isatty():
        yield lambda _done, _total, _name: True
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(done: int, total: int, name: str) -> bool:
            bar.update(task, completed=done, total=total or None, description=harmless(f"{doing} {name}").strip())
            return True

        yield advance
