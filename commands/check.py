"""`cmo check`: whether everything in a study is as it must be."""

from __future__ import annotations

import cmo
from commands.exits import end_with_findings
from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json
from workbench.words import counted


def check(study: StudyPath, as_json: AsJson = False) -> None:
    """Check the file, the journal's chain of hashes, and every quote against its source. Changes nothing."""
    with cmo.open_study(study) as opened:
        findings = opened.check()
    if as_json:
        answer_json(findings)
    else:
        for finding in findings:
            answer(str(finding))
        answer(f"{counted(len(findings), 'finding')}." if findings else "The study is sound: nothing was found.")
    end_with_findings(findings)
