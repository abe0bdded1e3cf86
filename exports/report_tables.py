"""One table of a report as a file: the ending of its name says in which format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadFile

if TYPE_CHECKING:
    from cmo.study import Study

SUFFIXES = (".csv", ".md", ".xlsx", ".docx")


def write_report_table(study: Study, name: str, path: str | Path, *, language: str | None = None) -> int:
    """Write a table to ``path``, in place of a file that is there; return how many rows it has.

    Raises:
        UnknownName: there is no such table, or no words in that language.
        BadFile: the name ends in none of ``SUFFIXES``, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
    """
    from exports.replacing import replacing

    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadFile(target, "is no format of a table.", f"Its name must end in one of {', '.join(SUFFIXES)}.")
    table = study.report_table(name, language=language)
    with replacing(target, suffix) as building:
        if suffix in (".csv", ".md"):
            from exports.table_text import as_csv, as_markdown

            mark, text = ("\ufeff", as_csv(table)) if suffix == ".csv" else ("", as_markdown(table))
            building.write_text(mark + text, encoding="utf-8", newline="")
        elif suffix == ".xlsx":
            from exports.table_sheets import save_table

            save_table(table, building, study.info())
        else:
            from exports.word_tables import save_table as save_word

            save_word(table, building, study.info())
    return len(table.rows)
