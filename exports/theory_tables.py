"""The programme theory as a table to edit and bring in again: spreadsheet, Word or Markdown.

What is written and imported again without an edit changes nothing, whichever of the three it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cmo.records import Point, Theory
from cmo.theory.labels import label_above
from store.errors import BadFile

if TYPE_CHECKING:
    from cmo.study import Study

SUFFIXES = (".xlsx", ".docx", ".md")

Heads = list[str]
Rows = list[list[str | None]]


def theory_table(theory: Theory) -> tuple[Heads, Rows]:
    """Number and elements of every point; title, sentence, and how points stand to others, only where a point has one.

    A composed sentence is none of the point's own and is left out.
    """
    columns: list[tuple[str, Callable[[Point], str | None]]] = [("number", lambda point: point.label)]
    if _needs_titles(theory.points):
        columns.append(("title", lambda point: point.title))
    else:
        columns[0] = ("number", lambda point: point.title or point.label)
    columns += [(element.name, _words_of(element.letter)) for element in theory.elements]
    if any(point.is_sentence_own for point in theory.points):
        columns.append(("sentence", lambda point: point.sentence if point.is_sentence_own else None))
    labels = {point.label for point in theory.points}
    if any(point.parent != _usual_parent(point, labels) for point in theory.points):
        columns.append(("part of", lambda point: point.parent))
    if any(point.rival_of for point in theory.points):
        columns.append(("rival of", lambda point: point.rival_of))
    if len(theory.held) < len(theory.points):
        columns.append(("state", lambda point: point.state))
    return [head for head, _ in columns], [[value(point) for _, value in columns] for point in theory.points]


def _words_of(letter: str) -> Callable[[Point], str | None]:
    return lambda point: point.wording.get(letter)


def _needs_titles(points: Sequence[Point]) -> bool:
    """Whether titles need a column: they can stand for the number of an overall hypothesis that reads like none."""
    return any(point.title and (not point.is_overall or re.search(r"\d", point.title)) for point in points)


def _usual_parent(point: Point, labels: set[str]) -> str | None:
    """What a point is taken for a part of where no column says it."""
    above = label_above(point.label)
    return above if above in labels else None


def write_theory(study: Study, path: str | Path) -> int:
    """Write the theory to ``path``, in place of a file that is there; return how many points it has.

    Raises:
        BadFile: the name ends in none of ``SUFFIXES``, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
    """
    target = Path(path)
    match target.suffix.lower():
        case ".xlsx":
            from exports.study_tables import write_table

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
