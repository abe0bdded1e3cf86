"""Schema revisions. Alembic is loaded only when a study has to be brought up to date.

Revisions are four digits that grow, so that a study from a newer `cmo` can be refused by name.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

from store.errors import DamagedStudy, NewerSchema, OlderSchema
from store.schema import SCHEMA_REVISION

version_table = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table, read and stamped here without importing Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


def stamp(conn: Connection) -> None:
    """Say of a study just made that it has the newest schema."""
    version_table.create(conn)
    conn.execute(insert(version_table), {"version_num": SCHEMA_REVISION})


def revision(conn: Connection) -> str | None:
    """The schema revision that a study says it has; None where it does not say."""
    if not inspect(conn).has_table(version_table.name):
        return None
    return conn.scalar(select(version_table.c.version_num))


def require_current(conn: Connection, path: Path) -> None:
    """Refuse a study of another schema than ours."""
    found = revision(conn)
    if found is None:
        raise DamagedStudy(f"{path.name} does not say which schema it has.", "Open a backup from '.cmo-backups'.")
    if found > SCHEMA_REVISION:
        raise NewerSchema(
            f"{path.name} has schema {found}; this cmo reads schemas up to {SCHEMA_REVISION}.",
            "Install the newer cmo that made it: nothing was changed.",
        )
    if found < SCHEMA_REVISION:
        raise OlderSchema(
            f"{path.name} has the older schema {found}; this cmo writes {SCHEMA_REVISION}.",
            "`cmo upgrade STUDY` makes a verified backup and brings it up to date.",
        )


def upgrade(conn: Connection, to: str = "head") -> None:
    """Run the migrations on an open write transaction. The caller has made a verified backup."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = conn
    command.upgrade(config, to)
