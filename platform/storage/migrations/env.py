"""Alembic's entry: it runs on the connection, and so in the transaction, that `migrate.upgrade` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="sys_migration")
with context.begin_transaction():
    context.run_migrations()
