"""A coder's own keys: a TOML file with a table ``[keys]`` of commands and the keys they are to be on."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from store.errors import BadFile
from transcripts.people import nearest
from workbench.keys.key_names import read_key
from workbench.keys.keymap import KEYS, Keymap

FIXED = {"recent": "1 to 9", "count": "0"}
"""Commands whose keys are digits and stay so."""


def key_file() -> Path:
    """Where the file is looked for: ``CMO_KEYS``, else ``keys.toml`` in the folder for this user's settings."""
    import platformdirs

    named = os.environ.get("CMO_KEYS")
    return Path(named) if named else platformdirs.user_config_path("cmo", appauthor=False) / "keys.toml"


def load_keymap(path: Path | None = None) -> Keymap:
    """The keys with a coder's own changes; the usual ones where there is no file.

    Raises:
        BadFile: the file cannot be read, or names a command or a key that is not there, or one key twice; each with
            its line and the cure.
    """
    path = path or key_file()
    if not path.exists():
        return Keymap()
    try:
        text = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(
            path, f"{error}", 'Lines look like: remove = ["x", "Del"]. `cmo keys --toml` prints them.'
        ) from error
    reader = _Reader(text)
    changes = reader.changes(written)
    if reader.problems:
        hint = "`cmo keys --toml` prints all commands with their keys; `cmo code` starts when the file is right."
        raise BadFile(path, "\n  ".join(["these keys cannot be used:", *reader.problems]), hint)
    return Keymap().rebound(changes)


class _Reader:
    """Reads the table and collects what is wrong in it."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._commands = {key.command for key in KEYS}
        self.problems: list[str] = []

    def changes(self, written: dict[str, object]) -> dict[str, tuple[str, ...]]:
        """The keys of each command that is named."""
        for name in written:
            if name != "keys":
                self._problem(name, f"'{name}' is not known here; commands stand below a line [keys]")
        table = written.get("keys", {})
        if not isinstance(table, dict):
            self._problem("keys", "'keys' is a table: write [keys] on a line of its own")
            return {}
        found = {command: self._keys(command, keys) for command, keys in table.items() if self._is_known(command)}
        self._look_for_twice(found)
        return found

    def _is_known(self, command: str) -> bool:
        if command in FIXED:
            self._problem(command, f"the keys of '{command}' are {FIXED[command]} and cannot be changed")
        elif command not in self._commands:
            near = nearest(command, self._commands)
            self._problem(command, f"there is no command '{command}'" + (f"; did you mean {near}?" if near else ""))
        return command in self._commands and command not in FIXED

    def _keys(self, command: str, written: object) -> tuple[str, ...]:
        listed = [written] if isinstance(written, str) else written
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            self._problem(command, f"'{command}' wants one key or a list of keys, in quotation marks")
            return ()
        read = {key: read_key(key) for key in listed}
        for key in (key for key, name in read.items() if name is None):
            self._problem(
                command, f"there is no key '{key}' that a terminal sends; write x, ctrl+r, shift+down, F5, PgDn"
            )
        for key, name in read.items():
            if name is not None and name.isdigit():
                self._problem(command, f"'{key}' is taken: digits are recent codes, and 0 begins a number")
        return tuple(name for name in read.values() if name is not None)

    def _look_for_twice(self, found: dict[str, tuple[str, ...]]) -> None:
        first: dict[str, str] = {}
        for command, names in found.items():
            for name in names:
                other = first.setdefault(name, command)
                if other != command:
                    self._problem(command, f"'{name}' is given to '{other}' as well")

    def _problem(self, word: str, what: str) -> None:
        mentions = re.compile(rf"\s*\[?\s*[\"']?{re.escape(word)}\b")
        line = next((number for number, line in enumerate(self._lines, 1) if mentions.match(line)), None)
        self.problems.append(f"line {line}: {what}" if line else what)
