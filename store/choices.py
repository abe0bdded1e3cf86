"""Choices of the whole study, kept by name: how quotes are attributed, what a transcriber's sign is, and the like."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from store.schema import settings

if TYPE_CHECKING:
    from store.work import Work


def read_choice(conn: Connection, name: str) -> Any:
    """What the study has chosen under a name: a value of JSON; None where it has chosen nothing."""
    value = conn.scalar(select(settings.c.value).where(settings.c.name == name))
    return None if value is None else json.loads(value)


def keep_choice(work: Work, name: str, value: Any) -> None:
    """Keep a choice in place of an earlier one of that name, as part of an act; None takes it away."""
    row_id = work.conn.scalar(select(settings.c.id).where(settings.c.name == name))
    words = json.dumps(value, ensure_ascii=False)
    if row_id is None and value is not None:
        work.insert(settings, {"name": name, "value": words})
    elif row_id is not None and value is not None:
        work.update(settings, row_id, value=words)
    elif row_id is not None:
        work.delete(settings, [row_id])
