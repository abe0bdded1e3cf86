"""The tables of realist reports, each made by one call in one shape; ``report_table`` finds them by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from store.errors import UnknownName
from store.rooms import Room

if TYPE_CHECKING:
    from cmo.report import table
    from cmo.report.ground import Ground
else:
    table = Room("cmo.report.table")


class Listed(NamedTuple):
    """A table by its English title, at most 31 characters long, and the module of this room that makes its body."""

    title: str
    module: str


TABLES: Mapping[str, Listed] = {
    "codebook": Listed("Codebook", "codebook"),
    "initial-theory": Listed("Initial theory", "initial_theory"),
    "if-then": Listed("If-then table", "if_then"),
    "refinement": Listed("Refinement of the theory", "refinement"),
    "refined-theory": Listed("Refined theory", "refined_theory"),
    "evidence-matrix": Listed("Evidence matrix", "evidence_matrix"),
    "cmo-matrix": Listed("Elements by case", "element_matrix"),
    "cross-case": Listed("Cross-case table", "cross_case"),
    "configurations": Listed("Configuration register", "configuration_register"),
    "framework": Listed("Framework matrix", "framework"),
    "quote-audit": Listed("Quote audit", "quote_audit"),
    "sample": Listed("Sample", "sample"),
    "ladders": Listed("Measures on ladders", "ladders"),
    "frames": Listed("Code frames side by side", "frames"),
    "log": Listed("Analysis log", "analysis_log"),
    "rameses": Listed("RAMESES II", "standards.rameses"),
    "coreq": Listed("COREQ", "standards.coreq"),
    "srqr": Listed("SRQR", "standards.srqr"),
}
"""Every table by the name it is asked for, in the order of reports: screens, commands, workbook and Word keep to it."""


def report_table(ground: Ground, name: str) -> table.ReportTable:
    """One table of a report. Raises UnknownName: there is no such table."""
    if name not in TABLES:
        raise UnknownName(f"There is no table '{name}'.", "Tables are " + ", ".join(TABLES) + ".")
    make: Callable[[Ground], table.Body] = import_module(f"cmo.report.{TABLES[name].module}").table
    body = make(ground)
    return table.ReportTable(name, ground.say(TABLES[name].title), body.columns, body.rows, body.notes)
