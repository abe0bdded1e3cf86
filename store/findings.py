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
