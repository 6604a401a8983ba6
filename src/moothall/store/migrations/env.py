"""Alembic's entry: runs on the connection, and inside the transaction, that `migrate.py` hands over."""

from alembic import context

from moothall.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
