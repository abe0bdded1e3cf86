"""`cmo log`: the journal, that is the audit trail of a study."""

from __future__ import annotations

from typing import Annotated

import typer

import cmo
from commands.options import AsJson, StudyPath
from commands.output import answer_json, answer_table


def log(
    study: StudyPath,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the newest so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show who did what and when (UTC), newest first."""
    with cmo.open_study(study) as opened:
        entries = opened.log(limit)
    if as_json:
        answer_json(entries)
        return
    answer_table(
        ["entry", "at (UTC)", "coder", "act", "what", "rows"],
        [[e.seq, e.at, e.coder, e.act, e.summary, e.row_count] for e in entries],
        numbers=["entry", "rows"],
    )
