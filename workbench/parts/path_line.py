"""A line to type paths in, which completes them as a shell does."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

MOST_NAMES = 20_000
"""Entries of a folder that are looked at."""


class PathLine(Input):
    """Tab completes what is typed, as far as it can only mean one thing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False)]

    class Completed(Message):
        """Tab was pressed: ``names`` is what can follow, where that is more than one thing."""

        def __init__(self, names: list[str]) -> None:
            super().__init__()
            self.names = names

    def __init__(self, is_wanted: Callable[[str], bool], placeholder: str, *, id: str | None = None) -> None:
        """``is_wanted`` says of a file's name whether it is offered; folders always are."""
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self._is_wanted = is_wanted

    def action_complete(self) -> None:
        self.value, names = completed(self.value, self._is_wanted)
        self.cursor_position = len(self.value)
        self.post_message(self.Completed(names))


def completed(typed: str, is_wanted: Callable[[str], bool]) -> tuple[str, list[str]]:
    """The path as far as it is certain, and the names that it can go on with where there are several.

    Capitals do not matter; hidden files are offered only to who types the dot.
    """
    before, begun = os.path.split(typed)
    lead = typed[: len(typed) - len(begun)]
    names = [name for name in _names_in(before, is_wanted) if _fits(name, begun)]
    if not names:
        return typed, []
    common = _common_beginning(names)
    grown = common if len(common) >= len(begun) else begun
    return lead + grown, sorted(names) if len(names) > 1 else []


def _fits(name: str, begun: str) -> bool:
    return name.casefold().startswith(begun.casefold()) and (begun.startswith(".") or not name.startswith("."))


def _common_beginning(names: list[str]) -> str:
    first, last = min(names), max(names)
    same = next((at for at, letter in enumerate(first) if not last.startswith(letter, at)), len(first))
    return first[:same]


def _names_in(folder: str, is_wanted: Callable[[str], bool]) -> list[str]:
    """The folders (with a slash) and wanted files of a folder; none where it cannot be read."""
    names = []
    try:
        with os.scandir(_expanded(folder)) as entries:
            for _, entry in zip(range(MOST_NAMES), entries, strict=False):
                if entry.is_dir():
                    names.append(entry.name + "/")
                elif is_wanted(entry.name):
                    names.append(entry.name)
    except OSError:
        return []
    return names


def typed_paths(typed: str) -> list[Path]:
    """The paths that a line means: as it stands, or as terminals write what is dropped on them.

    That is quoted, with backslashes before spaces, as a ``file://`` address, or several with spaces between. A line
    of which no part is there is one path, so that the error names what was typed.
    """
    line = typed.strip()
    if not line:
        return []
    whole = _path(line)
    if _is_there(whole):
        return [whole]
    try:
        parts = [_path(part) for part in shlex.split(line)]
    except ValueError:  # a quote that is not closed
        return [whole]
    return parts if any(map(_is_there, parts)) else [whole]


def _path(written: str) -> Path:
    if written.startswith("file://"):
        from urllib.request import url2pathname

        written = url2pathname(urlsplit(written).path)
    return _expanded(written)


def _expanded(written: str) -> Path:
    try:
        return Path(written).expanduser()
    except RuntimeError:  # ~ of somebody who is not known here
        return Path(written)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        return False
