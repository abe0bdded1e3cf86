"""The one shape of a report's table: what the screen, the workbook, Word, Markdown and CSV all write from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "count", "number", "quote", "words"]
"""What stands in a column: a short label, a count of evidence, another number, words said, other long words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head, in the language of the table."""

    head: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place of a table.

    ``codings`` are the ids of the codings that a number counts or that the words come from, so that a reader gets
    from every number to what somebody said. ``about`` names what the words are about where that has a place of its
    own: ``("point", "#7")``, ``("case", "North")``, ``("configuration", "3")``. ``is_quotes`` says that the words are
    the quotes of these codings and nothing else, so that where quotes have numbers, those can stand for them.
    """

    value: str | int | float | None
    codings: tuple[int, ...] = ()
    about: tuple[str, str] | None = None
    is_quotes: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A table without its name. ``notes`` say how its numbers are counted; every row has one entry for each column."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Entry, ...]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report. ``name`` is what it is asked for by, ``title`` what stands over it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Entry, ...]]
    notes: tuple[str, ...] = ()

    def to_pandas(self) -> Any:
        """The values as a pandas DataFrame (needs the ``pandas`` extra)."""
        import pandas

        values = [[entry.value for entry in row] for row in self.rows]
        return pandas.DataFrame(values, columns=[column.head for column in self.columns])
