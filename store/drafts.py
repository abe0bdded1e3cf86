"""What a coder has typed into a form and not saved. It is no act, and undo knows nothing of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from store.schema import drafts


def read_draft(conn: Connection, coder: str, form: str) -> dict[str, str]:
    """The words in the fields of a form, by the fields' names; empty where nothing was left unsaved."""
    query = select(drafts.c.field, drafts.c.words).where(drafts.c.coder == coder, drafts.c.form == form)
    return dict(conn.execute(query).all())


def keep_draft(conn: Connection, coder: str, form: str, typed: Mapping[str, str]) -> None:
    """Keep these words in place of what was kept of the form; without any, nothing is kept of it any more."""
    conn.execute(delete(drafts).where(drafts.c.coder == coder, drafts.c.form == form))
    if typed:
        rows = [{"coder": coder, "form": form, "field": field, "words": words} for field, words in typed.items()]
        conn.execute(insert(drafts), rows)
