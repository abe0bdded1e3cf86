"""Matrices of evidence: any dimension against any other, counted in SQL.

SQLite gathers and groups the evidence once, and tells of each cell and stance the distinct ids. What is counted of
several cells together is counted in their ids, so that a source that stands in two columns is one in the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, func, select

from cmo.dimensions import Dimension, find_dimension
from cmo.evidence import condition, evidence, key_of
from cmo.records import Cell, Counts, Matrix
from store.sqlite import distinct_ids

Label = str | None
Place = TypeVar("Place")


class _Group(NamedTuple):
    """The evidence of one stance in one cell: its rows, and the ids in it of each unit that is counted."""

    row: Label
    column: Label
    stance: Label
    rows: int
    ids: tuple[Sequence[str], ...]
    """Of excerpts, sources, participants and cases, as in :class:`cmo.records.Counts`."""


def matrix(conn: Connection, rows_by: str, columns_by: str, where: Mapping[str, Label]) -> Matrix:
    """Rows × columns with counts for each stance and for all together, and margins counted on their own.

    Every label that the study has is there, also where nobody has said anything; ``None`` comes last and only
    where there is evidence without a value.

    Raises:
        UnknownName: a dimension that does not exist, or a label that the study does not have.
    """
    rows, columns = find_dimension(conn, rows_by), find_dimension(conn, columns_by)
    groups = _groups(conn, rows, columns, where)
    row_totals = _cells(groups, lambda group: group.row)
    column_totals = _cells(groups, lambda group: group.column)
    return Matrix(
        rows_by=rows_by,
        columns_by=columns_by,
        rows=_labels(rows, row_totals),
        columns=_labels(columns, column_totals),
        cells=_cells(groups, lambda group: (group.row, group.column)),
        row_totals=row_totals,
        column_totals=column_totals,
        grand_total=_cells(groups, lambda _: None).get(None, Cell()),
    )


def _groups(conn: Connection, rows: Dimension, columns: Dimension, where: Mapping[str, Label]) -> list[_Group]:
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
        .prefix_with("MATERIALIZED")  # or codings are read point by point, all over the file
    )
    sides = keyed.c.row_key, keyed.c.column_key, keyed.c.stance
    units = keyed.c.excerpt_id, keyed.c.source_id, keyed.c.participant_id, keyed.c.case_id
    return [
        _Group(rows.labels.get(row), columns.labels.get(column), stance, count, tuple(map(_split, ids)))
        for row, column, stance, count, *ids in conn.execute(
            select(*sides, func.count(), *map(distinct_ids, units)).group_by(*sides)
        )
    ]


def _split(ids: str | None) -> list[str]:
    return ids.split(",") if ids else []


def _cells(groups: Iterable[_Group], place: Callable[[_Group], Place]) -> dict[Place, Cell]:
    """A cell for each place, of all groups that belong there."""
    by_place: defaultdict[Place, list[_Group]] = defaultdict(list)
    for group in groups:
        by_place[place(group)].append(group)
    return {where: Cell(_together(there), _by_stance(there)) for where, there in by_place.items()}


def _by_stance(groups: Iterable[_Group]) -> dict[Label, Counts]:
    by_stance: defaultdict[Label, list[_Group]] = defaultdict(list)
    for group in groups:
        by_stance[group.stance].append(group)
    return {stance: _together(alike) for stance, alike in by_stance.items()}


def _together(groups: Sequence[_Group]) -> Counts:
    ids = zip(*(group.ids for group in groups), strict=True)
    return Counts(sum(group.rows for group in groups), *(len(set().union(*of_unit)) for of_unit in ids))


def _labels(dimension: Dimension, present: Mapping[Label, Cell]) -> tuple[Label, ...]:
    """The labels of a dimension in the order of the study, then None where it is needed."""
    return (*dimension.labels.values(), *([None] if None in present else []))
