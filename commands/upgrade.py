"""`cmo upgrade`: bring a study of an older cmo up to date."""

from __future__ import annotations

from commands.options import AsJson, StudyPath
from commands.output import answer, answer_json


def upgrade(study: StudyPath, as_json: AsJson = False) -> None:
    """Bring a study of an older cmo up to date, after a verified backup."""
    from store import upgrade as upgrading

    backup = upgrading.upgrade(study)
    if as_json:
        answer_json({"study": study, "backup": backup})
    elif backup is None:
        answer(f"{study.name} is up to date.")
    else:
        answer(f"{study.name} was brought up to date. The study as it was: {backup}")
