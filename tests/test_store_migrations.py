"""The migrations make what store/schema.py says, and an upgrade happens whole or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from next_migration import missing_steps
from sqlalchemy import Connection, create_engine
from store_samples import coded_study, findings, rows

from store import migrate, schema
from store.backup import newest_backup
from store.errors import DamagedStudy, NewerSchema, NotAStudy, StudyBusy, StudyError, StudyNotFound
from store.study_file import StudyFile
from store.upgrade import upgrade

OURS = schema.SCHEMA_REVISION
NEXT = f"{int(OURS) + 1:04}"
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{ours}"


def upgrade():
    with op.batch_alter_table("codings") as batch:
        batch.add_column(sa.Column("certainty", sa.Integer(), server_default="1", nullable=False))
        batch.create_check_constraint("certainty", "certainty > 0")
    op.create_table("wards", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
"""


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as conn:
        yield conn


def everything_made(conn: Connection) -> dict[str, Any]:
    """Every table as SQLite has it: columns in order, keys, indexes, and the words of its checks."""
    found = conn.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'"
    ).all()
    return {name: table_made(conn, name, sql) for name, sql in found}


def table_made(conn: Connection, name: str, sql: str) -> list[Any]:
    def told(pragma: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in conn.exec_driver_sql(f"PRAGMA {pragma}('{name}')")]

    keys = sorted(row[2:] for row in told("foreign_key_list"))
    indexes = sorted(
        (row[1], row[2], *(column[2] for column in conn.exec_driver_sql(f"PRAGMA index_info('{row[1]}')")))
        for row in told("index_list")
        if not row[1].startswith("sqlite_autoindex")
    )
    constraints = sorted(re.findall(r"CONSTRAINT \w+ (?:CHECK|UNIQUE) \((?:[^()]|\([^()]*\))*\)", sql))
    return [told("table_xinfo"), keys, indexes, constraints]


def test_the_migrated_schema_is_the_one_that_new_studies_get(connection: Connection) -> None:
    migrate.upgrade(connection)
    migrated = everything_made(connection)
    with create_engine("sqlite://").connect() as fresh:
        schema.metadata.create_all(fresh)
        made = everything_made(fresh)
    assert migrated == made, "see tests/next_migration.py"
    assert missing_steps() == "pass"
    assert migrate.revision(connection) == schema.SCHEMA_REVISION
    assert len(made) > 20
    assert any(constraints for *_, constraints in made.values())


def test_the_migrations_are_frozen_words_and_do_not_follow_the_schema() -> None:
    scripts = list((migrate.MIGRATIONS / "versions").glob("*.py"))
    frozen = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    assert "create_all" not in frozen
    assert "from store" not in frozen
    assert "import store" not in frozen
    for table in schema.metadata.tables:
        assert f'"{table}"' in frozen


def test_revisions_are_four_digits_in_one_line_up_to_ours() -> None:
    script = ScriptDirectory(str(migrate.MIGRATIONS))
    revisions = [step.revision for step in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert revisions[-1] == schema.SCHEMA_REVISION


# -- upgrading ------------------------------------------------------------------------------------------------


@pytest.fixture
def study(tmp_path: Path) -> Path:
    coded_study(tmp_path / "støj.cmo").close()
    return tmp_path / "støj.cmo"


def newer_cmo(monkeypatch: pytest.MonkeyPatch, folder: Path, more: str = "") -> None:
    """As if this were the next version: with a second migration that builds `codings` again."""
    scripts = folder / "næste 100%"
    shutil.copytree(migrate.MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_next.py").write_text(
        NEXT_STEP.format(more=more, ours=OURS, next=NEXT), encoding="utf-8"
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "SCHEMA_REVISION", NEXT)


def test_a_study_of_the_present_schema_needs_no_upgrade_and_no_backup(study: Path) -> None:
    before = study.read_bytes()
    assert upgrade(study) is None
    assert study.read_bytes() == before
    assert newest_backup(study) is None


def test_an_older_study_is_backed_up_and_brought_up_to_date(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StudyFile.open(study) as opened:
        before = rows(opened)
    newer_cmo(monkeypatch, tmp_path)
    made = upgrade(study)
    assert made is not None
    assert made == newest_backup(study)
    assert upgrade(study) is None
    with closing(sqlite3.connect(study)) as connection:
        assert connection.execute("SELECT id, certainty FROM codings").fetchall() == [(1, 1), (2, 1)]
        keys = connection.execute("PRAGMA foreign_key_list(judgements)").fetchall()
        assert "codings" in {key[2] for key in keys}, "tables that refer to the one built again still do"
        assert connection.execute("SELECT count(*) FROM wards").fetchone() == (0,)
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'codings'").fetchall()
        assert ("ix_codings_code_id",) in indexes
    with StudyFile.open(study) as opened:
        assert rows(opened) == before
        opened.redo("AB")
        for _ in range(7):
            opened.undo("AB")
    monkeypatch.setattr("store.check.SCHEMA_REVISION", NEXT)
    assert findings(study) == []


def test_work_from_before_an_upgrade_is_undone_and_redone_after_it(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_cmo(monkeypatch, tmp_path)
    upgrade(study)
    with StudyFile.open(study) as opened:
        before = rows(opened)
        for _ in range(8):
            opened.undo("AB")
        assert rows(opened)["codings"] == []
        for _ in range(8):
            opened.redo("AB")
        assert rows(opened) == before
        with opened.read() as conn:
            certainties = conn.exec_driver_sql("SELECT id, certainty FROM codings").all()
    assert [tuple(row) for row in certainties] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("op.execute('SELECT * FROM nowhere')", StudyError),
        ("op.execute('UPDATE codings SET code_id = 99')", DamagedStudy),
        ("raise KeyError('x')", KeyError),
    ],
)
def test_an_upgrade_that_fails_changes_nothing(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, error: type[Exception]
) -> None:
    with closing(sqlite3.connect(study)) as connection:
        before = list(connection.iterdump())
    newer_cmo(monkeypatch, tmp_path, more)
    with pytest.raises(error):
        upgrade(study)
    with closing(sqlite3.connect(study)) as connection:
        assert list(connection.iterdump()) == before
    backup = newest_backup(study)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as connection:
        assert list(connection.iterdump()) == before


def test_nothing_is_migrated_without_a_backup(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_cmo(monkeypatch, tmp_path)
    (tmp_path / "støj.cmo-backups").write_text("in the way")
    with pytest.raises(StudyError, match="No backup"):
        upgrade(study)
    with closing(sqlite3.connect(study)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (OURS,)


def test_a_study_in_use_is_not_upgraded_under_the_hands_of_its_user(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.sqlite.BUSY_SECONDS", 0.05)
    with StudyFile.open(study) as opened, opened.act("AB", "code"):
        newer_cmo(monkeypatch, tmp_path)
        with pytest.raises(StudyBusy):
            upgrade(study)


def test_what_is_no_study_of_ours_is_not_upgraded(study: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyNotFound):
        upgrade(tmp_path / "none.cmo")
    (tmp_path / "text.cmo").write_text("text")
    with pytest.raises(NotAStudy):
        upgrade(tmp_path / "text.cmo")
    with closing(sqlite3.connect(study)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
        connection.commit()
    with pytest.raises(NewerSchema):
        upgrade(study)


def test_alembic_is_loaded_by_an_upgrade_alone(study: Path) -> None:
    import subprocess
    import sys

    code = (
        f"import sys; from store.study_file import StudyFile; from pathlib import Path\n"
        f"StudyFile.open(Path({str(study)!r})).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
