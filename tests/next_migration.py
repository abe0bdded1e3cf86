"""Write the next migration: ``python tests/next_migration.py 0003 rounds`` after a change to store/schema.py.

It makes what the newest migration lacks. New columns must be NULL in old rows; anything else is to be written by
hand, and so are the foreign keys of new columns (as in 0003).
"""

from __future__ import annotations

import subprocess
import sys

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from store import migrate
from store.schema import metadata

TEXT = '''"""{words}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    {steps}
'''


def missing_steps() -> str:
    """The steps from what the migrations make to what store/schema.py says; ``pass`` where there are none."""
    with create_engine("sqlite://").connect() as conn:
        migrate.upgrade(conn)
        operations = produce_migrations(MigrationContext.configure(conn), metadata).upgrade_ops
    assert operations is not None
    lines = render_python_code(operations, render_as_batch=False).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("# ###")).strip()


if __name__ == "__main__":
    revision, name = sys.argv[1:]
    path = migrate.MIGRATIONS / "versions" / f"{revision}_{name}.py"
    before = f"{int(revision) - 1:04}"
    words = name.replace("_", " ").capitalize() + "."
    path.write_text(TEXT.format(words=words, revision=revision, before=before, steps=missing_steps()), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(path)], check=True)
