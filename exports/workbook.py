"""The study as an Excel workbook that colleagues read, count again and print; see ``docs/workbook.md``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.findings import Finding

if TYPE_CHECKING:
    from cmo.study import Study
    from exports.template import Template
    from exports.workbook_build import Built

SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class WorkbookReport:
    """What was written: the sheets in their order, how many rows of evidence Quotes has, and what a workbook
    could not show as it is.
    """

    path: Path
    sheets: tuple[str, ...]
    rows: int
    findings: tuple[Finding, ...] = ()


def write_workbook(study: Study, path: str | Path, template: Template | None = None) -> WorkbookReport:
    """Write the study's workbook to ``path``, in place of a file that is there.

    ``template`` says how it looks, in which language, and which sheets it has; without one, it is ours with all of
    them. The same state of a study gives the same bytes, whenever and wherever it is exported.

    Raises:
        UnknownName: the template asks for a sheet that there is not.
        BadFile: the name does not end in .xlsx, the folder is missing, or the file is open elsewhere.
        StudyFull: the disk has no room.
        StudyBusy: the study is being changed all the time.
        DamagedStudy: the counts and the rows of the study disagree; nothing is written.
    """
    from exports.evidence_rows import material
    from exports.replacing import replacing
    from exports.template import Template as Plain
    from exports.workbook_build import build

    target = Path(path)
    with replacing(target, SUFFIX) as building, material(study) as found:
        built: Built = build(found, building, template or Plain())
    return WorkbookReport(target, built.sheets, built.rows, built.findings)
