"""Evidence as CSV, for R, Python and other programs; people get the workbook.

UTF-8 with a byte order mark, so that Excel reads the letters. A field that a spreadsheet would take for a
formula gets an apostrophe before it; so does one that begins with apostrophes followed by what would be a
formula. Who reads the file takes one apostrophe off such a field and has the text letter by letter.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.records import Counts, Quote

if TYPE_CHECKING:
    from cmo.study import Study

SUFFIX = ".csv"
OWN = tuple(field.name for field in fields(Quote) if field.name != "attributes")
COUNTED = tuple(field.name for field in fields(Counts))

_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r]")


def write_quotes(study: Study, path: str | Path) -> int:
    """Write every row of evidence to ``path``, in place of a file that is there; return how many there are.

    Columns are the fields of :class:`cmo.records.Quote`, then ``attribute:NAME`` for each attribute of cases.

    Raises:
        BadFile: the name does not end in .csv, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
        StudyBusy: the study is being changed all the time.
    """
    from exports.evidence_rows import material

    with material(study) as found:
        names = [attribute.name for attribute in found.attributes]
        rows = (
            [*(getattr(quote, name) for name in OWN), *(quote.attributes.get(name) for name in names)]
            for quote in found.quotes()
        )
        return _write(path, [*OWN, *(f"attribute:{name}" for name in names)], rows)


def write_matrix(
    study: Study,
    path: str | Path,
    *,
    rows: str = "point",
    columns: str = "case",
    where: Mapping[str, str | None] | None = None,
) -> int:
    """Write a matrix to ``path`` in long form, one count a line; return how many lines there are.

    Every pair of row and column has a line for all stances together, also where it is empty, and one for each
    stance that somebody took; whole rows, whole columns and everything follow as ``(all points)`` and so on,
    because distinct counts do not add up. ``where`` counts only evidence with these labels.

    Raises:
        UnknownName: there is no such dimension.
        BadFile, StudyFull: as for :func:`write_quotes`.
    """
    from exports.evidence_rows import long_rows

    lines = long_rows(study.matrix(rows, columns, where))
    table = ([line.row, line.column, line.stance, *(getattr(line.counts, name) for name in COUNTED)] for line in lines)
    return _write(path, [rows, columns, "stance", *COUNTED], table)


def _write(path: str | Path, heads: list[str], rows: Iterable[list[object]]) -> int:
    from exports.replacing import replacing

    count = 0
    with replacing(Path(path), SUFFIX) as building, building.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([plain_field(head) for head in heads])
        for row in rows:
            writer.writerow([plain_field(value) for value in row])
            count += 1
    return count


def plain_field(value: object) -> object:
    """A value as a field of CSV: yes and no in words, and an apostrophe before what looks like a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and _LIKE_A_FORMULA.match(value) else value
