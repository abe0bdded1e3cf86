"""`cmo matrix`: evidence by two dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import cmo
from commands.options import AsJson, StudyPath, Where, conditions
from commands.output import answer, answer_json, answer_table, console, plain
from workbench.words import SIGNS, clipped, point_gist

if TYPE_CHECKING:
    from cmo.records import Cell, Matrix, Theory

Count = Literal["excerpts", "sources", "participants", "cases", "rows"]

NARROWEST_GIST = 16
"""Columns of the screen below which a point is named by its number alone."""

COLUMN_GAP = 2
_SIGNS = {**SIGNS, "stale": "?"}


def matrix(
    study: StudyPath,
    rows: Annotated[str, typer.Option(help="What the rows are: point, code, role, ... or attribute:NAME.")] = "point",
    columns: Annotated[str, typer.Option(help="What the columns are.")] = "case",
    count: Annotated[Count, typer.Option(help="What is counted in a cell.")] = "excerpts",
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Show how much evidence there is for and against, by two dimensions."""
    with cmo.open_study(study) as opened:
        table = opened.matrix(rows, columns, conditions(where))
        theory = opened.theory()
    if as_json:
        answer_json(_as_json(table))
    else:
        print_matrix(table, theory, count)


def print_matrix(table: Matrix, theory: Theory, count: str = "excerpts") -> None:
    """The matrix as a table for people; points bear the gist of their wording where there is room for it."""
    from cmo.records import Cell, missing

    columns = [missing(table.columns_by) if column is None else column for column in table.columns]
    lines = [
        [
            *(_words(table.cell(row, column), count) for column in table.columns),
            _words(table.row_totals.get(row, Cell()), count),
        ]
        for row in table.rows
    ]
    totals = [_words(table.column_totals.get(column, Cell()), count) for column in table.columns]
    lines.append([*totals, _words(table.grand_total, count)])
    headings = [*columns, "all"]
    room = _room_beside(headings, lines)
    names = [missing(table.rows_by) if row is None else _name(table, row, theory, room) for row in table.rows]
    answer_table(
        [table.rows_by, *headings], [[name, *line] for name, line in zip([*names, "all"], lines, strict=True)]
    )
    answer()
    answer(f"In each cell: {count}, and below how many of them by stance.")
    answer("  ".join(f"{mark} {stance}" for stance, mark in _SIGNS.items()))
    if count != "rows":
        answer("A total counts each of them once, so it can be less than the sum.")


def _room_beside(headings: list[str], lines: list[list[str]]) -> int:
    """How many columns of the screen are left for the names of the rows."""
    from rich.cells import cell_len

    columns = zip(headings, *lines, strict=True)
    widths = [max(cell_len(part) for part in "\n".join(column).split("\n")) for column in columns]
    return console().width - sum(widths) - COLUMN_GAP * len(widths)


def _name(table: Matrix, row: str, theory: Theory, room: int) -> str:
    point = theory.point(row) if table.rows_by == "point" and room >= NARROWEST_GIST else None
    # A row is two lines high, and not every line is filled to its end.
    return f"{row} {clipped(point_gist(point), 2 * room - room // 2)}" if point else row


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
