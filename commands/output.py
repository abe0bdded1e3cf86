"""What commands print: data on stdout, messages on stderr, JSON for programs.

Text from a study is untrusted: it may hold markup and terminal control sequences, and is printed as plain text.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, RenderableType
    from rich.text import Text

    from store.findings import Finding

NOT_A_TERMINAL_WIDTH = 100
"""Columns of a table that goes to a file or a pipe, unless ``COLUMNS`` says otherwise."""


def use_utf8() -> None:
    """Print Danish letters whatever the locale or the code page is; what is no text at all prints as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """A message for people, on stderr."""
    typer.echo(harmless(message), err=True)


def answer(line: str = "") -> None:
    """A line of the answer, on stdout."""
    typer.echo(harmless(line))


def answer_json(value: object) -> None:
    """The whole answer as one JSON document on stdout; records become objects with the names of their fields."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """Records, paths and mappings as what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def _key(key: object) -> str:
    if key is None:
        from exports.evidence_rows import NOT_JUDGED

        return NOT_JUDGED
    return str(key)


def harmless(text: str) -> str:
    """The text without characters that would steer a terminal."""
    from workbench.text.text_layout import printable

    return printable(text)


def console(file: TextIO | None = None) -> Console:
    """A Rich console on stdout that neither guesses at markup nor cuts lines when it is not a terminal."""
    from rich.console import Console

    target = file or sys.stdout
    width = None if target.isatty() else int(os.environ.get("COLUMNS") or NOT_A_TERMINAL_WIDTH)
    return Console(file=target, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def answer_text(text: str, *, style: str = "", indent: int = 0) -> None:
    """A paragraph on stdout, wrapped between words."""
    from rich.padding import Padding

    _answer_rich(Padding(_plain_text(text, style), (0, 0, 0, indent), expand=False))


def answer_pieces(*pieces: tuple[str, str]) -> None:
    """One line on stdout, of texts each with its style; it is never wrapped."""
    from rich.text import Text

    line = Text.assemble(*(_plain_text(text, style) for text, style in pieces), no_wrap=True, overflow="ignore")
    _answer_rich(line)


def answer_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: Sequence[str] = (),
    lines: bool = False,
) -> None:
    """A table on stdout. Columns named in ``numbers`` are set to the right; long text wraps and is never cut."""
    from rich import box
    from rich.table import Table

    from commands.layout import column_widths

    cells = [["" if value is None else str(value) for value in row] for row in rows]
    widths = column_widths(list(zip(headings, *cells, strict=True)), console().width)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, show_lines=lines)
    for heading, width in zip(headings, widths, strict=True):
        justify: JustifyMethod = "right" if heading in numbers else "left"
        table.add_column(_plain_text(heading), justify=justify, overflow="fold", width=width)
    for row in cells:
        table.add_row(*map(_plain_text, row))
    _answer_rich(table)


def _plain_text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(harmless(text), style=style)


def _answer_rich(what: RenderableType) -> None:
    # By way of a string: printed by Rich itself, a reader that goes away would end the program with exit code 1.
    out = console()
    with out.capture() as captured:
        out.print(what)
    lines = captured.get().splitlines()
    typer.echo("\n".join(lines if out.is_terminal else (line.rstrip() for line in lines)))


def say_findings(findings: Iterable[Finding | str]) -> None:
    for finding in findings:
        say(f"  {finding}")
