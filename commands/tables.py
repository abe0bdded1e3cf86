"""What several commands say about a table they imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.exits import end_with_findings
from commands.output import answer, answer_json, say_findings
from workbench.words import counted

if TYPE_CHECKING:
    from transcripts.records import TableReport


def answer_table_report(report: TableReport, *, one: str, many: str = "", as_json: bool) -> None:
    """Say what became of the rows, and end with the exit code for findings if there are any."""
    if as_json:
        answer_json(report)
    else:
        answer(
            f"{report.table}: {counted(report.rows, one, many)}, "
            f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} as before."
        )
        say_findings(report.findings)
    end_with_findings(report.findings)
