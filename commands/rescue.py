"""`cmo rescue`: what can still be read of a damaged study, in a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cmo
from commands.exits import end_with_findings
from commands.options import AsJson, Coder, StudyPath
from commands.output import answer, answer_json, answer_table
from workbench.text.words import counted

if TYPE_CHECKING:
    from store.rescue import Rescued


def rescue(
    study: StudyPath,
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The study to write.", show_default=False)],
    coder: Coder = None,
    as_json: AsJson = False,
) -> None:
    """Get all that can be read out of a damaged study, into a new one. The damaged file is not changed."""
    from cmo.study import default_coder
    from store.rescue import rescue as rescue_study

    done = rescue_study(study, new, coder or default_coder())
    with cmo.open_study(new) as opened:
        findings = opened.check()
    if as_json:
        answer_json({"rescued": done, "check": findings})
    else:
        _tell(done)
        answer(f"`cmo check` of {new.name}: {counted(len(findings), 'finding') if findings else 'it is sound'}.")
    end_with_findings([*done.findings, *findings])


def _tell(done: Rescued) -> None:
    rows = [(table.table.replace("_", " "), table.rows, table.from_journal or "") for table in done.tables]
    answer_table(["what", "rescued", "only in the journal"], rows, numbers=["rescued", "only in the journal"])
    answer(f"Of {done.acts_seen:,} journal entries {done.acts:,} are kept as they were.")
    for finding in done.findings:
        answer(str(finding))
    if done.backup is None:
        answer("There is no good backup beside the study.")
    else:
        has = f"it has {counted(done.backup_acts, 'journal entry', 'journal entries')}"
        more = ", more than could be rescued: look at it first" if done.has_more else ""
        answer(f"The last good backup is {done.backup}: {has}{more}.")
