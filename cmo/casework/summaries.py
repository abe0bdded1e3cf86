"""Summaries: what the analyst says of a case, as a whole or as to a theme; the cells of the framework matrix.

The framework matrix is that of Ritchie and Spencer (1994): cases by themes, each cell in the analyst's words and
tied to what was said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from cmo.casework.records import Summary
from cmo.dimensions import find_dimension
from store import schema
from store.errors import InputError, UnknownName
from store.findings import Finding
from store.work import Work

_summaries, _quotes = schema.summaries, schema.summary_quotes


def list_summaries(
    conn: Connection, *, case: str | None = None, point: str | None = None, code: str | None = None
) -> list[Summary]:
    """Summaries in the order of cases, the case as a whole first, then points, then codes.

    Raises:
        UnknownName: there is no such case, point or code.
    """
    asked = {"case": case, "point": point, "code": code}
    wanted = {name: find_dimension(conn, name).key(label) for name, label in asked.items() if label is not None}
    quotes: dict[int, list[int]] = defaultdict(list)
    for summary_id, coding_id in conn.execute(select(_quotes.c.summary_id, _quotes.c.coding_id).order_by(_quotes.c.id)):
        quotes[summary_id].append(coding_id)
    cases, points, codes = schema.cases, schema.points, schema.codes
    query = (
        select(
            _summaries,
            cases.c.name.label("case"),
            points.c.number.label("point"),
            codes.c.name.label("code"),
            schema.coders.c.name.label("coder"),
        )
        .join(cases, cases.c.id == _summaries.c.case_id)
        .join(schema.coders, schema.coders.c.id == _summaries.c.coder_id)
        .outerjoin(points, points.c.id == _summaries.c.point_id)
        .outerjoin(codes, codes.c.id == _summaries.c.code_id)
        .where(*(_summaries.c[f"{name}_id"] == key for name, key in wanted.items()))
        .order_by(
            cases.c.position,
            cases.c.id,
            codes.c.position.is_not(None),
            codes.c.position,
            points.c.position.is_not(None),
            points.c.position,
            _summaries.c.id,
        )
    )
    return [
        Summary(
            id=row.id,
            uuid=row.uuid,
            case=row.case,
            point=row.point,
            code=row.code,
            body=row.body,
            quotes=tuple(quotes[row.id]),
            coder=row.coder,
            created_at=row.created_at,
            changed_at=row.changed_at,
        )
        for row in conn.execute(query)
    ]


def set_summary(
    work: Work,
    case: str,
    body: str,
    *,
    point: str | None = None,
    code: str | None = None,
    quotes: Sequence[int] | None = None,
) -> Summary | None:
    """Write a case's summary, or its cell for a point or a code; an empty body takes it away and None is returned.

    ``quotes`` are ids of codings, in place of those there were; None leaves them as they are.

    Raises:
        UnknownName: there is no such case, point, code or coding.
        InputError: both a point and a code are given, or an empty summary is to have quotes.
    """
    if point is not None and code is not None:
        raise InputError("A summary is about one theme.", "Give a point or a code.")
    if quotes and not body.strip():
        raise InputError("A summary without words has no quotes.", "Write what the quotes show.")
    case_id = find_dimension(work.conn, "case").key(case)
    point_id = None if point is None else find_dimension(work.conn, "point").key(point)
    code_id = None if code is None else find_dimension(work.conn, "code").key(code)
    cell = {"case_id": case_id, "point_id": point_id, "code_id": code_id}
    here = [_summaries.c[name].is_not_distinct_from(key) for name, key in cell.items()]
    present = work.conn.execute(select(_summaries).where(*here)).first()
    _tell(work, case_id, point_id, code_id, is_gone=not body.strip())
    if not body.strip():
        if present is not None:
            _link(work, present.id, ())
            work.delete(_summaries, [present.id])
        return None
    if present is None:
        times = {"created_at": work.at, "changed_at": work.at}
        summary_id = work.insert(_summaries, {**cell, "body": body, "coder_id": work.coder_id, **times})
    else:
        summary_id = present.id
    is_linked_anew = quotes is not None and _link(work, summary_id, quotes)
    if present is not None and (present.body != body or is_linked_anew):
        work.update(_summaries, summary_id, body=body, coder_id=work.coder_id, changed_at=work.at)
    return next(summary for summary in list_summaries(work.conn) if summary.id == summary_id)


def check_summaries(conn: Connection) -> Iterator[Finding]:
    """Cells that have two summaries, and summaries of two themes: what the tables themselves cannot refuse."""
    seen: dict[tuple[int, int | None, int | None], int] = {}
    query = select(_summaries.c.id, _summaries.c.case_id, _summaries.c.point_id, _summaries.c.code_id)
    for row in conn.execute(query.order_by(_summaries.c.id)):
        where, cell = f"summary {row.id}", (row.case_id, row.point_id, row.code_id)
        if row.point_id is not None and row.code_id is not None:
            yield Finding("summary-theme", where, "is about a point and about a code")
        if cell in seen:
            yield Finding("summary-twice", where, f"is about the same case and theme as summary {seen[cell]}")
        seen.setdefault(cell, row.id)


def _link(work: Work, summary_id: int, quotes: Sequence[int]) -> bool:
    """Let a summary lean on these codings, in this order; say whether it did not. Raises UnknownName."""
    wanted = list(dict.fromkeys(quotes))
    codings = schema.codings
    known = {
        coding_id
        for first in range(0, len(wanted), 500)
        for coding_id in work.conn.scalars(select(codings.c.id).where(codings.c.id.in_(wanted[first : first + 500])))
    }
    gone = next((coding_id for coding_id in wanted if coding_id not in known), None)
    if gone is not None:
        raise UnknownName(f"There is no coding {gone}.", "`cmo quotes STUDY --json` has the ids of codings.")
    query = select(_quotes.c.id, _quotes.c.coding_id).where(_quotes.c.summary_id == summary_id).order_by(_quotes.c.id)
    present = work.conn.execute(query).all()
    if [row.coding_id for row in present] == wanted:
        return False
    work.delete(_quotes, [row.id for row in present])
    work.insert_many(_quotes, ["summary_id", "coding_id"], [[summary_id, coding_id] for coding_id in wanted])
    return True


def _tell(work: Work, case_id: object, point_id: object, code_id: object, *, is_gone: bool) -> None:
    """Say in the journal which cell it is about."""
    case = work.conn.scalar(select(schema.cases.c.name).where(schema.cases.c.id == case_id))
    point = work.conn.scalar(select(schema.points.c.number).where(schema.points.c.id == point_id))
    code = work.conn.scalar(select(schema.codes.c.name).where(schema.codes.c.id == code_id))
    theme = point or code
    what = f"'{case}' as to {theme}" if theme else f"'{case}'"
    work.summary = f"{'take away the summary' if is_gone else 'summary'} of {what}"
