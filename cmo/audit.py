"""The quote audit: what each point stands on, and what is missing.

What is looked for follows the checks that realist reporting asks for (RAMESES II, Wong et al. 2016, on
analysis and findings): evidence named for every point, more than one case and one role behind it, and
evidence against it looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from cmo.evidence import each_quote
from cmo.matrix import matrix
from cmo.records import Audit, Cell, Matrix, Point, PointAudit, Quote
from cmo.theory import read_theory
from codebook.codings import counts_by_source
from codebook.review import waiting_codings
from store.findings import Finding
from transcripts.correcting.anchors import LOST, NEEDS_REVIEW
from transcripts.fieldwork.cases import list_cases
from transcripts.sources import list_sources

AGAINST = ("refutes", "rival")

_WAITING = {
    NEEDS_REVIEW: ("codings-need-review", "codings to look at again after a correction of its text"),
    LOST: ("codings-lost", "codings whose words a correction of its text took away"),
}


def audit(conn: Connection) -> Audit:
    """Every point with its quotes, and the gaps: points, codings, sources and cases to look at."""
    points = tuple(_standings(conn))
    return Audit(
        points, (*(gap for point in points for gap in _gaps(point)), *_unbound(conn), *_unsettled(conn), *_silent(conn))
    )


def gaps(conn: Connection) -> Iterator[Finding]:
    """The findings of :func:`audit` alone, with no more than one point's quotes in memory."""
    for standing in _standings(conn):
        yield from _gaps(standing)
    yield from _unbound(conn)
    yield from _unsettled(conn)
    yield from _silent(conn)


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


def _gaps(standing: PointAudit) -> Iterator[Finding]:
    where = f"point {standing.point.label}"
    for letter, wording in standing.point.wording.items():
        if not wording:
            yield Finding("element-empty", where, f"has no words for its element {letter}")
    if not standing.quotes:
        yield Finding("point-no-evidence", where, "nothing is coded to it in any source")
        return
    if len(standing.cases) == 1:
        yield Finding("point-one-case", where, f"rests on one case only: {standing.cases[0]}")
    elif not standing.cases:
        yield Finding("point-no-case", where, "all its quotes come from sources without a case")
    if len(standing.roles) == 1:
        yield Finding("point-one-role", where, f"rests on one role only: {standing.roles[0]}")
    if standing.evidence.total.sources == 1:
        yield Finding("point-one-source", where, f"rests on one source only: {standing.quotes[0].source}")
    stances = {quote.stance for quote in standing.quotes if not quote.stale}
    if not stances & set(AGAINST):
        yield Finding("point-nothing-against", where, "no quote speaks against it: was it looked for?")
    if "supports" not in stances:
        yield Finding("point-nothing-for", where, "no quote supports it")
    unjudged = len({quote.coding_id for quote in standing.quotes if quote.stance is None})
    if unjudged:
        yield Finding("codings-not-judged", where, f"codings without a stance: {unjudged}")
    stale = len({quote.coding_id for quote in standing.quotes if quote.stale})
    if stale:
        yield Finding("judgements-stale", where, f"codings judged against an older wording: {stale}; look again")


def _unbound(conn: Connection) -> Iterator[Finding]:
    by_code: dict[str, set[int]] = defaultdict(set)
    for quote in each_quote(conn, {"point": None}):
        by_code[quote.code].add(quote.coding_id)
    for code, codings in by_code.items():
        yield Finding("coding-no-point", f"code '{code}'", f"codings bound to no PT point: {len(codings)}")


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
