"""The first table of a Markdown document as rows: ``| a | b |`` under a rule of hyphens (GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from store.errors import BadFile, InputError
from store.findings import Finding
from transcripts.readers.raw_table import Counted, RawTable
from transcripts.text import decode, normalise

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIECE = re.compile(r"\\(?P<plain>[!-/:-@\[-`{-~])|(?P<bar>\|)|(?P<line><br ?/?>)|(?P<text>[^\\|<]+|.)", re.IGNORECASE)


def read_rows(path: Path, data: bytes) -> RawTable:
    """The rows of the first table, each with the number of its line; further tables are told as a finding.

    A sign after a backslash is the sign itself, and ``<br>`` is a line break within the cell.

    Raises:
        BadFile: no text; no table of two columns or more; more rows or cells than we take.
    """
    try:
        decoded = decode(data)
    except InputError as exc:
        raise BadFile(path, exc.message, exc.hint) from exc
    lines = normalise(decoded.text).split("\n")
    heads = [at for at, (line, rule) in enumerate(pairwise(lines)) if _is_head(line, rule)]
    if not heads:
        hint = "Put what is to be read in a table: | number | context | and below it | --- | --- |."
        raise BadFile(path, "the document has no table of two columns or more.", hint)
    counted, rows = Counted(path, "the table"), []
    for number, line in _table_lines(lines, heads[0]):
        cells = list(_cells(line))
        counted.add(len(cells))
        rows.append((number, cells))
    findings = decoded.findings
    if len(heads) > 1:
        message = f"has {len(heads)} tables; the first was read and the others were not"
        findings = (*findings, Finding("tables-not-read", "", message))
    return RawTable(rows, (), findings, decoded.encoding, decoded.confidence)


def _is_head(line: str, rule: str) -> bool:
    return "|" in line and _RULE.fullmatch(rule) is not None and "-" in rule and len(list(_cells(line))) > 1


def _table_lines(lines: list[str], head: int) -> Iterator[tuple[int, str]]:
    """The lines of a table with their numbers: the head, and what stands below the rule up to an empty line."""
    yield head + 1, lines[head]
    for at in range(head + 2, len(lines)):
        if not lines[at].strip():
            return
        yield at + 1, lines[at]


def _cells(line: str) -> Iterator[str]:
    """The cells of a line, as text; a bar at its beginning and its end is no cell of its own."""
    cell, cells = "", list[str]()
    stripped = line.strip()
    for piece in _PIECE.finditer(stripped.removeprefix("|")):
        if piece["bar"]:
            cells.append(cell)
            cell = ""
        else:
            cell += piece["plain"] or ("\n" if piece["line"] else piece["text"])
    return iter([*cells, cell] if cell.strip() else cells)
