"""The tables of realist reports, each made by one call in one shape; ``report_table`` finds them by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from sqlalchemy import Connection

from cmo.report.table import ReportTable
from store.errors import UnknownName

TABLES: Mapping[str, str] = {}
"""The name of each table, in the order of reports, and the module of this room whose ``table(conn)`` makes it."""


def report_table(conn: Connection, name: str) -> ReportTable:
    """One table of a report. Raises UnknownName: there is no such table."""
    if name not in TABLES:
        raise UnknownName(f"There is no table '{name}'.", "Tables are " + ", ".join(TABLES) + ".")
    make: Callable[[Connection], ReportTable] = import_module(f"cmo.report.{TABLES[name]}").table
    return make(conn)
