"""Drafts: what a coder has typed into a form of the workbench and not saved."""

from __future__ import annotations

from collections.abc import Mapping

from cmo.front.base import Front
from store.drafts import keep_draft, read_draft
from store.errors import StudyBusy, StudyFull, StudyReadOnly


class DraftCalls(Front):
    def draft(self, form: str) -> dict[str, str]:
        """What this coder has typed into a form and not saved, by field; empty where there is nothing."""
        with self.file.read() as conn:
            return read_draft(conn, self.coder, form)

    def keep_draft(self, form: str, typed: Mapping[str, str]) -> bool:
        """Keep what this coder has typed into a form in place of an earlier draft; no act, and nothing to undo.

        Without any words, none is kept. False where the study cannot be written just now.
        """
        try:
            with self.file.aside() as conn:
                keep_draft(conn, self.coder, form, typed)
        except (StudyBusy, StudyFull, StudyReadOnly):
            return False
        return True
