"""`cmo check`: whether everything in a study is as it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cmo
from commands.exits import end_with_findings
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json
from workbench.text.words import counted

if TYPE_CHECKING:
    from store.findings import Finding


def check(study: StudyPath, as_json: AsJson = False) -> None:
    """Check the file, the journal's chain of hashes, and every quote against its source. Changes nothing."""
    from store.errors import DamagedStudy

    try:
        with cmo.open_study(study) as opened:
            findings = opened.check()
    except DamagedStudy:
        from cmo.check import check_damaged

        _answer(check_damaged(study), as_json=as_json)
        raise
    _answer(findings, as_json=as_json)
    end_with_findings(findings)


def _answer(findings: list[Finding], *, as_json: bool) -> None:
    if as_json:
        answer_json(findings)
    else:
        for finding in findings:
            answer(str(finding))
        answer(f"{counted(len(findings), 'finding')}." if findings else "The study is sound: nothing was found.")
