"""The quote audit: what each point stands on, and what is missing.

What is looked for follows the checks that realist reporting asks for (RAMESES II, Wong et al. 2016, on
analysis and findings): evidence named for every point, more than one case and one role behind it, and
evidence against it looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from cmo.casework.measures import measures_by_step
from cmo.disconfirming.findings import point_findings
from cmo.disconfirming.records import USUAL, Thresholds
from cmo.evidence import each_quote, evidence
from cmo.matrix import matrix
from cmo.records import Audit, Cell, Matrix, Point, PointAudit, Quote
from cmo.theory import read_theory
from codebook.codings import counts_by_source
from codebook.review import waiting_codings
from store import schema
from store.findings import Finding
from store.vocabularies import LOST, NEEDS_REVIEW
from transcripts.fieldwork.cases import list_cases
from transcripts.sources import list_sources

_WAITING = {
    NEEDS_REVIEW: ("codings-need-review", "codings to look at again after a correction of its text"),
    LOST: ("codings-lost", "codings whose words a correction of its text took away"),
}


def audit(conn: Connection, thresholds: Thresholds = USUAL) -> Audit:
    """Every point with its quotes, and the gaps: points, codings, sources and cases to look at."""
    return Audit(tuple(_standings(conn)), tuple(gaps(conn, thresholds)))


def gaps(conn: Connection, thresholds: Thresholds = USUAL) -> Iterator[Finding]:
    """The findings of :func:`audit` alone, counted in SQL: no quote is read for them."""
    yield from point_findings(conn, thresholds)
    yield from _unbound(conn)
    yield from _unsettled(conn)
    yield from _silent(conn)
    yield from _nameless_steps(conn)


def _standings(conn: Connection) -> Iterator[PointAudit]:
    """Every point with its quotes, in the order of the theory."""
    counted = matrix(conn, "point", "case", {})
    for point in read_theory(conn).points:
        yield _point(point, tuple(each_quote(conn, {"point": point.label})), counted)


def _point(point: Point, found: Sequence[Quote], counted: Matrix) -> PointAudit:
    return PointAudit(
        point=point,
        evidence=counted.row_totals.get(point.label, Cell()),
        cases=tuple(dict.fromkeys(quote.case for quote in found if quote.case is not None)),
        roles=tuple(dict.fromkeys(quote.role for quote in found if quote.role is not None)),
        quotes=tuple(found),
    )


def _unbound(conn: Connection) -> Iterator[Finding]:
    rows, codes = evidence(), schema.codes
    query = (
        select(codes.c.name, func.count(rows.c.coding_id.distinct()))
        .join(rows, rows.c.code_id == codes.c.id)
        .where(rows.c.point_id.is_(None))
        .group_by(codes.c.id)
        .order_by(codes.c.position, codes.c.id)
    )
    for code, codings in conn.execute(query):
        yield Finding("coding-no-point", f"code '{code}'", f"codings bound to no PT point: {codings:,}")


def _unsettled(conn: Connection) -> Iterator[Finding]:
    for source, anchor, codings in waiting_codings(conn):
        code, message = _WAITING[anchor]
        yield Finding(code, f"source '{source}'", f"{message}: {codings}")


def _silent(conn: Connection) -> Iterator[Finding]:
    coded = counts_by_source(conn)
    for source in list_sources(conn):
        if not coded.get(source.id):
            yield Finding("source-not-coded", f"source '{source.name}'", "nothing is coded in it yet")
        if not source.cases:
            yield Finding("source-no-case", f"source '{source.name}'", "belongs to no case; counted under (no case)")
    for case in list_cases(conn):
        if not case.sources:
            yield Finding("case-no-source", f"case '{case.name}'", "has no source")


def _nameless_steps(conn: Connection) -> Iterator[Finding]:
    """Steps of ladders that measures stand on and that nobody has named."""
    for ladder in measures_by_step(conn):
        numbers = [
            str(step.number) for step in ladder.steps if step.measures and step.number is not None and not step.name
        ]
        if numbers:
            message = f"measures stand on steps without a name: {', '.join(numbers)}"
            yield Finding("step-without-name", f"ladder '{ladder.ladder}'", message)
