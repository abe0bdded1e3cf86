"""The first table of a Word document as rows: theories and interview guides are often written there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile
from store.findings import Finding
from transcripts.readers.docx import open_document
from transcripts.readers.docx_story import DocxStory
from transcripts.readers.office import Story, parse_xml
from transcripts.readers.raw_table import Counted, RawTable
from transcripts.settings import DEFAULT
from transcripts.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

LEAST_COLUMNS = 2
"""A table of one column is a box around text."""


def read_rows(path: Path, data: bytes) -> RawTable:
    """The rows of the document's first table of two columns or more; further tables are told as a finding.

    A cell's paragraphs are lines of its text. Changes count as accepted, comments are left out.

    Raises:
        BadFile: not a Word document; damaged; no such table; more rows or cells than we take.
    """
    archive, main = open_document(path, data)
    try:
        body = parse_xml(archive, main)
        found = [list(_rows(table)) for table in _outer(body)]
    except RecursionError as exc:
        raise archive.damaged("its parts are nested too deep") from exc
    tables = [rows for rows in found if max(map(len, rows), default=0) >= LEAST_COLUMNS]
    if not tables:
        raise BadFile(path, "the document has no table of two columns or more.", "Put what is to be read in a table.")
    counted = Counted(path, "the table")
    for row in tables[0]:
        counted.add(len(row))
    findings: tuple[Finding, ...] = ()
    if len(tables) > 1:
        message = f"has {len(tables)} tables; the first was read and the others were not"
        findings = (Finding("tables-not-read", "", message),)
    return RawTable(list(enumerate(tables[0], start=1)), (), findings)


def _outer(body: _Element) -> Iterator[_Element]:
    """The tables that stand in no other."""
    return (table for table in body.iter("{*}tbl") if next(table.iterancestors("{*}tbl"), None) is None)


def _rows(table: _Element) -> Iterator[list[str]]:
    for row in table.iter("{*}tr"):
        if next(row.iterancestors("{*}tbl"), None) is table and row.find("{*}trPr/{*}del") is None:
            cells = (cell for cell in row.iter("{*}tc") if next(cell.iterancestors("{*}tr"), None) is row)
            yield [_text(cell) for cell in cells]


def _text(cell: _Element) -> str:
    return normalise("\n".join(DocxStory(cell, Story(DEFAULT)).paragraphs())).strip()
