"""The programme theory as a table to edit and bring in again: spreadsheet, Word or Markdown.

What is written and imported again without an edit changes nothing, whichever of the three it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exports.study_tables import write_table
from exports.theory_rows import theory_table
from store.errors import BadFile

if TYPE_CHECKING:
    from cmo.study import Study

SUFFIXES = (".xlsx", ".docx", ".md")


def write_theory(study: Study, path: str | Path) -> int:
    """Write the theory to ``path``, in place of a file that is there; return how many points it has.

    Raises:
        BadFile: the name ends in none of ``SUFFIXES``, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
    """
    target = Path(path)
    match target.suffix.lower():
        case ".xlsx":
            return write_table(study, "theory", target)
        case ".md" | ".docx":
            return _write_document(study, target)
        case _:
            raise BadFile(target, "is no format of a theory.", f"Its name must end in one of {', '.join(SUFFIXES)}.")


def _write_document(study: Study, target: Path) -> int:
    """The theory under its name, as a table in a document."""
    from cmo.report.table import Column, Entry, ReportTable
    from exports.replacing import replacing

    theory = study.theory()
    heads, rows = theory_table(theory)
    columns = tuple(Column(head, "words") for head in heads)
    table = ReportTable("theory", theory.name, columns, [tuple(Entry(value) for value in row) for row in rows])
    with replacing(target, target.suffix.lower()) as building:
        if target.suffix.lower() == ".md":
            from exports.table_text import as_markdown

            building.write_text(as_markdown(table), encoding="utf-8", newline="")
        else:
            from exports.word_tables import save_table

            save_table(table, building, study.info())
    return len(rows)
