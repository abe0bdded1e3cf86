"""`cmo matrix`: evidence by two dimensions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import cmo
from commands.options import AsJson, StudyPath, Where, conditions
from commands.output import answer, answer_json, answer_table, console, plain
from workbench.text.words import SIGNS, clipped, counted, point_gist

if TYPE_CHECKING:
    from cmo import Study
    from cmo.records import Cell, Matrix, Theory

Count = Literal["excerpts", "sources", "participants", "cases", "rows"]

NARROWEST_GIST = 16
"""Columns of the screen below which a point is named by its number alone."""

_SIGNS = {**SIGNS, "stale": "?"}


def matrix(
    study: StudyPath,
    rows: Annotated[str, typer.Option(help="What the rows are: point, code, role, ... or attribute:NAME.")] = "point",
    columns: Annotated[str, typer.Option(help="What the columns are.")] = "case",
    count: Annotated[Count, typer.Option(help="What is counted in a cell.")] = "excerpts",
    where: Where = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write it to FILE.csv, one count a line.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how much evidence there is for and against, by two dimensions."""
    with cmo.open_study(study) as opened:
        if csv is not None:
            _write(opened, csv, rows, columns, where, as_json=as_json)
            return
        table = opened.matrix(rows, columns, conditions(where))
        theory = opened.theory()
    if as_json:
        answer_json(_as_json(table))
    else:
        print_matrix(table, theory, count)


def _write(study: Study, path: Path, rows: str, columns: str, where: list[str] | None, *, as_json: bool) -> None:
    from exports.csv_tables import write_matrix

    lines = write_matrix(study, path, rows=rows, columns=columns, where=conditions(where))
    if as_json:
        answer_json({"file": path, "lines": lines})
    else:
        answer(f"Written: {path} with {counted(lines, 'count')}.")


def print_matrix(table: Matrix, theory: Theory, count: str = "excerpts") -> None:
    """The matrix as a table for people; in several, one below the other, where the screen is too narrow for one."""
    from commands.layout import GAP, blocks_of, width_of

    names, columns = _columns(table, count)
    width = console().width
    blocks = blocks_of(columns, width - width_of(names) - GAP)
    if table.rows_by == "point" and len(blocks) == 1:
        room = width - sum(width_of(column) + GAP for column in columns) - GAP
        names = [_with_gist(name, theory, room) for name in names]
    for block in blocks:
        heads, *rows = zip(names, *block, strict=True)
        answer_table(heads, rows)
        answer()
    answer(f"In each cell: {count}, and below how many of them by stance.")
    answer("  ".join(f"{mark} {stance}" for stance, mark in _SIGNS.items()))
    if count != "rows":
        answer("A total counts each of them once, so it can be less than the sum.")
    ended = [f"{point.label} ({point.state})" for point in theory.points if not point.is_held]
    if ended and "point" in (table.rows_by, table.columns_by):
        answer(f"No longer held: {', '.join(ended)}.")


def _columns(table: Matrix, count: str) -> tuple[list[str], list[list[str]]]:
    """The names of the rows, and each column from its heading to its total; the last column is of all together."""
    from cmo.records import Cell, missing

    names = [table.rows_by, *(missing(table.rows_by) if row is None else row for row in table.rows), "all"]
    columns = [
        [
            missing(table.columns_by) if column is None else column,
            *(_words(table.cell(row, column), count) for row in table.rows),
            _words(table.column_totals.get(column, Cell()), count),
        ]
        for column in table.columns
    ]
    totals = (_words(table.row_totals.get(row, Cell()), count) for row in table.rows)
    return names, [*columns, ["all", *totals, _words(table.grand_total, count)]]


def _with_gist(name: str, theory: Theory, room: int) -> str:
    """The label of a point with the beginning of its wording, if there is room for it."""
    point = theory.point(name) if room >= NARROWEST_GIST else None
    # A row is two lines high, and not every line is filled to its end.
    return f"{name} {clipped(point_gist(point), 2 * room - room // 2)}" if point else name


def _words(cell: Cell, count: str) -> str:
    """``5`` and under it ``3+ 1−``: how many there are, and how many of them for, against, ..."""
    total = getattr(cell.total, count)
    found = [f"{getattr(cell.stances[key], count)}{mark}" for key, mark in _SIGNS.items() if key in cell.stances]
    return f"{total}\n{' '.join(found)}".rstrip() if total else "·"


def _as_json(table: Matrix) -> dict[str, Any]:
    return {
        "rows_by": table.rows_by,
        "columns_by": table.columns_by,
        "rows": list(table.rows),
        "columns": list(table.columns),
        "cells": [
            {"row": row, "column": column, **plain(table.cells[row, column])}
            for row in table.rows
            for column in table.columns
            if (row, column) in table.cells
        ],
        "row_totals": [{"row": row, **plain(cell)} for row, cell in table.row_totals.items()],
        "column_totals": [{"column": column, **plain(cell)} for column, cell in table.column_totals.items()],
        "grand_total": plain(table.grand_total),
    }
