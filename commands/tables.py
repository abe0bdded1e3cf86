"""What several commands say about a table they imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.exits import end_with_findings
from commands.output import answer, answer_json, say_findings
from workbench.text.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmo import Study
    from transcripts.records import TableReport


def bring_in(study: Study, call: Callable[[], TableReport], *, one: str, preview: bool, as_json: bool) -> None:
    """Bring in a table and say what became of it; or only say what would, value by value."""
    if not preview:
        _answer_report(call(), one, as_json)
        return
    rehearsal = study.rehearse(call)
    if as_json:
        answer_json(rehearsal)
        return
    for difference in rehearsal.differences:
        answer(str(difference))
    answer(f"{counted(len(rehearsal.differences), 'value')} would change. Nothing was changed.")
    say_findings(rehearsal.answer.findings)


def _answer_report(report: TableReport, one: str, as_json: bool) -> None:
    """Say what became of the rows, and end with the exit code for findings if there are any."""
    if as_json:
        answer_json(report)
    else:
        answer(
            f"{report.table}: {counted(report.rows, one)}, "
            f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} as before."
        )
        say_findings(report.findings)
    end_with_findings(report.findings)
