"""Run by Alembic alone, on the open write transaction that :func:`store.migrate.upgrade` hands over."""

from alembic import context

from store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by building it again under the same name; Alembic calls that a batch.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
