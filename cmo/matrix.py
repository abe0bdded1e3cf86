"""Matrices of evidence: any dimension against any other, counted in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Subquery, func, select

from cmo.dimensions import dimension_labels
from cmo.evidence import condition, evidence, label_of
from cmo.records import Cell, Counts, Matrix

Key = str | None


def matrix(conn: Connection, rows_by: str, columns_by: str, where: Mapping[str, Key]) -> Matrix:
    """Rows × columns with counts for each stance and for all together, and margins counted on their own.

    Every label that the study has is there, also where nobody has said anything; ``None`` comes last and only
    where there is evidence without a value.

    Raises:
        UnknownName: a dimension that does not exist.
    """
    found = _labelled(evidence(), rows_by, columns_by, where)
    cells = _count(conn, found, by_row=True, by_column=True)
    row_totals = {row: cell for (row, _), cell in _count(conn, found, by_row=True).items()}
    column_totals = {column: cell for (_, column), cell in _count(conn, found, by_column=True).items()}
    return Matrix(
        rows_by=rows_by,
        columns_by=columns_by,
        rows=_keys(conn, rows_by, row_totals),
        columns=_keys(conn, columns_by, column_totals),
        cells=cells,
        row_totals=row_totals,
        column_totals=column_totals,
        grand_total=_count(conn, found).get((None, None), Cell()),
    )


def _labelled(rows: Subquery, rows_by: str, columns_by: str, where: Mapping[str, Key]) -> Subquery:
    """The evidence with the two labels worked out once for each row."""
    return (
        select(
            label_of(rows, rows_by).label("row_key"),
            label_of(rows, columns_by).label("column_key"),
            rows.c.stance,
            rows.c.coding_id,
            rows.c.excerpt_id,
            rows.c.source_id,
            rows.c.participant_id,
            rows.c.case_id,
        )
        .where(condition(rows, where))
        .subquery("labelled")
    )


def _count(
    conn: Connection, found: Subquery, *, by_row: bool = False, by_column: bool = False
) -> dict[tuple[Key, Key], Cell]:
    """Cells by (row, column); a side that is not asked for is None."""
    keys = [found.c.row_key] * by_row + [found.c.column_key] * by_column
    totals: dict[tuple[Key, Key], Counts] = {}
    stances: dict[tuple[Key, Key], dict[Key, Counts]] = {}
    for with_stance in (False, True):
        grouped = [*keys, found.c.stance] if with_stance else keys
        query = select(*grouped, *_measures(found))
        for row in conn.execute(query.group_by(*grouped) if grouped else query):
            row_key, column_key = row[0] if by_row else None, row[int(by_row)] if by_column else None
            counts = Counts(*row[len(grouped) :])
            if not counts.rows:
                continue
            if with_stance:
                stances.setdefault((row_key, column_key), {})[row[len(keys)]] = counts
            else:
                totals[row_key, column_key] = counts
    return {key: Cell(counts, stances[key]) for key, counts in totals.items()}


def _measures(found: Subquery) -> list[Any]:
    distinct = (found.c.excerpt_id, found.c.source_id, found.c.participant_id, found.c.case_id)
    return [func.count(), *(func.count(column.distinct()) for column in distinct)]


def _keys(conn: Connection, dimension: str, present: Mapping[Key, Cell]) -> tuple[Key, ...]:
    """The labels of a dimension in the order of the study, then None where it is needed."""
    known = dimension_labels(conn, dimension)
    extra = sorted(key for key in present if key is not None and key not in set(known))
    return (*known, *extra, *([None] if None in present else []))
