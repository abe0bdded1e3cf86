"""Matrices of evidence: any dimension against any other, counted in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import CTE, Connection, Row, Select, func, literal, null, select, union_all

from cmo.dimensions import Dimension, find_dimension
from cmo.evidence import condition, evidence, key_of
from cmo.records import Cell, Counts, Matrix

Label = str | None
UNITS = len(fields(Counts))


class _Place(NamedTuple):
    """What a count is about: which of the sides it is for, and the labels there."""

    by_row: bool
    by_column: bool
    row: Label
    column: Label


def matrix(conn: Connection, rows_by: str, columns_by: str, where: Mapping[str, Label]) -> Matrix:
    """Rows × columns with counts for each stance and for all together, and margins counted on their own.

    Every label that the study has is there, also where nobody has said anything; ``None`` comes last and only
    where there is evidence without a value.

    Raises:
        UnknownName: a dimension that does not exist, or a label that the study does not have.
    """
    rows, columns = find_dimension(conn, rows_by), find_dimension(conn, columns_by)
    counted = _cells(_counts(conn, rows, columns, where), rows, columns)
    cells = {(place.row, place.column): cell for place, cell in counted.items() if place.by_row and place.by_column}
    row_totals = {place.row: cell for place, cell in counted.items() if place.by_row and not place.by_column}
    column_totals = {place.column: cell for place, cell in counted.items() if place.by_column and not place.by_row}
    return Matrix(
        rows_by=rows_by,
        columns_by=columns_by,
        rows=_labels(rows, row_totals),
        columns=_labels(columns, column_totals),
        cells=cells,
        row_totals=row_totals,
        column_totals=column_totals,
        grand_total=counted.get(_Place(False, False, None, None), Cell()),
    )


def _counts(conn: Connection, rows: Dimension, columns: Dimension, where: Mapping[str, Label]) -> Iterable[Row[Any]]:
    """Every count of the matrix: each side and each stance asked for or not. The evidence is gathered once."""
    found = evidence()
    keyed = (
        select(
            key_of(found, rows).label("row_key"),
            key_of(found, columns).label("column_key"),
            found.c.stance,
            found.c.excerpt_id,
            found.c.source_id,
            found.c.participant_id,
            found.c.case_id,
        )
        .where(condition(conn, found, where))
        .cte("keyed")
    )
    return conn.execute(union_all(*(_count(keyed, *by) for by in product((True, False), repeat=3))))


def _count(keyed: CTE, by_row: bool, by_column: bool, by_stance: bool) -> Select[Any]:
    sides = {"row_key": by_row, "column_key": by_column, "stance": by_stance}
    distinct = (keyed.c.excerpt_id, keyed.c.source_id, keyed.c.participant_id, keyed.c.case_id)
    return select(
        literal(by_row).label("by_row"),
        literal(by_column).label("by_column"),
        literal(by_stance).label("by_stance"),
        *((keyed.c[name] if asked else null()).label(name) for name, asked in sides.items()),
        func.count(),
        *(func.count(column.distinct()) for column in distinct),
    ).group_by(*(keyed.c[name] for name, asked in sides.items() if asked))


def _cells(counts: Iterable[Row[Any]], rows: Dimension, columns: Dimension) -> dict[_Place, Cell]:
    totals: dict[_Place, Counts] = {}
    stances: defaultdict[_Place, dict[Label, Counts]] = defaultdict(dict)
    for row in counts:
        labels = rows.labels.get(row.row_key), columns.labels.get(row.column_key)
        place, count = _Place(bool(row.by_row), bool(row.by_column), *labels), Counts(*row[-UNITS:])
        if row.by_stance:
            stances[place][row.stance] = count
        elif count.rows:
            totals[place] = count
    return {place: Cell(total, stances[place]) for place, total in totals.items()}


def _labels(dimension: Dimension, present: Mapping[Label, Cell]) -> tuple[Label, ...]:
    """The labels of a dimension in the order of the study, then None where it is needed."""
    return (*dimension.labels.values(), *([None] if None in present else []))
