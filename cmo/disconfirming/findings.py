"""All findings of the audit, in the order of the theory, and the headings they are told under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from cmo.disconfirming.cases import case_findings
from cmo.disconfirming.elements import part_findings, wording_findings
from cmo.disconfirming.points import held_points
from cmo.disconfirming.records import Thresholds
from cmo.disconfirming.rivals import rival_findings
from cmo.disconfirming.support import count_support, support_findings, talkative_findings
from cmo.disconfirming.verdicts import study_verdict_findings, verdict_findings
from store.findings import Finding

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Nothing to stand on": ("point-no-evidence", "element-empty", "part-no-evidence"),
    "Too few voices": ("point-one-case", "point-no-case", "point-one-role", "point-one-source", "point-one-talkative"),
    "One side only": ("point-nothing-against", "point-nothing-for", "context-only-success"),
    "Silent cases": ("point-silent-cases",),
    "Rival explanations": ("rival-not-tested", "rival-not-stated"),
    "To judge": ("codings-not-judged", "judgements-stale", "verdict-stale"),
    "The material": (
        "coding-no-point",
        "codings-need-review",
        "codings-lost",
        "source-not-coded",
        "source-no-case",
        "case-no-source",
        "step-without-name",
    ),
}
"""The kinds of findings, by the heading that a person reads them under."""


def point_findings(conn: Connection, thresholds: Thresholds) -> Iterator[Finding]:
    """What speaks for looking again: each finding once, point by point in the order of the theory, then those about
    the programme as a whole.
    """
    held, counts = held_points(conn), count_support(conn)
    by_point: dict[int, list[Finding]] = defaultdict(list)
    for told in (
        *wording_findings(conn, held),
        *support_findings(conn, held, counts),
        *talkative_findings(conn, held, thresholds),
        *part_findings(conn, held),
        *case_findings(conn, held),
        *rival_findings(conn, held, counts),
        *verdict_findings(conn, held),
    ):
        by_point[told.point_id].append(told.finding)
    for point_id in held:
        yield from by_point[point_id]
    yield from study_verdict_findings(conn)


def grouped(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings under their headings, in the order of ``GROUPS``; headings without any are left out."""
    heading_of = {code: heading for heading, codes in GROUPS.items() for code in codes}
    found: dict[str, list[Finding]] = {heading: [] for heading in GROUPS}
    for finding in findings:
        found[heading_of[finding.code]].append(finding)
    return {heading: told for heading, told in found.items() if told}
