"""Alembic's environment without an ini file: the connection and its transaction come from `engine.open_warehouse`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
