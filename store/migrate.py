"""Schema revisions. Alembic is loaded only when a study has to be brought up to date.

Revisions are four digits that grow, so that a study from a newer `cmo` can be refused by name.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

from store import schema
from store.errors import DamagedStudy, NewerSchema, OlderSchema

version_table = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table, read and stamped here without importing Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def stamp(conn: Connection) -> None:
    """Say of a study just made that it has the newest schema."""
    version_table.create(conn)
    conn.execute(insert(version_table), {"version_num": schema.SCHEMA_REVISION})


def revision(conn: Connection) -> str | None:
    """The schema revision that a study says it has; None where it does not say."""
    if not inspect(conn).has_table(version_table.name):
        return None
    return conn.scalar(select(version_table.c.version_num))


def require_current(conn: Connection, path: Path) -> None:
    """Refuse a study of another schema than ours.

    Raises:
        DamagedStudy, NewerSchema, OlderSchema: each says what to do.
    """
    found, ours = revision(conn), schema.SCHEMA_REVISION
    if not isinstance(found, str) or not re.fullmatch(r"\d{4}", found):  # a damaged file may hold a number there
        raise DamagedStudy(
            f"{path.name} does not say which schema it has.",
            "Open a copy of the newest file in its '.cmo-backups' folder.",
        )
    if found > ours:
        raise NewerSchema(
            f"{path.name} has schema {found}; this cmo reads schemas up to {ours}.",
            "Install the newer cmo that made it: nothing was changed.",
        )
    if found < ours:
        raise OlderSchema(
            f"{path.name} has the older schema {found}; this cmo writes {ours}.",
            "`cmo upgrade STUDY` makes a verified backup and brings it up to date.",
        )


def upgrade(conn: Connection, to: str = "head") -> None:
    """Run the migrations on an open write transaction. The caller has made a verified backup."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, to)
