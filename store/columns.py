"""How the tables of :mod:`store.schema` are written down: names of constraints, keys, references."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def entity(name: str, *columns: Any, **options: Any) -> Table:
    """A table of things that can be named from outside: integer id and UUID."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("uuid", String(32), nullable=False, unique=True),
        *columns,
        **options,
    )


def detail(name: str, *columns: Any, **options: Any) -> Table:
    """A table of parts of a thing: integer id only."""
    return Table(name, metadata, Column("id", Integer, primary_key=True, autoincrement=False), *columns, **options)


def ref(name: str, target: str, *, null: bool = False, index: bool = True) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=null, index=index)
