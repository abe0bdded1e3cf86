"""`cmo audit`: what each point of the theory stands on, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json, answer_text
from commands.quotes import print_quotes
from workbench.text.words import counted, stance_counts

if TYPE_CHECKING:
    from cmo.records import PointAudit
    from store.findings import Finding


def audit(
    study: StudyPath,
    gaps: Annotated[bool, typer.Option("--gaps", help="Only what is missing, without the quotes.")] = False,
    share: Annotated[
        float, typer.Option(metavar="PERCENT", help="A source that gives more of a point's excerpts is talkative.")
    ] = 50,
    excerpts: Annotated[int, typer.Option(help="Fewest excerpts of a point for which that is asked.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Show what each point of the theory stands on, quote by quote, and what is missing."""
    from cmo.disconfirming.records import Thresholds

    with cmo.open_study(study) as opened:
        found = opened.audit(Thresholds(share / 100, excerpts))
    if as_json:
        answer_json(found)
        return
    if not gaps:
        for standing in found.points:
            _print_point(standing)
    _print_findings(found.findings)


def _print_findings(findings: Iterable[Finding]) -> None:
    from cmo.disconfirming.findings import grouped

    told = grouped(findings)
    answer(f"What is missing: {counted(sum(map(len, told.values())), 'thing')} to look at.")
    for heading, under in told.items():
        answer()
        answer(f"{heading} ({len(under):,})")
        for finding in under:
            answer(f"  {finding.where}: {finding.message}")


def _print_point(standing: PointAudit) -> None:
    point, counts = standing.point, standing.evidence.total
    title = f"{point.label} {point.title}".strip()
    state = "" if point.is_held else f", {point.state}"
    answer_text(f"{title} (wording {point.version}{state})", style="bold reverse")
    for letter, wording in point.wording.items():
        answer_text(f"{letter}  {wording or '(none)'}")
    reach = f"{counted(counts.excerpts, 'excerpt')} from {counted(counts.sources, 'source')}"
    who = f"cases: {', '.join(standing.cases) or 'none'}; roles: {', '.join(standing.roles) or 'none'}"
    answer_text(f"{reach}; {who}")
    if standing.quotes:
        answer_text(f"By stance: {stance_counts(standing.evidence)}")
    answer()
    print_quotes(standing.quotes)
