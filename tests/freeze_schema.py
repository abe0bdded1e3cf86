"""Write the first migration anew from store/schema.py: ``python tests/freeze_schema.py``, until the first release.

After the release 0001 stays as it is, and this file goes away.
"""

from __future__ import annotations

import subprocess
import sys

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from store.migrate import MIGRATIONS
from store.schema import metadata

FIRST = MIGRATIONS / "versions" / "0001_first_schema.py"

HEAD = '''"""The first schema. Frozen: a change to the tables is a new migration."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    '''


def first_schema() -> str:
    """The text of the migration that makes the tables of store/schema.py in an empty file."""
    with create_engine("sqlite://").connect() as conn:
        operations = produce_migrations(MigrationContext.configure(conn), metadata).upgrade_ops
    assert operations is not None
    lines = render_python_code(operations, render_as_batch=False).splitlines()
    return HEAD + "\n".join(line for line in lines if not line.lstrip().startswith("# ###")).lstrip() + "\n"


if __name__ == "__main__":
    FIRST.write_text(first_schema(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(FIRST)], check=True)
