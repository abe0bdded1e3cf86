"""`cmo doctor`: whether this machine and this installation are fit for cmo."""

from __future__ import annotations

import importlib.util
import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import cmo
from commands.exits import end_with_findings
from commands.options import AsJson
from commands.output import answer, answer_json, answer_table

DISTRIBUTION = "realist-cmo"
TOP_LEVEL_NAMES = ("cmo", "store", "transcripts", "codebook", "exports", "commands", "workbench", "tui")
"""What our wheel installs side by side. The names are plain, so another distribution may bring the same."""

LIBRARIES = ("sqlalchemy", "alembic", "spacy", "textual", "rich", "typer", "openpyxl", "lxml", "rapidfuzz")
OWN_ENVIRONMENT = "Install cmo in an environment of its own: pipx install realist-cmo"
SMALLEST_TERMINAL = (80, 24)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at. ``problem`` says what is wrong and the cure; empty if it is well."""

    name: str
    value: str
    problem: str = ""


def doctor(as_json: AsJson = False) -> None:
    """Look at Python, SQLite, the terminal, and whether another package has one of our names."""
    looks = [*_machine(), *_sqlite(), *_libraries(), *_terminal(), *names()]
    if as_json:
        answer_json(looks)
    else:
        answer_table(["what", "found", ""], [[look.name, look.value, look.problem or "ok"] for look in looks])
        wrong = sum(bool(look.problem) for look in looks)
        answer()
        answer(f"{wrong} to look at." if wrong else "All is well.")
    end_with_findings(any(look.problem for look in looks))


def _machine() -> Iterator[Look]:
    yield Look("cmo", cmo.__version__)
    yield Look("Python", platform.python_version())
    yield Look("platform", platform.platform(terse=True))


def _sqlite() -> Iterator[Look]:
    from store.sqlite import library

    version, searches = library()
    yield Look("SQLite", version)
    if searches:
        yield Look("SQLite full-text search", "FTS5")
    else:
        yield Look("SQLite full-text search", "none", "this SQLite lacks FTS5; use a Python from python.org")


def _libraries() -> Iterator[Look]:
    for name in LIBRARIES:
        try:
            yield Look(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Look(name, "missing", f"install cmo again: {OWN_ENVIRONMENT}")


def _terminal() -> Iterator[Look]:
    if not sys.stdout.isatty():
        yield Look("terminal", "none: the output goes to a file or another program")
        return
    from commands.output import console

    width, height = shutil.get_terminal_size()
    small = width < SMALLEST_TERMINAL[0] or height < SMALLEST_TERMINAL[1]
    yield Look(
        "terminal size", f"{width} × {height}", "the workbench wants 80 × 24 or more: make it larger" if small else ""
    )
    yield Look("terminal colours", console().color_system or "none")
    encoding = locale.getencoding()
    # The console of Windows takes all letters, whatever its code page is.
    fit = os.name == "nt" or encoding.lower().replace("-", "") == "utf8"
    wrong = "" if fit else "letters may look wrong: choose a UTF-8 locale, for example LANG=da_DK.UTF-8"
    yield Look("terminal text", encoding, wrong)


def names() -> Iterator[Look]:
    """Each of our top-level names: who else owns it, and whether Python finds ours first."""
    home = Path(__file__).resolve().parent.parent
    owners = metadata.packages_distributions()
    for name in TOP_LEVEL_NAMES:
        others = sorted(set(owners.get(name, [])) - {DISTRIBUTION})
        place = _place(name)
        if others:
            problem = f"{', '.join(others)} installs '{name}' too. {OWN_ENVIRONMENT}"
        elif place is None:
            problem = f"cannot be imported. {OWN_ENVIRONMENT}"
        elif place != home:
            problem = f"Python finds another '{name}' first, in {place}. {OWN_ENVIRONMENT}"
        else:
            problem = ""
        yield Look(f"name '{name}'", ", ".join(others) or "ours alone", problem)


def _place(name: str) -> Path | None:
    """The folder that a top-level name would be imported from."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return None
    origin = Path(found.origin).resolve()
    return origin.parent.parent if found.submodule_search_locations else origin.parent
