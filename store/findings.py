"""Questionable data: collected and shown, never raised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at.

    ``code`` is stable (``quote-mismatch``), ``where`` names the place (``coding 12``, ``cases.csv row 4``),
    ``message`` says it in words.
    """

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message} [{self.code}]"


_SINGULAR = {"studies": "study", "theories": "theory"}


def place(table: str, row_id: object) -> str:
    """A row as ``Finding.where`` names it: ``source version 3`` for row 3 of ``source_versions``."""
    return f"{_SINGULAR.get(table, table.replace('_', ' ').removesuffix('s'))} {row_id}"
